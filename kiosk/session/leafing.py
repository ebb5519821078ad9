"""Leafing: what moves the mirror between sets: the welcome, and what else there is beside drills."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.drills import DRILLS
from kiosk.scoring.verdict import Rung, Verdict
from kiosk.session.events import Action, Event, Press, Tick
from kiosk.session.progress import FREE, Gates
from kiosk.session.states import (
    NOBODY,
    Choosing,
    Dark,
    GettingReady,
    Leaf,
    LookingBack,
    More,
    Page,
    Plan,
    Presence,
    Session,
    Trying,
    Welcome,
    Who,
)

#: Seconds somebody stands ready before the welcome, who has no hand free to answer it, until the drill begins: enough
#: to read it, or to hear it read out, which takes up to 29 s (espeak-ng in German).
READ_FOR = 35.0
#: Seconds without a press after which a page is left for the dark; of the welcome, which takes longer to read.
LEAF_FOR, WELCOME_FOR = 30.0, 90.0
#: Presses that are remembered while buttons are tried out; nothing shows more.
TRIED = 12

PAGES = tuple(Page)
#: What can be chosen beside the profiles there are: another one, as long as there is room, and to be nobody.
NEW, ANONYMOUS = "+", ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided: which ``profile`` they are (NEW, ANONYMOUS or a name; None: said nothing of it), or
    whether a ``health`` question applies to them (None: did not answer)."""

    profile: str | None = None
    health: bool | None = None


def decided(before: Session, event: Event, gates: Gates) -> Decision | None:
    """What was decided by ``event`` in the session ``before``, if anything."""
    match before, event:
        case Who(choice=choice), Press(action=Action.SELECT):
            return Decision(profile=choices(gates)[choice % len(choices(gates))])
        case Welcome(), Press(action=Action.PREVIOUS):
            return Decision(health=True)
        case Welcome(), Press(action=Action.NEXT):
            return Decision(health=False)
    return None


def choices(gates: Gates) -> tuple[str, ...]:
    """Who somebody can say they are: nobody, the profiles there are, another one where there is room."""
    known = gates.profiles if gates.who in (ANONYMOUS, *gates.profiles) else (*gates.profiles, gates.who)
    return (ANONYMOUS, *known, *((NEW,) if gates.room else ()))


def leaf(session: Leaf, event: Event, gates: Gates) -> Session:
    """The session after ``event``, from a page that is leafed through."""
    limit = WELCOME_FOR if isinstance(session, Welcome) else LEAF_FOR
    index, presence = session.index, session.presence
    match session, event:
        case Welcome(), Verdict():
            stands = event.rung in (Rung.STILL, Rung.READY)
            ready = None if not stands else event.t if session.ready is None else session.ready
            return session if ready == session.ready else replace(session, ready=ready)
        case Welcome(), Tick(t=t) if session.ready is not None and t - max(session.ready, session.touched) > READ_FOR:
            return begin(index, t, presence)
        case Welcome(), Press(t=t, action=Action.NEXT):
            return begin(index, t, presence)
        case Welcome(), Press(t=t, action=Action.PREVIOUS) if DRILLS[index].level <= FREE:
            return begin(index, t, presence)
        case Welcome(), Press(t=t, action=action):
            return Choosing(index, t, presence, by_hand=True, asked=action is Action.PREVIOUS)

        case _, Tick(t=t) if t - session.touched > limit:
            return Dark(index, t, presence)

        case Trying(pressed=pressed), Press(t=t, action=action) if action is not Action.BACK:
            return replace(session, touched=t, pressed=(*pressed, action)[-TRIED:])
        case More(), Press(t=t, action=Action.PREVIOUS | Action.NEXT as action):
            return replace(session, touched=t, item=(session.item + _step(action)) % len(PAGES))
        case More(), Press(t=t, action=Action.SELECT):
            return _open(PAGES[session.item], index, t, presence, gates)
        case Who(), Press(t=t, action=Action.PREVIOUS | Action.NEXT as action):
            return replace(session, touched=t, choice=(session.choice + _step(action)) % len(choices(gates)))
        case LookingBack(), Press(t=t, action=Action.PREVIOUS | Action.NEXT as action):
            return replace(session, touched=t, page=session.page + _step(action))
        case _, Press(t=t):
            return Choosing(index, t, presence, by_hand=True)
    return session


def begin(index: int, t: float, presence: Presence = NOBODY, *, open_set: bool = False) -> GettingReady:
    """Drill ``index`` begins at ``t`` seconds; an open set has no target and goes on until it is ended."""
    return GettingReady(Plan(index, None if open_set else DRILLS[index].reps), t, presence)


def _step(action: Action) -> int:
    return 1 if action is Action.NEXT else -1


def _open(page: Page, index: int, t: float, presence: Presence, gates: Gates) -> Session:
    match page:
        case Page.WHO:
            return Who(index, t, presence, choices(gates).index(gates.who))
        case Page.HISTORY:
            return LookingBack(index, t, presence)
        case Page.TRYING:
            return Trying(index, t, presence, since=t)
        case Page.DARK:
            return Dark(index, t, presence)
        case Page.DRILLS:
            return Choosing(index, t, presence, by_hand=True)
