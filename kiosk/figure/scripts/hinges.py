"""Bending at the hips, standing on both feet."""

from __future__ import annotations

from dataclasses import replace

from kiosk.figure.beats import Beat, Change, Script
from kiosk.figure.scripts.mistakes import BACK, HEAD, LIFT, LOCKOUT, SNATCHES, STANCE, knees_cave, lift_heels

HINGE = Script(
    drill="hinge",
    beats=(
        Beat(
            key="bottom", seconds=2.4, stay=0.35, angles={"trunk": 60, "knee": 28, "lumbar": 14, "arm": 4, "elbow": 12}
        ),
        Beat(key="tall", seconds=1.4, stay=1.3),
    ),
    faults={
        **LIFT,
        **BACK,
        **STANCE,
        # The weight on the toes; further and one falls.
        "F6b": (Change("bottom", "forward", 0.076),),
        "F5b": knees_cave("bottom"),
        "F6a": (*lift_heels("bottom", 16, 0.064), Change("bottom", "knee", 40)),
        # Stiff legs tip the shins back; a little weight on the toes keeps that below a fault of its own.
        "F3a": (Change("bottom", "knee", 4), Change("bottom", "trunk", 58), Change("bottom", "forward", 0.018)),
        # Shins can only go this far forward in a hinge if the knees bend and the weight goes to the toes: F4 comes
        # with it, F17 and F13 turn amber.
        "F3b": (
            Change("bottom", "knee", 54),
            Change("bottom", "trunk", 56),
            Change("bottom", "forward", 0.070),
        ),
        # The knees dip forward on the way and have come back at the bottom.
        "F4": (Change("bottom", "knee_surge", 54),),
        # A squat has bent knees and shins forward: F17, F3b and F4 come with it.
        "F10": (Change("bottom", "trunk", 48), Change("bottom", "knee", 88), Change("bottom", "lumbar", 18)),
        # Between what counts (30) and what is deep enough (40).
        "F12": (Change("bottom", "trunk", 38), Change("bottom", "knee", 26)),
        # Hips stay over the feet: the weight goes to the toes and the arms back, or one would fall.
        "F13": (
            Change("bottom", "trunk", 48),
            Change("bottom", "knee", 25),
            Change("bottom", "arm", -60),
            Change("bottom", "forward", 0.070),
        ),
        # The more the knees bend, the more lean it takes to be a hinge still.
        "F17": (Change("bottom", "knee", 62), Change("bottom", "trunk", 76)),
    },
)


#: One hand behind the neck, the other behind the small of the back; they go with the trunk.
DOWEL = {"arm": -32, "elbow": 30, "across": 50, "arm_more": 212, "elbow_more": 112, "across_more": -50}

DOWEL_HINGE = replace(
    HINGE,
    drill="dowel_hinge",
    # the hand at the waist is the one near the camera
    near=False,
    rest=DOWEL,
    beats=(
        replace(HINGE.beats[0], angles={"trunk": 58, "knee": 27, "lumbar": 10, "arm": -90}),
        HINGE.beats[1],
    ),
    faults={fault: tuple(c for c in changes if c.what != "arm") for fault, changes in HINGE.faults.items()},
)

#: The shoulders are drawn up to the ears.
SHRUGS = (Change("bottom", "shrug", 0.32),)

ROMANIAN_DEADLIFT = Script(
    drill="romanian_deadlift",
    rest={"arm": 8, "elbow": 4},
    beats=(
        Beat(
            key="bottom", seconds=2.8, stay=0.4, angles={"trunk": 66, "knee": 30, "lumbar": 12, "arm": -22, "elbow": 2}
        ),
        Beat(key="tall", seconds=1.6, stay=1.3),
    ),
    faults={
        **{fault: HINGE.faults[fault] for fault in (*LIFT, *BACK, *STANCE, "F4", "F5b", "F6a", "F6b", "F3b", "F17")},
        # The bar stays at the legs in these, though the hips go less far back.
        "F3a": (
            Change("bottom", "knee", 4),
            Change("bottom", "trunk", 58),
            Change("bottom", "arm", -28),
            Change("bottom", "forward", 0.008),
        ),
        "F10": (*HINGE.faults["F10"], Change("bottom", "arm", -2)),
        "F12": (*HINGE.faults["F12"], Change("bottom", "arm", -12)),
        "F13": (
            Change("bottom", "trunk", 46),
            Change("bottom", "knee", 25),
            Change("bottom", "arm", -22),
            Change("bottom", "forward", 0.079),
        ),
        "F11b": SHRUGS,
        # The bar hangs far before the legs.
        "F19": (Change("bottom", "arm", 16),),
    },
)

