"""What befalls a film beside what is performed: nobody there at first, light, steam, a knock, somebody behind."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin

import numpy as np

from kiosk.figure.course import ease


@dataclass(frozen=True, slots=True)
class Brightness:
    """From ``at`` seconds the room becomes ``to`` times as bright as at first, within ``seconds``: 0 is a switch.

    ``tint`` of what changes, for red, green and blue: lamplight is yellower than the sky.
    """

    at: float
    to: float
    seconds: float = 0.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Flicker:
    """Light of a screen that changes its picture ``hertz`` times a second, by up to ``share`` of all light."""

    share: float
    hertz: float


@dataclass(frozen=True, slots=True)
class Steam:
    """From ``at`` seconds steam hides the room: within ``seconds`` so much of all contrast is left, 0..1."""

    at: float
    left: float
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Knock:
    """From ``at`` seconds the camera looks elsewhere: everything is so many pixels further ``right`` and ``down``."""

    at: float
    right: int
    down: int


@dataclass(frozen=True, slots=True)
class Events:
    """All that befalls one film; times are seconds of the film.

    ``empty``: so long nobody is there; then, if it ``walks_in``, the person comes along the picture to their place.
    ``passing``: when somebody sets out behind the person.
    """

    empty: float = 0.0
    walks_in: bool = False
    light: tuple[Brightness, ...] = ()
    flicker: Flicker | None = None
    knocks: tuple[Knock, ...] = ()
    steam: tuple[Steam, ...] = ()
    passing: tuple[float, ...] = ()

    def gain(self, t: float) -> np.ndarray:
        """How bright everything is at ``t``, times as bright as at first: red, green, blue (3,)."""
        gain = np.ones(3)
        for change in self.light:
            if t >= change.at:
                share = ease(min(1.0, (t - change.at) / change.seconds)) if change.seconds else 1.0
                gain += share * (change.to * np.array(change.tint) - gain)
        if self.flicker:
            gain *= 1 + self.flicker.share * flickers(t * self.flicker.hertz)
        return gain

    def contrast(self, t: float) -> float:
        """How much of the contrast steam has left at ``t``, 1 without any: the last to begin says how much."""
        left = 1.0
        for steam in self.steam:
            if t >= steam.at:
                left += ease(min(1.0, (t - steam.at) / steam.seconds)) * (steam.left - left)
        return left

    def shift(self, t: float) -> tuple[int, int]:
        """By how many pixels the picture has been moved at ``t``, to the right and down."""
        knocks = [knock for knock in self.knocks if t >= knock.at]
        return sum(knock.right for knock in knocks), sum(knock.down for knock in knocks)


def flickers(pictures: float) -> float:
    """The light of a screen after so many pictures, -1..1: each has its own brightness and stays."""
    n = int(pictures)
    return sin(2 * pi * ((n * 0.6180339887) % 1.0))


#: Nothing befalls.
CALM = Events()
