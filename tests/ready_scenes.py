"""Sample scenes from before a set: the ladder of getting ready, the outline to step into, arrows, keeping still."""

from __future__ import annotations

from dataclasses import replace

from replayed import outlined

from kiosk.config import CameraAt, Screen
from kiosk.figure.film import Film
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Rung, View
from kiosk.session.back_line import UNSEEN, back_line, look
from kiosk.session.ladder import LEARNS, LIE_ALONG, STEP_BACK, STEP_IN, STOP_HINT, TURN_TO, cannot_see
from kiosk.session.placing import ANYWHERE, MOVES, WHOLE, Place
from kiosk.session.reflection import WALL, Wall
from kiosk.session.scene import BackLine, Calibrating, GettingReady, Move, Scene
from kiosk.text import Text

HINGE, NOTHING = Text("Hip hinge"), Text("")


def numbered(title: str, number: int, sets: int) -> Text:
    """The heading of one of several sets."""
    return Text("{title}, set {number} of {sets}", title=Text(title), number=number, sets=sets)


#: The same panel lying on its side, as high on the wall.
WIDE = Wall(Screen(width_mm=531, height_mm=299), CameraAt())


def getting_ready(
    title: Text,
    rung: Rung,
    text: Text,
    hint: Text,
    start: str = "standing",
    view: View = View.SIDE,
    move: Move = Move.STAY,
    stature: float = 1.70,
    wall: Wall = WALL,
) -> Scene:
    """Somebody of that stature before that wall."""
    outline = Place(stature=stature, wall=wall).outline(start)
    picture = GettingReady(title, rung, text, hint, start, view, outline, move)
    return Scene(picture, watching=True)


def _calibrating(title: Text, start: str, share: float, hint: Text = NOTHING) -> Scene:
    outline = ANYWHERE.outline(start)
    return Scene(Calibrating(title, STARTS[start].words, share, hint, outline), watching=True)


def standing_back(seed: int = 0, share: float = 1.0) -> BackLine:
    """The back of the simulated person of that ``seed`` beside a stick, their keypoints seen to that ``share``."""
    pose = next(iter(Film("hinge", reps=1, seed=seed).poses()))
    seen = look(replace(pose, scores=pose.scores * share, back=outlined(pose)))
    assert seen
    return back_line(seen)


#: Of who faces the right of the camera's picture, and of who faces the left of it and whose ear is not seen.
LEFT_FACING, RIGHT_FACING = standing_back(), standing_back(seed=1, share=0.25)
STILL = getting_ready(HINGE, Rung.STILL, STARTS["standing"].words, LEARNS)
CALIBRATING = _calibrating(HINGE, "standing", 0.65, STOP_HINT)
assert isinstance(STILL.picture, GettingReady)
assert isinstance(CALIBRATING.picture, Calibrating)

READY_SCENES = {
    "in_frame": getting_ready(HINGE, Rung.IN_FRAME, *STEP_IN),
    "side_on": getting_ready(HINGE, Rung.SIDE_ON, *TURN_TO[View.SIDE]),
    "joints": replace(
        getting_ready(Text("Pick something up"), Rung.JOINTS, cannot_see(("knee", "ankle")), STEP_BACK), figure=True
    ),
    "still": STILL,
    "still_back": replace(STILL, picture=replace(STILL.picture, back=LEFT_FACING)),
    "still_back_wide": replace(
        STILL,
        picture=replace(STILL.picture, back=RIGHT_FACING, outline=Place(stature=1.60, wall=WIDE).outline("standing")),
    ),
    "still_back_unseen": replace(STILL, picture=replace(STILL.picture, hint=UNSEEN[Why.NO_BACKGROUND])),
    "face": getting_ready(numbered("Squat", 2, 2), Rung.SIDE_ON, *TURN_TO[View.FRONT], "standing", View.FRONT),
    "lie_along": getting_ready(numbered("Glute bridge", 1, 2), Rung.SIDE_ON, *LIE_ALONG, "lying"),
    **{
        f"still_{start}": getting_ready(HINGE, Rung.STILL, posture.words, LEARNS, start)
        for start, posture in STARTS.items()
    },
    "joints_plank": getting_ready(Text("Forearm plank"), Rung.JOINTS, cannot_see(("ankle",)), STEP_BACK, "plank"),
    "move_left": getting_ready(HINGE, Rung.IN_FRAME, MOVES[Move.LEFT], WHOLE, move=Move.LEFT, stature=1.60),
    "move_right": getting_ready(
        numbered("Squat", 2, 2),
        Rung.SIDE_ON,
        TURN_TO[View.FRONT][0],
        MOVES[Move.RIGHT],
        view=View.FRONT,
        move=Move.RIGHT,
    ),
    "move_closer": getting_ready(HINGE, Rung.IN_FRAME, MOVES[Move.CLOSER], WHOLE, move=Move.CLOSER, stature=1.85),
    "move_back": getting_ready(
        numbered("Glute bridge", 1, 2), Rung.JOINTS, MOVES[Move.BACK], cannot_see(("ankle",)), "lying", move=Move.BACK
    ),
    "face_wide": getting_ready(
        numbered("Squat", 2, 2), Rung.SIDE_ON, *TURN_TO[View.FRONT], "standing", View.FRONT, stature=1.60, wall=WIDE
    ),
    "move_left_wide": getting_ready(
        HINGE, Rung.IN_FRAME, MOVES[Move.LEFT], WHOLE, move=Move.LEFT, stature=1.60, wall=WIDE
    ),
    "move_back_wide": getting_ready(
        HINGE, Rung.JOINTS, MOVES[Move.BACK], cannot_see(("ankle",)), move=Move.BACK, stature=1.70, wall=WIDE
    ),
    "calibrating": CALIBRATING,
    "calibrating_back": replace(CALIBRATING, picture=replace(CALIBRATING.picture, back=LEFT_FACING)),
    "calibrating_back_unseen": replace(
        CALIBRATING, picture=replace(CALIBRATING.picture, back_unseen=UNSEEN[Why.LIGHT_CHANGED])
    ),
    "calibrating_plank": _calibrating(numbered("Forearm plank", 1, 3), "plank", 0.3),
}