#: The bar swings away from the shins.
DRIFTS = (Change("bottom", "arm", 16), Change("pull", "arm", 20))

DEADLIFT = Script(
    drill="deadlift",
    rest={"arm": 8, "elbow": 4},
    beats=(
        Beat(
            key="bottom", seconds=2.4, stay=0.9, angles={"trunk": 66, "knee": 82, "lumbar": 24, "arm": -14, "elbow": 2}
        ),
        # the bar passes the knees: they are nearly straight before the trunk has come far
        Beat(
            key="pull",
            seconds=0.8,
            stay=0,
            angles={"trunk": 50, "knee": 38, "lumbar": 16, "arm": -10, "elbow": 2},
            through=True,
        ),
        Beat(key="tall", seconds=0.9, stay=1.4),
    ),
    faults={
        **LOCKOUT,
        **HEAD,
        **BACK,
        "F14": (*SNATCHES, Change("pull", "seconds", 0.25), Change("tall", "seconds", 0.3)),
        "F19": DRIFTS,
        "F11b": SHRUGS,
        "DL1": (Change("pull", "trunk", 93), Change("pull", "knee", 24), Change("pull", "arm", -20)),
        "DL2": DRIFTS,
        "DL4": (Change("tall", "trunk", -22),),
        "DL3": (Change("bottom", "trunk", 38), Change("bottom", "knee", 118), Change("pull", "trunk", 34)),
    },
)

SWING = Script(
    drill="kettlebell_swing",
    rest={"arm": 6, "elbow": 4},
    beats=(
        Beat(key="bottom", seconds=0.8, stay=0, angles={"trunk": 62, "knee": 38, "lumbar": 16, "arm": -28, "elbow": 2}),
        Beat(key="tall", seconds=0.8, stay=0.05, angles={"arm": 78, "elbow": 6}),
    ),
    faults={
        **LOCKOUT,
        **HEAD,
        **BACK,
        "K1": (Change("bottom", "trunk", 43), Change("bottom", "knee", 96), Change("bottom", "arm", -10)),
        "K2": (Change("tall", "arm", 132),),
        "K3": (Change("tall", "trunk", -21),),
    },
)


def _pick_up(style: str, trunk: float, knee: float, lumbar: float) -> Script:
    """Bend to the floor in that style, take hold, stand up."""
    arms = {"arm": 8, "elbow": 6}
    return Script(
        drill="pick_up",
        style=style,
        beats=(
            Beat(key="bottom", seconds=2.0, stay=0.5, angles={**arms, "trunk": trunk, "knee": knee, "lumbar": lumbar}),
            Beat(
                key="pull",
                seconds=0.7,
                stay=0,
                angles={**arms, "trunk": 0.7 * trunk, "knee": 0.6 * knee, "lumbar": 0.7 * lumbar},
                through=True,
            ),
            Beat(key="tall", seconds=0.9, stay=1.3, angles={"arm": 6, "elbow": 14}),
        ),
        faults={
            **LIFT,
            **BACK,
            "F14": (*SNATCHES, Change("pull", "seconds", 0.25), Change("tall", "seconds", 0.3)),
            "S1": knees_cave("bottom", "pull"),
            # The arms reach for what is too far away.
            "D1": (Change("bottom", "arm", 40), Change("bottom", "trunk", 72)),
            "DL1": (Change("pull", "trunk", trunk + 26), Change("pull", "knee", 0.16 * knee)),
        },
    )


HINGES = (
    HINGE,
    DOWEL_HINGE,
    ROMANIAN_DEADLIFT,
    DEADLIFT,
    SWING,
    _pick_up("hinge", trunk=58, knee=86, lumbar=28),
    _pick_up("stoop", trunk=78, knee=40, lumbar=26),
    _pick_up("squat", trunk=32, knee=116, lumbar=30),
)
