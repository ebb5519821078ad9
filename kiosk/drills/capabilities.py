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
        ("deadlift", "DL1"),  # F1 0.80
        ("deadlift", "F11b"),  # F1 0.00
        ("dowel_hinge", "F12"),  # F1 0.67
        ("hinge", "F11"),  # F1 0.60
        ("hinge", "F6a"),  # F1 0.57
        ("kettlebell_swing", "F2a"),  # F1 0.67
        ("kneeling_dowel_hinge", "F14"),  # F1 0.73
        ("mobility_deadlift", "F10"),  # F1 0.71
        ("mobility_deadlift", "F17"),  # only 2 judged repetitions with it
        ("mobility_deadlift", "F3a"),  # F1 0.33
        ("mobility_deadlift", "R1"),  # F1 0.67
        ("one_leg_deadlift", "L3"),  # F1 0.00
        ("one_leg_glute_bridge", "B3"),  # F1 0.67
        ("one_leg_glute_bridge", "F14"),  # F1 0.50
        ("one_leg_glute_bridge", "L1"),  # F1 0.50
        ("plank", "P1"),  # F1 0.60
        ("romanian_deadlift", "F11"),  # F1 0.44
        ("romanian_deadlift", "F11b"),  # F1 0.29
        ("romanian_deadlift", "F19"),  # F1 0.73
        ("romanian_deadlift", "F3a"),  # F1 0.73
        ("squat", "S8"),  # only 0 judged repetitions with it
    }
)
