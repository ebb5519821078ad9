"""What the mirror at the sink can be doing: one small value for each.  Times are seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.scoring.lean import LeanModel
from kiosk.scoring.verdict import Hold
from kiosk.session.cues import Cue
from kiosk.session.sink.lesson import BEGUN, Lesson
from kiosk.session.states import NOBODY, Dark, Presence
from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class _AtSink:
    """Begun at ``since``; ``index`` is the drill's."""

    index: int
    since: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Here(_AtSink):
    """Somebody is here and does not lean.

    ``touched``: the last press, after which is told for a while what the buttons do, and the ``note``.  ``learnt``: the
    own good lean that the lesson has just brought.
    """

    touched: float | None = None
    note: Text = Text("")
    learnt: LeanModel | None = None


@dataclass(frozen=True, slots=True)
class Leaning(_AtSink):
    """A lean under way.

    ``deep``: since when it has been very deep; ``said`` so far.
    """

    deep: float | None = None
    said: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Leant(_AtSink):
    """Stood up again after the lean ``hold``."""

    hold: Hold = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Framing(_AtSink):
    """What the camera sees is shown; from the front, before the mirror is taught."""


@dataclass(frozen=True, slots=True)
class Teaching(_AtSink):
    """The mirror is taught somebody's own good lean."""

    lesson: Lesson = BEGUN


AtSink = Dark | Here | Leaning | Leant | Framing | Teaching


def newly_said(before: AtSink, after: AtSink) -> tuple[Cue, ...]:
    """What is said of the lean that was not said before ``after``."""
    old = before.said if isinstance(before, Leaning) else ()
    new = after.said if isinstance(after, Leaning) else ()
    return new[len(old) :]
