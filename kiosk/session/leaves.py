"""The pictures between sets: questions, and the pages that are leafed through (a part of kiosk.session.scene)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import Light
from kiosk.session.events import Action
from kiosk.session.parts import NO_KEYS, Keys
from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question after a set: ``text``, a smaller ``hint``.

    ``value`` is the answer pointed at on a scale of 0 to ``most``, whose ends are called ``low`` and ``high``; None for
    a question that each button answers in its own way.
    """

    title: Text
    text: Text
    hint: Text
    keys: Keys
    value: int | None = None
    most: int = 10
    low: Text = Text("")
    high: Text = Text("")


@dataclass(frozen=True, slots=True)
class Welcome:
    """Before somebody's first set: what the mirror is (``text``), whether one of ``questions`` is to be answered with
    yes, and when not to train at all but to get help (``urgent``, its heading ``urgent_title``)."""

    title: Text
    text: Text
    ask: Text
    questions: tuple[Text, ...]
    urgent_title: Text
    urgent: tuple[Text, ...]
    keys: Keys


@dataclass(frozen=True, slots=True)
class More:
    """What else there is: ``items``, the one at ``index`` chosen; the urgent box, which is always one press away.

    ``note``: what is known of the person's back, and what would tell the rest.
    """

    title: Text
    items: tuple[Text, ...]
    index: int
    urgent_title: Text
    urgent: tuple[Text, ...]
    keys: Keys
    note: Text = Text("")


@dataclass(frozen=True, slots=True)
class Who:
    """Who is here: ``names`` of the profiles and what else can be chosen, the ``index``-th now; ``hint`` on it."""

    title: Text
    names: tuple[str, ...]
    index: int
    hint: Text
    keys: Keys


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One drill in the history: its sets' ``scores`` (medians of late sessions, oldest first, None where not judged),
    ``reps`` in each, what got ``better`` and what to ``work_on``, or ""."""

    title: Text
    scores: tuple[int | None, ...]
    reps: tuple[int, ...]
    better: Text
    work_on: Text


@dataclass(frozen=True, slots=True)
class History:
    """What became of the sets of ``who``; ``rows`` of this page, the latest practised first; ``note`` where there is
    none, or which page this is."""

    title: Text
    who: Text
    rows: tuple[TrendRow, ...]
    note: Text
    keys: Keys


@dataclass(frozen=True, slots=True)
class Failing:
    """The machine can do nothing at all: what is wrong (``text``) and what to ``do``."""

    title: Text
    text: Text
    do: Text
    keys: Keys = NO_KEYS


@dataclass(frozen=True, slots=True)
class Trying:
    """Buttons and lamps tried out: ``pressed`` so far, the ``last`` of them; ``lamp`` is the colour lit just now."""

    title: Text
    text: Text
    pressed: tuple[Action, ...]
    last: Action | None
    lamp: Light
    lamp_word: Text
    keys: Keys
