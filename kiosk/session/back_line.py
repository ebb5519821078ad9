"""The back line: somebody's own back beside a stick, as a line, and what to do where it is not seen.

The stick lies as a real one would: on the shoulder blades and on whatever sticks out furthest below them.  That is the
seat of a long back; of a rounded one it is the bend, and the tailbone lets go.

It is drawn in a place of its own, not on the person's reflection: of a screen with its middle at 1.45 m the seat is
reflected 47 cm below the upper edge at a stature of 1.70 m, among the words, and below the lit area at 1.60 m.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.dorsal.contour import BLADES, SEAT, STANDS, Contour, measure
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import LEFT_EAR, Pose
from kiosk.scoring.verdict import Light, Rep, Verdict
from kiosk.session.parts import BackLine, Profile, Touch
from kiosk.text import Text

#: What to do so that the back is seen.
UNSEEN = {
    Why.NO_BACKGROUND: Text("Back: step out of the picture for five seconds, so that I learn the wall."),
    Why.LIGHT_CHANGED: Text("Back: the light has changed, step out of the picture for five seconds."),
    Why.COMPANY: Text("Back: let nobody and nothing else into the picture."),
    Why.OBLIQUE: Text("Back: turn your side to the mirror."),
    Why.OUTSIDE: Text("Back: move until all of it is in the picture."),
    Why.ARMS: Text("Back: keep your arms before you."),
    Why.LIKE_THE_WALL: Text("Back: wear something that stands out from the wall."),
    Why.HAIR: Text("Back: tie your hair up, and leave hood and scarf off."),
    Why.NOT_SMOOTH: Text("Back: tuck your shirt in, tight and smooth."),
}
USE_THE_STICK = Text("Back: I could not see it. Use the stick.")

#: The three points in the words of the stick drills, and whether they touch.
HEAD, UPPER_BACK, TAILBONE = Text("head"), Text("upper back"), Text("tailbone")
WORDS = {Light.GREEN: Text("touches"), Light.OFF: Text("lets go"), Light.UNSEEN: Text("not seen")}

#: How far behind the ear the back of the head is, in lengths of the trunk: half a head's length (0.195 of 1.74 m,
#: Pheasant, Bodyspace) over a trunk of 0.288 of stature (Drillis and Contini 1966).
BEHIND_EAR = 0.195
#: How far before the stick heads are in their own neutral, least and most, and by how much more to either side one no
#: longer touches (biomechanics 3.6), in lengths of the trunk.
NEUTRAL_GAP, HEAD_OFF = (0.0, 0.06), 0.07
#: Where on the chord the tailbone is: as high as the hip joints; and from so far under the stick on it does not touch,
#: in lengths of the trunk: two centimetres.  Of simulated people who bow, in four kinds of clothes, it lets go in none
#: of 264 looks at less than 20 degrees of lumbar flexion, in 60 % from 35 to 45, and in all of 200 with more.
TAIL, SEAT_OFF = 0.0, 0.04
#: Neighbouring rays whose mean is one point of the line, and every how many of them one is drawn.
SMOOTH, EVERY = 5, 3
#: How high above the tailbone a head is that is not seen, and how far the stick reaches beyond its points, in lengths
#: of the trunk.
HEAD_AT, BEYOND = 1.45, 0.12
#: The outline may be off by so many times the root mean square by which it leaves a smooth line.
UNSURE = 2.0
#: Lengths are rounded to this, lengths of the trunk, so that a line that stands still is the same line.
GRAIN = 0.005
#: Scores below this are guesses of a place.
EAR_SEEN = 0.3
#: Outlines remembered: five a second for the longest repetition that counts, 15 s, and the time until it is closed.
LOOKS = 100
#: The deepest look of a repetition is the median of at most so many, each at most so many seconds from its bottom.
LOOKS_DEEP, NEAR = 5, 1.0
#: Seconds before a repetition in which the person's own neutral is looked for.
STANDS_FOR = 2.0

Point = tuple[float, float]
NOWHERE = (math.nan, math.nan)


def has_line(drill: Drill) -> bool:
    """Whether a fault of ``drill`` is told by the back: in others none is drawn."""
    return any(fault.light == "back" for fault in drill.faults)


def unseen(drill: Drill, verdict: Verdict | None) -> Text:
    """What to do so that ``drill`` sees the back, or "" where it is seen, not looked for, or not asked for."""
    return UNSEEN[verdict.back] if verdict and verdict.back and drill.outlined else Text("")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look at a back: its ``contour``, and the middle of the ``ear`` in camera pixels, NaN where it is not seen."""

    contour: Contour
    ear: Point


def look(pose: Pose) -> Look | None:
    """What ``pose`` shows of the back; None where it is not seen."""
    if pose.back is None or pose.back.why:
        return None
    seen = pose.scores[LEFT_EAR : LEFT_EAR + 2] >= EAR_SEEN
    ears = pose.points[LEFT_EAR : LEFT_EAR + 2][seen].tolist()
    ear = (sum(x for x, _ in ears) / len(ears), sum(y for _, y in ears) / len(ears)) if ears else NOWHERE
    return Look(pose.back, ear)


