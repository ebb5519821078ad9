"""What this mirror measures too unreliably to judge: written by ``kiosk accuracy``, not by hand.

Pairs of drill key and fault key whose F1 missed its target in simulated sets (biomechanics 5.7).
"""

from __future__ import annotations

REMINDERS_ONLY: frozenset[tuple[str, str]] = frozenset()
