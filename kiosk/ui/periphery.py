"""The corner of the eye: how large a form light is there.

Whoever bends side-on to the glass sees it some 60 degrees off their line of sight.  Shapes are hardly told apart there
and colours only when they are large: the field over which the eye gathers red and green grows to degrees (Abramov,
Gordon and Chan 1991; Hansen, Pracejus and Gegenfurtner 2009).
"""

from __future__ import annotations

import math

from kiosk.ui.gauges import lamp_size
from kiosk.ui.layout import layout

#: Metres from the eye to the glass: where a whole body fits the camera's picture (users.md).
STANDING = 2.5
#: Degrees that a form light has to span to be told by its colour and its amount of light from the corner of the eye.
LEAST = 2.0


def visual_angle(pixels: float, mm_per_pixel: float, distance: float = STANDING) -> float:
    """Degrees that ``pixels`` of ``mm_per_pixel`` span for an eye ``distance`` metres before the middle of them."""
    return math.degrees(2 * math.atan(pixels * mm_per_pixel / 1000 / 2 / distance))


def smallest_lamp(size: tuple[int, int], mm: tuple[float, float], distance: float = STANDING) -> float:
    """Degrees that a form light spans on an upright screen of ``size`` pixels and ``mm`` millimetres, its shorter way.

    At least LEAST on a screen of 24 inches in either posture.
    """
    lamp = lamp_size(layout(size))
    return min(visual_angle(lamp, length / pixels, distance) for length, pixels in zip(mm, size, strict=True))
