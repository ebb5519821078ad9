"""What there is to be seen between sets: the questions after one, the welcome, and the pages beside drills."""

from __future__ import annotations

from kiosk.drills import DRILLS
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.verdict import Light
from kiosk.session import scene
from kiosk.session.leafing import ANONYMOUS, NEW, PAGES, choices
from kiosk.session.own_back import what_is_known
from kiosk.session.progress import Gates
from kiosk.session.states import More, Page, Questioning, Trying, Welcome, Who
from kiosk.text import Text, series
from kiosk.trouble import Trouble

#: Seconds each lamp is lit while buttons and lamps are tried out.
LAMP_FOR = 2.0
LAMPS = (
    (Light.RED, Text("red")),
    (Light.AMBER, Text("amber")),
    (Light.GREEN, Text("green")),
    (Light.OFF, Text("off")),
)

#: What the mirror is and is not (biomechanics 6.4), what is asked before the first set, and when to train no further
#: but to get help (6.2).
WHAT_IT_IS = Text(
    "This mirror gives hints about technique from a camera's estimate. It can be wrong and cannot see everything. "
    "It is not medical advice and not a medical device. Stop if something hurts. No picture is kept."
)
ASK = Text("Ask a health professional first if one of these is true of you:")
HEALTH = (
    Text("You have chest pain, faint or lose your balance."),
    Text("You are pregnant, or had surgery or a fracture in the last 6 months."),
    Text("You have osteoporosis, heart or nerve disease."),
    Text("Your back or leg hurts now, more than 3 of 10."),
    Text("You were told not to bend or lift."),
)
URGENT_TITLE = Text("Stop and get medical help now for:")
URGENT = (
    Text("numbness around the genitals or seat"),
    Text("new bladder or bowel trouble"),
    Text("weakness in one or both legs"),
    Text("chest pain"),
    Text("severe pain after a fall"),
    Text("fever with back pain"),
)

#: What cannot go on while no camera gives pictures.
NEEDS_EYES = (scene.GettingReady, scene.Calibrating, scene.Working)
CHECK_CAMERA = Text(
    "It goes on by itself as soon as pictures come. If not: check the camera's cable, then switch off and on."
)

ITEMS = {
    Page.WHO: Text("Who is here"),
    Page.HISTORY: Text("What became of it"),
    Page.TRYING: Text("Try buttons and lamps"),
    Page.DARK: Text("Go dark"),
    Page.DRILLS: Text("Back to the drills"),
}
NOBODY_KEPT = Text("No set is remembered. What is learnt of your back is forgotten when it goes dark.")
KEPT = Text(
    "Sets, scores and faults are remembered on this mirror, no picture. It forgets you are here when it goes dark."
)
CHOOSE = scene.Keys(Text("previous"), Text("open"), Text("next"), held=Text("hold: drills"))


def question(asking: Questioning) -> scene.Question:
    """The question asked now."""
    now = asking.questions[0]
    title = asking.done.plan.drill.title
    if now.most is None:
        keys = scene.Keys(Text("no"), Text("partly"), Text("yes"), held=Text("hold: skip"))
        return scene.Question(Text(title), now.text, Text("Skipped by itself if nobody answers."), keys)
    return scene.Question(
        Text(title),
        now.text,
        Text("0 to {most}. Skipped by itself if nobody answers.", most=now.most),
        scene.Keys(Text("less"), Text("answer"), Text("more"), held=Text("hold: skip")),
        value=asking.value,
        most=now.most,
        low=Text("not at all"),
        high=Text("the worst there is"),
    )


def welcome(session: Welcome) -> scene.Welcome:
    """Before the first set."""
    keys = scene.Keys(Text("one is true"), Text("not now"), Text("none is true"))
    title = Text(DRILLS[session.index].title)
    return scene.Welcome(title, WHAT_IT_IS, ASK, HEALTH, URGENT_TITLE, URGENT, keys)


def help_now() -> Text:
    """The urgent box in one piece."""
    return Text("{title} {signs}.", title=URGENT_TITLE, signs=series(URGENT))


def more(session: More, own: OwnBack = UNKNOWN) -> scene.More:
    """The list of pages, and what is known of the ``own`` back of whoever is here."""
    items = tuple(ITEMS[page] for page in PAGES)
    return scene.More(Text("More"), items, session.item, URGENT_TITLE, URGENT, CHOOSE, what_is_known(own))


def who(session: Who, gates: Gates) -> scene.Who:
    """Who somebody can say they are."""
    can_be = choices(gates)
    names = tuple(
        {ANONYMOUS: Text("Nobody in particular"), NEW: Text("Somebody new")}.get(name, name) for name in can_be
    )
    at = session.choice % len(can_be)
    keys = scene.Keys(Text("previous"), Text("this is me"), Text("next"), held=Text("hold: drills"))
    hint = NOBODY_KEPT if can_be[at] == ANONYMOUS else KEPT
    if not gates.room:
        hint = Text("{hint} There is room for no more: kiosk forget NAME makes some.", hint=hint)
    return scene.Who(ITEMS[Page.WHO], names, at, hint, keys)


def without_eyes(picture: scene.Picture, trouble: Trouble) -> scene.Picture:
    """``picture`` while the camera is lost by ``trouble``: of what needs eyes nothing goes on, which is said, large."""
    if not isinstance(picture, NEEDS_EYES):
        return picture
    keys = scene.Keys(select=Text("finish") if isinstance(picture, scene.Working) else Text("drills"))
    return scene.Failing(Text("The mirror cannot see"), trouble.text, CHECK_CAMERA, keys)


def trying(session: Trying, t: float) -> scene.Trying:
    """Buttons and lamps tried out at ``t`` seconds: each lamp has its turn."""
    lamp, word = LAMPS[int(max(t - session.since, 0.0) / LAMP_FOR) % len(LAMPS)]
    return scene.Trying(
        ITEMS[Page.TRYING],
        Text("Press each button once. Hold the middle one to leave."),
        session.pressed,
        session.pressed[-1] if session.pressed else None,
        lamp,
        word,
        scene.Keys(Text("previous"), Text("select"), Text("next"), held=Text("hold: drills")),
    )
