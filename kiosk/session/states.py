"""What the mirror can be doing: one small value for each, each carrying its own data.  Times are seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Calibration, Hold, Light, Phase, Refusal, Rep, Verdict, View
from kiosk.session.cues import Cue
from kiosk.session.events import Action
from kiosk.session.questions import Question
from kiosk.text import Text

#: Seconds the view must have been empty before somebody counts as newly come; shorter gaps are the model's.
EMPTY_FOR = 3.0


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is in view, ``since`` when, and how long the opposite had lasted ``before``."""

    somebody: bool = False
    since: float = 0.0
    before: float = EMPTY_FOR

    def after(self, verdict: Verdict) -> Presence:
        """Presence once ``verdict`` is known."""
        somebody = verdict.phase is not Phase.NO_PERSON
        if somebody == self.somebody:
            return self
        return Presence(somebody, verdict.t, verdict.t - self.since)

    def lost(self, t: float) -> Presence:
        """Presence where nothing has been looked at since ``t``: whoever was in view then may have gone."""
        return Presence(False, t, t - self.since) if self.somebody else self


NOBODY = Presence()


@dataclass(frozen=True, slots=True)
class Plan:
    """Which set of drill ``index``: ``number`` 1.. of the dose, after the sets ``before`` it.

    ``target`` repetitions (or holds), on each side of a one-sided drill; None: an open set, which goes on until it is
    ended.  ``strikes``: pauses taken because too much was red.  ``pain``: of the set done right before the dose, where
    it is known.
    """

    index: int
    target: int | None
    number: int = 1
    before: tuple[Working, ...] = ()
    strikes: int = 0
    pain: int | None = None

    @property
    def drill(self) -> Drill:
        """The drill planned."""
        return DRILLS[self.index]

    @property
    def view(self) -> View:
        """How to stand for this set: the second one of a drill that has a front set is done facing the mirror."""
        views = self.drill.views
        return views[1] if self.number == 2 and len(views) > 1 else views[0]

    def after(self, working: Working) -> Plan | None:
        """The plan once the set ``working`` is done: the next set, or None after the last one and in an open set."""
        if self.target is None or self.number >= self.drill.sets:
            return None
        return replace(working.plan, number=self.number + 1, before=(*self.before, working))


class _OfPlan:
    """Belongs to the set of a ``plan``."""

    __slots__ = ()
    plan: Plan

    @property
    def index(self) -> int:
        """The drill's."""
        return self.plan.index


class _OfSet:
    """Comes after the set ``done``, or in the middle of it."""

    __slots__ = ()
    done: Working

    @property
    def index(self) -> int:
        """The drill's."""
        return self.done.index


@dataclass(frozen=True, slots=True)
class Dark:
    """Nothing lit since ``since``, when it forgot who was there; ``index`` is the drill that will be offered.

    ``off``: it was switched off by hand, and nothing but a press wakes it.
    """

    index: int
    since: float
    presence: Presence = NOBODY
    off: bool = False


@dataclass(frozen=True, slots=True)
class Choosing:
    """Drill ``index`` is offered.

    ``touched``: the last press or the wake-up, ``by_hand`` if it was a press.  ``ready``: since when somebody stands as
    the drill wants; that begins it only when ``armed``: not for whoever has just let a set pass.  ``asked``: select was
    pressed on a drill that is locked or has to be confirmed.
    """

    index: int
    touched: float
    presence: Presence = NOBODY
    by_hand: bool = False
    ready: float | None = None
    armed: bool = True
    asked: bool = False


@dataclass(frozen=True, slots=True)
class GettingReady(_OfPlan):
    """On the ladder before the set of ``plan``, since ``since``."""

    plan: Plan
    since: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Calibrating(_OfPlan):
    """In the start posture and still; fields as GettingReady."""

    plan: Plan
    since: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Sighting:
    """How well the person is seen: the ``share`` of late poses at ``t`` that could be judged, ``poor`` since when."""

    t: float
    share: float = 1.0
    poor: float | None = None


