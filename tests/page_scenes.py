"""Sample pages: one of each that is read and answered between sets, and the longest it may have to say."""

from __future__ import annotations

from dataclasses import replace

from kiosk.drills import DRILLS
from kiosk.scoring.verdict import Light
from kiosk.session import pages, states
from kiosk.session.events import Action
from kiosk.session.lookback import history_scene
from kiosk.session.progress import ALL_OPEN
from kiosk.session.questions import PAIN, questions_for
from kiosk.session.scene import Keys, Question, Scene, TrendRow
from kiosk.session.show import show
from kiosk.text import Text
from kiosk.trouble import Trouble


def keys(previous: str = "", select: str = "", next_: str = "", held: str = "") -> Keys:
    return Keys(Text(previous), Text(select), Text(next_), Text(held))


def asked(drill: str, number: int, value: int = 0) -> Question:
    """Question ``number`` of those after a set of ``drill``, ``value`` pointed at."""
    index = next(i for i, each in enumerate(DRILLS) if each.key == drill)
    done = states.Working(states.Plan(index, 8), 0.0, 0.0)
    then = states.Summary(done, 60.0)
    questions = questions_for(done.plan.drill)[number:]
    return pages.question(states.Questioning(done, then, questions, 60.0, value=value))


GATES = replace(ALL_OPEN, profiles=("Anna", "Grandfather"), room=True)
WELCOME = pages.welcome(states.Welcome(0, 0.0))
MORE = pages.more(states.More(0, 0.0, item=1))
WHO = pages.who(states.Who(0, 0.0, choice=1), GATES)
HURT = asked("hinge", 0, value=3)
TRYING = pages.trying(states.Trying(0, 0.0, pressed=(Action.PREVIOUS, Action.NEXT)), pages.LAMP_FOR)


def lately(fault: str, share: int) -> Text:
    """What there is to work on."""
    return Text("{fault}: in {share}% of the repetitions lately", fault=Text(fault), share=share)


ROWS = (
    TrendRow(
        Text("Hip hinge"),
        (58, 63, None, 71, 70, 78, 84, 88),
        (16, 16, 8, 16, 16, 16, 16, 16),
        Text("Score: {before:.0f} to {after:.0f}", before=64, after=83),
        lately("Knees locked", 31),
    ),
    TrendRow(Text("Forearm plank"), (74, 70, 77), (3, 3, 3), Text(""), lately("Hips sag", 24)),
    TrendRow(Text("Reverse crunch"), (None, None, None, None), (16, 16, 12, 16), Text(""), Text("")),
    TrendRow(
        Text("Roller deadlift"),
        (100, 0),
        (30, 30),
        Text("More even: range ± {before}% to ± {after}%", before=15, after=9),
        lately("Trunk tips forward", 42),
    ),
)
HISTORY = history_scene("Anna", ROWS * 2, 0)
#: As the camera and the watcher say it.
CAMERA = Text("USB camera {name}", name="/dev/video0")
STALLED = Text("{camera}: no frame for {seconds:.0f} s", camera=CAMERA, seconds=1.0)
TRIED_AGAIN = Text("{why}. Trying again in {seconds} s.", why=STALLED, seconds=20)
LOST = Trouble("camera_lost", TRIED_AGAIN)
FAILING = pages.without_eyes(show(states.Working(states.Plan(0, 8), 0.0, 0.0), None, 0.0), LOST)

PAGE_SCENES = {
    "welcome": Scene(WELCOME, watching=True),
    "more": Scene(MORE, watching=True),
    "who": Scene(WHO, watching=True),
    "history": Scene(HISTORY, watching=True),
    "history_none": Scene(history_scene("", (), 0), watching=True),
    "question": Scene(asked("dowel_hinge", 1), watching=True),
    "question_pain": Scene(HURT, watching=True),
    "question_worst": Scene(replace(HURT, value=PAIN.most), watching=True),
    "trying": Scene(TRYING, watching=True),
    "trying_red": Scene(replace(TRYING, pressed=(), last=None, lamp=Light.RED, lamp_word=Text("red")), watching=True),
    "failing": Scene(FAILING),
}
