"""The colours, each with its reason.  A two-way mirror passes a third of the light: bright, or not at all."""

from __future__ import annotations

Colour = tuple[int, int, int]

#: What is not lit is mirror.
BLACK: Colour = (0, 0, 0)
#: Words that are to be read first.
PAPER: Colour = (245, 245, 240)
#: Words that can wait; still 40 % of the light of PAPER behind the glass.
SOFT: Colour = (170, 174, 180)
#: Outlines of what is off or still to come.
FAINT: Colour = (92, 96, 104)
#: Good.  Leans to blue, so that it differs from amber for those who see red and green alike (after Okabe and Ito).
GREEN: Colour = (0, 224, 130)
#: Nearly.
AMBER: Colour = (255, 180, 0)
#: Work on it.
RED: Colour = (255, 52, 44)
#: The camera cannot tell: no colour at all.
GREY: Colour = (150, 150, 156)
#: Depth, progress and what is chosen: a colour no light has.
CYAN: Colour = (70, 208, 255)
#: The machine's own trouble: a colour no fault has.
VIOLET: Colour = (186, 140, 255)
