"""Session → scene at the sink: while somebody leans two lights, else hardly anything."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import LEFT_SHOULDER, RIGHT_SHOULDER
from kiosk.scoring.verdict import Light, Verdict
from kiosk.session import scene
from kiosk.session.show import CUE_FOR
from kiosk.session.sink.counts import Lately, LeanTime, lean_time
from kiosk.session.sink.flow import teaches, told, worst_fault
from kiosk.session.sink.lesson import LEANS
from kiosk.session.sink.scenes import CameraPlan, Point
from kiosk.session.sink.states import AtSink, Framing, Here, Leaning, Leant, Teaching
from kiosk.session.summing import form_lights, unseen
from kiosk.text import Text

TITLE = Text("At the sink")
KEYS = scene.Keys(Text("off"), Text("teach my lean"), Text("off"))
FROM_SIDE = scene.Keys(Text("off"), Text("camera"), Text("off"))
LEAVE = Text("leave")
LESSON_TITLE = Text("Your good lean")
PLAN_TITLE = Text("What the camera sees")
LEARNS = Text("Forty seconds: stand, then six slow leans, from the hips. It is best to have somebody watch.")
FROM_FRONT = Text("Your back is not seen from the front: this is a tendency, no more.")
SEES, SEES_NOT = Text("I see your head and shoulders."), Text("I cannot see your head and both shoulders.")


def show(
    session: AtSink,
    verdict: Verdict | None,
    t: float,
    lately: Lately,
    plan: CameraPlan,
    seen: Mapping[int, Point],
) -> scene.Picture:
    """The picture of ``session`` at ``t`` seconds.

    ``verdict``: the newest, None when there is none; ``lately``: what was counted; ``seen``: where those joints of face
    and shoulders that are seen are in the camera's picture, of which ``plan`` says what it will see.
    """
    drill = DRILLS[session.index]
    match session:
        case Here(note=note) if told(session, t):
            return scene.Glass(TITLE, note, KEYS if teaches(drill) else FROM_SIDE)
        case Here():
            return scene.Glass()
        case Leaning():
            return _leaning(session, drill, verdict, t)
        case Leant():
            return _leant(session, drill, lately)
        case Framing():
            text = SEES if {LEFT_SHOULDER, RIGHT_SHOULDER} < seen.keys() else SEES_NOT
            keys = scene.Keys(LEAVE, Text("start") if teaches(drill) else LEAVE, LEAVE)
            return scene.Framing(PLAN_TITLE, text, plan, tuple(seen.values()), keys)
        case Teaching():
            return _teaching(session, verdict)
    return scene.Dark()


def _leaning(leaning: Leaning, drill: Drill, verdict: Verdict | None, t: float) -> scene.Leaning:
    """The lights that can judge a lean; the others, which can never be lit, would only be more to look at."""
    off = (Light.UNSEEN,) * len(drill.lights)
    lights = form_lights(drill, verdict.lights if verdict else off)
    judged = {fault.light for fault in drill.faults}
    cue = leaning.said[-1].text if leaning.said and t - leaning.said[-1].t < CUE_FOR else Text("")
    return scene.Leaning(tuple(light for light in lights if light.name in judged), cue)


def _leant(leant: Leant, drill: Drill, lately: Lately) -> scene.Leant:
    lean, fault = lean_time(leant.hold), worst_fault(drill, leant.hold)
    many = (Text("Today: {time}", time=_counted(lately.today)), Text("This week: {time}", time=_counted(lately.week)))
    return scene.Leant(
        title=TITLE,
        share=lean.share,
        result=Text("of {seconds} s leaning was good", seconds=round(lean.judged_s)),
        lately=many,
        next_step=Text(fault.cue) if fault else Text(""),
        unseen=FROM_FRONT if teaches(drill) else unseen(drill),
    )


def _counted(time: LeanTime) -> Text:
    """So many leans, and the share that was good."""
    leans = Text("{n} lean", many="{n} leans", n=time.leans)
    return leans if time.share is None else Text("{leans}, {share} % good", leans=leans, share=time.share)


def _teaching(teaching: Teaching, verdict: Verdict | None) -> scene.Teaching:
    lesson, down = teaching.lesson, 0.0
    if verdict and verdict.lean and verdict.lean.down > 0:
        down = min(verdict.lean.down / lesson.goal, 1.0)
    share = round(down * 20) / 20
    keys = scene.Keys(LEAVE, LEAVE, LEAVE)
    return scene.Teaching(LESSON_TITLE, lesson.ask, LEARNS, share, len(lesson.leans), LEANS, keys)
