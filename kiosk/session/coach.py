"""The coach: scoring loop and session together, without clock or device.  Mirror and replay drive the same coach."""

from __future__ import annotations

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Verdict
from kiosk.session import scene
from kiosk.session.cues import Cue
from kiosk.session.events import Event, Press, Tick
from kiosk.session.session import Choosing, GettingReady, Session, Summary, Working, advance, begin, drill_of
from kiosk.session.show import show


class Coach:
    """Takes poses, presses and ticks; holds the ``session``, the newest ``verdict`` and what was newly ``said``.

    A scorer is made once a set (biomechanics 0.7: every set is calibrated anew) and whenever another drill is offered.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.verdict: Verdict | None = None
        self.said: tuple[Cue, ...] = ()
        self._scorer = Scorer(drill_of(session))

    @classmethod
    def for_mirror(cls, drill: Drill, t: float, *, at_once: bool) -> Coach:
        """A mirror that offers ``drill`` at ``t`` seconds, or begins its set ``at_once``."""
        index = DRILLS.index(drill)
        return cls(begin(index, t) if at_once else Choosing(index, t))

    @classmethod
    def for_replay(cls, drill: Drill) -> Coach:
        """An open set of ``drill`` that lasts as long as the recording."""
        return cls(begin(DRILLS.index(drill), 0.0, open_set=True))

    def take(self, event: Pose | Press | Tick) -> None:
        """Let ``event`` move the session."""
        if isinstance(event, Pose):
            self.verdict = self._scorer.step(event)
            self._move(self.verdict)
        else:
            self._move(event)

    def picture(self, t: float) -> scene.Picture:
        """What there is to be seen at ``t`` seconds."""
        return show(self.session, self.verdict, t)

    def _move(self, event: Event) -> None:
        before, self.session = self.session, advance(self.session, event)
        self.said = _newly_said(before, self.session)
        if drill_of(self.session) is not drill_of(before) or _begins(before, self.session):
            self._scorer = Scorer(drill_of(self.session))
            self.verdict = None


def _begins(before: Session, after: Session) -> bool:
    """A new set begins (not: down the ladder again within one)."""
    return isinstance(after, GettingReady) and after.since != getattr(before, "since", None)


def _newly_said(before: Session, after: Session) -> tuple[Cue, ...]:
    """Cues of the set that were not there before ``after``."""
    said = after.done.said if isinstance(after, Summary) else after.said if isinstance(after, Working) else ()
    known = len(before.said) if isinstance(before, Working) else len(said) if isinstance(before, Summary) else 0
    return said[known:]
