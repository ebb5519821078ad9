"""The ledger of a set: movements become counted, judged repetitions, or refusals with their reason."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import islice

from kiosk.scoring.calibration import Standing
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.faults import FaultTable, Judgement
from kiosk.scoring.geometry import NEEDS
from kiosk.scoring.guards import guards_of, refusal
from kiosk.scoring.machine import Machine, Movement, Outcome
from kiosk.scoring.measures import Measure, When, measures_of
from kiosk.scoring.quantities import columns_of
from kiosk.scoring.seat import learnt
from kiosk.scoring.sight import Sight
from kiosk.scoring.stretch import Stretch
from kiosk.scoring.verdict import Hold, Light, Phase, Refusal, Rep, Strategy, View, joints
from kiosk.text import Text

#: Coverage, and share of frames in the drill's view, from which a repetition's form is judged (biomechanics 5.3).
JUDGED_FROM = 0.7
#: Peaks remembered for the depth bar, the quantile of them that is its end, and its limits as shares of the usual
#: (biomechanics 0.8: 35 to 75 degrees in a hinge).
PEAKS, PEAK_SHARE, RANGE_LEAST, RANGE_MOST = 5, 0.8, 0.6, 1.25
#: Measures made in one frame, so that none bears the cost of all.
AT_ONCE = 8
#: A seat is learnt anew when the hips rest further down than it by this, trunk lengths.
LOWER_SEAT = 0.06

_LOST = ("interrupted", Text("Not counted: I lost sight of you half way."))
_SLOW = ("too_slow", Text("Not counted: it took too long."))
_QUICK = ("too_quick", Text("Not counted: too quick, take your time."))
_REP = {
    Outcome.PARTIAL: ("partial", Text("Not counted: not far enough.")),
    Outcome.TOO_QUICK: _QUICK,
    Outcome.TOO_SLOW: _SLOW,
    Outcome.INTERRUPTED: _LOST,
    Outcome.TURNED: ("turned", Text("Not counted: you turned away.")),
}
#: Why a movement does not count, by kind of drill.
WHY = {
    "rep": _REP,
    "lift": _REP | {Outcome.PARTIAL: ("partial", Text("Not counted: be still at the floor before you lift."))},
    "swing": _REP | {Outcome.TOO_SLOW: ("too_slow", Text("Not counted: too slow for a swing."))},
    "jump": _REP | {Outcome.PARTIAL: ("partial", Text("Not counted: land and stay there."))},
    "alternation": _REP | {Outcome.PARTIAL: ("partial", Text("Not counted: go to both ends."))},
    "hold": _REP
    | {
        Outcome.TOO_QUICK: ("too_quick", Text("Not counted: left too soon.")),
        Outcome.PARTIAL: ("partial", Text("Not counted: you were not in one line yet.")),
    },
}
WHY["timer"] = WHY["hold"]
_TURN = {
    View.SIDE: ("not_side_on", Text("Counted, not judged: turn your side to the mirror.")),
    View.FRONT: ("not_front_on", Text("Counted, not judged: face the mirror.")),
}


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of a movement: a repetition or a hold counted, or refused, or counted and not judged, and why."""

    rep: Rep | None = None
    hold: Hold | None = None
    refused: Refusal | None = None


