"""The coach: scoring loop and session together, without clock or device.  Mirror and replay drive the same coach."""

from __future__ import annotations

from dataclasses import replace

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.dorsal.own import OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Verdict
from kiosk.session import scene
from kiosk.session.cues import Cue
from kiosk.session.events import Event, Press, Signal, Tick
from kiosk.session.leafing import Decision, decided
from kiosk.session.lookback import trend_rows
from kiosk.session.lookout import Lookout
from kiosk.session.placing import Placing
from kiosk.session.progress import ANYBODY, Member, SetDone, gates_for
from kiosk.session.reflection import WALL, Wall
from kiosk.session.replay import Replays
from kiosk.session.results import set_done, sets_of
from kiosk.session.session import advance, begin, forget_ready
from kiosk.session.show import show
from kiosk.session.states import (
    Calibrating,
    Choosing,
    GettingReady,
    Questioning,
    Resting,
    Session,
    Summary,
    Switching,
    Working,
    drill_of,
    newly_said,
    set_of,
)


class Coach:
    """Takes poses, presses and ticks; holds the ``session`` and the newest ``verdict``.

    ``said`` are the cues, ``done`` the set and ``decision`` what was decided (or None), that the last event brought;
    the time of a set done is the event's own.  A scorer is made once a set (biomechanics 0.7: every set is calibrated
    anew) and whenever another drill is offered; switching sides and pausing keep it.
    """

    def __init__(
        self, session: Session, member: Member = ANYBODY, now: float = 0.0, *, wall: Wall = WALL, replay: bool = False
    ) -> None:
        """``wall``: where screen and camera hang.  ``replay``: nobody is here who might raise a hand to stop."""
        self.session = session
        self.verdict: Verdict | None = None
        self.said: tuple[Cue, ...] = ()
        self.done: SetDone | None = None
        self.decision: Decision | None = None
        self._placing = Placing(wall)
        self._replays = Replays(drill_of(session))
        self._replay = replay
        self.meet(member, now)
        self._begin()

    @classmethod
    def for_mirror(
        cls,
        drill: Drill,
        t: float,
        *,
        at_once: bool,
        member: Member = ANYBODY,
        now: float = 0.0,
        wall: Wall = WALL,
    ) -> Coach:
        """A mirror that offers ``drill`` at ``t`` seconds to ``member``, or begins its set ``at_once``.

        ``now`` is the time on the clock of the member's sets.
        """
        index = DRILLS.index(drill)
        return cls(begin(index, t) if at_once else Choosing(index, t), member, now, wall=wall)

    @classmethod
    def for_replay(cls, drill: Drill) -> Coach:
        """An open set of ``drill`` that lasts as long as the recording."""
        return cls(begin(DRILLS.index(drill), 0.0, open_set=True), replay=True)

    def meet(
        self,
        member: Member,
        now: float,
        *,
        profiles: tuple[str, ...] = (),
        room: bool = False,
        greet: bool = False,
        wet: bool = False,
    ) -> None:
        """Whoever uses the mirror is ``member``, at ``now`` on the clock of their sets; call it when either changes.

        ``profiles``: who else they could say they are, with ``room`` for one more.  ``greet``: whoever has not been
        asked about their health is, before their first set.  ``wet``: the floor may be (biomechanics 6.3).
        """
        self.member = member
        self._past: tuple[scene.TrendRow, ...] = ()
        gates = gates_for(member, now, wet=wet)
        self._gates = replace(
            gates, welcome=greet and not member.asked, who=member.profile, profiles=profiles, room=room
        )
        if self.verdict is None:  # a set may have begun before it was known whose it is
            self._scorer = Scorer(drill_of(self.session), member.own_back)

    def look_back(self, sets: tuple[SetDone, ...]) -> None:
        """The history to be leafed through is that of ``sets`` of the member, oldest first, with their repetitions."""
        self._past = trend_rows(sets)

    def know(self, own: OwnBack) -> None:
        """In a replay: ``own`` is what was known of the back from here on; what is scored begins anew with it."""
        self.member = replace(self.member, own_back=own)
        self._begin()

    def take(self, event: Pose | Press | Tick | Signal) -> None:
        """Let ``event`` move the session."""
        before = self.session
        self.decision = None if isinstance(event, Pose) else decided(before, event, self._gates)
        if isinstance(event, Pose):
            self.verdict = verdict = self._scorer.step(event)
            if isinstance(before, GettingReady | Calibrating):
                self._placing.step(event)
            self._move(verdict)
            if isinstance(before, Working | Switching):
                self._replays.step(event, verdict, _number(verdict, self.session))
            if self._lookout and isinstance(self.session, Working | Switching | Resting):
                signal = self._lookout.step(event)
                if signal:
                    self._move(signal)
        else:
            if isinstance(event, Tick) and (self.verdict is None or event.t - self.verdict.t > GHOST):
                self.session = forget_ready(self.session)
            self._move(event)
        self.said = newly_said(before, self.session)
        ended = _newly_ended(before, self.session)
        self.done = set_done(ended, event.t, self.member.profile) if ended else None

    def finish(self, t: float) -> SetDone | None:
        """The set that is over but whose questions are not answered when the program ends at ``t``, else None."""
        if not isinstance(self.session, Questioning):
            return None
        return set_done(self.session.done, t, self.member.profile)

    def picture(self, t: float) -> scene.Picture:
        """What there is to be seen at ``t`` seconds."""
        return show(
            self.session,
            self.verdict,
            t,
            self.member,
            self._gates,
            past=self._past,
            replays=self._replays.shown() if isinstance(self.session, Summary) else (),
            place=self._placing.place,
        )

    def _move(self, event: Event) -> None:
        before, self.session = self.session, advance(self.session, event, self._gates)
        if drill_of(self.session) is not drill_of(before) or _begins(before, self.session):
            self._begin()

    def _begin(self) -> None:
        """Whatever is scored from now on has nothing to do with what was scored before."""
        drill = drill_of(self.session)
        self.verdict = None
        self._scorer = Scorer(drill, self.member.own_back)
        if not _is_of_dose(self.session):
            self._replays = Replays(drill)
        self._lookout = None if self._replay else Lookout(falls=not drill.lying)


def _begins(before: Session, after: Session) -> bool:
    """A new set begins (not: down the ladder again within one)."""
    return isinstance(after, GettingReady) and after.since != getattr(before, "since", None)


def _is_of_dose(session: Session) -> bool:
    """The set that begins belongs to a dose of which others are done."""
    return isinstance(session, GettingReady) and bool(session.plan.before)


def _number(verdict: Verdict, after: Session) -> int | None:
    """Which of the dose's repetitions or holds ``verdict`` has closed; None for none that counted in ``after``."""
    one, done = verdict.rep or verdict.hold, set_of(after)
    if one is None or done is None or done.closed[-1:] != (one,):
        return None
    return sum(len(each.closed) for each in sets_of(done))


def _under_way(session: Session) -> Working | None:
    """The set that has not ended yet."""
    match session:
        case Working():
            return session
        case Switching(done=done) | Resting(done=done, then=None) | Questioning(done=done):
            return done
    return None


def _newly_ended(before: Session, after: Session) -> Working | None:
    """The set that has ended just now, if anything was done in it."""
    old, new = _under_way(before), set_of(after)
    if old is None or _under_way(after):
        return None
    ended = new if new and new.since == old.since else old
    return ended if ended.closed else None
