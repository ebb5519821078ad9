"""Which one thing to say after a repetition (biomechanics 2.5): what matters most, said rarely, in other words when the
first have not helped; praise when it is mended; and now and then a reminder of what the mirror cannot see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import FaultFound, Hold, Light, Rep
from kiosk.text import Text

#: Seconds between two cues: a listener who is moving cannot follow more.
APART = 4.0
#: Times one cue is said in a set, and times its other wording; then something easier is offered once, then silence.
REPEATS, AGAIN = 3, 2
#: Green repetitions that make a mended fault.
MENDED = 2
#: Repetitions looked back over for what was mended.
LOOK_BACK = 12
#: Every so many repetitions comes a reminder of what cannot be seen.
REMIND_EVERY = 3

BETTER = Text("Better!")


@dataclass(frozen=True, slots=True)
class Cue:
    """One sentence for the person at ``t`` seconds.

    ``key`` of the fault it is about; ``praise`` when it was mended; ``reminder`` when it is about something unseen,
    which has no fault.
    """

    t: float
    key: str
    text: Text
    praise: bool = False
    reminder: bool = False


def choose_cue(
    drill: Drill,
    closed: Sequence[Rep | Hold],
    lights: tuple[Light, ...],
    said: tuple[Cue, ...],
    easier: str = "",
    reminded: int = 0,
) -> Cue | None:
    """The cue after the last of ``closed``, the set's repetitions, or None when silence is better.

    ``lights`` are those after it, ``said`` the set's cues so far, oldest first; ``easier`` is the title of the drill to
    fall back on, ``reminded`` the number of reminders in the sets before this one.  Only faults whose light the drill's
    ``lights`` show are spoken of.  Red goes before amber; within a level the order of the drill's faults decides.
    """
    now = closed[-1]
    if said and now.end - said[-1].t < APART:
        return None
    if key := _mended(closed, said):
        return Cue(now.end, key, BETTER, praise=True)
    lit = {name for name, state in zip(drill.lights, lights, strict=True) if state in (Light.RED, Light.AMBER)}
    due = [fault for fault in now.faults if fault.light in lit]
    for fault in sorted(due, key=lambda fault: fault.level is not Light.RED):
        if text := _wording(fault, said, easier):
            return Cue(now.end, fault.key, text)
    return None if due else _reminder(drill, closed, reminded + sum(cue.reminder for cue in said))


def _wording(fault: FaultFound, said: tuple[Cue, ...], easier: str) -> Text:
    """What is said of ``fault`` this time, "" when enough was."""
    again = AGAIN if fault.again else 0
    times = sum(cue.key == fault.key and not cue.praise for cue in said)
    if times < REPEATS:
        return Text(fault.cue)
    if times < REPEATS + again:
        return Text(fault.again)
    return next_time(easier) if easier and times == REPEATS + again else Text("")


def next_time(easier: str) -> Text:
    """That the drill called ``easier`` would be better next time."""
    return Text("Next time the easier one: {title}.", title=Text(easier))


def _mended(closed: Sequence[Rep | Hold], said: tuple[Cue, ...]) -> str:
    """The key of a fault that was red or spoken of and has now been green for MENDED repetitions, "" if there is none.

    Repetitions in which it could not be judged tell nothing.
    """
    closed = closed[-LOOK_BACK:]
    found = {fault.key for one in closed[:-1] for fault in one.faults}
    spoken = {cue.key for cue in said if not cue.praise}
    for key in sorted(found):
        judged = [_levels(one, key) for one in closed if key not in one.not_seen]
        before, late = judged[:-MENDED], judged[-MENDED:]
        newly = bool(before and before[-1]) and not any(late) and key not in closed[-1].not_seen
        if newly and (key in spoken or any(Light.RED in levels for levels in before)):
            return key
    return ""


def _levels(one: Rep | Hold, key: str) -> list[Light]:
    return [fault.level for fault in one.faults if fault.key == key]


def _reminder(drill: Drill, closed: Sequence[Rep | Hold], reminded: int) -> Cue | None:
    """Every REMIND_EVERY repetitions the next of the drill's reminders, of which ``reminded`` were given."""
    if len(closed) % REMIND_EVERY or not drill.reminders:
        return None
    reminder = Text(drill.reminders[reminded % len(drill.reminders)])
    return Cue(closed[-1].end, "", reminder, reminder=True)
