"""The ledger of a set: movements become counted, judged repetitions, or refusals with their reason."""

from __future__ import annotations

import math
from collections import deque

from kiosk.scoring.calibration import Standing
from kiosk.scoring.drill import Drill
from kiosk.scoring.faults import FaultTable, Judgement
from kiosk.scoring.geometry import DRIVERS, NEEDS
from kiosk.scoring.history import History
from kiosk.scoring.measures import NAMES, Phases, Stretch, look_at_bottom, look_at_top, look_back
from kiosk.scoring.phases import Movement, Outcome
from kiosk.scoring.verdict import Light, Refusal, Rep, Strategy

#: Coverage, and share of frames in the drill's view, from which a repetition's form is judged (biomechanics 5.3).
JUDGED_FROM = 0.7
#: Peaks remembered for the depth bar, the quantile of them that is its end, and its limits as shares of the usual
#: (biomechanics 0.8: 35 to 75 degrees in a hinge).
PEAKS, PEAK_SHARE, RANGE_LEAST, RANGE_MOST = 5, 0.8, 0.6, 1.25

_WHY = {
    Outcome.PARTIAL: ("partial", "Not counted: not deep enough."),
    Outcome.TOO_QUICK: ("too_quick", "Not counted: too quick, take your time."),
    Outcome.TOO_SLOW: ("too_slow", "Not counted: it took too long."),
    Outcome.INTERRUPTED: ("interrupted", "Not counted: I lost sight of you half way."),
}


class Ledger:
    """Counts ``reps`` and ``partials``; ``range`` is the driver at the bottom of this person's usual repetition."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._driver = DRIVERS[drill.driver]
        self._needs = [NEEDS[joint] for joint in drill.needs]
        self._faults = FaultTable(drill)
        self._bottom: list[float] | None = None
        self._phases: Phases | None = None
        self._peaks: deque[float] = deque(maxlen=PEAKS)
        self.reps = self.partials = 0
        self.range = drill.usual

    @property
    def lights(self) -> tuple[Light, ...]:
        """The state of each of the drill's lights."""
        return self._faults.lights

    def know(self, standing: Standing) -> None:
        """Doubt reds by this person's noise."""
        self._faults.know_noise(standing.noise.tolist())

    def look_at_bottom(self, movement: Movement, history: History, standing: Standing, t: float) -> None:
        """See what the bottom of ``movement``, just arriving home, was like."""
        self._bottom = look_at_bottom(Stretch(history, standing, movement, self._driver, t), standing)

    def look_back(self, movement: Movement, history: History, standing: Standing, t: float) -> None:
        """See what ``movement``, at home but not yet closed, was like."""
        if self._phases is None:
            stretch = Stretch(history, standing, movement, self._driver, t)
            bottom = self._bottom or look_at_bottom(stretch, standing)
            self._phases = look_back(stretch, bottom, standing, movement, self._driver, self._needs)

    def drop(self, movement: Movement, t: float) -> Refusal:
        """A ``movement`` that does not count, and why."""
        self._bottom, self._phases = None, None
        self.partials += movement.outcome is Outcome.PARTIAL
        return Refusal(t, *_WHY[movement.outcome])

    def close(
        self, movement: Movement, history: History, standing: Standing, t: float, near: int
    ) -> tuple[Rep, Refusal | None]:
        """Count and judge ``movement``; with it why it could not be judged, if so."""
        self.look_back(movement, history, standing, t)
        assert self._phases is not None
        phases, self._phases, self._bottom = self._phases, None, None
        phases.top = look_at_top(history, standing, t)
        in_view = phases.in_view >= JUDGED_FROM and standing.view is self._drill.view
        judgement = self._faults.judge(phases, in_view)
        self._faults.light(judgement)
        self.reps += 1
        self._remember(movement.peak)
        refused = self._not_judged(phases, in_view, t)
        return self._rep(movement, phases, judgement, near, refused is None), refused

    def _not_judged(self, phases: Phases, in_view: bool, t: float) -> Refusal | None:
        if not in_view:
            return Refusal(t, "not_side_on", "Counted, not judged: turn your side to the mirror.")
        if phases.coverage >= JUDGED_FROM:
            return None
        seen = zip(self._drill.needs, phases.seen, strict=True)
        hidden = " and ".join(joint for joint, share in seen if share < JUDGED_FROM) or "joints"
        return Refusal(t, "joints_hidden", f"Counted, not judged: I cannot see your {hidden}, step back.")

    def _rep(self, movement: Movement, phases: Phases, judgement: Judgement, near: int, judged: bool) -> Rep:
        values = dict(zip(NAMES, judgement.values, strict=True))
        return Rep(
            n=self.reps,
            side=("left", "right")[near],
            start=movement.start,
            bottom=movement.bottom,
            end=movement.end,
            score=self._faults.score(judgement, phases.coverage) if judged else None,
            coverage=round(phases.coverage, 3),
            strategy=self._strategy(values["hinge_index"]),
            measures={name: None if math.isnan(value) else round(value, 2) for name, value in values.items()},
            faults=self._faults.found(judgement),
            not_seen=self._faults.not_seen(judgement),
        )

    def _strategy(self, index: float) -> Strategy | None:
        if math.isnan(index):
            return None
        if index < self._drill.squat_below:
            return Strategy.SQUAT
        return Strategy.HINGE if index >= self._drill.hinge_from else Strategy.MIXED

    def _remember(self, peak: float) -> None:
        """The end of the depth bar follows the person's own range."""
        self._peaks.append(peak)
        own = sorted(self._peaks)[math.ceil(PEAK_SHARE * len(self._peaks)) - 1]
        usual = self._drill.usual
        self.range = min(max(own, RANGE_LEAST * usual), RANGE_MOST * usual)
