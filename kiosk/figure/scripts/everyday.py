"""What people do in front of a mirror that is no drill: nothing of it may be counted."""

from __future__ import annotations

from dataclasses import replace

from kiosk.figure.beats import TURN, Beat, Script
from kiosk.figure.posture import Support
from kiosk.figure.scripts.squats import SEAT

#: Four moments of two steps: left foot ahead, left leg carries, right foot ahead, right leg carries.
_STRIDE = (
    {"shin": 28, "knee": 10, "leg_back": -40, "leg_bend": -6, "arm": 20, "arm_more": -36},
    {"shin": 26, "knee": 52, "leg_back": 26, "leg_bend": -48, "arm": 2, "arm_more": 0},
    {"shin": -18, "knee": 4, "leg_back": 40, "leg_bend": 6, "arm": -16, "arm_more": 36},
    {"shin": 4, "knee": 4, "leg_back": -26, "leg_bend": 48, "arm": 2, "arm_more": 0},
)
#: Seconds of half a step and how far it goes, shares of stature.
_HALF_STEP, _HALF_WAY = 0.27, 0.165
#: How long a shoe takes.
_LACES = 8.0


def _walk(halves: int, start: float, heading: float) -> tuple[Beat, ...]:
    """So many half steps from ``start``, forward or, turned by 180 degrees, back."""
    onward = _HALF_WAY if heading == 0 else -_HALF_WAY
    return tuple(
        Beat(
            key=f"step {heading:g} {n}",
            seconds=_HALF_STEP,
            stay=0,
            angles={**_STRIDE[n % 4], "ahead": start + onward * n, "heading": heading, "elbow": 22},
            through=n < halves,
        )
        for n in range(1, halves + 1)
    )


def _movement(key: str, *beats: Beat, **more: float) -> Script:
    return Script(drill=key, beats=beats, counted=False, rest=more)


_STEPS = 10
_FAR = -_HALF_WAY * _STEPS

WALK = Script(
    drill="walk_in",
    support=Support.REST,
    counted=False,
    rest={"ahead": _FAR, "shin": 5},
    beats=(
        *_walk(_STEPS, _FAR, 0),
        Beat(key="there", seconds=0.4, stay=4.0, angles={"ahead": 0}),
        Beat(key="turned", seconds=1.4, stay=0.3, angles={"ahead": 0, "heading": 180}),
        *_walk(_STEPS, 0.0, 180),
        Beat(key="gone", seconds=1.2, stay=0.5),
    ),
)

_KNEELING = {
    "trunk": 62,
    "lumbar": 30,
    "thoracic": 16,
    "neck": 14,
    "shin": 108,
    "knee": 118,
    "heel": 70,
    "heel_more": -70,
    "leg_back": -80,
    "leg_bend": -28,
    "arm": 14,
    "elbow": 14,
}
TIE_SHOE = Script(
    drill="tie_shoe",
    support=Support.REST,
    counted=False,
    rest={"shin": 5},
    beats=(
        Beat(key="bottom", seconds=1.8, stay=0.4, angles=_KNEELING),
        *(
            Beat(key=f"lace {n}", seconds=0.5, stay=0.5, angles={**_KNEELING, "elbow": 14 + 16 * (n % 2)})
            for n in range(int(_LACES))
        ),
        Beat(key="tall", seconds=1.8, stay=2.0),
    ),
)

_DOWN = {"trunk": 52, "knee": 78, "lumbar": 28, "arm": 6, "elbow": 4}
#: The dumbbell is carried from where it is taken up to where it is put down.
_CARRYING = {"elbow": 40, "arm_more": 10}
DUMBBELL = _movement(
    "fetch_dumbbell",
    Beat(key="bottom", seconds=1.3, stay=0.4, angles={**_DOWN, "arm_more": 8}),
    Beat(key="tall", seconds=1.2, stay=1.2, angles=_CARRYING),
    *(replace(beat, angles={**beat.angles, **_CARRYING}) for beat in TURN),
    Beat(key="put down", seconds=1.4, stay=0.3, angles={**_DOWN, "heading": 180}),
    Beat(key="up", seconds=1.2, stay=1.0, angles={"heading": 180}),
    Beat(key="back", seconds=1.6, stay=1.0),
)

TURN_ROUND = _movement(
    "turn_round",
    *TURN,
    Beat(key="back", seconds=1.8, stay=1.5),
    Beat(key="the other way", seconds=1.9, stay=1.0, angles={"heading": -180}),
    Beat(key="tall", seconds=1.8, stay=1.5),
)

SIT = Script(
    drill="sit_down",
    seat=True,
    counted=False,
    beats=(
        Beat(key="bottom", seconds=1.8, stay=0, angles=SEAT),
        Beat(key="seated", seconds=1.0, stay=12.0, angles={**SEAT, "trunk": 6, "carried": 36}),
        Beat(key="lean", seconds=0.9, stay=0, angles=SEAT),
        Beat(key="tall", seconds=1.4, stay=1.5),
    ),
)

REACH = _movement(
    "reach_up",
    Beat(key="bottom", seconds=1.2, stay=1.0, angles={"trunk": -3, "arm_more": 160, "heel": 12, "forward": 0.04}),
    Beat(key="tall", seconds=1.0, stay=1.5),
    stance=0.6,
)

KICK = _movement(
    "kick",
    Beat(key="back", seconds=0.6, stay=0, angles={"leg_back": 22, "leg_bend": 40, "arm_more": 20}),
    Beat(key="bottom", seconds=0.45, stay=0.1, angles={"trunk": -8, "leg_back": -58, "leg_bend": 4, "arm_more": -30}),
    Beat(key="tall", seconds=0.7, stay=1.5),
    stance=0.5,
)

SCRATCH = _movement(
    "scratch_leg",
    Beat(
        key="bottom",
        seconds=0.9,
        stay=1.4,
        angles={"trunk": 26, "lumbar": 26, "neck": 14, "knee": 14, "leg_back": -52, "leg_bend": 76, "arm_more": 26},
    ),
    Beat(key="tall", seconds=0.9, stay=1.5),
    stance=0.5,
)

EVERYDAY = (WALK, TIE_SHOE, DUMBBELL, TURN_ROUND, SIT, REACH, KICK, SCRATCH)
