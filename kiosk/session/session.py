"""What the mirror is doing: one value, moved by one pure function.

    Dark ─▶ Choosing ─▶ GettingReady ◀─▶ Calibrating ─▶ Working ─▶ Summary ─▶ Dark

`advance` is the transition table.  Verdicts move the ladder and count, presses choose, ticks let time run out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light, Phase, Refusal, Rep, Rung, Verdict
from kiosk.session.cues import Cue, choose_cue
from kiosk.session.events import Action, Event, Press, Tick

#: Seconds somebody stands in view before a dark mirror wakes: longer than a passer-by takes.
WAKE_AFTER = 1.0
#: Seconds the view must have been empty before somebody counts as newly come; shorter gaps are the model's.
EMPTY_FOR = 3.0
#: Seconds side-on and whole in view that start the offered drill without a press; longer for whoever has just used the
#: buttons, for they may still be choosing.
BEGIN_AFTER, BEGIN_AFTER_PRESS = 2.5, 8.0
#: Seconds without a press (choosing) or without anybody in view (a set) before the mirror gives up waiting.
CHOOSING_FOR, WAITING_FOR = 60.0, 20.0
#: Seconds without a movement that end a set (biomechanics 0.8: no motion 20 s).
RESTING_FOR = 20.0
#: Seconds the summary stays.
SUMMARY_FOR = 30.0
#: Refusals kept for the summary; more than three lines nobody reads.
REFUSALS_KEPT = 3


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is in view, ``since`` when (seconds), and how long the opposite had lasted ``before``."""

    somebody: bool = False
    since: float = 0.0
    before: float = EMPTY_FOR

    def after(self, verdict: Verdict) -> Presence:
        """Presence once ``verdict`` is known."""
        somebody = verdict.phase is not Phase.NO_PERSON
        if somebody == self.somebody:
            return self
        return Presence(somebody, verdict.t, verdict.t - self.since)


@dataclass(frozen=True, slots=True)
class Dark:
    """Nothing lit since ``since``; ``index`` is the drill that will be offered."""

    index: int
    since: float
    presence: Presence = Presence()


@dataclass(frozen=True, slots=True)
class Choosing:
    """Drill ``index`` is offered.

    ``touched``: the last press or the wake-up, ``by_hand`` if it was a press; ``ready``: since when ready to begin.
    """

    index: int
    touched: float
    presence: Presence = Presence()
    by_hand: bool = False
    ready: float | None = None


@dataclass(frozen=True, slots=True)
class GettingReady:
    """On the ladder before a set of drill ``index`` with ``target`` repetitions (None: an open set)."""

    index: int
    target: int | None
    since: float
    presence: Presence = Presence()


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Standing still; fields as GettingReady."""

    index: int
    target: int | None
    since: float
    presence: Presence = Presence()


@dataclass(frozen=True, slots=True)
class Working:
    """A set under way.

    ``moved``: when the last movement was, seconds; ``scores`` 0..100 of the judged repetitions; ``lights`` after the
    last one; ``said`` and ``refused``, oldest first.
    """

    index: int
    target: int | None
    moved: float
    presence: Presence = Presence()
    reps: int = 0
    scores: tuple[int, ...] = ()
    lights: tuple[Light, ...] = ()
    said: tuple[Cue, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of the ``done`` set, shown since ``since``."""

    index: int
    done: Working
    since: float
    presence: Presence = Presence()


Session = Dark | Choosing | GettingReady | Calibrating | Working | Summary


def drill_of(session: Session) -> Drill:
    """The drill offered, under way or just done."""
    return DRILLS[session.index]


def set_score(working: Working) -> int | None:
    """The set's score: the median of its judged repetitions, None when none could be judged (biomechanics 5.5)."""
    return round(median(working.scores)) if working.scores else None


