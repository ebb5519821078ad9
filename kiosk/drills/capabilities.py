"""Which faults are told too unreliably to be lit: written by ``kiosk accuracy`` from its measurement, never by hand.

Each with its F1 over simulated sets, or with what else it misses (biomechanics 5.7); see models/ACCURACY.md.
"""

from __future__ import annotations

#: (drill key, fault key): reminded of, not judged.
REMINDERS_ONLY: frozenset[tuple[str, str]] = frozenset(
    {
        ("ball_curl_up", "U1"),  # F1 0.50
        ("barbell_squat", "F6a"),  # F1 0.50
        ("deadlift", "F11b"),  # F1 0.00
        ("dowel_hinge", "F10"),  # F1 0.67
        ("dowel_hinge", "F3a"),  # F1 0.67
        ("dowel_hinge", "F9a"),  # F1 0.40
        ("glute_bridge", "B3"),  # F1 0.67
        ("hinge", "F6a"),  # F1 0.60
        ("kettlebell_swing", "F9b"),  # F1 0.57
        ("kneeling_dowel_hinge", "F14"),  # F1 0.80
        ("mobility_deadlift", "F17"),  # F1 0.40
        ("mobility_deadlift", "F3a"),  # F1 0.40
        ("one_leg_deadlift", "F3a"),  # F1 0.75
        ("one_leg_deadlift", "L3"),  # only 2 judged repetitions with it
        ("one_leg_glute_bridge", "F14"),  # F1 0.67
        ("plank", "P1"),  # F1 0.80
        ("romanian_deadlift", "F11b"),  # F1 0.00
        ("romanian_deadlift", "F13"),  # F1 0.73
        ("romanian_deadlift", "F19"),  # F1 0.80
    }
)
