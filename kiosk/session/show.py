"""Session → scene: what there is to be seen of what the mirror is doing."""

from __future__ import annotations

import math

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light, Phase, Rung, Verdict, View
from kiosk.session import scene
from kiosk.session.cues import Cue
from kiosk.session.session import (
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    Session,
    Summary,
    Working,
    drill_of,
    set_score,
)

#: Seconds a cue stays on the screen: about one repetition.
CUE_FOR = 4.0

#: What a light's state is called beside its colour and shape.
STATE_WORDS = {
    Light.OFF: "",
    Light.GREEN: "good",
    Light.AMBER: "nearly",
    Light.RED: "work on it",
    Light.UNSEEN: "not seen",
}
#: Set scores from which each word is said (biomechanics 5.5).
BANDS = ((85, "solid"), (70, "good"), (55, "work on one thing"), (0, "try an easier version"))
#: Side-on, whole and still: the words of the ladder, and a smaller second line.
LADDER = {
    Rung.IN_FRAME: ("Step into view", "Stand about two and a half metres away, so that your whole body fits."),
    Rung.SIDE_ON: ("Turn your side to the mirror", "Shoulder towards the glass, feet along the line."),
    Rung.JOINTS: ("I cannot see your {missing}", "Step back a little, or turn on more light."),
    Rung.STILL: ("Stand tall and still", "The mirror learns how you stand and measures from there."),
    Rung.READY: ("Begin", ""),
}
TURN_TO = {View.SIDE: LADDER[Rung.SIDE_ON], View.FRONT: ("Face the mirror", "Feet under your hips.")}


def show(session: Session, verdict: Verdict | None, t: float) -> scene.Picture:
    """The picture of ``session`` at ``t`` seconds; ``verdict`` is the newest one, forgotten when it is a ghost."""
    if verdict is not None and t - verdict.t > GHOST:
        verdict = None
    drill = drill_of(session)
    match session:
        case Dark():
            return scene.Dark()
        case Choosing(index=index):
            titles = tuple(each.title for each in DRILLS)
            return scene.Choosing(titles, index, drill.level, drill.summary, drill.cues)
        case GettingReady():
            return _ladder(drill, verdict)
        case Calibrating():
            share = round((verdict.steady if verdict else 0.0) * 20) / 20
            return scene.Calibrating(drill.title, LADDER[Rung.STILL][0], share)
        case Working():
            return _working(session, verdict, t)
        case Summary(done=done):
            return _summary(done)


def band(score: int | None) -> str:
    """The word for a set's score."""
    if score is None:
        return "counted only"
    return next(word for least, word in BANDS if score >= least)


def _ladder(drill: Drill, verdict: Verdict | None) -> scene.GettingReady:
    rung = verdict.rung if verdict else Rung.IN_FRAME
    text, hint = TURN_TO[drill.view] if rung is Rung.SIDE_ON else LADDER[rung]
    return scene.GettingReady(drill.title, rung, text.format(missing=_missing(verdict)), hint)


def _missing(verdict: Verdict | None) -> str:
    joints = verdict.missing if verdict else ()
    return " and ".join((", ".join(joints[:-1]), joints[-1])) if len(joints) > 1 else "".join(joints) or "joints"


def _working(working: Working, verdict: Verdict | None, t: float) -> scene.Working:
    drill = DRILLS[working.index]
    cue = working.said[-1] if working.said and t - working.said[-1].t < CUE_FOR else Cue(t, "", "")
    depth = verdict.depth if verdict else math.nan
    return scene.Working(
        title=drill.title,
        reps=working.reps,
        target=working.target,
        depth=None if math.isnan(depth) else min(max(round(depth, 2), 0.0), scene.DEEPEST),
        lights=_lights(drill, verdict.lights if verdict else (Light.UNSEEN,) * len(drill.lights)),
        cue=cue.text,
        praise=cue.praise,
        paused=_paused(drill, working, verdict, t),
        unseen=_unseen(drill),
    )


def _paused(drill: Drill, working: Working, verdict: Verdict | None, t: float) -> str:
    """Why nothing is counted or judged just now, or ""; never silently (users.md: say why)."""
    if verdict is None or verdict.phase is Phase.NO_PERSON:
        return "I cannot see you: step back into view"
    if verdict.missing:
        return LADDER[Rung.JOINTS][0].format(missing=_missing(verdict))
    if verdict.view is not drill.view:
        return TURN_TO[drill.view][0]
    if verdict.phase is Phase.PAUSED:
        return "Stand tall to go on"
    if working.refused and t - working.refused[-1].t < CUE_FOR:
        return working.refused[-1].why
    return ""


def _summary(done: Working) -> scene.Summary:
    drill = DRILLS[done.index]
    score = set_score(done)
    cues = [cue.text for cue in done.said if not cue.praise]
    return scene.Summary(
        title=drill.title,
        reps=done.reps,
        target=done.target,
        score=score,
        band=band(score),
        lights=_lights(drill, done.lights or (Light.OFF,) * len(drill.lights)),
        next_step=max(cues, key=cues.count) if cues else "",
        unseen=_unseen(drill),
        refused=tuple(dict.fromkeys(refusal.why for refusal in done.refused)),
    )


def _lights(drill: Drill, states: tuple[Light, ...]) -> tuple[scene.FormLight, ...]:
    return tuple(
        scene.FormLight(name, state, STATE_WORDS[state]) for name, state in zip(drill.lights, states, strict=True)
    )


def _unseen(drill: Drill) -> str:
    """One line of what this mirror cannot see in the drill."""
    return ", ".join(dict.fromkeys(each.what for each in drill.unseen))
