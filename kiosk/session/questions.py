"""What is asked after a set: what no camera can know (biomechanics 1.2, 6.3).  Any of it may be left unanswered."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.drill import Drill
from kiosk.text import Text

#: The answers of a question that each button answers in its own way, from the first button to the last.
NO, PARTLY, YES = 0, 1, 2
#: The end of the pain scale.
WORST = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its ``key`` (the field of a set done in which the answer is kept) and its ``text``.

    ``most``: the end of the scale it is answered on, from 0; None when each button has an answer: NO, PARTLY, YES.
    """

    key: str
    text: Text
    most: int | None = None


#: The key of the question whose answer tells the mirror when a back is long.
LONG_BACK = "long_back"
#: Keys of the questions that a drill declares.
OF_DRILL = ("touching", LONG_BACK, "felt")

PAIN = Question("pain", Text("Did anything hurt?"), most=WORST)


def questions_for(drill: Drill) -> tuple[Question, ...]:
    """What may be asked after a set of ``drill``, in this order; of pain always."""
    own = [Question(key, Text(text)) for key in OF_DRILL if (text := getattr(drill, key))]
    return (PAIN, *own)
