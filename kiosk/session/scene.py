"""A scene: all there is to be seen, as one plain value.  The screen paints it; equal scenes need no new paint.

Every word on the screen is a `Text` in here, so that it can be said in another language; a plain str is a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kiosk.scoring.verdict import Light, Rung, View
from kiosk.session.events import Action
from kiosk.text import Text
from kiosk.trouble import Trouble

#: The greatest depth shown: the bar ends a quarter past the usual bottom.
DEEPEST = 1.25


@dataclass(frozen=True, slots=True)
class Keys:
    """What the three buttons do now; "" is a button that does nothing.

    ``held``: what select does when it is held, in smaller words below that say so: "hold: skip".
    """

    previous: Text = Text("")
    select: Text = Text("")
    next: Text = Text("")
    held: Text = Text("")


@dataclass(frozen=True, slots=True)
class FormLight:
    """One big light: the form group's ``name`` (a key of LIGHTS), its ``state``, and the ``word`` under it."""

    name: str
    state: Light
    word: Text
    label: Text = Text("")


class Movement(NamedTuple):
    """A movement of a stick person, to be shown again and again.

    ``frames`` each hold the 17 keypoints as (x, y), None where unseen; in heights of the standing person, x to the
    right, y down from the crown, the same origin in every frame, the floor at about 1; after them, where they are
    known, the toes of the left and the right foot, then the spine from below; at last the two ends of each of the
    ``things`` used, which are as wide as those say.  ``seconds``: how long once takes.  ``near``: the side of the body
    nearest the onlooker, "left" or "right", or "" seen from the front.
    """

    # no dataclass: there is nothing in its many numbers that could be said in another language
    frames: tuple[tuple[tuple[float, float] | None, ...], ...]
    seconds: float
    near: str = ""
    things: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """One repetition, from its keypoints: the ``label`` above it, its number ``n`` in the dose, ``score`` or None.

    ``fault``: its worst one in words, "" if there was none; ``light``: that of the form group it belongs to, as the
    segment that is lit; ``level`` of it.  ``value``: the size, "38 degrees", of the ``angle`` that is drawn ("trunk",
    "hip", "knee", "shin" or "neck"); both "" where no angle shows what is wrong.  ``moment``: where in the movement it
    had that size, 0 at its beginning to 1 at its end; None for all the time.
    """

    label: Text
    n: int
    score: int | None
    movement: Movement
    fault: Text = Text("")
    light: str = ""
    level: Light = Light.OFF
    value: Text = Text("")
    angle: str = ""
    moment: float | None = None


@dataclass(frozen=True, slots=True)
class RepBar:
    """One repetition in the summary's row: its ``score`` or None, its worst light, its number ``n`` in the dose."""

    score: int | None
    level: Light
    n: int


@dataclass(frozen=True, slots=True)
class Dark:
    """Nothing lit: a mirror."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Choose a drill.  ``titles`` of all drills; ``index`` is the one select would start.

    ``level``: how demanding, which ``rung`` says in words; ``dose`` says how much of it.  ``locked``: it is not open;
    ``note``: why, or what has to be confirmed, or "".
    """

    titles: tuple[Text, ...]
    index: int
    level: int
    summary: Text
    cues: tuple[Text, ...]
    dose: Text = Text("")
    locked: bool = False
    note: Text = Text("")
    keys: Keys = Keys()
    title: Text = Text("Choose a drill")
    rung: Text = Text("")


class Move(StrEnum):
    """Which way to move, as the person sees it in the mirror, so that the camera sees them whole and large."""

    STAY = ""
    LEFT = "left"
    RIGHT = "right"
    CLOSER = "closer"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Outline:
    """Where on the glass somebody sees their own reflection once they stand right.

    ``x`` of the middle of the body, a share of the lit picture's width; ``crown`` of them standing, how far down it is,
    and ``tall``, their height, both shares of the picture's height.  It may reach beyond the lit area.  ``shape``: the
    lit area's height in its widths, by which all this was reckoned.
    """

    x: float
    crown: float
    tall: float
    shape: float


#: What the rungs of the ladder are called once they are climbed: in view, turned right, all seen, still.
RUNGS = Text("in view"), Text("turned"), Text("all seen"), Text("still")


@dataclass(frozen=True, slots=True)
class GettingReady:
    """The ladder: which ``rung`` the person has to climb next, said in ``text``; ``hint`` is a second, smaller line.

    ``start`` is the posture it leads to (a key of STARTS), seen in ``view``; ``outline``: where to step into it, None
    where their reflection is not on the lit area; ``move``: which way first.  ``rungs``: what each is called.
    """

    title: Text
    rung: Rung
    text: Text
    hint: Text
    start: str = "standing"
    view: View = View.SIDE
    outline: Outline | None = None
    move: Move = Move.STAY
    rungs: tuple[Text, ...] = RUNGS


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Keep still; ``share`` 0..1 in steps of 0.05; ``hint``: a smaller line, or ""; ``outline`` as in GettingReady."""

    title: Text
    text: Text
    share: float
    hint: Text = Text("")
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Whole ``seconds`` held so far of the ``target``."""

    seconds: int
    target: int


