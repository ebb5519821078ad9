"""How much a pixel differs from the empty room's: by its brightness, by its colour, but not by a shadow."""

from __future__ import annotations

import numpy as np

#: Grey levels by which a pixel may differ and be the same: ten times the noise of a small sensor (biomechanics 3.3).
SAME = 14.0
#: So many spreads are noise.
SPREADS = 4.0
#: Difference of the two chroma values, added, that is another colour; and below which, as a share of that, a darker
#: pixel is a shadow (biomechanics 3.3: 10 and 6).
OTHER_COLOUR, SHADOW_COLOUR = 10.0, np.float32(0.6)
#: A shadow takes no more than 40 % of the light (biomechanics 3.3).
SHADOW = 0.6
#: Of red, green, blue the luma, and the two chroma values in units of OTHER_COLOUR (ITU-R BT.601).
COLOURS = np.array(((0.299, 0.587, 0.114), (-0.1687, -0.3313, 0.5), (0.5, -0.4187, -0.0813)), np.float32)
COLOURS[1:] /= OTHER_COLOUR
#: More light than a pixel can tell, grey levels.
WHITE = np.float32(255)
#: Thresholds that a grey level is worth, by the spread.
KEEN = (1 / np.maximum(SPREADS * np.arange(256), SAME)).astype(np.float32)
#: Of both pixels' red, green, blue: how far luma and chroma are off, the one's luma, the darkest shadow of the other's.
_BOTH = np.zeros((5, 6), np.float32)
_BOTH[:3, :3], _BOTH[:3, 3:] = COLOURS, -COLOURS
_BOTH[3, :3], _BOTH[4, 3:] = COLOURS[0], SHADOW * COLOURS[0]


def differ(both: np.ndarray, gain: np.ndarray, keen: np.ndarray) -> np.ndarray:
    """How much pixels differ from the room's in ``gain`` (3, 1) times its light: (n,) float32; a shadow is 0.

    1 is the threshold from which a pixel is not the room's.  ``both`` (6, n) float32, red, green, blue of the pixels
    and of the room, which is lit anew; ``keen`` (n,) thresholds that a grey level is worth there.
    """
    room = both[3:]
    room *= gain
    np.minimum(room, WHITE, out=room)
    off = _BOTH @ both
    shadow = off[0] < 0
    shadow &= off[3] > off[4]
    off = off[:3]
    np.abs(off, out=off)
    off[0] *= keen
    off[1] += off[2]
    shadow &= off[1] < SHADOW_COLOUR
    difference = np.maximum(off[0], off[1], out=off[0])
    np.putmask(difference, shadow, 0)
    return difference
