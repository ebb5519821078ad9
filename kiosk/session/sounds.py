"""What is to be heard of what the mirror does: a short signal, words, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Rung
from kiosk.session import scene
from kiosk.session.counting import LAST_ONE, TOO_NEAR, TOO_RED
from kiosk.session.cues import BETTER, EASIER
from kiosk.session.progress import easier_than
from kiosk.session.scene import Picture
from kiosk.session.show import FALL, HELD, LADDER, OTHER_LEG, REST, TURN_ROUND
from kiosk.session.states import (
    Asking,
    GettingReady,
    Resting,
    Session,
    Summary,
    Switching,
    Working,
    newly_said,
    set_of,
)

#: Seconds an instruction stands before it is read out: what is followed sooner needs no words, and it takes time to be
#: spoken.  Seconds until the same one is read out again.
SETTLED, AGAIN_AFTER = 1.5, 15.0

BEGIN = LADDER[Rung.READY][0]


class Earcon(StrEnum):
    """A short signal that needs no words."""

    COUNTED = "counted"  # a repetition, or a hold that has lasted long enough
    REFUSED = "refused"  # a movement that is not counted
    BETTER = "better"  # what was spoken of is mended
    SWITCH = "switch"  # something else comes now: the other side, or the set after a rest
    DONE = "done"  # the set is over, or interrupted


@dataclass(frozen=True, slots=True)
class Heard:
    """An ``earcon`` or None, and the sentences to be spoken after one another.

    ``hush``: what is still being said is about something that is over.  ``soon``: what may have to be said shortly.
    """

    earcon: Earcon | None = None
    words: tuple[str, ...] = ()
    hush: bool = False
    soon: str = ""


class Teller:
    """Follows a session and its pictures, and tells what is to be heard of them.

    Cues are spoken at once.  Instructions (how to stand, why nothing is counted) are read out when they have stood for
    a while, and not over and over.
    """

    def __init__(self, session: Session, picture: Picture) -> None:
        self._session, self._picture = session, picture
        self._instruction, self._since = "", 0.0
        self._read: dict[str, float] = {}

    def step(self, session: Session, picture: Picture, t: float) -> Heard:
        """What is to be heard when the session has become ``session``, shown by ``picture`` at ``t`` seconds.

        Of several signals at once it is the one that changes most for the person.
        """
        before, shown, self._session, self._picture = self._session, self._picture, session, picture
        changed = type(shown) is not type(picture)
        held = _held_out(shown, picture)
        words = [cue.text for cue in newly_said(before, session)]
        words += [HELD.format(held)] if held else []
        words += _announced(picture) if changed else []
        soon = self._follow(_instruction(picture), t)
        words += self._read_out(t)
        return Heard(_earcon(before, session, held, shown), tuple(words), changed, soon)

    def _follow(self, instruction: str, t: float) -> str:
        """The ``instruction`` when it is a new one, else ""."""
        if instruction == self._instruction:
            return ""
        self._instruction, self._since = instruction, t
        return instruction

    def _read_out(self, t: float) -> list[str]:
        self._read = {text: since for text, since in self._read.items() if t - since < AGAIN_AFTER}
        settled = self._instruction and t - self._since >= SETTLED
        if not settled or self._instruction in self._read:
            return []
        self._read[self._instruction] = t
        return [self._instruction]


def phrases(drill: Drill) -> tuple[str, ...]:
    """All that may have to be said at once while ``drill`` is done, the likeliest first."""
    easier = easier_than(drill)
    sentences = [BEGIN, BETTER, *(fault.cue for fault in drill.faults), *drill.reminders]
    sentences += [fault.again for fault in drill.faults if fault.again]
    sentences += [LAST_ONE, REST, TOO_RED, FALL[0]]
    sentences += [HELD.format(round(drill.hold_s))] if drill.hold_s else []
    sentences += [TURN_ROUND[0], OTHER_LEG[0]] if drill.side_by else []
    sentences += [TOO_NEAR] if drill.alone else []
    sentences += [EASIER.format(easier.title)] if easier else []
    return tuple(dict.fromkeys(sentences))


def _earcon(before: Session, after: Session, held: int, shown: Picture) -> Earcon | None:
    match before, after:
        case Working() | Switching(), Resting() | Asking() | Summary():
            return Earcon.DONE
        case (Working(), Switching()) | (Resting(), GettingReady() | Working()):
            return Earcon.SWITCH
    if any(cue.praise for cue in newly_said(before, after)):
        return Earcon.BETTER
    old, new = set_of(before), set_of(after)
    if old is None or new is None or old.since != new.since:
        return None
    if held or (new.reps > old.reps and not _is_held_out(shown)):
        return Earcon.COUNTED
    return Earcon.REFUSED if new.refused != old.refused else None


def _held_out(shown: Picture, showing: Picture) -> int:
    """Seconds held, at the moment when they are enough; else 0."""
    newly = _is_held_out(showing) and not _is_held_out(shown)
    return showing.clock.target if newly and isinstance(showing, scene.Working) and showing.clock else 0


def _is_held_out(picture: Picture) -> bool:
    clock = picture.clock if isinstance(picture, scene.Working) else None
    return clock is not None and clock.seconds >= clock.target


def _announced(picture: Picture) -> list[str]:
    """What is said when ``picture`` comes up."""
    match picture:
        case scene.Working():
            return [BEGIN]
        case scene.Switching(text=text) | scene.Resting(text=text) | scene.Asking(text=text):
            return [text]
    return []


def _instruction(picture: Picture) -> str:
    """What ``picture`` asks of the person, or why nothing is counted; "" when all is well."""
    match picture:
        case scene.GettingReady(text=text) | scene.Working(paused=text):
            return text
    return ""