class Ledger:
    """Counts ``reps``, by working side ``left`` and ``right``, and ``partials``.

    ``range`` is the driver at the bottom of this person's usual repetition.
    """

    def __init__(self, drill: Drill, own: OwnBack = UNKNOWN) -> None:
        self._drill, self._own = drill, own
        self._columns = columns_of(drill)
        self._needs = [NEEDS[joint] for joint in drill.needs]
        self._faults = FaultTable(drill)
        self._measures = measures_of(drill)
        self._guards = guards_of(drill)
        self._look: _Look | None = None
        self._view = drill.view
        self._motion = drill.motion
        self._seat = math.nan
        self._peaks: deque[float] = deque(maxlen=PEAKS)
        self.reps = self.left = self.right = self.partials = 0
        self.range = drill.motion.usual
        self.held = 0.0

    @property
    def lights(self) -> tuple[Light, ...]:
        """The state of each of the drill's lights."""
        return self._faults.lights

    def know(self, standing: Standing) -> None:
        """Look from where ``standing`` was seen, and doubt reds by this person's noise."""
        if standing.view in self._drill.views:
            motion = self._drill.motion_in(standing.view, outlined=standing.outlined)
            if motion is not self._motion:
                self._motion = motion
                self._peaks.clear()
                self.range = motion.usual
            if standing.view is not self._view:
                self._view = standing.view
                self._faults.look_from(standing.view)
        noise = standing.noise.tolist()
        known = {name: noise[column] for name, column in self._columns.items()}
        self._faults.know_noise(known | {"driver": known[self._motion.driver]})

    def follow(self, machine: Machine, sight: Sight, standing: Standing, t: float, dt: float) -> Movement | None:
        """See a part of what a movement that has come home was like, before it closes; give up none."""
        if not machine.at_home:
            return None
        if machine.arriving or self._look is None:
            self._look = self._begin(machine.movement(), sight, standing, t)
        else:
            self._look.go_on(t, machine.phase is Phase.LOCKOUT)
        return None

    def drop(self, movement: Movement, t: float) -> Closed:
        """A ``movement`` that does not count, and why."""
        self._look = None
        self.partials += movement.outcome is Outcome.PARTIAL
        return Closed(refused=Refusal(t, *WHY[self._drill.kind][movement.outcome]))

    def close(self, movement: Movement, sight: Sight, standing: Standing, t: float) -> Closed:
        """Count and judge ``movement``; with it why it could not be judged, if so."""
        look = self._look or self._begin(movement, sight, standing, t)
        self._look = None
        look.finish(movement, t)
        if ghost := refusal(self._guards, look.stretch, t):
            return Closed(refused=ghost)
        shares, coverage, in_view_share = look.seen
        in_view = in_view_share >= JUDGED_FROM and standing.view is self._view
        judgement = self._faults.judge(look.values, in_view)
        self._faults.light(judgement)
        self._learn_seat(look.stretch)
        self.reps += 1
        self._remember(movement.peak)
        refused = self._not_judged(shares, coverage, in_view, t)
        side = self._side(look.stretch, sight.stance.near)
        return Closed(self._rep(movement, coverage, judgement, side, refused is None), refused=refused)

    def _begin(self, movement: Movement, sight: Sight, standing: Standing, t: float) -> _Look:
        driver = self._motion.driver
        stretch = Stretch(sight.history, standing, self._columns, movement, driver, t, self._seat, self._own)
        return _Look(stretch, self._measures, self._needs)

    def _not_judged(self, shares: list[float], coverage: float, in_view: bool, t: float) -> Refusal | None:
        if not in_view:
            return Refusal(t, *_TURN[self._view])
        if coverage >= JUDGED_FROM:
            return None
        seen = zip(self._drill.needs, shares, strict=True)
        hidden = joints(tuple(joint for joint, share in seen if share < JUDGED_FROM))
        why = Text("Counted, not judged: I cannot see your {joints}, step back.", joints=hidden)
        return Refusal(t, "joints_hidden", why)

    def _rep(self, movement: Movement, coverage: float, judgement: Judgement, side: str, judged: bool) -> Rep:
        return Rep(
            n=self.reps,
            side=side,
            start=movement.start,
            bottom=movement.bottom,
            end=movement.end,
            score=self._faults.score(judgement, coverage) if judged and self._faults.weighs else None,
            coverage=round(coverage, 3),
            strategy=self._strategy(judgement.values["hinge_index"]),
            measures=rounded(judgement.values),
            faults=self._faults.found(judgement),
            not_seen=self._faults.not_seen(judgement),
        )

    def _side(self, stretch: Stretch, near: int) -> str:
        """The side that worked, of a drill that is done one side at a time; else, or unseen, the near one."""
        if not self._drill.side_by:
            return ("left", "right")[near]
        leads = stretch.bottom[self._drill.side_by]
        left = leads > 0 if leads == leads else near == 0
        self.left += left
        self.right += not left
        return "left" if left else "right"

    def _strategy(self, index: float) -> Strategy | None:
        if math.isnan(index):
            return None
        if index < self._drill.squat_below:
            return Strategy.SQUAT
        return Strategy.HINGE if index >= self._drill.hinge_from else Strategy.MIXED

    def _learn_seat(self, stretch: Stretch) -> None:
        """The seat is what the hips first rest on, or a lower one that they rest on later."""
        if self._drill.learns_seat:
            found = learnt(stretch)
            if math.isnan(self._seat) or found > self._seat + LOWER_SEAT:
                self._seat = found

    def _remember(self, peak: float) -> None:
        """The end of the depth bar follows the person's own range."""
        self._peaks.append(peak)
        own = sorted(self._peaks)[math.ceil(PEAK_SHARE * len(self._peaks)) - 1]
        usual = self._motion.usual
        self.range = min(max(own, RANGE_LEAST * usual), RANGE_MOST * usual)


class _Look:
    """A look at a movement that has come home, spread over the frames until it is over.

    ``values`` by measure; ``seen`` is what Stretch.seen says of the ``needs``.
    """

    def __init__(self, stretch: Stretch, measures: tuple[Measure, ...], needs: list[int]) -> None:
        self.stretch = stretch
        self.values: dict[str, float] = {}
        self.seen: tuple[list[float], float, float] = [], 0.0, 0.0
        self._needs = needs
        self._todo = {when: iter([m for m in measures if m.when is when]) for when in When}
        # the cost of the first frame
        assert stretch.bottom

    def go_on(self, t: float, stays: bool) -> None:
        """Make some of the measures; those of the ways when it ``stays`` at home, ``t`` seconds."""
        if "before" not in self.stretch.__dict__:
            assert self.stretch.before
        elif not stays:
            self._make(When.ARRIVED, AT_ONCE)
        if stays:
            self._stay(t)

    def finish(self, movement: Movement, t: float) -> None:
        """Make what is left now that the ``movement`` is over."""
        self._make(When.ARRIVED)
        self.stretch.movement = movement
        if not self.seen[0]:
            self._stay(t)
        self.stretch.now = t
        self._make(When.OVER)

    def _stay(self, t: float) -> None:
        self.stretch.see(t)
        self.seen = self.stretch.seen(self._needs)
        self._make(When.STAYS)

    def _make(self, when: When, count: int | None = None) -> None:
        for measure in islice(self._todo[when], count):
            self.values[measure.name] = measure.of(self.stretch)


def rounded(values: dict[str, float]) -> dict[str, float | None]:
    """``values`` as they are told: two decimals, None where unseen."""
    return {name: None if math.isnan(value) else round(value, 2) for name, value in values.items()}
