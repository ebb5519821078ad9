"""The night: what is drawn, dimmer, and its words still bright enough to be read.

Shapes are dimmed all alike, so that red, amber and green stay apart by their light alone.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import pygame

from kiosk.ui.colours import GAMMA, Colour
from kiosk.ui.drawing import Drawing, Mark

#: Contrast of words with black that is kept (WCAG 2.2 asks for 7), with a little to spare for rounding.
READABLE = 7.2
#: What a screen's black adds to any light, as a share of white (WCAG 2.2).
FLARE = 0.05
#: The light, as a share of white, below which no words are dimmed.
FLOOR = (READABLE - 1) * FLARE

#: Light of red, green and blue (sRGB, IEC 61966-2-1) for each value of a pixel, as a share of white.
_VALUES = np.arange(256) / 255
_LIGHT = np.where(_VALUES <= 0.04045, _VALUES / 12.92, ((_VALUES + 0.055) / 1.055) ** 2.4)
_OF_WHITE = 0.2126, 0.7152, 0.0722

#: Dimmed sprites with the share of light they were dimmed to, each for as long as it is kept by whoever made it.
_DIMMED: WeakKeyDictionary[pygame.Surface, tuple[float, pygame.Surface]] = WeakKeyDictionary()


def dim(drawing: Drawing, light: float) -> Drawing:
    """``drawing`` at a share ``light`` (0..1) of its light; words that would not be readable then at more."""
    return drawing if light >= 1 else tuple(mark._replace(what=_dim(mark, light)) for mark in drawing)


def luminance(colour: Colour) -> float:
    """The light of ``colour`` as a share of white (WCAG 2.2)."""
    return float(sum(share * _LIGHT[value] for share, value in zip(_OF_WHITE, colour, strict=True)))


def _dim(mark: Mark, light: float) -> pygame.Surface | Colour:
    """What is drawn of ``mark``; a sprite is dimmed once."""
    if not isinstance(mark.what, pygame.Surface):
        value = _value(luminance(mark.what) if mark.words else 0.0, light)
        red, green, blue = (round(each * value / 255) for each in mark.what)
        return red, green, blue
    kept = _DIMMED.get(mark.what)
    if kept is None or kept[0] != light:
        dimmed = mark.what.copy()
        value = _value(_brightest(mark.what) if mark.words else 0.0, light)
        dimmed.fill((value,) * 3, special_flags=pygame.BLEND_RGB_MULT)
        kept = _DIMMED[mark.what] = light, dimmed
    return kept[1]


def _value(bright: float, light: float) -> int:
    """What pixels are multiplied with, of 255; ``bright`` is the light of words, 0 for what need not be read."""
    share = max(light, min(FLOOR / bright, 1.0)) if bright else light
    return round(255 * share ** (1 / GAMMA))


def _brightest(sprite: pygame.Surface) -> float:
    """The light of the brightest pixel that can be seen, as a share of white."""
    pixels = pygame.surfarray.pixels3d(sprite)
    if sprite.get_flags() & pygame.SRCALPHA:
        pixels = pixels[pygame.surfarray.pixels_alpha(sprite) > 127]
    return float((_LIGHT[pixels] @ _OF_WHITE).max(initial=0.0))
