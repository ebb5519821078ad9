"""A demonstration: one correct repetition of a drill by the simulated person, as the keypoints of a stick person."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import cos, radians, sin

import numpy as np

from kiosk.drills import find_drill
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.bones import lengths
from kiosk.figure.course import Course
from kiosk.figure.script import find_script
from kiosk.figure.setting import choose_facing, lies_on_back, place_seat
from kiosk.figure.skin import frames as outlines
from kiosk.figure.things import choose_things, lay_out
from kiosk.scoring.verdict import View
from kiosk.session.scene import Movement

#: Who demonstrates.
SEED = 0
#: Frames of a demonstration, and of a quick one: the flight of a jump has some of its own.
FRAMES, QUICK_FRAMES = 24, 36
#: The longest stay in any posture that is shown, seconds: a hold is understood long before it is over.
LONGEST_STAY = 0.8
#: Whoever is to face the mirror is shown turned so far from side-on, degrees: from the very front nobody could see how
#: far they bend.
TURNED = 50.0
#: Demonstrations kept: every drill.
KEPT = 32
#: The things a drill uses as thick lines: from where to where along their axis, and half their width, metres.  A bar is
#: seen from its end, as the disc on it.
RODS = {
    "stool": (-0.30, -0.12, 0.14),
    "ball": (0.0, 0.0, 0.26),
    "roller": (0.10, 0.70, 0.06),
    "dowel": (-0.15, 1.0, 0.018),
    "bar": (0.0, 0.0, 0.16),
    "yoke": (0.0, 0.0, 0.16),
    "kettlebell": (-0.17, -0.17, 0.10),
}
#: Those whose place the back tells.
ON_BACK = {"dowel", "yoke", "ball"}


@lru_cache(maxsize=KEPT)
def demonstrate(drill: str) -> Movement:
    """One good repetition of ``drill``, or of a hold how it is gone into and left, seen from where the mirror is.

    It ends in the posture it begins in.  Raises BadInput on an unknown drill.
    """
    script, body = find_script(drill), lengths(SEED)
    beats = tuple(replace(beat, stay=min(beat.stay, LONGEST_STAY)) for beat in script.beats)
    # the second repetition: a swing's first one comes from standing, where no other of its set begins
    course = Course(replace(script, beats=beats, sides=False, held=False), {}, 2, SEED)
    rep = course.reps[1]
    facing = choose_facing(script, SEED) * (-1 if lies_on_back(script) else 1)
    known = find_drill(drill)
    yaw = TURNED if known.view is View.FRONT else 0.0
    things, seat = choose_things(drill), place_seat(body, course)
    rods = {thing: rod for thing, rod in RODS.items() if thing in things or (thing == "stool" and seat)}
    on_back = not ON_BACK.isdisjoint(things)
    frames = []
    for t in np.linspace(rep.start, rep.end, QUICK_FRAMES if known.pace == "quick" else FRAMES)[:-1].tolist():
        skeleton = assume(body, course.at(t)[0])
        laid = lay_out(things, skeleton, outlines(skeleton) if on_back else {}, seat)
        ends = [laid[thing].place + along * laid[thing].axis for thing, rod in rods.items() for along in rod[:2]]
        frames.append(_frame(skeleton, ends, facing, yaw))
    widths = tuple(2 * rod[2] / body.stature for rod in rods.values())
    near = "right" if facing > 0 else "left"
    return Movement((*frames, frames[0]), rep.end - rep.start, near, widths)


class Demonstrator:
    """Shows how the drill on offer is done from the second time on that it is asked: the press that offers it must not
    wait for it to be worked out."""

    def __init__(self) -> None:
        self._offered = ""

    def show(self, drill: str) -> Movement | None:
        """The demonstration of ``drill``; None the first time, and for "", no drill at all."""
        known, self._offered = self._offered, drill
        return demonstrate(drill) if drill and drill == known else None


def _frame(skeleton: Skeleton, ends: list[np.ndarray], facing: int, yaw: float) -> tuple[tuple[float, float], ...]:
    """Keypoints and toes, from the very side the spine, and the ``ends`` of things, as a Movement has them."""
    spine = np.insert(skeleton.spine, 1, 0.0, axis=1)[: 0 if yaw else None]
    places = np.concatenate((skeleton.points, skeleton.feet[:, 1], spine, np.reshape(ends, (-1, 3))))
    points = places / skeleton.lengths.stature
    across = facing * (points[:, 0] * cos(radians(yaw)) + points[:, 1] * sin(radians(yaw)))
    return tuple(
        (round(x, 4), round(y, 4)) for x, y in zip(across.tolist(), (1.0 - points[:, 2]).tolist(), strict=True)
    )
