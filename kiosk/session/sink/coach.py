"""The coach at the sink: scoring loop and session together, without clock or device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.drill import Drill
from kiosk.scoring.lean import LeanModel
from kiosk.scoring.pose import LEFT_SHOULDER, NOSE, RIGHT_SHOULDER, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Hold, Verdict
from kiosk.session import scene
from kiosk.session.events import Event, Press, Signal, Tick
from kiosk.session.sink.counts import Lately
from kiosk.session.sink.flow import advance, teaches
from kiosk.session.sink.scenes import CameraPlan, Point
from kiosk.session.sink.show import show
from kiosk.session.sink.states import AtSink, Here, Leaning, Teaching
from kiosk.session.states import Dark

#: Score from which a point is shown where it is (biomechanics 4.4: shoulders, ears).
SEEN = 0.35
#: Decimals of where it is, in shares of the picture: half a pixel, so that a still person is painted once.
DECIMALS = 2


class SinkCoach:
    """Takes poses, presses and ticks; holds the ``session`` and the newest ``verdict``.

    ``leant`` is the lean that the last event closed, ``learnt`` the own good lean that a lesson brought with it; each
    None where there is none.  A scorer is made when the mirror goes dark, so that whoever comes next is known by the
    time it wakes; after a lesson, which is not counted; and when their own lean is another one.
    """

    def __init__(self, drill: Drill, t: float, lean: LeanModel, plan: CameraPlan) -> None:
        """At ``t`` seconds; ``lean`` is believed of whoever taught it nothing, ``plan`` is what the camera will see."""
        self.session: AtSink = Here(DRILLS.index(drill), t)
        self.verdict: Verdict | None = None
        self.leant: Hold | None = None
        self.learnt: LeanModel | None = None
        self._drill, self._usual, self._plan = drill, lean, plan
        self._own: LeanModel | None = None
        self._lately = Lately()
        self._looked = t
        self._seen: Mapping[int, Point] = {}
        self._begin()

    def know(self, own: LeanModel | None, lately: Lately) -> None:
        """Whoever is here leans well as ``own`` says, if that is known, and so much was counted ``lately``."""
        self._lately = lately
        if own != self._own:
            self._own = own
            self._begin()

    def take(self, event: Pose | Press | Tick | Signal) -> None:
        """Let ``event`` move the session."""
        before = self.session
        self.leant = self.learnt = None
        if isinstance(event, Pose):
            self._looked = event.t
            self._seen = _places(event, mirrored=teaches(self._drill))
            self.verdict = self._scorer.step(event)
            self._move(self.verdict)
        else:
            if not isinstance(before, Dark) and event.t - self._looked > GHOST:
                self.session = replace(before, presence=before.presence.lost(self._looked))
            self._move(event)
        if self.learnt:
            self._own = self.learnt
        if _newly(Dark, before, self.session) or _newly(Teaching, self.session, before):
            self._begin()

    def picture(self, t: float) -> scene.Picture:
        """What there is to be seen at ``t`` seconds."""
        verdict = self.verdict if self.verdict and t - self.verdict.t <= GHOST else None
        seen = self._seen if verdict else {}
        return show(self.session, verdict, t, self._lately, self._plan, seen)

    def _move(self, event: Event) -> None:
        before, self.session = self.session, advance(self.session, event, self._usual)
        if isinstance(event, Verdict) and event.hold and isinstance(before, Here | Leaning):
            self.leant = event.hold
        learnt = self.session.learnt if isinstance(self.session, Here) else None
        self.learnt = None if isinstance(before, Here) else learnt

    def _begin(self) -> None:
        """Whoever is seen from now on has nothing to do with who was seen before."""
        self.verdict = None
        self._scorer = Scorer(self._drill, lean=self._own or self._usual)


def _newly(kind: type, before: AtSink, after: AtSink) -> bool:
    """``after`` is of that ``kind``, and what was ``before`` is not."""
    return isinstance(after, kind) and not isinstance(before, kind)


def _places(pose: Pose, *, mirrored: bool) -> Mapping[int, Point]:
    """Where those joints of face and shoulders are that are seen, in shares of the camera's picture, or mirrored."""
    if not pose.present:
        return {}
    upper = [*range(NOSE, LEFT_SHOULDER), LEFT_SHOULDER, RIGHT_SHOULDER]
    seen = [joint for joint in upper if pose.scores[joint] >= SEEN]
    shares = np.round(pose.points[seen] / (pose.width, pose.height), DECIMALS).tolist()
    return {joint: (round(1 - x, DECIMALS) if mirrored else x, y) for joint, (x, y) in zip(seen, shares, strict=True)}
