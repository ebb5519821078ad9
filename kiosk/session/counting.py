"""A set under way meets a verdict: movement, refusals, closed repetitions and holds, and what ends or interrupts it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Hold, Phase, Refusal, Rep, Verdict
from kiosk.session.cues import Cue, choose_cue
from kiosk.session.progress import easier_than
from kiosk.session.results import adds_up, doses, held_s, is_red, lights_of
from kiosk.session.states import Resting, Summary, Switching, Working
from kiosk.session.stops import REDS, STRIKES, is_tired, watched
from kiosk.text import Text

#: Refusals kept for the summary; more than three lines nobody reads.
REFUSALS_KEPT = 3
#: Seconds of the pause after REDS red repetitions (biomechanics 6.3), and after somebody else came near.
PAUSE_FOR, NEAR_FOR = 60.0, 15.0

TOO_RED = Text("Three in a row were hard going. Breathe, then do a little less.")
RED_AGAIN = Text("Hard going again: enough of this one for today.")
TOO_NEAR = Text("Somebody else is near. This one needs the floor to yourself.")
LAST_ONE = Text("Last one, then rest.")


def count(working: Working, verdict: Verdict) -> Working | Switching | Resting | Summary:
    """What becomes of the set with ``verdict``."""
    if verdict.held or verdict.phase not in (Phase.SETUP, Phase.PAUSED, Phase.NO_PERSON):
        working = replace(working, moved=verdict.t)
    working = replace(working, sighting=watched(working.sighting, verdict))
    if verdict.refused:
        working = _refuse(working, verdict.refused)
        if verdict.refused.key == "other_person" and working.plan.drill.alone and working.plan.target is not None:
            return Resting(working, None, verdict.t, verdict.t + NEAR_FOR, working.presence, TOO_NEAR)
    closed = verdict.rep or verdict.hold
    if closed is None:
        return working
    working = _add(working, closed, verdict)
    return working if working.plan.target is None else _after(working, verdict)


def _refuse(working: Working, refusal: Refusal) -> Working:
    return replace(working, refused=(*working.refused, refusal)[-REFUSALS_KEPT:])


def _add(working: Working, closed: Rep | Hold, verdict: Verdict) -> Working:
    """The set with ``closed`` in it."""
    drill = working.plan.drill
    together = (*working.closed, closed)
    one = doses(together, drill) - doses(working.closed, drill)
    if isinstance(closed, Hold) and not one and not adds_up(drill):
        working = _refuse(working, _too_short(closed, drill))
    side = closed.side if working.side and closed.side in ("left", "right") else working.side
    lights = lights_of(closed, drill, verdict.lights)
    easier = easier_than(drill)
    reminded = sum(cue.reminder for done in working.plan.before for cue in done.said)
    cue = choose_cue(drill, together, lights, working.said, easier.title if easier else "", reminded)
    return replace(
        working,
        moved=verdict.t,
        side=side,
        closed=together,
        reps=working.reps + one,
        left=working.left + one * (side == "left"),
        right=working.right + one * (side == "right"),
        lights=lights,
        view=verdict.view,
        calibration=verdict.calibration,
        said=(*working.said, cue) if cue else working.said,
        reds=working.reds + 1 if is_red(closed) else 0,
    )


def _too_short(hold: Hold, drill: Drill) -> Refusal:
    held, whole = round(held_s(hold)), round(drill.hold_s)
    why = Text("{held} of {whole} seconds held: once more", held=held, whole=whole)
    return Refusal(hold.end, "short_hold", why)


def _after(working: Working, verdict: Verdict) -> Working | Switching | Resting | Summary:
    """Whether the set goes on: the stop rules first, then the dose."""
    if working.reds >= REDS:
        return _pause(working, verdict.t)
    if working.last or working.count >= _target(working):
        other, left_to_do = _other_side(working)
        if left_to_do:
            done = replace(working, last=False)
            return Switching(done, other, verdict.facing, verdict.t, working.presence)
        return _end(working, verdict.t)
    if is_tired([one for one in working.closed if not working.side or one.side == working.side]):
        said = (*working.said, Cue(verdict.t, "", LAST_ONE))
        return replace(working, last=True, said=said)
    return working


def _target(working: Working) -> int:
    assert working.plan.target is not None, "an open set has no end of its own"
    return working.plan.target


def _other_side(working: Working) -> tuple[str, bool]:
    """The side that is not at work in a one-sided drill, and whether it still has something to do."""
    match working.side:
        case "left":
            return "right", working.right < _target(working)
        case "right":
            return "left", working.left < _target(working)
    return "", False


def _pause(working: Working, t: float) -> Resting | Summary:
    """Too much red: a pause the first time, the end the second."""
    plan = replace(working.plan, strikes=working.plan.strikes + 1)
    working = replace(working, plan=plan, reds=0)
    if plan.strikes >= STRIKES:
        return Summary(replace(working, stopped=RED_AGAIN), t, working.presence)
    return Resting(working, None, t, t + PAUSE_FOR, working.presence, TOO_RED, offers=True)


def _end(working: Working, t: float) -> Resting | Summary:
    """The set is done: a rest before the next one, the summary after the last."""
    if then := working.plan.after(working):
        return Resting(working, then, t, t + working.plan.drill.rest_s, working.presence)
    return Summary(working, t, working.presence)
