"""What the doctor looks at, a module for each kind of part; every function answers for one part and changes nothing."""

from typing import Literal

State = Literal["ok", "warning", "failed"]

#: How a part is, what it said for itself, and what to do ("" when nothing).
Answer = tuple[State, str, str]