class Looks:
    """The last LOOKS outlines of somebody's back."""

    def __init__(self) -> None:
        self._looks: deque[Look] = deque(maxlen=LOOKS)

    def step(self, pose: Pose) -> None:
        """Remember what the newest ``pose`` shows of it."""
        found = look(pose)
        if found:
            self._looks.append(found)

    def deepest(self, rep: Rep) -> BackLine | None:
        """The back at the bottom of ``rep``, its head against how it was held before; None where it was not seen."""
        within = [each for each in self._looks if rep.start <= each.contour.t <= rep.end]
        near = [each for each in within if abs(each.contour.t - rep.bottom) <= NEAR]
        near.sort(key=lambda each: abs(each.contour.t - rep.bottom))
        before = [each for each in self._looks if rep.start - STANDS_FOR <= each.contour.t < rep.start]
        gap = _Beside(before[-1]).head_gap if before else math.nan
        neutral = NEUTRAL_GAP if math.isnan(gap) else (gap, gap)
        return back_line(_middle(near[:LOOKS_DEEP]), neutral) if near else None


def _middle(looks: list[Look]) -> Look:
    """The median of ``looks``, of which there is at least one."""
    first = looks[0].contour
    heights = np.median([_whole(each.contour.heights) for each in looks], axis=0).astype(np.float32)
    chord = np.median([each.contour.chord for each in looks], axis=0).astype(np.float32)
    ears = [each.ear for each in looks if not math.isnan(each.ear[0])]
    x, y = np.median(ears, axis=0).tolist() if ears else NOWHERE
    return Look(Contour(first.t, Why.SEEN, heights, chord, first.facing, measure(heights)), (x, y))


def back_line(seen: Look, neutral: tuple[float, float] = NEUTRAL_GAP) -> BackLine:
    """The back that was ``seen`` beside its stick; ``neutral``: between what the head is before it in their neutral."""
    beside = _Beside(seen)
    dorsal, top = seen.contour.facing, HEAD_AT  # in a mirror who faces the right of the camera's picture faces left
    gap = beside.head_gap
    if not math.isnan(gap):
        top = beside.ear[1]
    outline = tuple((_round(dorsal * x), _round(-y)) for x, y in beside.outline[::EVERY].tolist())
    head_off = not neutral[0] - HEAD_OFF <= gap <= neutral[1] + HEAD_OFF
    unsure = max(UNSURE * seen.contour.shape.rough, 1 / beside.trunk)
    stick = _round(-top - BEYOND), _round(-min(beside.seat[1], 0.0) + BEYOND)
    return BackLine(
        Profile(outline, stick, dorsal, _round(unsure)),
        (
            _touch(HEAD, (-gap, top), head_off, dorsal),
            _touch(UPPER_BACK, beside.blades, False, dorsal),
            _touch(TAILBONE, beside.seat, beside.seat[0] < -SEAT_OFF, dorsal),
        ),
    )


def _touch(name: Text, at: Point, off: bool, dorsal: int) -> Touch:
    """The point of that ``name`` which is ``at`` (dorsal of the stick, up)."""
    x, y = at
    if math.isnan(x):
        return Touch(name, Light.UNSEEN, WORDS[Light.UNSEEN], 0.0, _round(-y))
    state = Light.OFF if off else Light.GREEN
    return Touch(name, state, WORDS[state], _round(dorsal * x) if off else 0.0, _round(-y))


class _Beside:
    """A back as it lies beside its stick: places are (dorsal of the stick, up along it) in lengths of the trunk.

    ``outline`` (48, 2) of the back; ``blades`` and ``seat`` where the stick is to touch, ``ear`` and the ``head_gap``
    from the stick to the back of the head, + = head before it; NaN where it is not seen; ``trunk`` in pixels.
    """

    def __init__(self, seen: Look) -> None:
        contour = seen.contour
        heights = np.convolve(
            np.pad(_whole(contour.heights), SMOOTH // 2, "edge"), np.full(SMOOTH, 1 / SMOOTH), "valid"
        )
        places = np.column_stack((heights, STANDS)).astype(np.float64)
        blades = _highest(places, BLADES)
        lower = places[_between(SEAT[0], blades[1])]
        # the first that the stick meets below when it is turned about the blades
        rests = lower[((lower[:, 0] - blades[0]) / (blades[1] - lower[:, 1])).argmax()]
        along = (blades - rests) / math.dist(blades, rests)
        axes = np.column_stack(((along[1], -along[0]), along))
        low = (places - rests) @ axes
        seat = low[np.searchsorted(STANDS, TAIL)]
        origin = np.array((0.0, seat[1]))
        hip, shoulder = contour.chord.astype(np.float64)
        trunk = shoulder - hip
        out = contour.facing * np.array((trunk[1], -trunk[0]))
        self.trunk = math.hypot(*trunk)
        self.outline = low - origin
        self.seat, self.blades = _point(seat - origin), _point((blades - rests) @ axes - origin)
        ear = np.array(((seen.ear - hip) @ out, (seen.ear - hip) @ trunk)) / self.trunk**2
        behind = ear + np.array((BEHIND_EAR, 0.0))
        self.ear = _point((ear - rests) @ axes - origin)
        self.head_gap = -float(((behind - rests) @ axes - origin)[0])


def _highest(places: np.ndarray, part: tuple[float, float]) -> np.ndarray:
    """The one of ``places`` (48, 2) in ``part`` of the trunk that sticks out furthest."""
    inside = places[_between(*part)]
    found: np.ndarray = inside[inside[:, 0].argmax()]
    return found


def _between(low: float, high: float) -> slice:
    """The rays from ``low`` on and before ``high``."""
    first, last = np.searchsorted(STANDS, (low, high)).tolist()
    return slice(first, last)


def _whole(heights: np.ndarray) -> np.ndarray:
    """``heights`` (48,) with what was not seen drawn straight between its neighbours."""
    seen = np.isfinite(heights)
    return np.interp(STANDS, STANDS[seen], heights[seen])


def _point(place: np.ndarray) -> Point:
    x, y = place.tolist()
    return x, y


def _round(length: float) -> float:
    return round(round(length / GRAIN) * GRAIN, 3)
