"""Kneeling, at the sink, bracing, and landing from a jump."""

from __future__ import annotations

from kiosk.figure.beats import Beat, Change, Script
from kiosk.figure.posture import Support
from kiosk.figure.scripts.hinges import DOWEL
from kiosk.figure.scripts.mistakes import BACK, BOUNCES, HEAD, HURRIES, LOCKOUT, STANCE, knees_cave

KNEELING_DOWEL_HINGE = Script(
    drill="kneeling_dowel_hinge",
    support=Support.REST,
    # the hand at the waist is the one near the camera
    near=False,
    rest={**DOWEL, "knee": 90, "shin": 90, "heel": 172},
    beats=(
        Beat(key="bottom", seconds=2.7, stay=0.4, angles={"trunk": 40, "knee": 112, "lumbar": 8, "arm": -72}),
        Beat(key="tall", seconds=1.5, stay=1.2),
    ),
    faults={
        **HEAD,
        **BACK,
        "F2a": (Change("tall", "trunk", 12), Change("tall", "knee", 104)),
        "F2c": LOCKOUT["F2c"],
        "F12": (Change("bottom", "trunk", 23), Change("bottom", "knee", 102)),
        "F14": HURRIES,
        "F16": BOUNCES,
        "N1": (Change("bottom", "knee", 158),),
        "N2": (Change("bottom", "knee", 91),),
    },
)


def _washing(trunk: float) -> tuple[Beat, ...]:
    """Hands at the tap, leant over the basin by ``trunk`` degrees."""
    at = {"trunk": trunk, "knee": 16, "lumbar": 8, "arm": 32, "elbow": 34, "across": 12}
    return (
        Beat(key="bottom", seconds=1.6, stay=3.0, angles=at),
        Beat(key="held", seconds=0.9, stay=5.0, angles=at),
        Beat(key="held on", seconds=0.9, stay=2.0, angles=at),
        Beat(key="tall", seconds=1.5, stay=1.5),
    )


SINK = Script(
    drill="sink",
    yaw=90,
    held=True,
    beats=_washing(28),
    faults={
        # Hunches over the basin: the neck and the upper back bend instead of the hips going back.
        "H1": (
            Change("held", "thoracic", 24),
            Change("held", "neck", 22),
            Change("held", "forward", 0.05),
            Change("held", "knee", 4),
        ),
        "F9b": (Change("held", "neck", 46),),
        "F11": (Change("held", "thoracic", 36), Change("held", "neck", 30)),
    },
)

#: As the camera beside the basin sees it; deep enough for a back to be looked at (30 degrees, biomechanics 3.3).
SINK_SIDE = Script(
    drill="sink_side",
    held=True,
    beats=_washing(40),
    faults={
        "F1a": (Change("held", "lumbar", 46),),
        "F11": SINK.faults["F11"],
        "F9b": SINK.faults["F9b"],
    },
)

BRACE = Script(
    drill="brace",
    held=True,
    beats=(
        Beat(key="bottom", seconds=1.2, stay=5.0, angles={"arm": -26, "elbow": 80, "apart": 22, "across": 14}),
        Beat(key="tall", seconds=1.2, stay=2.0),
    ),
)

_LANDED = {"trunk": 34, "knee": 66, "lumbar": 12, "arm": 14, "elbow": 20}

JUMP_LANDING = Script(
    drill="jump_landing",
    yaw=90,
    beats=(
        Beat(key="bottom", seconds=0.8, stay=0.1, angles={**_LANDED, "arm": -24}),
        Beat(key="leave", seconds=0.25, stay=0, angles={"heel": 30, "arm": 24}, through=True),
        Beat(key="flight", seconds=0.25, stay=0, angles={"rise": 0.11, "heel": 30, "arm": 44, "knee": 12}),
        Beat(key="land", seconds=0.28, stay=0, angles={"knee": 24, "trunk": 14, "heel": 4}, through=True),
        Beat(key="stick", seconds=0.3, stay=0.3, angles=_LANDED),
        Beat(key="step", seconds=0.25, stay=0, angles=_LANDED),
        Beat(key="stepped", seconds=0.25, stay=1.6, angles=_LANDED),
        Beat(key="tall", seconds=1.2, stay=1.2),
    ),
    faults={
        "J1": tuple(Change(b, w, v) for b in ("stick", "step", "stepped") for w, v in (("knee", 20), ("trunk", 12))),
        # A step aside to keep from falling.
        "J2": (
            Change("step", "aside", 0.08),
            Change("step", "leg_bend", 40),
            Change("step", "leg_back", -20),
            Change("stepped", "aside", 0.16),
            Change("tall", "aside", 0.16),
        ),
        # One foot stays up a while.
        "J3": tuple(
            Change(b, w, v)
            for b in ("stick", "step", "stepped")
            for w, v in (("leg_bend", 34), ("leg_back", -12), ("pelvis", -6))
        ),
        "S1": knees_cave("land", "stick", "step", "stepped"),
        "F5a": STANCE["F5a"],
    },
)

HOLDS = (KNEELING_DOWEL_HINGE, SINK, SINK_SIDE, BRACE, JUMP_LANDING)
