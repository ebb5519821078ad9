"""Where somebody has to stand: which way to move, and where on the glass their reflection is then; and their back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.pose import LEFT_EYE, LEFT_HIP, LEFT_SHOULDER, RIGHT_SHOULDER, Pose
from kiosk.scoring.view import average
from kiosk.session.back_line import back_line, look
from kiosk.session.reflection import EYES, HEIGHTS, SEEN, STATURE, UPRIGHT, WALL, Wall, find_standing, on_glass
from kiosk.session.scene import BackLine, Move, Outline
from kiosk.text import Text

#: What each direction is called.
MOVES = {
    Move.LEFT: Text("A little to the left"),
    Move.RIGHT: Text("A little to the right"),
    Move.CLOSER: Text("Come closer"),
    Move.BACK: Text("Further back"),
}
#: Why.
WHOLE = Text("So that I see all of you, also when you move.")

#: Room that a standing person needs to either side of the hips, as a share of stature: bent forward as far as any
#: drill asks, the head is 0.36 before the ankles and the seat 0.25 behind them.
REACH = 0.36
#: Who has less than a step to choose from between left and right has to go back instead, as a share of stature.
A_STEP = 0.15
#: What has to stay free at the picture's edges, as a share of each side.
MARGIN = 0.02
#: The least stature, or length of who lies, as a share of the picture's longer side: eight millimetres a pixel, which
#: is what the coarsest camera gives at the greatest distance it is recommended for (biomechanics 4.6).
SMALLEST = 0.33
#: By so much more than that the person is told to move on, once they are told to move at all: arrows do not flicker.
MORE = 0.03
#: Seconds for which a direction must be the same before it is shown: two or three looks of a slow board.
SETTLED = 0.5
#: Seconds over which somebody's stature is averaged, and without anybody after which it is forgotten.
AVERAGED, FORGOTTEN = 1.0, 3.0
#: Seconds after which the back is no longer that of now: three looks at it, which are five a second.
BACK_LASTS = 0.6
#: Metres by which it must have changed for the outline to be drawn anew: 15 mm of the glass.
STEP = 0.03
#: Height of the eyes of who begins in these postures, as a share of stature: who may begin bent stands up to the glass
#: first, who kneels is lower by a shin, but for the thickness of the knee.  Who is on the floor sees themselves on no
#: screen that hangs on a wall.
EYES_AT = {"standing": EYES, "bent": EYES, "kneeling": EYES - 0.17}


@dataclass(frozen=True, slots=True)
class Place:
    """Which way to ``move`` now, and the ``stature`` in metres of who stands before the ``wall``.

    ``back``: theirs beside a stick, None while it is not seen.
    """

    move: Move = Move.STAY
    stature: float = STATURE
    wall: Wall = WALL
    back: BackLine | None = None

    @property
    def reflected(self) -> tuple[float, float]:
        """Between which heights of their body, metres, who stands sees themselves on the lit area."""
        crown, floor = (self.wall.share(0.0, (EYES * self.stature + y) / 2)[1] for y in (self.stature, 0.0))
        top, bottom = max(crown, 0.0), min(floor, 1.0)
        low, high = ((floor - edge) / (floor - crown) * self.stature for edge in (bottom, top))
        return low, high

    def outline(self, start: str) -> Outline | None:
        """Where their reflection is in the posture ``start``, before the middle of the camera's picture.

        Eye and body are equally far from the glass, so that it is half as large there, and in the same place however
        far that is.  None where no part of it is on the lit area.
        """
        if start not in EYES_AT:
            return None
        x, eye = self.wall.lens[0], EYES_AT[start] * self.stature
        across, crown = self.wall.share(*on_glass((x, eye, 1.0), (x, self.stature, 1.0)))
        _, floor = self.wall.share(*on_glass((x, eye, 1.0), (x, 0.0, 1.0)))
        if not (0 < across < 1 and crown < 1 and floor > 0):
            return None
        shape = self.wall.screen.height_mm / self.wall.screen.width_mm
        return Outline(round(across, 3), round(crown, 3), round(floor - crown, 3), round(shape, 3))


ANYWHERE = Place()


class Placing:
    """Follows the poses of somebody getting ready; :attr:`place` is what they have to be told."""

    def __init__(self, wall: Wall) -> None:
        self.place = Place(wall=wall)
        self._found = Move.STAY
        self._since = self._here = -math.inf
        self._stature = math.nan
        self._back, self._back_at = ANYWHERE.back, -math.inf

    def step(self, pose: Pose) -> None:
        """Take the newest ``pose``."""
        move, stature = self.place.move, self.place.stature
        found = where_to_move(pose, move)
        if found is not self._found:
            self._found, self._since = found, pose.t
        if pose.t - self._since >= SETTLED:
            move = found
        self._measure(pose)
        if math.isnan(self._stature):
            stature = STATURE
        elif abs(self._stature - stature) > STEP:
            stature = round(self._stature, 2)
        self._follow_back(pose)
        self.place = Place(move, stature, self.place.wall, self._back)

    def _follow_back(self, pose: Pose) -> None:
        """Keep the newest outline of the back while it is young."""
        seen = look(pose)
        if seen:
            self._back, self._back_at = back_line(seen), pose.t
        elif not pose.present or pose.t - self._back_at > BACK_LASTS:
            self._back = None

    def _measure(self, pose: Pose) -> None:
        """Average the stature of who stands there."""
        standing = find_standing(pose, self.place.wall)
        if standing:
            dt = max(min(pose.t - self._here, AVERAGED), 0.0)
            self._stature = average(self._stature, standing.stature, 1 - math.exp(-dt / AVERAGED))
        if pose.present:
            self._here = pose.t
        elif pose.t - self._here > FORGOTTEN:
            self._stature = math.nan


def where_to_move(pose: Pose, before: Move = Move.STAY) -> Move:
    """Which way whoever is seen has to move; ``before``: where they were told to move just now.

    STAY when nobody is seen, too.  What matters most comes first: whole in the picture, then in its middle, then large.
    """
    body = _extent(pose)
    if body is None:
        return Move.STAY
    left, right, top, bottom, size = body
    more = MORE if before else 0.0
    across, down = (MARGIN + more) * pose.width, (MARGIN + more) * pose.height
    cut_left, cut_right = left < across, right > pose.width - across
    narrow = (cut_left or cut_right) and pose.width - 2 * across - (right - left) < A_STEP * size
    if top < down or bottom > pose.height - down or narrow:
        return Move.BACK
    # in the picture of the camera, which looks at them, left is the person's right
    if cut_left or cut_right:
        return Move.LEFT if cut_left else Move.RIGHT
    return Move.CLOSER if size < (SMALLEST + more) * max(pose.width, pose.height) else Move.STAY


def _extent(pose: Pose) -> tuple[float, float, float, float, float] | None:
    """The room somebody needs in the picture (left, right, top, bottom) and their size, pixels; None: not seen enough.

    Of who stands, the head and the feet are where they must be by what is seen, in the picture or not.
    """
    seen = pose.scores >= SEEN
    if not pose.present or seen.sum() < 3 or not (seen[LEFT_SHOULDER] or seen[RIGHT_SHOULDER]):
        return None
    heights = {share: _height(pose, joint) for joint, (share, _) in HEIGHTS.items()}
    known = {share: y for share, y in heights.items() if not math.isnan(y)}
    upper, lower = max(known), min(known)
    stature = (known[lower] - known[upper]) / (upper - lower) if upper > lower else 0.0
    x, y = pose.points[seen].T.tolist()
    if stature <= 0 or not _upright(pose):
        return min(x), max(x), min(y), max(y), math.hypot(max(x) - min(x), max(y) - min(y))
    middle = float(np.median(pose.points[LEFT_SHOULDER:][seen[LEFT_SHOULDER:], 0]))
    reach = REACH * stature
    top, bottom = known[upper] - (1 - upper) * stature, known[lower] + lower * stature
    return middle - reach, middle + reach, top, bottom, stature


def _height(pose: Pose, joint: int) -> float:
    """How far down the picture a pair of joints is; NaN where neither is seen."""
    seen = pose.scores[joint : joint + 2] >= SEEN
    return float(pose.points[joint : joint + 2, 1][seen].mean()) if seen.any() else math.nan


def _upright(pose: Pose) -> bool:
    """Whether head, shoulders and hips, as far as they are seen, stand over each other."""
    column = [
        pose.points[joint : joint + 2][pose.scores[joint : joint + 2] >= SEEN].mean(axis=0)
        for joint in (LEFT_EYE, LEFT_SHOULDER, LEFT_HIP)
        if (pose.scores[joint : joint + 2] >= SEEN).any()
    ]
    across, down = (column[-1] - column[-2]).tolist() if len(column) > 1 else (0.0, 1.0)
    return bool(abs(across) < 2 * UPRIGHT * down)
