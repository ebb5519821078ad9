"""Sample scenes: one of every picture, in the words the session uses, and the longest it may have to say."""

from __future__ import annotations

from dataclasses import replace

from page_scenes import LOST, PAGE_SCENES, keys
from ready_scenes import READY_SCENES, numbered
from replayed import HIDDEN, replayed, summed_up
from sink_scenes import SINK_SCENES

from kiosk.drills import DRILLS, find_drill
from kiosk.figure.demonstration import demonstrate
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.drill import LIGHTS
from kiosk.scoring.verdict import Light
from kiosk.session import states
from kiosk.session.back_line import UNSEEN as UNSEEN_BACK
from kiosk.session.counting import TOO_RED
from kiosk.session.cues import BETTER
from kiosk.session.progress import ALL_OPEN, Gates, Member, gates_for
from kiosk.session.scene import (
    Asking,
    Choosing,
    Clock,
    Dark,
    FormLight,
    RepBar,
    Resting,
    Scene,
    Switching,
    Working,
)
from kiosk.session.show import (
    FALL,
    HARDLY_SEEN,
    OTHER_LEG,
    REST,
    TURN_ROUND,
    cannot_see,
    coming,
    held_out,
    show,
)
from kiosk.session.states import Plan
from kiosk.session.summing import STATE_WORDS, band
from kiosk.text import Text, series

SIZES = ((1080, 1920), (1920, 1080), (800, 480))
TURNS = (0, 90, 180, 270)

STATES = {
    "back": Light.UNSEEN,
    "hips": Light.RED,
    "knees": Light.GREEN,
    "shins": Light.AMBER,
    "head": Light.GREEN,
    "feet": Light.UNSEEN,
    "tempo": Light.OFF,
}


def lights(**states: Light) -> tuple[FormLight, ...]:
    """Every light, in the states of STATES unless told otherwise."""
    chosen = STATES | states
    return tuple(FormLight(name, chosen[name], STATE_WORDS[chosen[name]], Text(name)) for name in LIGHTS)


def all_lights(state: Light) -> tuple[FormLight, ...]:
    return lights(**dict.fromkeys(LIGHTS, state))


def not_seen(*what: str) -> Text:
    return Text("Not seen: {what}", what=series([Text(each) for each in what]))


def of(number: int, one: str = "rep") -> Text:
    """How many there were to be."""
    return Text(f"of {{n}} {one}", many=f"of {{n}} {one}s", n=number)


def scored(score: int) -> Text:
    """A set of eight, and its score."""
    what = Text("{n} rep", many="{n} reps", n=8)
    return Text("{what}, {score}: {band}", what=what, score=score, band=band(score))


def card(key: str, gates: Gates = ALL_OPEN, *, asked: bool = False) -> Choosing:
    """The drill of ``key`` as it is offered."""
    offered = states.Choosing(DRILLS.index(find_drill(key)), 0.0, asked=asked)
    picture = show(offered, None, 0.0, gates=gates)
    assert isinstance(picture, Choosing)
    return picture