def advance(session: Session, event: Event) -> Session:
    """The session after ``event``: the transition table of the mirror."""
    if isinstance(event, Verdict):
        session = replace(session, presence=session.presence.after(event))
    match session, event:
        case Dark(index=index), Press(t=t):
            return Choosing(index, t, session.presence, by_hand=True)
        case Dark(index=index), Tick(t=t) if _came_up(session, t):
            return Choosing(index, t, session.presence)

        case Choosing(index=index), Press(t=t, action=Action.PREVIOUS):
            return Choosing((index - 1) % len(DRILLS), t, session.presence, by_hand=True)
        case Choosing(index=index), Press(t=t, action=Action.NEXT):
            return Choosing((index + 1) % len(DRILLS), t, session.presence, by_hand=True)
        case Choosing(index=index), Press(t=t, action=Action.SELECT):
            return begin(index, t, session.presence)
        case Choosing(index=index), Press(t=t, action=Action.BACK):
            return Dark(index, t, session.presence)
        case Choosing(), Verdict():
            return _wait_for_side(session, event)
        case Choosing(index=index), Tick(t=t) if t - session.touched > CHOOSING_FOR:
            return Dark(index, t, session.presence)
        case Choosing(index=index), Tick(t=t) if _waits_to_begin(session, t):
            return begin(index, t, session.presence)

        case GettingReady() | Calibrating(), Verdict():
            return _climb(session, event)
        case GettingReady() | Calibrating() | Working(reps=0), Press(t=t):
            return Choosing(session.index, t, session.presence, by_hand=True)
        case GettingReady() | Calibrating() | Working(reps=0), Tick(t=t) if _left(session, t):
            return Choosing(session.index, t, session.presence)

        case Working(), Verdict():
            return _count(session, event)
        case Working(), Press(t=t, action=Action.SELECT | Action.BACK):
            return Summary(session.index, session, t, session.presence)
        case Working(), Tick(t=t) if session.reps and t - session.moved > RESTING_FOR:
            return Summary(session.index, session, t, session.presence)

        case Summary(index=index), Press(t=t, action=Action.SELECT):
            return begin(index, t, session.presence)
        case Summary(index=index), Press(t=t):
            return Choosing(index, t, session.presence, by_hand=True)
        case Summary(index=index), Tick(t=t) if t - session.since > SUMMARY_FOR:
            return Dark(index, t, session.presence)
    return session


def begin(index: int, t: float, presence: Presence = Presence(), *, open_set: bool = False) -> GettingReady:
    """A set of drill ``index`` begins at ``t`` seconds; an open set has no target and goes on until it is ended."""
    return GettingReady(index, None if open_set else DRILLS[index].reps, t, presence)


def _came_up(dark: Dark, t: float) -> bool:
    """Somebody walked up after it went dark, and stays."""
    here = dark.presence
    return here.somebody and here.since > dark.since and here.before >= EMPTY_FOR and t - here.since > WAKE_AFTER


def _left(session: GettingReady | Calibrating | Working, t: float) -> bool:
    """Nobody has been in view for long, counted from the beginning of the wait."""
    begun = session.moved if isinstance(session, Working) else session.since
    return not session.presence.somebody and t - max(begun, session.presence.since) > WAITING_FOR


def _waits_to_begin(choosing: Choosing, t: float) -> bool:
    """Somebody has stood ready for so long that no press is needed."""
    if choosing.ready is None:
        return False
    return t - max(choosing.ready, choosing.touched) > (BEGIN_AFTER_PRESS if choosing.by_hand else BEGIN_AFTER)


def _wait_for_side(choosing: Choosing, verdict: Verdict) -> Choosing:
    """Note since when the person stands as the offered drill wants."""
    if verdict.rung not in (Rung.STILL, Rung.READY):
        return replace(choosing, ready=None) if choosing.ready is not None else choosing
    return choosing if choosing.ready is not None else replace(choosing, ready=verdict.t)


def _climb(session: GettingReady | Calibrating, verdict: Verdict) -> Session:
    """Up and down the ladder."""
    match verdict.rung:
        case Rung.READY:
            return _count(Working(session.index, session.target, verdict.t, session.presence), verdict)
        case Rung.STILL if isinstance(session, GettingReady):
            return Calibrating(session.index, session.target, session.since, session.presence)
        case Rung.IN_FRAME | Rung.SIDE_ON | Rung.JOINTS if isinstance(session, Calibrating):
            return GettingReady(session.index, session.target, session.since, session.presence)
    return session


def _count(working: Working, verdict: Verdict) -> Session:
    """A verdict during a set: movement, refusals, a closed repetition, the end of the set."""
    if verdict.phase not in (Phase.SETUP, Phase.PAUSED, Phase.NO_PERSON):
        working = replace(working, moved=verdict.t)
    if verdict.refused:
        working = replace(working, refused=(*working.refused, verdict.refused)[-REFUSALS_KEPT:])
    if verdict.rep is None:
        return working
    working = _add(working, verdict.rep, verdict.lights)
    if working.target is not None and working.reps >= working.target:
        return Summary(working.index, working, verdict.t, working.presence)
    return working


def _add(working: Working, rep: Rep, lights: tuple[Light, ...]) -> Working:
    """The set with ``rep`` counted."""
    cue = choose_cue(DRILLS[working.index], rep, lights, working.said)
    return replace(
        working,
        reps=working.reps + 1,
        scores=working.scores if rep.score is None else (*working.scores, rep.score),
        lights=lights,
        said=(*working.said, cue) if cue else working.said,
    )
