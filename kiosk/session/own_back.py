"""What a person's own sets tell of their back: how its outline reads while it is long, and how far it goes.

A bend is measured against both (biomechanics 3.4).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.session.questions import YES
from kiosk.text import Text

if TYPE_CHECKING:
    from kiosk.session.progress import SetDone

#: Degrees by which the lower back of a long hinge may read rounder or hollower than standing.  More than 25 degrees are
#: no long back whatever the answer (biomechanics 3.1), and a look is off by several.
LONG = 20.0
#: Degrees that the lower back goes from all fours, + rounder.  Healthy people flex it 66 from standing, spread about 10
#: [L22]: more than 90 was no back.  Less than 20 is a cat done by halves: four fifths of that, which would be red, are
#: what a look at a long back may be off.
FLEXED = (20.0, 90.0)
#: And hollower: it goes about half as far; of less than 8 the same is true as of a cat done by halves.
EXTENDED = (-60.0, -8.0)
#: Seconds for which a long back is as it was: with the months clothes, skill and the camera's place change.  Once a
#: month is not too often to be asked.
FRESH = 30 * 86400.0

NOT_KNOWN = Text("Your back is not known yet: bow with a long back, then do cat and cow.")
LONG_KNOWN = Text("Your long back is known. Cat and cow shows how far it goes.")
RANGE_KNOWN = Text("How far your back goes is known. A bow with a long back is still missing.")
ALL_KNOWN = Text("Your back is known: how it is long, and how far it goes.")


@dataclass(frozen=True, slots=True)
class Learnt:
    """From ``t`` seconds on ``own`` is what is known of the back of whoever is here."""

    t: float
    own: OwnBack


def own_back(sets: Iterable[SetDone]) -> OwnBack:
    """What ``sets`` of one person, oldest first, tell of their back."""
    return reduce(learn, sets, UNKNOWN)


def learn(known: OwnBack, done: SetDone) -> OwnBack:
    """What is known once ``done`` is, too: the newest that can be believed counts."""
    if shows_long(done) and done.lumbar is not None:
        known = replace(known, lumbar=done.lumbar, thoracic=math.nan if done.thoracic is None else done.thoracic)
    if done.flexed is not None and _lies(done.flexed, FLEXED):
        known = replace(known, flexed=done.flexed)
    if done.extended is not None and _lies(done.extended, EXTENDED):
        known = replace(known, extended=done.extended)
    return known


def shows_long(done: SetDone) -> bool:
    """The person said that their back was long all along in ``done``, and it can be believed."""
    return done.long_back == YES and may_be_long(done.lumbar)


def may_be_long(lumbar: float | None) -> bool:
    """A lower back that reads ``lumbar`` degrees rounder than standing (None: not seen) may be a long one."""
    return lumbar is not None and _lies(lumbar, (-LONG, LONG))


def is_long_known(own: OwnBack) -> bool:
    """It is known how the outline of this back reads while it is long."""
    return own.lumbar == own.lumbar


def what_is_known(own: OwnBack) -> Text:
    """What is known of a back, and what would tell the rest, in one plain line."""
    if own.flexed == own.flexed:
        return ALL_KNOWN if is_long_known(own) else RANGE_KNOWN
    return LONG_KNOWN if is_long_known(own) else NOT_KNOWN


def _lies(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