FINISH = keys("finish", "go on", "finish")
#: Those of the hip hinge: it has no lamp for the feet.
HINGE = tuple(light for light in lights() if light.name != "feet")
UNSEEN = not_seen("lower back", "pelvis", "feet", "muscles", "ribs", "brace")
CUE = Text("Reach for the wall behind you with your hips.")
NOTHING = Text("")
WORKING = Working(Text("Hip hinge"), 4, 8, 0.62, lights(), NOTHING, False, NOTHING, UNSEEN)
NOT_FAR, EACH = Text("Not counted: not far enough."), Text("Sets: {scores}", scores=series(["84", "100"]))
#: Of the person: squats, looks up, does not come all the way up; nothing is wrong.
SQUATS, LOOKS_UP, STOOPS, GOOD = {"F10": 1.0}, {"F9a": 1.0}, {"F2a": 1.0}, {}
FIRST_SET = (SQUATS, LOOKS_UP, SQUATS, HIDDEN, LOOKS_UP, GOOD, LOOKS_UP, GOOD)
SECOND_SET = (LOOKS_UP, GOOD, STOOPS, LOOKS_UP, GOOD, STOOPS, LOOKS_UP, LOOKS_UP)
DONE = summed_up("hinge", (*FIRST_SET, *SECOND_SET), backs=True)
SUMMARY = replace(DONE, refused=(NOT_FAR, *DONE.refused))
#: A rounded lower back; and repetitions whose backs were not seen.
ROUNDED = summed_up("hinge", ({"F1a": 1.0}, *(GOOD,) * 15), backs=True)
UNOUTLINED = replayed("hinge", SQUATS, GOOD).shown()
#: The only one of a dose in which all were like it.
ALIKE = replayed("hinge", {"F17": 1.0}).shown()
#: Two holds, with the hips too high in the first.
HOLDS = replayed("plank", {"P2": 0.6}, {}).shown()
LOCKS = gates_for(Member(profile="me"), 0.0)
ONE_SIDED_SEES = ("back", "hips", "knees", "head", "tempo")
ONE_SIDED = Working(
    Text("Roller deadlift"), 11, 15, 0.4, tuple(light for light in lights() if light.name in ONE_SIDED_SEES),
    NOTHING, False, NOTHING, not_seen("lower back", "roller on the foot"), side=Text("left"),
)  # fmt: skip
HELD = Working(
    numbered("Forearm plank", 2, 3), 0, 1, 0.6, tuple(lights(hips=Light.GREEN)[i] for i in (0, 1, 4)), NOTHING, False,
    NOTHING, not_seen("lower back", "shoulder blades", "breath"), clock=Clock(12, 20), bar=Text("time"),
)  # fmt: skip
#: Notes: both sides, how they differ, how long it was held.
BOTH = Text("Left {left}, right {right}", left=Text("15 (69)"), right=Text("15 (69)"))
UNEVEN = Text(
    "{what}: {by} {unit} more on the {side}",
    what=Text("Knee bend"),
    by="11",
    unit=Text("degrees"),
    side=Text("left"),
)
HELD_FOR = Text(
    "Held: {held}",
    held=series(
        [
            Text("{seconds} s good", seconds=41),
            Text("{seconds} s nearly", seconds=9),
            Text("{seconds} s to work on", seconds=3),
        ]
    ),
)

