"""What the mirror at the sink does: one value, moved by one pure function.

    Dark ◀─▶ Here ◀─▶ Leaning ─▶ Leant ─▶ Here
              └─▶ Framing ─▶ Teaching ─▶ Here

Nobody has to press anything: verdicts move it from standing to leaning and back, and left alone it goes dark.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill, Fault
from kiosk.scoring.lean import DEFAULT, LeanModel, fit
from kiosk.scoring.verdict import Hold, Light, Phase, Verdict, View
from kiosk.session.cues import Cue
from kiosk.session.events import Action, Event, Press, Sign, Signal, Tick
from kiosk.session.session import came_up
from kiosk.session.sink.counts import lean_time
from kiosk.session.sink.states import AtSink, Framing, Here, Leaning, Leant, Teaching
from kiosk.session.states import Dark
from kiosk.text import Text

#: Seconds without anybody after which the mirror goes dark; and in a lean, for whoever bends far down shows the camera
#: nothing but hair, which the scoring loop bears with for 20 s.
AWAY_FOR, HIDDEN_FOR = 10.0, 21.0
#: Seconds after a press for which is told what the buttons do.
TOLD_FOR = 8.0
#: Seconds for which what came of a lean is shown.
LEANT_FOR = 6.0
#: Seconds of a lean below which nothing is made of it (biomechanics 4.4: face rinsing).
LEAST = 3.0
#: How deep is deep (about 50 degrees), in the unit of what is counted, and for how many seconds (biomechanics 4.4).
DEEP, DEEP_FOR = {"lean_near": 1.1, "trunk": 50.0}, 60.0
#: Seconds without a good lean after which a lesson is given up, and that the camera's picture is shown at most.
LESSON_FOR, FRAMING_FOR = 60.0, 180.0

REST_A_HAND = Text("A deep lean for a minute: rest a hand on the basin.")
LEARNT = Text("Learnt. From now on your lean is measured against this one.")
NOT_LEARNT = Text("Not learnt. Press a button to try again.")


def advance(session: AtSink, event: Event, usual: LeanModel = DEFAULT) -> AtSink:
    """The session after ``event``: the transition table of the sink.

    ``usual``: the good lean of anybody, to which what is learnt of somebody's own is close.
    """
    if isinstance(event, Verdict):
        session = replace(session, presence=session.presence.after(event))
    match session, event:
        case Dark(), Press(t=t):
            return Here(session.index, t, session.presence, touched=t)
        case Dark(off=False), Signal(t=t, sign=Sign.MOTION):
            return Here(session.index, t, session.presence)
        case Dark(off=False), Tick(t=t) if came_up(session, t):
            return Here(session.index, t, session.presence)
        case Dark(), _:
            return session

        case Here() | Leaning() | Leant() | Framing() | Teaching(), Tick(t=t) if _nobody(session, t):
            return Dark(session.index, t, session.presence)

        case Here(), Press(t=t, action=Action.SELECT) if told(session, t):
            return Framing(session.index, t, session.presence)
        case Here(), Press(t=t) if told(session, t):
            return Dark(session.index, t, session.presence, off=True)
        case Framing(), Press(t=t, action=Action.SELECT) if teaches(DRILLS[session.index]):
            return Teaching(session.index, t, session.presence)
        case Here() | Leaning() | Leant() | Framing() | Teaching(), Press(t=t):
            return Here(session.index, t, session.presence, touched=t)

        case Here() | Leant(), Verdict(phase=Phase.BOTTOM, t=t) if not told(session, t):
            return _lean(Leaning(session.index, t, session.presence), event)
        case Leaning(), Verdict():
            return _lean(session, event)
        case Leant(), Tick(t=t) if t - session.since > LEANT_FOR:
            return Here(session.index, t, session.presence)
        case Framing(), Tick(t=t) if t - session.since > FRAMING_FOR:
            return Here(session.index, t, session.presence)

        case Teaching(), Verdict():
            return _learn(session, event, usual)
        case Teaching(), Tick(t=t) if t - session.since > LESSON_FOR:
            return Here(session.index, t, session.presence, touched=t, note=NOT_LEARNT)
    return session


def teaches(drill: Drill) -> bool:
    """The mirror is taught a lean of ``drill``; from the side it measures angles, which need no lesson."""
    return drill.view is View.FRONT


def told(session: AtSink, t: float) -> bool:
    """It is told just now what the buttons do."""
    return isinstance(session, Here) and session.touched is not None and t - session.touched <= TOLD_FOR


def worst_fault(drill: Drill, hold: Hold) -> Fault | None:
    """The fault of ``drill`` to be spoken of after ``hold``, None where there was none."""
    levels = {found.key: found.level for found in hold.faults}
    found = [fault for fault in drill.faults if fault.key in levels]
    return next(iter(sorted(found, key=lambda fault: levels[fault.key] is not Light.RED)), None)


def _nobody(session: AtSink, t: float) -> bool:
    """Nobody has been in view for long, counted from the last press or wake-up."""
    touched = session.touched if isinstance(session, Here) and session.touched else session.since
    patience = HIDDEN_FOR if isinstance(session, Leaning) else AWAY_FOR
    return not session.presence.somebody and t - max(touched, session.presence.since) > patience


def _lean(leaning: Leaning, verdict: Verdict) -> AtSink:
    """What becomes of a lean: it goes on, or is over."""
    t, drill = verdict.t, DRILLS[leaning.index]
    if verdict.hold:
        judged = lean_time(verdict.hold).judged_s >= LEAST
        after = Leant(leaning.index, t, leaning.presence, hold=verdict.hold)
        return after if judged else Here(leaning.index, t, leaning.presence)
    if verdict.phase not in (Phase.BOTTOM, Phase.NO_PERSON):
        return Here(leaning.index, t, leaning.presence)
    down = verdict.depth * drill.motion.usual
    if not math.isnan(down):  # whoever bends that far is hidden now and then
        leaning = replace(leaning, deep=(leaning.deep or t) if down > DEEP[drill.motion.driver] else None)
    return replace(leaning, said=(*leaning.said, *_to_say(leaning, drill, verdict)))


def _to_say(leaning: Leaning, drill: Drill, verdict: Verdict) -> Iterator[Cue]:
    """One soft word a lean once it is red, and one once it has long been deep."""
    said = {cue.key for cue in leaning.said}
    red = {name for name, light in zip(drill.lights, verdict.lights, strict=True) if light is Light.RED}
    if said <= {""}:
        # where both are, the hips come first: without room for them no neck stays long (biomechanics 4.1)
        faults = sorted((f for f in drill.faults if f.light in red), key=lambda fault: fault.light != "hips")
        yield from (Cue(verdict.t, fault.key, Text(fault.cue)) for fault in faults[:1])
    if leaning.deep is not None and verdict.t - leaning.deep >= DEEP_FOR and "" not in said:
        yield Cue(verdict.t, "", REST_A_HAND, reminder=True)


def _learn(teaching: Teaching, verdict: Verdict, usual: LeanModel) -> AtSink:
    """What becomes of the lesson; each good lean begins its time anew."""
    lesson = teaching.lesson.after(verdict)
    if lesson.over:
        own = fit(lesson.leans, usual)
        note = LEARNT if own else NOT_LEARNT
        return Here(teaching.index, verdict.t, teaching.presence, touched=verdict.t, note=note, learnt=own)
    further = len(lesson.leans) > len(teaching.lesson.leans)
    return replace(teaching, lesson=lesson, since=verdict.t if further else teaching.since)
