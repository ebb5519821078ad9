"""The colours, each with its reason.  A two-way mirror passes a third of the light: bright, or not at all.

All but FAINT stand out from black by 7 to 1 and may be written with; GREEN, AMBER, RED and GREY are told apart by who
sees no red or no green, too: they differ by 15 of CIEDE2000 and more, seen in either way (after Machado and others
2009).
"""

from __future__ import annotations

Colour = tuple[int, int, int]

#: What is not lit is mirror.
BLACK: Colour = (0, 0, 0)
#: Words that are to be read first.
PAPER: Colour = (245, 245, 240)
#: Words that can wait; still 40 % of the light of PAPER behind the glass.
SOFT: Colour = (170, 174, 180)
#: Outlines of what is off or still to come; too dark for words.
FAINT: Colour = (92, 96, 104)
#: Good.  Leans to blue, of which people who see red and green alike see as much as others.
GREEN: Colour = (0, 235, 170)
#: Nearly.  Bright, so that it differs from red by its light alone.
AMBER: Colour = (255, 191, 0)
#: Work on it.  The darkest red that can be written with: a purer one looks almost black to who sees no red.
RED: Colour = (255, 96, 88)
#: The camera cannot tell: no colour at all.
GREY: Colour = (150, 150, 156)
#: Depth, progress and what is chosen: a colour no light has.
CYAN: Colour = (70, 208, 255)
#: The machine's own trouble: a colour no fault has.
VIOLET: Colour = (186, 140, 255)

#: Exponent from a screen's values to its light, near enough to sRGB's curve.
GAMMA = 2.2


def dimmed(colour: Colour, share: float) -> Colour:
    """``colour`` with ``share`` (0..1) of its light: on true black, what is translucent is dim."""
    red, green, blue = (round(value * share ** (1 / GAMMA)) for value in colour)
    return red, green, blue