SCENES = {
    "dark": Scene(Dark(), watching=True),
    "choosing": Scene(card("hinge"), watching=True, demonstration=demonstrate("hinge")),
    "choosing_pick_up": Scene(card("pick_up"), watching=True, figure=True, demonstration=demonstrate("pick_up")),
    **READY_SCENES,
    "working": Scene(WORKING, watching=True),
    "working_good": Scene(
        replace(WORKING, reps=7, depth=0.97, lights=lights(hips=Light.GREEN, shins=Light.GREEN, tempo=Light.GREEN)),
        watching=True,
        figure=True,
    ),
    "working_pick_up": Scene(
        Working(
            Text("Pick something up"),
            1,
            5,
            0.2,
            tuple(light for light in lights() if light.name in ("back", "head", "tempo")),
            NOTHING,
            False,
            NOTHING,
            not_seen("lower back", "feet", "brace", "twist"),
        ),
        watching=True,
    ),
    "working_cue": Scene(replace(WORKING, lights=HINGE, cue=CUE), watching=True),
    "working_provisional": Scene(replace(WORKING, lights=HINGE, depth=0.9, provisional=True), watching=True),
    "working_refused": Scene(replace(WORKING, lights=HINGE, depth=0.05, paused=NOT_FAR), watching=True),
    "working_praise": Scene(
        replace(WORKING, reps=12, target=None, lights=lights(hips=Light.GREEN), cue=BETTER, praise=True),
        watching=True,
        figure=True,
    ),
    "working_paused": Scene(
        replace(WORKING, depth=None, lights=all_lights(Light.UNSEEN), paused=cannot_see(("knee", "ankle"))),
        watching=True,
    ),
    "working_back_unseen": Scene(replace(WORKING, lights=HINGE, unseen=UNSEEN_BACK[Why.LIKE_THE_WALL]), watching=True),
    "working_trouble": Scene(WORKING, LOST, watching=True),
    "working_all_red": Scene(
        replace(WORKING, reps=10, target=12, depth=1.25, lights=all_lights(Light.RED)), watching=True
    ),
    "summary": Scene(SUMMARY, watching=True),
    "summary_rounded": Scene(ROUNDED, watching=True),
    "summary_back_unseen": Scene(replace(SUMMARY, replays=UNOUTLINED), watching=True),
    "summary_counted": Scene(
        replace(
            SUMMARY,
            reps=5,
            counted=Text("rep", many="reps", n=5),
            score=None,
            band=band(None),
            next_step=NOTHING,
            better=NOTHING,
            lights=all_lights(Light.UNSEEN),
            notes=(),
            bars=tuple(RepBar(None, Light.UNSEEN, n) for n in range(1, 6)),
            replays=(),
        ),
        LOST,
        watching=True,
        figure=True,
    ),
    "choosing_locked": Scene(
        card("mobility_deadlift", LOCKS), watching=True, demonstration=demonstrate("mobility_deadlift")
    ),
    "choosing_confirm": Scene(
        card("barbell_squat", asked=True),
        watching=True,
        demonstration=demonstrate("barbell_squat"),
    ),
    "working_side": Scene(ONE_SIDED, watching=True),
    "working_held": Scene(HELD, watching=True),
    "working_held_enough": Scene(
        replace(HELD, clock=Clock(20, 20), depth=1.0, cue=held_out(20), praise=True),
        watching=True,
    ),
    "working_hardly_seen": Scene(replace(WORKING, lights=all_lights(Light.UNSEEN), paused=HARDLY_SEEN), watching=True),
    "switching": Scene(
        Switching(
            Text("Roller deadlift"),
            *TURN_ROUND,
            Text("right"),
            turn=True,
            keys=FINISH,
        ),
        watching=True,
    ),
    "switching_leg": Scene(
        Switching(
            Text("One-leg bridge"),
            *OTHER_LEG,
            Text("right"),
            turn=False,
            keys=FINISH,
        ),
        watching=True,
    ),
    "resting": Scene(
        Resting(
            numbered("Squat", 1, 2),
            REST,
            42,
            0.7,
            scored(84),
            coming(Plan(DRILLS.index(find_drill("squat")), 8, 2)),
            FINISH,
        ),
        watching=True,
    ),
    "resting_paused": Scene(
        Resting(
            numbered("Romanian deadlift", 1, 2),
            TOO_RED,
            60,
            1.0,
            scored(58),
            Text("Then the same set goes on. Or the easier one: {title}.", title=Text("Hip hinge")),
            keys("easier", "go on", "finish"),
        ),
        watching=True,
    ),
    "asking": Scene(Asking(*FALL, keys("yes", "yes", "yes")), watching=True),
    "summary_sides": Scene(
        replace(
            SUMMARY,
            title=Text("Roller deadlift"),
            reps=30,
            counted=of(30),
            lights=tuple(light for light in lights(hips=Light.GREEN, knees=Light.RED) if light.name in ONE_SIDED_SEES),
            next_step=Text("Soft knees only: let the hips do the travelling."),
            notes=(BOTH, UNEVEN),
            refused=(NOT_FAR,),
            score=ALIKE[0].score,
            band=band(ALIKE[0].score),
            bars=tuple(RepBar(ALIKE[0].score, ALIKE[0].level, n) for n in range(1, 31)),
            replays=ALIKE,
            better=Text("Score {now}, last time {before}", now=ALIKE[0].score, before=58),
        ),
        watching=True,
    ),
    "summary_urgent": Scene(summed_up("hinge", FIRST_SET, pain=7), watching=True),
    "summary_held": Scene(
        replace(
            SUMMARY,
            title=Text("Forearm plank"),
            reps=2,
            counted=of(3, "hold"),
            score=92,
            band=band(92),
            next_step=Text("Lower your hips until you are one straight plank."),
            better=Text("Score {now}, last time {before}", now=92, before=80),
            bars=(RepBar(HOLDS[1].score, HOLDS[1].level, 1), RepBar(HOLDS[0].score, Light.GREEN, 2)),
            replays=HOLDS,
            lights=HELD.lights,
            notes=(HELD_FOR, EACH),
            refused=(Text("{held} of {whole} seconds held: once more", held=12, whole=20),),
        ),
        watching=True,
    ),
    **PAGE_SCENES,
    **SINK_SCENES,
}
