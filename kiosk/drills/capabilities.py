"""Which faults are told too unreliably to be lit: written by ``kiosk accuracy`` from its measurement, never by hand.

Each with its F1 over simulated sets, or with what else it misses (biomechanics 5.7); see models/ACCURACY.md.
"""

from __future__ import annotations

#: (drill key, fault key): reminded of, not judged.
REMINDERS_ONLY: frozenset[tuple[str, str]] = frozenset(
    {
        ("ball_curl_up", "U1"),  # F1 0.00
        ("banded_squat", "S8"),  # F1 0.67
        ("barbell_squat", "S8"),  # only 0 judged repetitions with it
        ("deadlift", "DL2"),  # only 2 judged repetitions with it
        ("deadlift", "F11b"),  # F1 0.50
        ("deadlift", "F9a"),  # F1 0.00
        ("dowel_hinge", "F9a"),  # F1 0.50
        ("glute_bridge", "B3"),  # F1 0.67
        ("glute_bridge", "F14"),  # specificity of red 0.93
        ("mobility_deadlift", "F17"),  # only 2 judged repetitions with it
        ("mobility_deadlift", "F3a"),  # F1 0.00
        ("one_leg_deadlift", "F3a"),  # F1 0.73
        ("one_leg_deadlift", "L3"),  # F1 0.00
        ("one_leg_glute_bridge", "B3"),  # F1 0.80
        ("one_leg_glute_bridge", "F14"),  # F1 0.67
        ("one_leg_glute_bridge", "L1"),  # F1 0.50
        ("romanian_deadlift", "F11b"),  # F1 0.00
        ("romanian_deadlift", "F12"),  # F1 0.80
        ("romanian_deadlift", "F19"),  # F1 0.62
        ("sink_side", "F11"),  # F1 0.57
        ("squat", "F6a"),  # F1 0.57
        ("squat", "S8"),  # only 0 judged repetitions with it
    }
)
