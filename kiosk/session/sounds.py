"""What is to be heard of what the mirror does: a short signal, words, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.scoring.drill import Drill
from kiosk.session import scene
from kiosk.session.asking import ease
from kiosk.session.counting import LAST_ONE, TOO_NEAR, TOO_RED
from kiosk.session.cues import BETTER, next_time
from kiosk.session.ladder import BEGIN
from kiosk.session.progress import easier_than
from kiosk.session.questions import questions_for
from kiosk.session.scene import Picture
from kiosk.session.show import FALL, OTHER_LEG, REST, TURN_ROUND, held_out
from kiosk.session.states import (
    Asking,
    GettingReady,
    Questioning,
    Resting,
    Session,
    Summary,
    Switching,
    Working,
    newly_said,
    set_of,
)
from kiosk.text import Text, series

#: Seconds an instruction stands before it is read out: what is followed sooner needs no words, and it takes time to be
#: spoken.  Seconds until the same one is read out again.
SETTLED, AGAIN_AFTER = 1.5, 15.0


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
    words: tuple[Text, ...] = ()
    hush: bool = False
    soon: Text = Text("")


class Teller:
    """Follows a session and its pictures, and tells what is to be heard of them.

    Cues are spoken at once.  Instructions (how to stand, why nothing is counted) are read out when they have stood for
    a while, and not over and over.
    """

    def __init__(self, session: Session, picture: Picture) -> None:
        self._session, self._picture = session, picture
        self._instruction, self._since = Text(""), 0.0
        self._read: dict[Text, float] = {}

    def step(self, session: Session, picture: Picture, t: float) -> Heard:
        """What is to be heard when the session has become ``session``, shown by ``picture`` at ``t`` seconds.

        Of several signals at once it is the one that changes most for the person.
        """
        before, shown, self._session, self._picture = self._session, self._picture, session, picture
        changed = _is_new(shown, picture)
        held = _held_out(shown, picture)
        words = [cue.text for cue in newly_said(before, session)]
        words += [held_out(held)] if held else []
        words += _announced(picture) if changed else []
        soon = self._follow(_instruction(picture), t)
        words += self._read_out(t)
        return Heard(_earcon(before, session, held, shown), tuple(words), changed, soon)

    def _follow(self, instruction: Text, t: float) -> Text:
        """The ``instruction`` when it is a new one, else ""."""
        if instruction == self._instruction:
            return Text("")
        self._instruction, self._since = instruction, t
        return instruction

    def _read_out(self, t: float) -> list[Text]:
        self._read = {text: since for text, since in self._read.items() if t - since < AGAIN_AFTER}
        settled = self._instruction and t - self._since >= SETTLED
        if not settled or self._instruction in self._read:
            return []
        self._read[self._instruction] = t
        return [self._instruction]


def phrases(drill: Drill) -> tuple[Text, ...]:
    """All that may have to be said at once while ``drill`` is done, the likeliest first."""
    easier = easier_than(drill)
    sentences = [BEGIN, BETTER, *(Text(fault.cue) for fault in drill.faults), *map(Text, drill.reminders)]
    sentences += [Text(fault.again) for fault in drill.faults if fault.again]
    sentences += [LAST_ONE, REST, TOO_RED, FALL[0]]
    sentences += [held_out(round(drill.hold_s))] if drill.hold_s else []
    sentences += [TURN_ROUND[0], OTHER_LEG[0]] if drill.side_by else []
    sentences += [TOO_NEAR] if drill.alone else []
    sentences += [*(question.text for question in questions_for(drill)), ease(drill)]
    sentences += [next_time(easier.title)] if easier else []
    return tuple(dict.fromkeys(sentences))


def _earcon(before: Session, after: Session, held: int, shown: Picture) -> Earcon | None:
    match before, after:
        case Working() | Switching(), Resting() | Asking() | Questioning() | Summary():
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


def _is_new(shown: Picture, showing: Picture) -> bool:
    """Something else is shown, or something else asked."""
    if isinstance(shown, scene.Question) and isinstance(showing, scene.Question):
        return shown.text != showing.text
    return type(shown) is not type(showing)


def _announced(picture: Picture) -> list[Text]:
    """What is said when ``picture`` comes up."""
    match picture:
        case scene.Working():
            return [BEGIN]
        case (
            scene.Switching(text=text) | scene.Resting(text=text) | scene.Asking(text=text) | scene.Question(text=text)
        ):
            return [text]
    return []


def _instruction(picture: Picture) -> Text:
    """What ``picture`` asks of the person, or why nothing is counted; "" when all is well."""
    match picture:
        case scene.GettingReady(text=text) | scene.Working(paused=text):
            return text
        case scene.Welcome(ask=ask, questions=questions):
            return series((ask, *questions), " ")
    return Text("")
