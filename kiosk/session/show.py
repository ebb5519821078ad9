"""Session → scene: what there is to be seen of what the mirror is doing."""

from __future__ import annotations

import math

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.drill import Drill
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Phase, Rung, Verdict, View
from kiosk.session import scene
from kiosk.session.cues import Cue
from kiosk.session.progress import ALL_OPEN, ANYBODY, BACK_NOTE, Gates, Member, open_below
from kiosk.session.results import adds_up, seconds_held
from kiosk.session.session import offered
from kiosk.session.states import (
    Asking,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    Plan,
    Resting,
    Session,
    Summary,
    Switching,
    Working,
)
from kiosk.session.stops import is_hardly_seen
from kiosk.session.summing import form_lights, result, summary, unseen

#: Seconds a cue stays on the screen: about one repetition.
CUE_FOR = 4.0

#: In view, turned, whole and still: the words of the ladder, and a smaller second line.
LADDER = {
    Rung.IN_FRAME: ("Step into view", "Stand about two and a half metres away, so that your whole body fits."),
    Rung.SIDE_ON: ("Turn your side to the mirror", "Shoulder towards the glass, feet along the line."),
    Rung.JOINTS: ("I cannot see your {missing}", "Step back a little, or turn on more light."),
    Rung.STILL: ("{posture}", "The mirror learns how you are now and measures from there."),
    Rung.READY: ("Begin", ""),
}
TURN_TO = {View.SIDE: LADDER[Rung.SIDE_ON], View.FRONT: ("Face the mirror", "Feet under your hips.")}
LIE_ALONG = ("Your side to the mirror", "On the floor along the glass, so that your whole body fits.")

HARDLY_SEEN = "I can hardly see you: more light, or a plainer background"
HELD = "{} seconds: done. Come out of it gently."
TURN_ROUND = ("Switch sides: turn round", "So that the side that works is nearest the mirror.")
OTHER_LEG = ("Switch sides", "The same again with the other leg.")
REST = "Rest"
STOP_HINT = "Both hands above your head stop the set."
FALL = ("Are you all right?", "Any button answers. The mirror calls nobody: if you need help, call out or phone.")


def show(
    session: Session, verdict: Verdict | None, t: float, member: Member = ANYBODY, gates: Gates = ALL_OPEN
) -> scene.Picture:
    """The picture of ``session`` at ``t`` seconds, for ``member`` to whom ``gates`` are open.

    ``verdict`` is the newest one, forgotten when it is a ghost.
    """
    if verdict is not None and t - verdict.t > GHOST:
        verdict = None
    match session:
        case Dark():
            return scene.Dark()
        case Choosing():
            return _choosing(session, gates)
        case GettingReady():
            return _ladder(session, verdict, t)
        case Calibrating(plan=plan):
            share = round((verdict.steady if verdict else 0.0) * 20) / 20
            hint = "" if plan.drill.lying else STOP_HINT
            return scene.Calibrating(heading(plan), STARTS[plan.drill.start].words, share, hint)
        case Working():
            return _working(session, verdict, t)
        case Switching():
            return _switching(session)
        case Resting():
            return _resting(session, t, gates)
        case Asking():
            return scene.Asking(*FALL)
        case Summary(done=done):
            return summary(done, member)


def heading(plan: Plan) -> str:
    """The drill's title, and which of its sets this is."""
    title, sets = plan.drill.title, plan.drill.sets
    return title if plan.target is None or sets == 1 else f"{title}, set {plan.number} of {sets}"


def dose(drill: Drill) -> str:
    """How much of a drill, in a few words: "2 x 8 each side, rest 60 s", "6 times", "3 x 20 s, rest 45 s"."""
    if drill.hold_s:
        one = f"{drill.hold_s:.0f} s" if drill.reps == 1 else f"{drill.reps} x {drill.hold_s:.0f} s"
    else:
        one = str(drill.reps) if drill.sets > 1 else f"{drill.reps} times"
    each = " each side" if drill.side_by else ""
    many = f"{drill.sets} x " if drill.sets > 1 else ""
    rest = f", rest {drill.rest_s:.0f} s" if drill.sets > 1 else ""
    return f"{many}{one}{each}{rest}"


def _choosing(choosing: Choosing, gates: Gates) -> scene.Choosing:
    drill, why = DRILLS[choosing.index], gates.why[choosing.index]
    note, select = why, "how to open" if why else "start"
    if why and choosing.asked and gates.override[choosing.index]:
        note, select = f"{why} You can start it all the same, at your own judgement.", "start anyway"
    elif why and choosing.asked:
        below = open_below(drill, gates)
        note = f"{why} Until then: {below.title if below else 'the open levels'}."
    elif not why and choosing.asked and drill.confirm:
        note, select = drill.confirm, "yes, start"
    elif not why and drill.level >= 5:
        note = BACK_NOTE
    return scene.Choosing(
        titles=tuple(each.title for each in DRILLS),
        index=choosing.index,
        level=drill.level,
        summary=drill.summary,
        cues=drill.cues,
        dose=dose(drill),
        locked=bool(why),
        note=note,
        select=select,
    )


