"""What came of a run of the mirror: the line it prints last."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field
from functools import partial
from statistics import median
from typing import Any

from kiosk.scoring.verdict import Verdict
from kiosk.trouble import Trouble

#: What is listed at most of each kind, the latest: a mirror that runs for a year must not grow.
KEPT = 100


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of one run.

    ``drill`` is the one offered first.  ``reps`` and ``holds`` were done, the holds for ``held_s`` seconds in green or
    amber; of one-sided drills so many ``left`` and ``right``.  ``scores`` are those of what was judged (the latest
    KEPT), their median is told as the score.  ``scenes`` counts passes of the loop, ``entered`` names the pictures in
    their order; ``passes`` are the model's at each frame, at the end; ``first_pixels_s`` and ``ready_s`` count from the
    program's start.
    """

    drill: str
    camera: str
    model: str
    display: str
    reps: int = 0
    holds: int = 0
    held_s: float = 0.0
    left: int = 0
    right: int = 0
    scores: deque[int] = field(default_factory=partial(deque, maxlen=KEPT))
    scenes: int = 0
    frames: int = 0
    passes: int = 0
    poses_per_s: float = 0.0
    seconds: float = 0.0
    entered: deque[str] = field(default_factory=partial(deque, maxlen=KEPT))
    troubles: deque[Trouble] = field(default_factory=partial(deque, maxlen=KEPT))
    first_pixels_s: float = 0.0
    ready_s: float | None = None
    rss_mb: float = 0.0

    def count(self, verdict: Verdict) -> None:
        """Add the repetition or hold that ``verdict`` closes, if it closes one."""
        closed = verdict.rep or verdict.hold
        if closed is None:
            return
        if verdict.hold:
            self.holds += 1
            self.held_s = round(self.held_s + verdict.hold.green_s + verdict.hold.amber_s, 2)
        else:
            self.reps += 1
        if verdict.left or verdict.right:  # of a drill that is done one side at a time
            self.left += closed.side == "left"
            self.right += closed.side == "right"
        if closed.score is not None:
            self.scores.append(closed.score)

    def told(self) -> dict[str, Any]:
        """As plain values, the scores as one."""
        plain = asdict(self)
        scores = plain.pop("scores")
        plain["score"] = round(median(scores)) if scores else None
        plain["entered"] = list(self.entered)
        plain["troubles"] = [{"key": each.key, "text": str(each.text)} for each in self.troubles]
        return plain
