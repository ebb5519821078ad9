"""Session → scene: what there is to be seen of what the mirror is doing."""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.frame import GHOST
from kiosk.scoring.drill import Drill
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Phase, Rung, Verdict, View
from kiosk.session import back_line, pages, scene
from kiosk.session.cues import Cue
from kiosk.session.ladder import calibrating, cannot_see, getting_ready, turn_to
from kiosk.session.lookback import history_scene
from kiosk.session.offer import card, heading
from kiosk.session.placing import ANYWHERE, Place
from kiosk.session.progress import ALL_OPEN, ANYBODY, Gates, Member
from kiosk.session.results import SIDES, adds_up, seconds_held
from kiosk.session.session import eased, offered
from kiosk.session.states import (
    Asking,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    LookingBack,
    More,
    Plan,
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
from kiosk.session.stops import is_hardly_seen
from kiosk.session.summing import form_lights, result, summary, unseen
from kiosk.text import Text

#: Seconds a cue stays on the screen: about one repetition.
CUE_FOR = 4.0
#: The movement has gone as far as it has to; it is counted, or refused, when it has come back.
COMING_BACK = (Phase.BOTTOM, Phase.UP, Phase.LOCKOUT)

NOT_THERE = Text("I cannot see you: step back into view")
HARDLY_SEEN = Text("I can hardly see you: more light, or a plainer background")
TURN_ROUND = Text("Switch sides: turn round"), Text("So that the side that works is nearest the mirror.")
OTHER_LEG = Text("Switch sides"), Text("The same again with the other leg.")
REST = Text("Rest")
EASIER = Text("easier")
GO_ON_OR_FINISH = scene.Keys(Text("finish"), Text("go on"), Text("finish"))
FALL = (
    Text("Are you all right?"),
    Text("Any button answers. The mirror calls nobody: if you need help, call out or phone."),
)


def show(
    session: Session,
    verdict: Verdict | None,
    t: float,
    member: Member = ANYBODY,
    gates: Gates = ALL_OPEN,
    past: tuple[scene.TrendRow, ...] = (),
    place: Place = ANYWHERE,
    replays: tuple[scene.Replay, ...] = (),
) -> scene.Picture:
    """The picture of ``session`` at ``t`` seconds, for ``member`` to whom ``gates`` are open.

    ``verdict`` is the newest one, forgotten when it is a ghost.  ``past``: what became of their drills.
    ``place``: where whoever gets ready has to stand.  ``replays``: of the dose just done.
    """
    if verdict is not None and t - verdict.t > GHOST:
        verdict = None
    match session:
        case Dark():
            return scene.Dark()
        case Choosing():
            return card(session, member, gates)
        case GettingReady():
            return getting_ready(session, verdict, t, place)
        case Calibrating():
            return calibrating(session, verdict, place)
        case Working():
            return _working(session, verdict, t)
        case Switching():
            return _switching(session)
        case Resting():
            return _resting(session, t, gates)
        case Asking():
            return scene.Asking(*FALL, scene.Keys(Text("yes"), Text("yes"), Text("yes")))
        case Questioning():
            return pages.question(session)
        case Welcome():
            return pages.welcome(session)
        case More():
            return pages.more(session, member.own_back)
        case Who():
            return pages.who(session, gates)
        case LookingBack(page=page):
            return history_scene(member.profile, past, page)
        case Trying():
            return pages.trying(session, t)
        case Summary(done=done):
            picture = summary(done, member, replays)
            if eased(session, gates):
                picture = replace(picture, keys=replace(picture.keys, previous=EASIER))
            return picture


def held_out(seconds: int) -> Text:
    """What is said when so many ``seconds`` have been held, which is enough."""
    return Text("{seconds} seconds: done. Come out of it gently.", seconds=seconds)


def to_go_on(drill: Drill) -> Text:
    """How to stand so that the set of ``drill`` goes on."""
    return Text("{posture} to go on", posture=STARTS[drill.start].words)


def _working(working: Working, verdict: Verdict | None, t: float) -> scene.Working:
    drill = working.plan.drill
    clock, depth = None, verdict.depth if verdict else math.nan
    if drill.hold_s:
        held = (verdict.held if verdict else 0.0) + _held_before(working)
        clock, depth = scene.Clock(int(held), round(drill.hold_s)), held / drill.hold_s
    cue = _cue(working, clock, t)
    seen = verdict is not None and not verdict.missing and not is_hardly_seen(working.sighting)
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
        unseen=back_line.unseen(drill, verdict) or unseen(drill),
        side=SIDES[working.side],
        clock=clock,
        provisional=clock is None and verdict is not None and verdict.phase in COMING_BACK,
        counted=Text("rep", many="reps", n=working.count),
        bar=Text("time") if clock else Text("depth"),
    )