def _ladder(ready: GettingReady, verdict: Verdict | None, t: float) -> scene.GettingReady:
    """The rung to climb; whoever is here when a set begins is told how to stand before the first verdict."""
    plan, begins = ready.plan, ready.presence.somebody and t - ready.since < GHOST
    rung = verdict.rung if verdict else Rung.SIDE_ON if begins else Rung.IN_FRAME
    text, hint = _turn_to(plan) if rung is Rung.SIDE_ON else LADDER[rung]
    posture = STARTS[plan.drill.start].words
    text = text.format(missing=_missing(verdict), posture=posture)
    return scene.GettingReady(heading(plan), rung, text, hint, plan.drill.start, plan.view)


def _turn_to(plan: Plan) -> tuple[str, str]:
    return LIE_ALONG if plan.drill.lying else TURN_TO[plan.view]


def _missing(verdict: Verdict | None) -> str:
    joints = verdict.missing if verdict else ()
    return " and ".join((", ".join(joints[:-1]), joints[-1])) if len(joints) > 1 else "".join(joints) or "joints"


def _working(working: Working, verdict: Verdict | None, t: float) -> scene.Working:
    drill = working.plan.drill
    clock, depth = None, verdict.depth if verdict else math.nan
    if drill.hold_s:
        held = (verdict.held if verdict else 0.0) + _held_before(working)
        clock, depth = scene.Clock(int(held), round(drill.hold_s)), held / drill.hold_s
    cue = _cue(working, clock, t)
    seen = verdict is not None and not is_hardly_seen(working.sighting)
    states = verdict.lights if verdict and seen else (Light.UNSEEN,) * len(drill.lights)
    return scene.Working(
        title=heading(working.plan),
        reps=working.count,
        target=working.plan.target,
        depth=None if math.isnan(depth) else min(max(round(depth, 2), 0.0), scene.DEEPEST),
        lights=form_lights(drill, states),
        cue=cue.text,
        praise=cue.praise,
        paused=_paused(working, verdict, t),
        unseen=unseen(drill),
        side=working.side,
        clock=clock,
    )


def _held_before(working: Working) -> float:
    """Seconds of earlier holds that still count, where they add up."""
    drill = working.plan.drill
    return sum(seconds_held(working)[:2]) % drill.hold_s if adds_up(drill) else 0.0


def _cue(working: Working, clock: scene.Clock | None, t: float) -> Cue:
    """What is to be said now; its text is "" for nothing."""
    if clock and clock.seconds >= clock.target:
        return Cue(t, "", HELD.format(clock.target), praise=True)
    return working.said[-1] if working.said and t - working.said[-1].t < CUE_FOR else Cue(t, "", "")


def _paused(working: Working, verdict: Verdict | None, t: float) -> str:
    """Why nothing is counted or judged just now, or ""; never silently (users.md: say why)."""
    drill = working.plan.drill
    if verdict is None or verdict.phase is Phase.NO_PERSON:
        return "I cannot see you: step back into view"
    if verdict.missing:
        return LADDER[Rung.JOINTS][0].format(missing=_missing(verdict))
    if verdict.view not in drill.views:
        return _turn_to(working.plan)[0]
    if is_hardly_seen(working.sighting):
        return HARDLY_SEEN
    if verdict.phase is Phase.PAUSED:
        return f"{STARTS[drill.start].words} to go on"
    if working.refused and t - working.refused[-1].t < CUE_FOR:
        return working.refused[-1].why
    return STARTS[drill.start].words if verdict.rung is Rung.STILL else ""


def _switching(switching: Switching) -> scene.Switching:
    text, hint = TURN_ROUND if switching.turns else OTHER_LEG
    return scene.Switching(heading(switching.done.plan), text, hint, switching.side, switching.turns)


def _resting(resting: Resting, t: float, gates: Gates) -> scene.Resting:
    whole, to_go = resting.until - resting.since, max(resting.until - t, 0.0)
    easier = offered(resting, gates)
    if resting.then:
        then = f"Next: set {resting.then.number} of {resting.then.drill.sets}. {_facing(resting.then)}"
    else:
        other = f" Or the easier one: {easier.title}." if easier else ""
        then = f"Then the same set goes on.{other}"
    return scene.Resting(
        title=heading(resting.done.plan),
        text=resting.why or REST,
        seconds=math.ceil(to_go),
        share=round(to_go / whole * 20) / 20 if whole > 0 else 0.0,
        result=result(resting.done),
        then=then,
        keys=("easier" if easier else "finish", "go on", "finish"),
    )


def _facing(plan: Plan) -> str:
    """How to stand for the set of ``plan``: sides change from set to set, so that both are seen (biomechanics 1.4)."""
    if plan.view is View.FRONT:
        return f"{TURN_TO[View.FRONT][0]}."
    return "" if plan.drill.side_by or plan.drill.lying else "Turn your other side to the mirror."
