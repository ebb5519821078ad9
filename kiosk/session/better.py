"""What got better in a set or since the last session, in one line, and each of its repetitions as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from kiosk.scoring.verdict import FaultFound, Hold, Light, Rep
from kiosk.session.progress import Member, sessions
from kiosk.session.results import scores
from kiosk.session.scene import RepBar
from kiosk.session.states import Working
from kiosk.session.trend import POINTS
from kiosk.text import Text

#: Repetitions of the first half in which a fault must have been, for its absence in the second to be worth a word; and
#: judged repetitions below which there are no halves.
SEEN, ENOUGH = 2, 6
#: Bars for so many repetitions, the last ones: more would be too thin to be told apart.
BARS = 60


def bars(sets: Sequence[Working]) -> tuple[RepBar, ...]:
    """Every repetition or hold of ``sets`` with its score and its worst level; UNSEEN where it was not judged."""
    ones = [one for each in sets for one in each.closed]
    return tuple(RepBar(one.score, _worst(one), n) for n, one in enumerate(ones, 1))[-BARS:]


def _worst(one: Rep | Hold) -> Light:
    levels = {fault.level for fault in one.faults}
    if one.score is None:
        return Light.UNSEEN
    return next((level for level in (Light.RED, Light.AMBER) if level in levels), Light.GREEN)


def better(sets: Sequence[Working], member: Member) -> Text:
    """What got better: what was praised last, what was gone in the second half, or the score; "" for nothing."""
    if not sets:
        return Text("")
    mended = _praised(sets) or _gone(sets)
    if mended:
        return Text("Mended: {fault}", fault=Text(mended.title))
    return _score(sets, member)


def _praised(sets: Sequence[Working]) -> FaultFound | None:
    """The fault that was praised last for being mended and has not come back since."""
    closed = [one for each in sets for one in each.closed]
    for cue in sorted((cue for each in sets for cue in each.said if cue.praise and cue.key), key=lambda cue: -cue.t):
        found = [(one.end, fault) for one in closed for fault in one.faults if fault.key == cue.key]
        if found and found[-1][0] < cue.t:
            return found[-1][1]
    return None


def _gone(sets: Sequence[Working]) -> FaultFound | None:
    """A fault that was there in the first half of what was judged, and surely not in the second; red before amber."""
    judged = [one for each in sets for one in each.closed if one.score is not None]
    if len(judged) < ENOUGH:
        return None
    first, second = judged[: len(judged) // 2], judged[len(judged) // 2 :]
    before = [fault for one in first for fault in one.faults]
    after = {key for one in second for key in (*(fault.key for fault in one.faults), *one.not_seen)}
    often = [fault for fault in before if sum(fault.key == other.key for other in before) >= SEEN]
    gone = [fault for fault in often if fault.key not in after]
    return min(gone, key=lambda fault: fault.level is not Light.RED, default=None)


def _score(sets: Sequence[Working], member: Member) -> Text:
    """How the score has grown since the last session of whoever has a profile."""
    drill, now = sets[-1].plan.drill.key, [score for each in sets for score in scores(each.closed)]
    past = [done for done in member.sets if done.drill == drill]
    for each in reversed(sets):
        # these sets may have been remembered already
        if past and past[-1].scores == scores(each.closed):
            past.pop()
    last = [score for done in (sessions(past) or [[]])[-1] for score in done.scores] if member.profile else []
    if not now or not last or median(now) - median(last) < POINTS:
        return Text("")
    return Text("Score {now}, last time {before}", now=round(median(now)), before=round(median(last)))
