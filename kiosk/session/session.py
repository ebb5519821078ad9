"""What the mirror is doing: one value, moved by one pure function.

    Dark ─▶ Choosing ─▶ Welcome ─▶ GettingReady ◀─▶ Calibrating ─▶ Working ─▶ Questioning ─▶ Summary ─▶ Dark
               │                        ▲                         ▲  │  ▲          │
              More ─▶ Who               │               Switching ┘  ▼  │          ▼
               ├────▶ LookingBack       └────────────────────────── Resting ◀──────┘     Asking
               └────▶ Trying

`advance` is the transition table; of what lies between sets, `leafing.leaf` is.  Verdicts move the ladder and count,
presses choose, ticks let time run out, signs stop.  Whatever it is doing: left alone, it ends in the dark.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Rung, Verdict
from kiosk.session.asking import ANSWER_FOR, answer, ask_after, go_on, is_eased, is_enough, pain_of
from kiosk.session.counting import count
from kiosk.session.events import Action, Event, Press, Sign, Signal, Tick
from kiosk.session.leafing import begin, leaf
from kiosk.session.progress import ALL_OPEN, Gates, open_below
from kiosk.session.results import adds_up
from kiosk.session.states import (
    EMPTY_FOR,
    Asking,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    LookingBack,
    More,
    Questioning,
    Resting,
    Session,
    Summary,
    Switching,
    Trying,
    Welcome,
    Who,
    Working,
)
from kiosk.text import Text

#: Seconds somebody stands in view before a dark mirror wakes: longer than a passer-by takes.
WAKE_AFTER = 1.0
#: Seconds in the start posture and whole in view that start the offered drill without a press; longer for whoever has
#: just used the buttons, for they may still be choosing.
BEGIN_AFTER, BEGIN_AFTER_PRESS = 2.5, 8.0
#: Seconds without a press (choosing) or without anybody in view (a set) before the mirror gives up waiting.
CHOOSING_FOR, WAITING_FOR = 60.0, 20.0
#: Seconds on the ladder, or ready without ever moving, after which a set is given up though somebody is in view.
LADDER_FOR = 120.0
#: Seconds without a movement that end a set (biomechanics 0.8: no motion 20 s).
RESTING_FOR = 20.0
#: Seconds after which the second side begins though nobody was seen to turn round, or where nobody has to.
SWITCH_FOR, OTHER_LEG_FOR = 8.0, 3.0
#: Seconds the summary stays, and the question after a fall.
SUMMARY_FOR, ASKING_FOR = 30.0, 120.0

HANDS_UP = Text("Stopped: both hands were up.")
FELL = Text("Stopped: the mirror took it for a fall.")


def advance(session: Session, event: Event, gates: Gates = ALL_OPEN) -> Session:
    """The session after ``event``, with the drills open that ``gates`` leave: the transition table of the mirror."""
    if isinstance(event, Verdict):
        session = replace(session, presence=session.presence.after(event))
    return ask_after(session, _advance(session, event, gates), event, gates)


def _advance(session: Session, event: Event, gates: Gates) -> Session:
    match session, event:
        case Dark(index=index), Press(t=t):
            return Choosing(index, t, session.presence, by_hand=True)
        case Dark(index=index), Signal(t=t, sign=Sign.MOTION):
            return Choosing(index, t, session.presence)
        case Dark(index=index), Tick(t=t) if came_up(session, t):
            return Choosing(index, t, session.presence)

        case Choosing(index=index), Press(t=t, action=Action.PREVIOUS):
            return Choosing((index - 1) % len(DRILLS), t, session.presence, by_hand=True)
        case Choosing(index=index), Press(t=t, action=Action.NEXT):
            return Choosing((index + 1) % len(DRILLS), t, session.presence, by_hand=True)
        case Choosing(index=index), Press(t=t, action=Action.SELECT) if may_begin(session, gates):
            return _greet(session, t, gates)
        case Choosing(index=index), Press(t=t, action=Action.SELECT):
            return Choosing(index, t, session.presence, by_hand=True, asked=True)
        case Choosing(index=index), Press(t=t, action=Action.BACK):
            return More(index, t, session.presence)
        case Choosing(), Verdict():
            return _wait_for_side(session, event)
        case Choosing(index=index), Tick(t=t) if t - session.touched > CHOOSING_FOR:
            return Dark(index, t, session.presence)
        case Choosing(index=index), Tick(t=t) if _waits_to_begin(session, t) and may_begin(session, gates):
            return _greet(session, t, gates)
        case Welcome() | More() | Who() | LookingBack() | Trying(), _:
            return leaf(session, event, gates)

        case GettingReady() | Calibrating(), Verdict():
            return _climb(session, event)
        case GettingReady() | Calibrating() | Working(closed=()), Press(t=t):
            return _give_up(session, t, by_hand=True)
        case GettingReady() | Calibrating() | Working(closed=()), Tick(t=t) if _is_in_vain(session, t):
            return _give_up(session, t, by_hand=False)

        case Working(), Verdict():
            return count(session, event)
        case Working(), Press(t=t, action=Action.SELECT | Action.BACK):
            return Summary(session, t, session.presence)
        case Working(), Tick(t=t) if session.closed and t - session.moved > RESTING_FOR:
            return Summary(session, t, session.presence)

        case Switching(), Verdict():
            return _turn(session, event)
        case Switching(), Press(t=t, action=Action.SELECT):
            return _other_side(session, t)
        case Switching(done=done), Press(t=t):
            return Summary(done, t, session.presence)
        case Switching(done=done), Tick(t=t) if t - session.since > LADDER_FOR or _nobody(session, t):
            return Summary(done, t, session.presence)

        case Resting(), Press(t=t, action=Action.SELECT):
            return _go_on(session, t)
        case Resting(), Press(t=t, action=Action.PREVIOUS) if easier := offered(session, gates):
            return begin(DRILLS.index(easier), t, session.presence)
        case Resting(done=done), Press(t=t):
            return Summary(done, t, session.presence)
        case Resting(), Tick(t=t) if t >= session.until:
            return _go_on(session, t)

        case Asking(done=done), Press(t=t):
            return Summary(done, t, session.presence)
        case Asking(done=done), Verdict(rung=Rung.STILL | Rung.READY, t=t):
            return Summary(done, t, session.presence)
        case Asking(), Tick(t=t) if t - session.since > ASKING_FOR:
            return Dark(session.index, t, session.presence)

        case Questioning(), Press():
            return answer(session, event)
        case Questioning(), Tick(t=t) if t - session.since > ANSWER_FOR:
            return go_on(session, t)

        case Summary(), Press(t=t, action=Action.BACK):
            return More(session.index, t, session.presence)
        case Summary(), Press(t=t, action=Action.PREVIOUS) if easier := eased(session, gates):
            return begin(DRILLS.index(easier), t, session.presence)
        case Summary(done=done), Press(t=t, action=Action.SELECT) if not is_enough(done):
            return _again(session, t, gates)
        case Summary(), Press(t=t):
            return Choosing(session.index, t, session.presence, by_hand=True)
        case Summary(), Tick(t=t) if t - session.since > SUMMARY_FOR:
            return Dark(session.index, t, session.presence)

        case Working(), Signal(t=t, sign=Sign.HANDS_UP):
            return Summary(replace(session, stopped=HANDS_UP, scored=False), t, session.presence)
        case Switching(done=done) | Resting(done=done, then=None), Signal(t=t, sign=Sign.HANDS_UP):
            return Summary(replace(done, stopped=HANDS_UP, scored=False), t, session.presence)
        case Resting(done=done), Signal(t=t, sign=Sign.HANDS_UP):
            return Summary(done, t, session.presence)
        case Working(), Signal(t=t, sign=Sign.FELL):
            return Asking(replace(session, stopped=FELL, scored=False), t)
    return session


def _greet(choosing: Choosing, t: float, gates: Gates) -> GettingReady | Welcome:
    """The drill offered begins, after the welcome where nobody has answered it yet; not where hands are wet."""
    if gates.welcome and not adds_up(DRILLS[choosing.index]):
        return Welcome(choosing.index, t, choosing.presence)
    return begin(choosing.index, t, choosing.presence)


def _again(summary: Summary, t: float, gates: Gates) -> Session:
    """The same drill once more, if it is open still; how much the last set hurt is not forgotten."""
    choosing = Choosing(summary.index, t, summary.presence, by_hand=True, asked=True)
    if not may_begin(choosing, gates):
        return choosing
    after = _greet(choosing, t, gates)
    if isinstance(after, GettingReady):
        after = replace(after, plan=replace(after.plan, pain=pain_of(summary.done)))
    return after


def may_begin(choosing: Choosing, gates: Gates) -> bool:
    """Select starts the drill: it is open, or pressed again once its lock, or what has to be confirmed, was shown."""
    if gates.why[choosing.index]:
        return choosing.asked and gates.override[choosing.index]
    return choosing.asked or not DRILLS[choosing.index].confirm


def offered(resting: Resting, gates: Gates) -> Drill | None:
    """The open drill that a pause offers instead, None where there is none."""
    return open_below(DRILLS[resting.index], gates) if resting.offers else None


def eased(summary: Summary, gates: Gates) -> Drill | None:
    """The open drill to fall back on after a set that hurt a little, None where there is none, or nothing hurt."""
    return open_below(DRILLS[summary.index], gates) if is_eased(summary.done) else None


def forget_ready(session: Session) -> Session:
    """``session`` once nothing is seen any more: nobody stands ready who cannot be seen."""
    match session:
        case Choosing() | Welcome() if session.ready is not None:
            return replace(session, ready=None)
    return session


def came_up(dark: Dark, t: float) -> bool:
    """Somebody walked up after it went dark, and stays."""
    here = dark.presence
    return here.somebody and here.since > dark.since and here.before >= EMPTY_FOR and t - here.since > WAKE_AFTER


def _is_in_vain(session: GettingReady | Calibrating | Working, t: float) -> bool:
    """Nobody has been in view for long, or somebody stands there and does nothing for very long."""
    begun = session.moved if isinstance(session, Working) else session.since
    return _nobody(session, t) or t - begun > LADDER_FOR


def _nobody(session: GettingReady | Calibrating | Working | Switching, t: float) -> bool:
    """Nobody has been in view for long, counted from the beginning of the wait."""
    begun = session.moved if isinstance(session, Working) else session.since
    return not session.presence.somebody and t - max(begun, session.presence.since) > WAITING_FOR


def _give_up(session: GettingReady | Calibrating | Working, t: float, *, by_hand: bool) -> Choosing | Summary:
    """The set that was to begin does not; what was done before it is summed up."""
    if before := session.plan.before:
        return Summary(before[-1], t, session.presence)
    return Choosing(session.index, t, session.presence, by_hand, armed=by_hand)


def _waits_to_begin(choosing: Choosing, t: float) -> bool:
    """Somebody has stood ready for so long that no press is needed."""
    if choosing.ready is None or not choosing.armed:
        return False
    return t - max(choosing.ready, choosing.touched) > (BEGIN_AFTER_PRESS if choosing.by_hand else BEGIN_AFTER)


def _wait_for_side(choosing: Choosing, verdict: Verdict) -> Choosing:
    """Note since when the person stands as the offered drill wants."""
    if verdict.rung not in (Rung.STILL, Rung.READY):
        idle = choosing.ready is None and choosing.armed
        return choosing if idle else replace(choosing, ready=None, armed=True)
    return choosing if choosing.ready is not None else replace(choosing, ready=verdict.t)


def _climb(session: GettingReady | Calibrating, verdict: Verdict) -> Session:
    """Up and down the ladder."""
    match verdict.rung:
        case Rung.READY:
            side = "left" if session.plan.drill.side_by else ""
            return count(Working(session.plan, verdict.t, verdict.t, session.presence, side), verdict)
        case Rung.STILL if isinstance(session, GettingReady):
            return Calibrating(session.plan, session.since, session.presence)
        case Rung.IN_FRAME | Rung.SIDE_ON | Rung.JOINTS if isinstance(session, Calibrating):
            return GettingReady(session.plan, session.since, session.presence)
    return session


def _turn(switching: Switching, verdict: Verdict) -> Session:
    """The second side begins when somebody stands ready, turned round or simply going on."""
    if verdict.rung is not Rung.READY:
        return switching
    turned = verdict.facing == -switching.facing != 0
    wait = SWITCH_FOR if switching.turns else OTHER_LEG_FOR
    if turned or verdict.rep or verdict.t - switching.since > wait:
        return count(_other_side(switching, verdict.t), verdict)
    return switching


def _other_side(switching: Switching, t: float) -> Working:
    return replace(switching.done, side=switching.side, moved=t, presence=switching.presence)


def _go_on(resting: Resting, t: float) -> GettingReady | Working:
    """After the rest: the next set, or the one that was paused."""
    if resting.then:
        return GettingReady(resting.then, t, resting.presence)
    return replace(resting.done, moved=t, presence=resting.presence)
