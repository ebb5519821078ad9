"""Where the camera hangs for a drill, and where in the room the person, the mat and the stool are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kiosk.figure.basin import edge_before
from kiosk.figure.beats import Script
from kiosk.figure.body import assume
from kiosk.figure.bones import Lengths
from kiosk.figure.course import Performance
from kiosk.figure.lens import BASIN, BESIDE, FLOOR, FRONT, SIDE, Lens, Spot, turn
from kiosk.figure.scripts.basin import AT_BASIN

#: Drills that are done before another mirror than the one in the gym.
LENSES: Mapping[str, Lens] = {"sink": BASIN, "sink_side": BESIDE} | {script.drill: BASIN for script in AT_BASIN}
#: The stool's top lies so far below the hips of a person sitting on it, as a share of stature.
SEAT_BELOW_HIPS = 0.052


def choose_facing(script: Script, seed: int) -> int:
    """Which way the person of that seed faces at first: +1 to the right of the picture, -1 to the left.

    A drill that has sides begins with the left one near the camera: lying on the back, the head is to the right.  Where
    it matters which side of the body is near the camera, everyone faces the same way too.
    """
    if script.sides or not script.near:
        return 1 if lies_on_back(script) else -1
    return -1 if seed % 2 else 1


def lies_on_back(script: Script) -> bool:
    """Whether the person's front is up: then their forward is where the feet are."""
    return script.floor and script.resting.trunk < 0


def usual_lens(script: Script) -> Lens:
    """The lens through which a drill is usually filmed: where the mirror's camera hangs for it."""
    return LENSES.get(script.drill) or (FLOOR if script.floor else FRONT if script.yaw else SIDE)


def find_spot(script: Script, body: Lengths, lens: Lens, facing: int) -> Spot:
    """Where the person is: on their feet in the middle of the picture; lying with the middle of the body in it.

    Who lies on the back with the head to the right has their front, the body's forward, to the left.
    """
    if not script.floor:
        return Spot(facing)
    spot = Spot(-facing if lies_on_back(script) else facing)
    forward = assume(body, script.resting).points[:, 0]
    middle = turn(np.array([((forward.min() + forward.max()) / 2, 0.0, 0.0)]), lens, spot)[0]
    return Spot(spot.facing, -float(middle[0]), -float(middle[1]))


def lie_on(script: Script, spot: Spot) -> Spot | None:
    """Where a mat lies: under who lies on the floor."""
    return Spot(spot.facing) if script.floor else None


def place_basin(drill: str, lens: Lens) -> float | None:
    """How far before the person the edge of a basin is, metres: below a camera in front; None where there is none."""
    return edge_before(lens) if drill in LENSES and not lens.from_side else None


def place_seat(body: Lengths, course: Performance) -> tuple[float, float] | None:
    """Where the top of the stool is, (forward, up): under the hips of the first person to sit; None where none sits."""
    for posture in course.seated():
        hips = assume(body, posture).spine[0]
        return float(hips[0]), float(hips[1] - SEAT_BELOW_HIPS * body.stature)
    return None
