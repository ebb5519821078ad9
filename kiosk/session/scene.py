"""A scene: all there is to be seen, as one plain value.  The screen paints it; equal scenes need no new paint.

Every word on the screen is a `Text` in here, so that it can be said in another language; a plain str is a key.
What pictures are put together of is in `parts.py`, those between sets are in `leaves.py`, those at the sink in
`sink/scenes.py`; all are found here, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import Rung, View
from kiosk.session.leaves import Failing, History, More, Question, TrendRow, Trying, Welcome, Who
from kiosk.session.parts import (
    NO_KEYS,
    BackLine,
    FormLight,
    Keys,
    Move,
    Movement,
    Outline,
    Profile,
    RepBar,
    Replay,
    Touch,
)
from kiosk.session.sink.scenes import Framing, Glass, Leaning, Leant, Teaching
from kiosk.text import Text
from kiosk.trouble import Trouble

__all__ = (
    "BackLine", "Failing", "FormLight", "Framing", "Glass", "History", "Keys", "Leaning", "Leant", "More", "Move",
    "Movement", "Outline", "Profile", "Question", "RepBar", "Replay", "Teaching", "Touch", "TrendRow", "Trying",
    "Welcome", "Who",
)  # fmt: skip

#: The greatest depth shown: the bar ends a quarter past the usual bottom.
DEEPEST = 1.25


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
    keys: Keys = NO_KEYS
    title: Text = Text("Choose a drill")
    rung: Text = Text("")


#: What the rungs of the ladder are called once they are climbed: in view, turned right, all seen, still.
RUNGS = Text("in view"), Text("turned"), Text("all seen"), Text("still")


@dataclass(frozen=True, slots=True)
class GettingReady:
    """The ladder: which ``rung`` the person has to climb next, said in ``text``; ``hint`` is a second, smaller line.

    ``start`` is the posture it leads to (a key of STARTS), seen in ``view``; ``outline``: where to step into it, None
    where their reflection is not on the lit area; ``move``: which way first.  ``rungs``: what each is called.
    ``back``: their own back beside a stick, while it is seen in a drill that judges it.
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
    back: BackLine | None = None


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Keep still; ``share`` 0..1 in steps of 0.05; ``hint``: a smaller line, or ""; ``outline`` as in GettingReady.

    ``back``: their own back beside a stick, while it is seen in a drill that judges it; else ``back_unseen`` may say
    what to do so that it is.
    """

    title: Text
    text: Text
    share: float
    hint: Text = Text("")
    outline: Outline | None = None
    back: BackLine | None = None
    back_unseen: Text = Text("")


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
    keys: Keys = NO_KEYS


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
    keys: Keys = NO_KEYS


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
    keys: Keys = NO_KEYS


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
    | Glass
    | Leaning
    | Leant
    | Framing
    | Teaching
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