@dataclass(frozen=True, slots=True)
class Working:
    """A set under way.

    ``depth`` is a position along the bar, 0 standing to 1 usual bottom, at most DEEPEST, in steps of 0.01; None when
    unseen.  ``target`` repetitions or None for an open set.  ``cue`` is the one thing to say now or "".  ``paused``
    says why nothing is counted or judged, or "".  ``unseen`` is a short line of what the mirror cannot see here.
    ``side`` is the one at work, "left", "right" or "".  ``clock``: of a drill that is held; its bar shows the time.
    ``provisional``: one more will be counted if the way back is as it should be.  ``counted`` is what ``reps`` counts,
    ``bar`` what the bar shows.
    """

    title: Text
    reps: int
    target: int | None
    depth: float | None
    lights: tuple[FormLight, ...]
    cue: Text
    praise: bool
    paused: Text
    unseen: Text
    side: Text = Text("")
    clock: Clock | None = None
    provisional: bool = False
    counted: Text = Text("reps")
    bar: Text = Text("depth")


@dataclass(frozen=True, slots=True)
class Switching:
    """Switch sides: ``text`` says how, ``side`` is the one that comes now; ``turn``: the person has to turn round."""

    title: Text
    text: Text
    hint: Text
    side: Text
    turn: bool
    keys: Keys = Keys()


@dataclass(frozen=True, slots=True)
class Resting:
    """A rest or a pause, said in ``text``, with ``seconds`` to go (``share`` 0..1 of it, in steps of 0.05).

    ``result`` is one line of what was done, ``then`` what comes next.
    """

    title: Text
    text: Text
    seconds: int
    share: float
    result: Text
    then: Text
    keys: Keys


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that any button answers; ``hint`` is a second, smaller text."""

    text: Text
    hint: Text
    keys: Keys = Keys()


@dataclass(frozen=True, slots=True)
class Summary:
    """After the last set.  ``score`` 0..100 or None when form could not be judged; ``band`` its word.

    ``counted`` is what ``reps`` counts and how many there were to be ("of 8 reps").  ``next_step`` one line of what to
    do next, or ""; ``better`` what got better, or "".  ``bars``: every repetition in its order; ``replays``: the best
    and the worst of them, or fewer.  ``unseen`` what was not measured; ``refused`` why movements were not counted or
    not judged; ``notes`` of sides, holds and what differs; both together at most five lines.  ``urgent``: what has to
    be done before anything else, or "".
    """

    title: Text
    reps: int
    counted: Text
    score: int | None
    band: Text
    lights: tuple[FormLight, ...]
    next_step: Text
    unseen: Text
    refused: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    better: Text = Text("")
    bars: tuple[RepBar, ...] = ()
    replays: tuple[Replay, ...] = ()
    urgent: Text = Text("")
    keys: Keys = Keys()


@dataclass(frozen=True, slots=True)
class Question:
    """A question after a set: ``text``, a smaller ``hint``.

    ``value`` is the answer pointed at on a scale of 0 to ``most``, whose ends are called ``low`` and ``high``; None for
    a question that each button answers in its own way.
    """

    title: Text
    text: Text
    hint: Text
    keys: Keys
    value: int | None = None
    most: int = 10
    low: Text = Text("")
    high: Text = Text("")


@dataclass(frozen=True, slots=True)
class Welcome:
    """Before somebody's first set: what the mirror is (``text``), whether one of ``questions`` is to be answered with
    yes, and when not to train at all but to get help (``urgent``, its heading ``urgent_title``)."""

    title: Text
    text: Text
    ask: Text
    questions: tuple[Text, ...]
    urgent_title: Text
    urgent: tuple[Text, ...]
    keys: Keys


@dataclass(frozen=True, slots=True)
class More:
    """What else there is: ``items``, the one at ``index`` chosen; the urgent box, which is always one press away."""

    title: Text
    items: tuple[Text, ...]
    index: int
    urgent_title: Text
    urgent: tuple[Text, ...]
    keys: Keys


@dataclass(frozen=True, slots=True)
class Who:
    """Who is here: ``names`` of the profiles and what else can be chosen, the ``index``-th now; ``hint`` on it."""

    title: Text
    names: tuple[str, ...]
    index: int
    hint: Text
    keys: Keys


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One drill in the history: its sets' ``scores`` (medians of late sessions, oldest first, None where not judged),
    ``reps`` in each, what got ``better`` and what to ``work_on``, or ""."""

    title: Text
    scores: tuple[int | None, ...]
    reps: tuple[int, ...]
    better: Text
    work_on: Text


@dataclass(frozen=True, slots=True)
class History:
    """What became of the sets of ``who``; ``rows`` of this page, the latest practised first; ``note`` where there is
    none, or which page this is."""

    title: Text
    who: Text
    rows: tuple[TrendRow, ...]
    note: Text
    keys: Keys


@dataclass(frozen=True, slots=True)
class Failing:
    """The machine can do nothing at all: what is wrong (``text``) and what to ``do``."""

    title: Text
    text: Text
    do: Text
    keys: Keys = Keys()


@dataclass(frozen=True, slots=True)
class Trying:
    """Buttons and lamps tried out: ``pressed`` so far, the ``last`` of them; ``lamp`` is the colour lit just now."""

    title: Text
    text: Text
    pressed: tuple[Action, ...]
    last: Action | None
    lamp: Light
    lamp_word: Text
    keys: Keys


Picture = (
    Dark
    | Choosing
    | GettingReady
    | Calibrating
    | Working
    | Switching
    | Resting
    | Asking
    | Summary
    | Question
    | Welcome
    | More
    | Who
    | History
    | Trying
    | Failing
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and what is laid over it: ``trouble`` of the machine, and the sign that the camera is ``watching``.

    ``figure``: the person watched is the simulated one (said on screen by its ``figure_name``, so that nobody takes it
    for themselves).
    ``demonstration``: the drill that is offered, as a moving stick person.
    """

    picture: Picture
    trouble: Trouble | None = None
    watching: bool = False
    figure: bool = False
    demonstration: Movement | None = None
    figure_name: Text = Text("simulated person")
