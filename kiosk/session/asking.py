"""Asking after a set, and what the answers change: pain makes it easier, or ends it for today (biomechanics 6.3)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Drill
from kiosk.session.events import Action, Event, Press, Signal
from kiosk.session.own_back import may_be_long
from kiosk.session.progress import Gates, easier_than
from kiosk.session.questions import LONG_BACK, NO, PAIN, PARTLY, WORST, YES, Question, questions_for
from kiosk.session.results import adds_up, medians_of_back
from kiosk.session.states import Questioning, Resting, Session, Summary, Switching, Working
from kiosk.text import Text

#: Seconds a question waits for a press: whoever cannot come to the buttons now is not kept waiting for their rest.
ANSWER_FOR = 12.0
#: Pain from which something easier is offered, from which it is enough for today, and by how much it may not rise from
#: set to set (biomechanics 6.3).
EASE_FROM, ENOUGH_FROM, RISES_BY = 3, 5, 2

NOT_TODAY = Text("Not today: it hurt. Rest, and ask a professional if it stays.")

ANSWERS = {Action.PREVIOUS: NO, Action.SELECT: PARTLY, Action.NEXT: YES}


def ask_after(before: Session, after: Session, event: Event, gates: Gates) -> Session:
    """``after``, or first the questions, when ``event`` has ended a set in which something was done.

    Not of a set that a sign has stopped at once, of an open one, of a pause within one, or where hands are wet.
    """
    if isinstance(event, Signal):
        return after
    match before, after:
        case Working() | Switching() | Resting(then=None), Resting(then=None):
            return after
        case Working() as old, Resting(done=done) | Summary(done=done) if done.since == old.since:
            pass
        case ((Switching(done=old) | Resting(done=old, then=None)), Summary(done=done)) if done.since == old.since:
            pass
        case _:
            return after
    if not done.closed or done.plan.target is None or adds_up(done.plan.drill):
        return after
    return Questioning(done, after, _questions_after(done, gates), event.t, after.presence)


def answer(asking: Questioning, press: Press) -> Session:
    """What becomes of the question with a ``press``."""
    question, action = asking.questions[0], press.action
    if action is Action.BACK:
        return go_on(asking, press.t)
    if question.most is None:
        return _answered(asking, ANSWERS[action], press.t)
    if action is Action.SELECT:
        return _answered(asking, asking.value, press.t)
    step = 1 if action is Action.NEXT else -1
    return replace(asking, value=min(max(asking.value + step, 0), question.most), since=press.t)


def go_on(asking: Questioning, t: float) -> Resting | Summary:
    """What comes after the questions, answered or not, in the light of what was answered."""
    done, then = asking.done, asking.then
    if is_enough(done):
        return Summary(replace(done, stopped=NOT_TODAY), t, asking.presence)
    if isinstance(then, Summary):
        return replace(then, done=done, since=t, presence=asking.presence)
    hurts = is_eased(done)
    return replace(
        then,
        done=done,
        then=done.plan.after(done),
        presence=asking.presence,
        why=ease(done.plan.drill) if hurts else then.why,
        offers=hurts or then.offers,
    )


def is_enough(done: Working) -> bool:
    """It hurt too much in the set ``done``, or more than in the one before, to go on today."""
    pain = pain_of(done)
    return pain is not None and (pain >= ENOUGH_FROM or pain - _pain_before(done) >= RISES_BY)


def is_eased(done: Working) -> bool:
    """It hurt a little in the set ``done``: something easier is to be offered."""
    pain = pain_of(done)
    return pain is not None and pain >= EASE_FROM and not is_enough(done)


def ease(drill: Drill) -> Text:
    """What is said after a set of ``drill`` that hurt a little."""
    easier = easier_than(drill)
    if easier is None:
        return Text("Some pain: go only as far as it stays comfortable.")
    return Text("Some pain: only as far as it stays comfortable, or the easier one: {title}.", title=Text(easier.title))


def pain_of(done: Working) -> int | None:
    """Pain 0 to 10 as answered after the set ``done``, None when it was not."""
    return dict(done.answers).get(PAIN.key)


def _questions_after(done: Working, gates: Gates) -> tuple[Question, ...]:
    """What is asked after the set ``done``: of the back only where the answer tells the mirror something."""
    asked = questions_for(done.plan.drill)
    if gates.asks_back and may_be_long(medians_of_back(done).get("lumbar")):
        return asked
    return tuple(question for question in asked if question.key != LONG_BACK)


def _answered(asking: Questioning, value: int, t: float) -> Session:
    question, *rest = asking.questions
    done = replace(asking.done, answers=(*asking.done.answers, (question.key, value)))
    asking = replace(asking, done=done, questions=tuple(rest), since=t, value=0)
    return asking if rest and not is_enough(done) else go_on(asking, t)


def _pain_before(done: Working) -> int:
    """Pain after the set before, or the most there is where nobody said: then it cannot have risen."""
    before = [pain for each in done.plan.before if (pain := pain_of(each)) is not None]
    before = before or [WORST if done.plan.pain is None else done.plan.pain]
    return before[-1]
