"""The ledger of a drill that is held: seconds in green, amber and red, judged as they pass (biomechanics 1.2, 5.5)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.calibration import Standing
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.faults import AMBER, GREEN, RED, UNSEEN, FaultTable, Judgement
from kiosk.scoring.guards import guards_of, refusal
from kiosk.scoring.hold import HoldMachine
from kiosk.scoring.lean import DEFAULT, LeanModel
from kiosk.scoring.ledger import JUDGED_FROM, WHY, Closed, rounded
from kiosk.scoring.machine import Machine, Movement, Outcome
from kiosk.scoring.measures import When, measures_of
from kiosk.scoring.quantities import columns_of, needs_of
from kiosk.scoring.sight import Sight
from kiosk.scoring.stretch import Stretch
from kiosk.scoring.verdict import Hold, Light, Phase, Refusal

#: Seconds between two judgements of a hold, which cost as much as a repetition's.
EVERY = 0.2
#: Seconds after which a hold away from the start has settled and is judged (biomechanics 1.2, D04).
SETTLED = 1.5
#: Seconds in red that end a hold that is kept (biomechanics 1.2, D20).
RED_FOR = 2.0
#: What a second in amber is worth (biomechanics 5.5).
AMBER_WORTH = 0.6


class Holds:
    """Counts holds as ``reps``; ``held`` is how many seconds the one under way has lasted, in green or amber.

    ``partials`` are those that were left too soon; ``range`` is the end of the depth bar, in the driver's unit.
    """

    def __init__(self, drill: Drill, own: OwnBack = UNKNOWN, lean: LeanModel = DEFAULT) -> None:
        """``own``: what is known of the person's back; ``lean``: what a good lean over the basin looks like."""
        self._drill, self._own, self._lean = drill, own, lean
        self._columns = columns_of(drill)
        self._needs = list(needs_of(drill))
        self._faults = FaultTable(drill)
        self._guards = guards_of(drill)
        self._measures = [measure for measure in measures_of(drill) if measure.when is When.ARRIVED]
        asked = {fault.measure for fault in drill.faults}
        asked |= {name for measure in self._measures if measure.name in asked for name in measure.backed_by}
        self._judged = [measure for measure in self._measures if measure.name in asked]
        self.reps = self.left = self.right = self.partials = 0
        self.range = drill.motion.usual
        self._clear()

    def _clear(self) -> None:
        faults = len(self._drill.faults)
        self._judgement: Judgement | None = None
        self._judged_at = float("-inf")
        self._counted = False
        self._level = UNSEEN
        self._red_for = 0.0
        self._seconds = {GREEN: 0.0, AMBER: 0.0, RED: 0.0, UNSEEN: 0.0}
        self._fault_s = [{GREEN: 0.0, AMBER: 0.0, RED: 0.0, UNSEEN: 0.0} for _ in range(faults)]
        self._worst = [(float("-inf"), float("nan"))] * faults
        self._faults.put_out()

    @property
    def lights(self) -> tuple[Light, ...]:
        """The state of each of the drill's lights."""
        return self._faults.lights

    @property
    def held(self) -> float:
        """Seconds that the hold under way has lasted, in green or amber."""
        return self._seconds[GREEN] + self._seconds[AMBER]

    def know(self, standing: Standing) -> None:
        """Look from where ``standing`` was seen, and doubt reds by this person's noise."""
        if standing.view in self._drill.views:
            self._faults.look_from(standing.view)
        noise = standing.noise.tolist()
        known = {name: noise[column] for name, column in self._columns.items()}
        self._faults.know_noise(known | {"driver": known[self._drill.motion.driver]})

    def follow(self, machine: Machine, sight: Sight, standing: Standing, t: float, dt: float) -> Movement | None:
        """Judge the last second of a hold under way; the movement that it was, if it is given up."""
        assert isinstance(machine, HoldMachine)
        if machine.phase is not Phase.BOTTOM:
            return None
        movement = machine.movement()
        settled = t - movement.start >= (SETTLED if not self._drill.motion.kept else 0.0)
        if not settled:
            return None
        if t - self._judged_at >= EVERY:
            self._judge(movement, sight, standing, t)
        # what passed until it was settled counts as it was found then
        passed = dt if self._counted else t - movement.start
        self._counted = True
        self._add(passed)
        if self._drill.motion.kept and self._red_for >= RED_FOR:
            return machine.give_up(t)
        return None

    def close(self, movement: Movement, sight: Sight, standing: Standing, t: float) -> Closed:
        """A hold that is over, and how it was."""
        if self._drill.motion.kept and self.held < self._drill.motion.quickest:
            return self.drop(replace(movement, outcome=Outcome.PARTIAL), t)
        stretch = self._stretch(movement, sight, standing, movement.start, t)
        if ghost := refusal(self._guards, stretch, t):
            self._clear()
            return Closed(refused=ghost)
        values = {measure.name: measure.of(stretch) for measure in self._measures}
        _, coverage, in_view = stretch.seen(self._needs)
        known = self._faults.judge(values, in_view >= JUDGED_FROM).values
        self.reps += 1
        hold = Hold(
            n=self.reps,
            side=("left", "right")[sight.stance.near],
            start=movement.start,
            end=movement.end,
            green_s=round(self._seconds[GREEN], 2),
            amber_s=round(self._seconds[AMBER], 2),
            red_s=round(self._seconds[RED], 2),
            score=self._score(),
            coverage=round(coverage, 3),
            measures=rounded(known),
            faults=tuple(self._faults.told(*one) for one in self._found()),
            not_seen=self._not_seen(),
        )
        self._clear()
        return Closed(hold=hold)

    def drop(self, movement: Movement, t: float) -> Closed:
        """A hold that does not count, and why."""
        self._clear()
        self.partials += movement.outcome is not Outcome.INTERRUPTED
        return Closed(refused=Refusal(t, *WHY["hold"][movement.outcome]))

    def _stretch(self, movement: Movement, sight: Sight, standing: Standing, start: float, t: float) -> Stretch:
        over = Movement(movement.outcome, start, start, t, movement.peak, deep=(start, t + 1e-6))
        driver = self._drill.motion.driver
        return Stretch(sight.history, standing, self._columns, over, driver, t, own=self._own, lean=self._lean)

    def _judge(self, movement: Movement, sight: Sight, standing: Standing, t: float) -> None:
        """What the last second was like."""
        stretch = self._stretch(movement, sight, standing, max(movement.start, t - self._drill.motion.over), t)
        _, coverage, in_view = stretch.seen(self._needs)
        values = {measure.name: measure.of(stretch) for measure in self._judged}
        seen = in_view >= JUDGED_FROM and coverage >= JUDGED_FROM and refusal(self._guards, stretch, t) is None
        self._judgement = judgement = self._faults.judge(values, seen)
        self._judged_at = t
        self._faults.show(judgement, lasting=self._red_for >= self._drill.motion.reddens)
        worst = max(judgement.levels, default=GREEN if seen else UNSEEN)
        self._level = worst if seen else UNSEEN
        for i, fault in enumerate(self._drill.faults):
            if judgement.beyond[i] > self._worst[i][0]:
                self._worst[i] = judgement.beyond[i], judgement.values[fault.measure]

    def _add(self, seconds: float) -> None:
        """Let ``seconds`` pass as the last judgement found them."""
        self._seconds[self._level] += seconds
        self._red_for = self._red_for + seconds if self._level == RED else 0.0
        if self._judgement:
            for passed, level in zip(self._fault_s, self._judgement.levels, strict=True):
                passed[level] += seconds

    def _score(self) -> int | None:
        """The share of green, and part of that of amber; None where nothing that weighs could be judged."""
        seen = self._seconds[GREEN] + self._seconds[AMBER] + self._seconds[RED]
        if seen == 0 or not self._faults.weighs:
            return None
        return round(100 * (self._seconds[GREEN] + AMBER_WORTH * self._seconds[AMBER]) / seen)

    def _found(self) -> list[tuple[int, int, float]]:
        """The faults that lasted: which, their level, the worst value."""
        found = []
        for i, passed in enumerate(self._fault_s):
            lasted = self._drill.motion.lasts
            level = RED if passed[RED] >= lasted else AMBER if passed[RED] + passed[AMBER] >= lasted else GREEN
            if level > GREEN:
                found.append((i, level, self._worst[i][1]))
        return found

    def _not_seen(self) -> tuple[str, ...]:
        """Keys of the faults that were out of sight for most of the hold."""
        pairs = zip(self._drill.faults, self._fault_s, strict=True)
        return tuple(dict.fromkeys(fault.key for fault, s in pairs if s[UNSEEN] >= sum(s.values()) / 2))
