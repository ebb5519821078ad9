"""Sitting down, and standing up again."""

from __future__ import annotations

from dataclasses import replace

from kiosk.figure.beats import Beat, Change, Script
from kiosk.figure.scripts.mistakes import BACK, BOUNCES, HEAD, HURRIES, LOCKOUT, STANCE, knees_cave, lift_heels

SQUAT = Script(
    drill="squat",
    beats=(
        Beat(
            key="bottom", seconds=2.2, stay=0.35, angles={"trunk": 37, "knee": 100, "lumbar": 22, "arm": 62, "elbow": 8}
        ),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **LOCKOUT,
        **HEAD,
        **BACK,
        **STANCE,
        "F14": HURRIES,
        "F16": BOUNCES,
        "F6b": (Change("bottom", "forward", 0.072),),
        # An upright trunk drives the knees forward over the toes.
        "S2": (Change("bottom", "trunk", 5), Change("bottom", "knee", 121), Change("bottom", "arm", 50)),
        "S3": (Change("bottom", "trunk", 60), Change("bottom", "arm", 40)),
        "S1": knees_cave("bottom"),
        "S7": (Change("bottom", "arm", 4),),
        "F6a": lift_heels("bottom", 15, 0.045),
        # Between what counts (60) and the height of a chair.
        "S8": (Change("bottom", "knee", 75), Change("bottom", "trunk", 30)),
    },
)


_BOX = {"trunk": 41, "knee": 96, "lumbar": 18, "arm": 60, "elbow": 8}

BOX_SQUAT = Script(
    drill="box_squat",
    beats=(
        Beat(key="bottom", seconds=2.4, stay=0.05, angles=_BOX),
        Beat(key="seated", seconds=0.6, stay=0.7, angles={**_BOX, "carried": 0.1}),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **LOCKOUT,
        **BACK,
        **STANCE,
        "F14": (Change("bottom", "seconds", 0.85), Change("tall", "seconds", 0.75)),
        "X1": (Change("bottom", "drop", 1.0), Change("bottom", "seconds", 0.9)),
        "F9a": (Change("bottom", "neck", -54), Change("seated", "neck", -54)),
        "F9b": (Change("bottom", "neck", 48), Change("seated", "neck", 48)),
        # Turns back over the box.
        "X3": (Change("bottom", "knee", 78), Change("seated", "knee", 78)),
        # Rocks back and forth on the box.
        "X2": (Change("seated", "trunk", 18), Change("seated", "carried", 28)),
        "S1": knees_cave("bottom", "seated"),
        "S2": tuple(
            Change(beat, what, full)
            for beat in ("bottom", "seated")
            for what, full in (("trunk", 8), ("knee", 118), ("arm", 50))
        ),
        "S3": tuple(
            Change(beat, what, full) for beat in ("bottom", "seated") for what, full in (("trunk", 68), ("arm", 40))
        ),
    },
    seat=True,
    later=("X3",),
)

BANDED_SQUAT = replace(
    SQUAT,
    drill="banded_squat",
    yaw=90,
    faults={
        **{fault: SQUAT.faults[fault] for fault in ("S1", "F5a", "S6", "F14", "F16")},
        "S8": (Change("bottom", "knee", 70), Change("bottom", "trunk", 29)),
    },
)

#: The bar on the shoulders, the hands beside it.
_BAR = {"arm": -45, "elbow": 215, "apart": 40}

BARBELL_SQUAT = Script(
    drill="barbell_squat",
    rest=_BAR,
    beats=(
        Beat(key="bottom", seconds=2.2, stay=0.35, angles={"trunk": 39, "knee": 100, "lumbar": 20, "arm": -83}),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **{fault: SQUAT.faults[fault] for fault in (*LOCKOUT, *HEAD, *BACK, *STANCE, "F14", "F16", "S1", "F6a")},
        "S2": (Change("bottom", "trunk", 12), Change("bottom", "knee", 122), Change("bottom", "arm", -56)),
        "S3": (Change("bottom", "trunk", 68), Change("bottom", "arm", -112)),
        "S8": (Change("bottom", "knee", 74), Change("bottom", "trunk", 36)),
    },
)

SEAT = {"trunk": 42, "knee": 98, "lumbar": 20, "arm": 25, "elbow": 40}

SIT_STAND = Script(
    drill="sit_stand",
    beats=(
        Beat(key="bottom", seconds=2.0, stay=0.05, angles=SEAT),
        Beat(key="seated", seconds=0.9, stay=0.6, angles={**SEAT, "trunk": 6, "carried": 36}),
        Beat(key="lean", seconds=0.9, stay=0.05, angles=SEAT),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **LOCKOUT,
        "F9a": (Change("bottom", "neck", -54), Change("seated", "neck", -54), Change("lean", "neck", -54)),
        "F9b": (Change("bottom", "neck", 48), Change("seated", "neck", 48), Change("lean", "neck", 48)),
        "F14": (Change("bottom", "seconds", 0.85), Change("tall", "seconds", 0.75)),
        "X1": (Change("bottom", "drop", 1.0), Change("bottom", "seconds", 0.9)),
        "S1": knees_cave("bottom", "seated", "lean"),
        # The hands push instead of the trunk leaning.
        "T1": (Change("lean", "trunk", 4), Change("lean", "carried", 38)),
        # Knees over the toes, trunk upright: the seat is met from above.
        "S2": (
            Change("bottom", "trunk", 8),
            Change("bottom", "knee", 116),
            Change("seated", "knee", 116),
            Change("seated", "carried", 2),
            Change("lean", "trunk", 8),
            Change("lean", "knee", 116),
        ),
    },
    seat=True,
)

SQUATS = (SQUAT, BOX_SQUAT, BANDED_SQUAT, BARBELL_SQUAT, SIT_STAND)