@dataclass(frozen=True, slots=True)
class Working(_OfPlan):
    """A set under way, begun at ``since``.

    ``moved``: when the last movement was.  ``side``: the one at work in a one-sided drill, "left" or "right", else "".
    ``closed``: its repetitions or holds; ``reps`` counts those that reach the dose, ``left`` and ``right`` by working
    side.  ``lights`` after the last one, which was seen in ``view`` and measured from ``calibration``; ``said`` and
    ``refused``, oldest first.  ``reds``: red repetitions in a row up to now; ``last``: the next one ends the set.
    ``stopped``: why it was ended early, or ""; ``scored``: False when it was stopped at once.  ``answers``: what was
    answered to the questions after it, by their keys.
    """

    plan: Plan
    since: float
    moved: float
    presence: Presence = NOBODY
    side: str = ""
    closed: tuple[Rep | Hold, ...] = ()
    reps: int = 0
    left: int = 0
    right: int = 0
    lights: tuple[Light, ...] = ()
    view: View = View.SIDE
    calibration: Calibration | None = None
    said: tuple[Cue, ...] = ()
    refused: tuple[Refusal, ...] = ()
    reds: int = 0
    last: bool = False
    stopped: Text = Text("")
    scored: bool = True
    sighting: Sighting = Sighting(0.0)
    answers: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """What the person counts: of a one-sided drill that of the side at work."""
        return {"left": self.left, "right": self.right}.get(self.side, self.reps)


@dataclass(frozen=True, slots=True)
class Switching(_OfSet):
    """One side of the set ``done`` is done, ``side`` comes now; ``facing`` was the first side's."""

    done: Working
    side: str
    facing: int
    since: float
    presence: Presence = NOBODY

    @property
    def turns(self) -> bool:
        """The side that works is to be nearest the mirror; who lies, or faces it, only takes the other leg."""
        return self.done.view is View.SIDE and not self.done.plan.drill.lying


@dataclass(frozen=True, slots=True)
class Resting(_OfSet):
    """A rest until ``until``, then the set ``then``; or a pause of the set ``done``, which goes on when it is None.

    ``why`` says why it was paused, "" in the rest between two sets; ``offers``: something easier is offered instead.
    """

    done: Working
    then: Plan | None
    since: float
    until: float
    presence: Presence = NOBODY
    why: Text = Text("")
    offers: bool = False


@dataclass(frozen=True, slots=True)
class Asking(_OfSet):
    """Somebody seems to have fallen in the set ``done``: are they all right?"""

    done: Working
    since: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Summary(_OfSet):
    """What came of the drill whose last set was ``done``, shown since ``since``."""

    done: Working
    since: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Questioning(_OfSet):
    """The set ``done`` is over: ``questions`` still to be answered, the first of them now, since ``since``.

    ``value``: the answer pointed at, of one that is answered on a scale.  ``then``: what comes when they are.
    """

    done: Working
    then: Resting | Summary
    questions: tuple[Question, ...]
    since: float
    presence: Presence = NOBODY
    value: int = 0


@dataclass(frozen=True, slots=True)
class _BetweenSets:
    """A page to leaf through: ``index`` is the drill to go back to, ``touched`` the last press."""

    index: int
    touched: float
    presence: Presence = NOBODY


@dataclass(frozen=True, slots=True)
class Welcome(_BetweenSets):
    """Before somebody's first set: what the mirror is, and the health questions; drill ``index`` is to begin then.

    ``touched``: the last press; ``ready`` as in Choosing.
    """

    ready: float | None = None


class Page(StrEnum):
    """What else there is beside drills."""

    WHO = "who"
    HISTORY = "history"
    TRYING = "trying"
    DARK = "dark"
    DRILLS = "drills"


@dataclass(frozen=True, slots=True)
class More(_BetweenSets):
    """The list of pages, the ``item``-th chosen."""

    item: int = 0


@dataclass(frozen=True, slots=True)
class Who(_BetweenSets):
    """Who is here: the ``choice``-th of what can be chosen."""

    choice: int = 0


@dataclass(frozen=True, slots=True)
class LookingBack(_BetweenSets):
    """Page ``page`` of the history."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Trying(_BetweenSets):
    """Buttons and lamps are tried out since ``since``: ``pressed`` so far, the latest last."""

    since: float = 0.0
    pressed: tuple[Action, ...] = ()


Leaf = Welcome | More | Who | LookingBack | Trying
Session = (
    Dark | Choosing | GettingReady | Calibrating | Working | Switching | Resting | Asking | Questioning | Summary | Leaf
)


def drill_of(session: Session) -> Drill:
    """The drill offered, under way or just done."""
    return DRILLS[session.index]


def set_of(session: Session) -> Working | None:
    """The set under way, interrupted or just done, if there is one."""
    match session:
        case Working():
            return session
        case Switching() | Resting() | Asking() | Questioning() | Summary():
            return session.done
    return None


def newly_said(before: Session, after: Session) -> tuple[Cue, ...]:
    """Cues of the set that were not there before ``after``."""
    old, new = set_of(before), set_of(after)
    if old and new and old.since == new.since:
        return new.said[len(old.said) :]
    return new.said if new and isinstance(after, Working) else ()
