"""Standing on one leg, or one leg doing something else than the other."""

from __future__ import annotations

from kiosk.figure.beats import Beat, Change, Script
from kiosk.figure.scripts.mistakes import BACK, BOUNCES, HEAD, HURRIES, LIFT, LOCKOUT

#: Feet close together, so that little weight has to be shifted when one is lifted; shoulder widths.
_CLOSE = {"stance": 0.42}

HIP_EXTENSION = Script(
    drill="hip_extension",
    sides=True,
    rest=_CLOSE,
    beats=(
        Beat(key="bottom", seconds=1.3, stay=1.0, angles={"trunk": 3, "knee": 6, "leg_back": 19, "leg_bend": -2}),
        Beat(key="tall", seconds=1.2, stay=1.0),
    ),
    faults={
        **HEAD,
        "F12": (Change("bottom", "leg_back", 10),),
        "F14": (Change("bottom", "seconds", 0.5), Change("bottom", "stay", 0.1), Change("tall", "seconds", 0.5)),
        # The trunk tips forward instead of the hip stretching.
        "E1": (Change("bottom", "trunk", 22), Change("bottom", "leg_back", 47)),
        "E2": (Change("bottom", "knee", 34), Change("bottom", "leg_back", 40)),
    },
)

ONE_LEG_DEADLIFT = Script(
    drill="one_leg_deadlift",
    sides=True,
    near=False,
    rest=_CLOSE,
    beats=(
        Beat(
            key="bottom",
            seconds=2.4,
            stay=0.5,
            angles={"trunk": 62, "knee": 22, "lumbar": 12, "arm": 2, "leg_back": 86, "leg_bend": -14},
        ),
        Beat(key="tall", seconds=1.8, stay=1.4),
    ),
    faults={
        **LIFT,
        **BACK,
        "F3a": (Change("bottom", "knee", 5),),
        "F10": (Change("bottom", "trunk", 36), Change("bottom", "knee", 72), Change("bottom", "leg_back", 90)),
        "F12": (Change("bottom", "trunk", 38), Change("bottom", "leg_back", 61)),
        "F17": (Change("bottom", "knee", 62),),
        # The free leg hangs below the line of the trunk.
        "L1": (Change("bottom", "leg_back", 36), Change("bottom", "leg_bend", 6)),
        # The free foot is put down while the trunk is still low.
        "L2": (Change("bottom", "leg_back", 4), Change("bottom", "leg_bend", 5)),
        "L3": (Change("bottom", "pelvis", 19),),
    },
)

#: One leg slides back under the roller, whose other end the hand of the same side keeps on its palm.
MOBILITY_DEADLIFT = Script(
    drill="mobility_deadlift",
    sides=True,
    rest=_CLOSE,
    beats=(
        Beat(
            key="bottom",
            seconds=3.0,
            stay=0.5,
            angles={
                "trunk": 56,
                "knee": 26,
                "lumbar": 12,
                "arm": 0,
                "leg_back": 13,
                "leg_bend": 24,
                "arm_more": -8,
                "elbow_more": 16,
            },
        ),
        Beat(key="tall", seconds=2.4, stay=1.2),
    ),
    faults={
        **HEAD,
        **LOCKOUT,
        **BACK,
        # However the hips come down, the hand stays on the roller.
        "F3a": (Change("bottom", "knee", 4), Change("bottom", "arm_more", -14)),
        "F10": (Change("bottom", "trunk", 47), Change("bottom", "knee", 86), Change("bottom", "arm_more", 16)),
        "F12": (Change("bottom", "trunk", 38), Change("bottom", "arm_more", -12)),
        "F14": HURRIES,
        "F16": BOUNCES,
        "F17": (Change("bottom", "knee", 62), Change("bottom", "trunk", 76), Change("bottom", "arm_more", 10)),
        # The hand leaves the roller.
        "R1": (Change("bottom", "arm_more", 50), Change("bottom", "elbow_more", 0)),
    },
)

ONE_LEG = (HIP_EXTENSION, ONE_LEG_DEADLIFT, MOBILITY_DEADLIFT)
