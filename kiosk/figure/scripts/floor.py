"""Lying, or on hands and knees or forearms."""

from __future__ import annotations

from dataclasses import replace

from kiosk.figure.beats import REST, Beat, Change, Script
from kiosk.figure.posture import Support

#: Lying the other way round.
_LIE_ROUND = (Beat(key="turned", seconds=3.0, stay=1.5, angles={"heading": 180}),)
#: On the back, knees up, arms along the body.
_SUPINE = {"trunk": -90, "arm": 87, "elbow": 0, "apart": 12, "reach": 0.58, "stance": 0.7}

GLUTE_BRIDGE = Script(
    drill="glute_bridge",
    support=Support.BRIDGE,
    floor=True,
    rest=_SUPINE,
    beats=(
        Beat(key="bottom", seconds=1.3, stay=2.0, angles={"trunk": -113, "neck": 22}),
        Beat(key="tall", seconds=1.3, stay=1.2),
    ),
    faults={
        "B1": (Change("bottom", "trunk", -101),),
        "B2": (Change("bottom", "trunk", -127), Change("bottom", "lumbar", -16)),
        "B3": (Change(REST, "reach", 0.45), Change("bottom", "trunk", -116)),
        "F14": (Change("bottom", "seconds", 0.4), Change("bottom", "stay", 0.2), Change("tall", "seconds", 0.32)),
    },
)

ONE_LEG_GLUTE_BRIDGE = replace(
    GLUTE_BRIDGE,
    drill="one_leg_glute_bridge",
    sides=True,
    near=False,
    turn=_LIE_ROUND,
    # the free leg is stretched out, thighs side by side
    beats=tuple(
        replace(beat, angles={**beat.angles, "leg_bend": -84} if beat.angles else {}) for beat in GLUTE_BRIDGE.beats
    ),
    faults={**GLUTE_BRIDGE.faults, "L1": (Change("bottom", "leg_back", -36),)},
)

PLANK = Script(
    drill="plank",
    support=Support.FOREARMS,
    floor=True,
    held=True,
    # between holds the hips rest on the floor
    rest={"trunk": 60, "knee": 2, "arm": 0, "elbow": 90, "apart": 4, "heel": 62, "neck": -4, "stance": 0.6},
    beats=(
        Beat(key="bottom", seconds=1.5, stay=4.0, angles={"trunk": 82, "neck": -4}),
        Beat(key="held", seconds=0.8, stay=8.0, angles={"trunk": 82, "neck": -4}),
        Beat(key="held on", seconds=0.8, stay=6.0, angles={"trunk": 82, "neck": -4}),
        Beat(key="tall", seconds=1.5, stay=1.0),
    ),
    faults={
        "P1": (Change("held", "trunk", 68), Change("held", "lumbar", -18)),
        "P2": (Change("held", "trunk", 100),),
        # The elbows far before the shoulders.
        "P3": (Change("held", "arm", 42), Change("held", "elbow", 48)),
        "F9a": (Change("held", "neck", -52),),
        "F9b": (Change("held", "neck", 44),),
    },
)

_ALL_FOURS = {
    "trunk": 79, "shin": 90, "knee": 92, "arm": -6, "heel": 172, "neck": -6, "apart": 3, "stance": 0.6,
}  # fmt: skip

CAT_COW = Script(
    drill="cat_cow",
    support=Support.HANDS,
    floor=True,
    rest=_ALL_FOURS,
    beats=(
        Beat(key="bottom", seconds=2.6, stay=0.5, angles={"lumbar": 40, "thoracic": 28, "neck": 46}),
        Beat(key="cow", seconds=3.2, stay=0.5, angles={"lumbar": -22, "thoracic": -14, "neck": -48}),
        Beat(key="tall", seconds=2.2, stay=0.8),
    ),
    faults={
        "F12": (
            Change("bottom", "lumbar", 14),
            Change("bottom", "thoracic", 8),
            Change("bottom", "neck", 8),
            Change("cow", "lumbar", -6),
            Change("cow", "thoracic", -4),
            Change("cow", "neck", -14),
        ),
        "F14": (Change("bottom", "seconds", 0.8), Change("cow", "seconds", 0.9), Change("tall", "seconds", 0.7)),
    },
)

REVERSE_CRUNCH = Script(
    drill="reverse_crunch",
    support=Support.REST,
    floor=True,
    # thighs upright, shins level
    rest={"trunk": -90, "knee": 90, "shin": -88, "arm": 87, "elbow": 0, "apart": 12, "stance": 0.6},
    beats=(
        Beat(key="bottom", seconds=1.4, stay=0.4, angles={"trunk": -112, "shin": -136, "lumbar": 30, "neck": 22}),
        Beat(key="tall", seconds=1.6, stay=0.8),
    ),
    faults={
        # The knees unfold.
        "U2": (Change("bottom", "knee", 40), Change("bottom", "shin", -186)),
        "F12": (Change("bottom", "trunk", -94), Change("bottom", "shin", -98), Change("bottom", "lumbar", 6)),
        "F14": (Change("bottom", "seconds", 0.45), Change("bottom", "stay", 0.05), Change("tall", "seconds", 0.4)),
    },
)

BALL_CURL_UP = Script(
    drill="ball_curl_up",
    support=Support.REST,
    floor=True,
    # leaning back over the ball, feet on the floor
    rest={"trunk": -74, "knee": 96, "shin": 4, "arm": 96, "elbow": 118, "apart": 14, "across": 45, "stance": 0.9},
    beats=(
        Beat(
            key="bottom",
            seconds=1.6,
            stay=0.5,
            angles={"trunk": -44, "lumbar": 20, "thoracic": 20, "neck": 8, "arm": 66},
        ),
        Beat(key="tall", seconds=1.8, stay=0.8),
    ),
    faults={
        # The hands pull the chin to the chest.
        "U1": (Change("bottom", "nod", 55), Change("bottom", "neck", 24)),
        "F12": (Change("bottom", "trunk", -64), Change("bottom", "lumbar", 6), Change("bottom", "thoracic", 6)),
        "F14": (Change("bottom", "seconds", 0.5), Change("bottom", "stay", 0.05), Change("tall", "seconds", 0.45)),
    },
)

FLOOR = (GLUTE_BRIDGE, ONE_LEG_GLUTE_BRIDGE, PLANK, CAT_COW, REVERSE_CRUNCH, BALL_CURL_UP)