def _held_before(working: Working) -> float:
    """Seconds of earlier holds that still count, where they add up."""
    drill = working.plan.drill
    return sum(seconds_held(working)[:2]) % drill.hold_s if adds_up(drill) else 0.0


def _cue(working: Working, clock: scene.Clock | None, t: float) -> Cue:
    """What is to be said now; its text is "" for nothing."""
    if clock and clock.seconds >= clock.target:
        return Cue(t, "", held_out(clock.target), praise=True)
    return working.said[-1] if working.said and t - working.said[-1].t < CUE_FOR else Cue(t, "", Text(""))


def _paused(working: Working, verdict: Verdict | None, t: float) -> Text:
    """Why nothing is counted or judged just now, or ""; never silently (users.md: say why)."""
    drill = working.plan.drill
    if verdict is None or verdict.phase is Phase.NO_PERSON:
        return NOT_THERE
    if verdict.missing:
        return cannot_see(verdict.missing)
    if verdict.view not in drill.views:
        return turn_to(working.plan)[0]
    if is_hardly_seen(working.sighting):
        return HARDLY_SEEN
    if verdict.phase is Phase.PAUSED:
        return to_go_on(drill)
    if working.refused and t - working.refused[-1].t < CUE_FOR:
        return working.refused[-1].why
    return STARTS[drill.start].words if verdict.rung is Rung.STILL else Text("")


def _switching(switching: Switching) -> scene.Switching:
    text, hint = TURN_ROUND if switching.turns else OTHER_LEG
    side = SIDES[switching.side]
    return scene.Switching(heading(switching.done.plan), text, hint, side, switching.turns, GO_ON_OR_FINISH)


def _resting(resting: Resting, t: float, gates: Gates) -> scene.Resting:
    whole, to_go = resting.until - resting.since, max(resting.until - t, 0.0)
    easier = offered(resting, gates)
    if resting.then:
        then = coming(resting.then)
    elif easier:
        then = Text("Then the same set goes on. Or the easier one: {title}.", title=Text(easier.title))
    else:
        then = Text("Then the same set goes on.")
    return scene.Resting(
        title=heading(resting.done.plan),
        text=resting.why or REST,
        seconds=math.ceil(to_go),
        share=round(to_go / whole * 20) / 20 if whole > 0 else 0.0,
        result=result(resting.done),
        then=then,
        keys=replace(GO_ON_OR_FINISH, previous=EASIER) if easier else GO_ON_OR_FINISH,
    )


def coming(plan: Plan) -> Text:
    """What comes after the rest: the set of ``plan``, and how to stand for it.

    Sides change from set to set, so that both are seen (biomechanics 1.4).
    """
    number, sets = plan.number, plan.drill.sets
    if plan.view is View.FRONT:
        return Text("Next: set {number} of {sets}. Face the mirror.", number=number, sets=sets)
    if plan.drill.side_by or plan.drill.lying:
        return Text("Next: set {number} of {sets}.", number=number, sets=sets)
    return Text("Next: set {number} of {sets}. Turn your other side to the mirror.", number=number, sets=sets)
