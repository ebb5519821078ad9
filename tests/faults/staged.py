"""`kiosk run` in a process of its own, brought into one scene at once: ``python staged.py SCENE [more words]``.

Says ``there`` on standard output as soon as that scene is shown, then goes on as ever.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from test_session import PLANS, QUESTIONS, working

from kiosk import __main__, app
from kiosk.mirror import Mirror
from kiosk.session.states import (
    Asking,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    LookingBack,
    More,
    Presence,
    Questioning,
    Resting,
    Session,
    Summary,
    Switching,
    Trying,
    Welcome,
    Who,
)


def sessions(t: float) -> dict[str, Session]:
    """Everything the mirror can be doing, begun at ``t`` seconds."""
    here, plan = Presence(True, t), PLANS["hinge"]
    done = working(reps=8, since=t, moved=t, presence=here)
    left = working(PLANS["mobility_deadlift"], 15, since=t, moved=t, presence=here)
    summary = Summary(done, t, here)
    return {
        "Dark": Dark(0, t, here),
        "Choosing": Choosing(plan.index, t, here),
        "Welcome": Welcome(plan.index, t, here),
        "More": More(plan.index, t, here),
        "Who": Who(plan.index, t, here),
        "LookingBack": LookingBack(plan.index, t, here),
        "Trying": Trying(plan.index, t, here, since=t),
        "GettingReady": GettingReady(plan, t, here),
        "Calibrating": Calibrating(plan, t, here),
        "Working": working(since=t, moved=t, presence=here),
        "Switching": Switching(left, "right", 1, t, here),
        "Resting": Resting(done, None, t, t + 60, here),
        "Asking": Asking(done, t, here),
        "Questioning": Questioning(done, summary, QUESTIONS[:1], t, here),
        "Summary": summary,
    }


class Staged(Mirror):
    """A mirror that is in the scene wished for as soon as it has seen something."""

    wish = ""
    is_there = False

    def _go_round(self, now: float) -> None:
        enters = self._pose_number and not self.is_there
        if enters:
            self.coach.session, self.is_there = sessions(now)[self.wish], True
            self.coach._begin()
        super()._go_round(now)
        if enters:
            print("there", type(self.coach.session).__name__, flush=True)


if __name__ == "__main__":
    Staged.wish = sys.argv[1]
    assert Staged.wish in sessions(time.monotonic()), Staged.wish
    app.Mirror = Staged  # type: ignore[misc]
    sys.exit(__main__.main(["run", "--display", "offscreen", "--size", "540x960", "--camera", "figure", *sys.argv[2:]]))
