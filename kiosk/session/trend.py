"""The trend: what has become of one person's sets of one drill, from the first sessions to the latest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from kiosk.drills import CATALOGUE
from kiosk.scoring.drill import Drill
from kiosk.session.progress import RepDone, SetDone, sessions
from kiosk.session.results import OF_BACK
from kiosk.text import Text

#: Sessions at either end that are compared (biomechanics 5.5: the trend is that of the last three).
ENDS = 3
#: What is worth a word: points of score, a share of the usual range by which repetitions differ less, a share of the
#: repetitions by which a fault is seen less often.  Less than that is the difference between two good days.
POINTS, EVENER, SELDOMER = 5, 0.05, 0.2
#: Share of the repetitions from which a fault is one to work on.
OFTEN = 0.2

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Session:
    """One drill in one session that began at ``t``, seconds since 1970: ``sets`` of it, repetitions or holds ``reps``.

    ``judged`` of these have a score; ``score`` is the median.  ``range`` and ``spread``: mean and standard deviation,
    as shares of the drill's usual range.  ``left`` and ``right``: the mean range of each side (of the one at work, else
    of the one near the mirror), or the median score in a drill whose range is never known.  All None where not known.
    ``back``: means of what the outline of the back told, degrees, by the name of a RepDone's field, of what was seen.
    ``faults``: in how many judged repetitions each was seen, amber or red, by key; ``outlined``: in how many of these
    the back was, so that its faults could show.  ``pain``: the worst that was told of, 0..10; None where nobody was
    asked.
    """

    t: float
    sets: int
    reps: int
    judged: int
    score: float | None
    range: float | None
    spread: float | None
    left: float | None
    right: float | None
    back: dict[str, float]
    faults: dict[str, int]
    outlined: int
    pain: int | None


@dataclass(frozen=True, slots=True)
class Trend:
    """One ``drill`` by its key, in its ``sessions``, oldest first; what got ``better``, and what to ``work_on`` or "".

    ``unit``: what is counted in it, "repetition" or "hold".
    """

    drill: str
    title: Text
    unit: str
    sessions: tuple[Session, ...]
    better: tuple[Text, ...]
    work_on: Text


def trends(sets: Iterable[SetDone]) -> tuple[Trend, ...]:
    """Each drill of the ``sets`` of one person, oldest first, in the order of the catalogue."""
    by_drill: dict[str, list[SetDone]] = {}
    for done in sets:
        by_drill.setdefault(done.drill, []).append(done)
    order = [drill.key for drill in CATALOGUE]
    keys = sorted(by_drill, key=lambda key: order.index(key) if key in order else len(order))
    return tuple(_trend(key, by_drill[key]) for key in keys)


def _trend(key: str, sets: list[SetDone]) -> Trend:
    drill = next((each for each in CATALOGUE if each.key == key), None)
    by_range = any(one.range is not None for done in sets for one in done.closed)
    gone = tuple(_session(session, drill, by_range) for session in sessions(sets))
    ends = min(ENDS, len(gone) // 2)
    better = _better(gone[:ends], gone[-ends:], drill) if ends else ()
    unit = "hold" if drill and drill.hold_s else "repetition"
    return Trend(key, Text(drill.title) if drill else _name(key), unit, gone, better, _work_on(gone[-ENDS:], drill))


def _session(sets: list[SetDone], drill: Drill | None, by_range: bool) -> Session:
    closed = [one for done in sets for one in done.closed]
    usual = drill.motion.usual if drill else 1.0
    ranges = [one.range / usual for one in closed if one.range is not None]
    judged = [one for one in closed if one.score is not None]
    seen = Counter(fault.key for one in judged for fault in one.faults)
    scores = [score for done in sets for score in done.scores]
    left, right = (_side([one for one in closed if one.side == side], usual, by_range) for side in SIDES)
    return Session(
        t=sets[0].t,
        sets=len(sets),
        reps=sum(done.reps for done in sets),
        judged=len(judged),
        score=median(scores) if scores else None,
        range=fmean(ranges) if ranges else None,
        spread=_spread(ranges) if len(ranges) > 1 else None,
        left=left,
        right=right,
        back=_back(closed),
        faults=dict(seen),
        outlined=_outlined(judged, _of_back(drill)),
        pain=max((done.pain for done in sets if done.pain is not None), default=None),
    )


def _side(closed: Sequence[RepDone], usual: float, by_range: bool) -> float | None:
    if by_range:
        return _mean(one.range / usual for one in closed if one.range is not None)
    scores = [one.score for one in closed if one.score is not None]
    return median(scores) if scores else None


def _outlined(judged: Sequence[RepDone], of_back: set[str]) -> int:
    """In how many of the repetitions ``judged`` the back was seen."""
    return sum(one.lumbar is not None or any(fault.key in of_back for fault in one.faults) for one in judged)


def _back(closed: Sequence[RepDone]) -> dict[str, float]:
    means = {name: _mean(getattr(one, name) for one in closed) for name in OF_BACK}
    return {name: mean for name, mean in means.items() if mean is not None}


def _spread(values: Sequence[float]) -> float:
    """Their standard deviation; in floats, for `pstdev` takes as long as the rest of a page."""
    middle = fmean(values)
    return sqrt(fmean((value - middle) ** 2 for value in values))


def _better(first: Sequence[Session], last: Sequence[Session], drill: Drill | None) -> tuple[Text, ...]:
    """What got better from the ``first`` sessions to the ``last``, a sentence each, the score first."""
    said = []
    before, after = _mean(one.score for one in first), _mean(one.score for one in last)
    if before is not None and after is not None and after - before >= POINTS:
        said.append(Text("Score: {before:.0f} to {after:.0f}", before=before, after=after))
    before, after = _mean(one.spread for one in first), _mean(one.spread for one in last)
    if before is not None and after is not None and before - after >= EVENER:
        said.append(Text("More even: range ± {before}% to ± {after}%", before=_percent(before), after=_percent(after)))
    often = faults_in(first, drill)
    lately = {key: share for key in often if (share := _share(key, last, drill)) is not None}
    mended = {key: often[key] - share for key, share in lately.items()}
    seldomer = [key for key in sorted(mended, key=lambda key: -mended[key]) if mended[key] >= SELDOMER]
    return (*said, *(_seen_less(fault_title(key, drill), often[key], lately[key]) for key in seldomer))


def _seen_less(fault: Text, before: float, after: float) -> Text:
    return Text(
        "{fault}: in {before}% to {after}% of the repetitions",
        fault=fault,
        before=_percent(before),
        after=_percent(after),
    )


def _work_on(last: Sequence[Session], drill: Drill | None) -> Text:
    """The fault seen most often in the ``last`` sessions, in one line, or ""."""
    lately = faults_in(last, drill)
    worst = max(lately, key=lambda key: lately[key], default="")
    if not worst or lately[worst] < OFTEN:
        return Text("")
    share = _percent(lately[worst])
    return Text("{fault}: in {share}% of the repetitions lately", fault=fault_title(worst, drill), share=share)


def _percent(share: float) -> int:
    """In whole ones: how the sign stands behind them is each language's business."""
    return round(100 * share)


def faults_in(gone: Sequence[Session], drill: Drill | None) -> dict[str, float]:
    """In which share of the judged repetitions of the sessions ``gone`` by each fault was seen, by key; of one of the
    back, of those in which the back was seen."""
    keys = dict.fromkeys(key for one in gone for key in one.faults)
    return {key: share for key in keys if (share := _share(key, gone, drill)) is not None}


def _share(key: str, gone: Sequence[Session], drill: Drill | None) -> float | None:
    """In which share of the repetitions that could show it the fault was seen; None where none could."""
    could = sum(one.outlined if key in _of_back(drill) else one.judged for one in gone)
    return sum(one.faults.get(key, 0) for one in gone) / could if could else None


def _of_back(drill: Drill | None) -> set[str]:
    """Keys of the faults that the outline of the back shows."""
    return {fault.key for fault in drill.faults if fault.light == "back"} if drill else set()


def fault_title(key: str, drill: Drill | None) -> Text:
    """What the fault is called in ``drill``; its key where that is not known any more."""
    faults = drill.faults if drill else ()
    return next((Text(fault.title) for fault in faults if fault.key == key), _name(key))


def _name(key: str) -> Text:
    """A key that is no word in any language."""
    return Text("{name}", name=key)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
