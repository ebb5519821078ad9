"""The postures in which drills begin: whose rest every measure is a difference from."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.text import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """One posture to begin in.

    ``words`` ask for it.  ``trunk`` and ``knee`` are the degrees (from, to) in which it is believed, side-on; of a
    joint that is not seen nothing is said.  ``lying``: along the floor, so that the model looks at a turned picture and
    the facing is told by where the head is; ``face_up``: on the back.  ``still_s`` seconds of stillness it takes.
    ``bent``: may begin before having stood, with a standing presumed.
    """

    words: Text
    trunk: tuple[float, float]
    knee: tuple[float, float]
    lying: bool = False
    face_up: bool = False
    still_s: float = 1.5
    bent: bool = False


#: Upright knees: people stand with knees at 13 to 19 (signals 1), so a limit of 20 would refuse them.  A trunk lying on
#: its back has an inclination of -90, one on all fours of +90 (biomechanics 0.2, the person's front forward).
STARTS = {
    "standing": Start(words=Text("Stand tall and still"), trunk=(-15, 15), knee=(-15, 30)),
    "kneeling": Start(words=Text("Kneel tall and still"), trunk=(-20, 20), knee=(40, 140)),
    "bent": Start(
        words=Text("Stand tall, or take hold and keep still"), trunk=(-15, 110), knee=(-15, 130), still_s=0.5, bent=True
    ),
    "lying": Start(
        words=Text("Lie on your back, feet flat, keep still"),
        trunk=(-115, -60),
        knee=(45, 150),
        lying=True,
        face_up=True,
    ),
    "legs_up": Start(
        words=Text("Lie on your back, knees over your hips"),
        trunk=(-115, -60),
        knee=(45, 150),
        lying=True,
        face_up=True,
    ),
    "plank": Start(
        words=Text("Forearms down, straight from head to heels"), trunk=(55, 115), knee=(-25, 45), lying=True
    ),
    "all_fours": Start(
        words=Text("Hands and knees, back level, keep still"), trunk=(55, 120), knee=(45, 130), lying=True
    ),
    "reclined": Start(words=Text("Lie back over the ball, keep still"), trunk=(-90, -15), knee=(30, 140), face_up=True),
}
