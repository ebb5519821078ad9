"""What the lamps beside the mirror show: the worst of the lights, small enough a word for the corner of the eye."""

from __future__ import annotations

from kiosk.scoring.verdict import Light
from kiosk.session.scene import Leaning, Picture, Trying, Working

#: What lights a lamp, the worst first.
WORST_FIRST = (Light.RED, Light.AMBER, Light.GREEN)


def worst_light(picture: Picture) -> Light:
    """The worst light that ``picture`` shows of a set or a lean under way, or the lamp that is tried out; else OFF.

    A light that is not seen is neither good nor bad: alone it lights nothing.
    """
    if isinstance(picture, Trying):
        return picture.lamp
    if not isinstance(picture, Working | Leaning):
        return Light.OFF
    shown = {light.state for light in picture.lights}
    return next((light for light in WORST_FIRST if light in shown), Light.OFF)
