"""Faults: a drill's data compiled into a table, a repetition judged by one comparison with it (biomechanics 2, 5.5)."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.drill import Drill, Fault
from kiosk.scoring.measures import MEASURES, NAMES, Phases
from kiosk.scoring.verdict import FaultFound, Light

#: Levels of a fault in one repetition, in order of what they say.
UNSEEN, GREEN, AMBER, RED = -1, 0, 1, 2
LIGHT_OF = {UNSEEN: Light.UNSEEN, GREEN: Light.GREEN, AMBER: Light.AMBER, RED: Light.RED}
#: Share of a fault's weight that counts, by grade (biomechanics 5.5).
GRADE_SHARE = {"A": 1.0, "B": 0.5}
#: Score that a repetition with a grade-A red cannot pass (biomechanics 5.5).
CAP_RED = 69
#: Coverage at which a fault begins to count, and over which it comes to count fully (biomechanics 5.5).
COVERAGE_FROM, COVERAGE_OVER = 0.6, 0.3
#: Repetitions a light remembers, and in how many of them a fault must be to be shown (biomechanics 2.1).
REMEMBERED, CONFIRMED = 3, 2


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """One repetition against the table: ``values`` by measure, and by fault its ``levels`` and how far it is
    ``beyond``: 0 at the green edge, 1 at the red one, NaN when unseen.
    """

    values: list[float]
    levels: list[int]
    beyond: list[float]


class FaultTable:
    """The faults of ``drill`` as arrays, and what the last repetitions were like: from these come the ``lights``."""

    def __init__(self, drill: Drill) -> None:
        faults = drill.faults
        self._faults = faults
        self._measure = np.array([NAMES.index(fault.measure) for fault in faults], int)
        self._green = np.array([fault.green for fault in faults], np.float32)
        self._width = np.array([fault.red - fault.green for fault in faults], np.float32)
        self._edges = np.array([[0, math.inf if fault.amber_only else 1] for fault in faults], np.float32).T.copy()
        self._noise = [0.0] * len(faults)
        self._weight = [fault.weight * GRADE_SHARE[fault.grade] for fault in faults]
        self._nothing = np.full(len(faults), np.nan, np.float32)
        self._one_of = _one_of(faults)
        self._yields = _yields(faults)
        self._lit_by = [[i for i, fault in enumerate(faults) if fault.light == light] for light in drill.lights]
        self._recent: deque[list[int]] = deque(maxlen=REMEMBERED)
        self.lights = tuple(Light.OFF if lit_by else Light.UNSEEN for lit_by in self._lit_by)

    def know_noise(self, noise: list[float]) -> None:
        """Take the person's own noise by column: it says how far beyond red is beyond doubt."""
        by_measure = [measure.noise(noise) for measure in MEASURES]
        widths = zip(self._measure.tolist(), np.abs(self._width).tolist(), strict=True)
        self._noise = [by_measure[measure] / width for measure, width in widths]

    def judge(self, phases: Phases, in_view: bool) -> Judgement:
        """``phases`` against the table; unless they were ``in_view`` no fault and no measure that needs it is known."""
        values = [m.value(phases) if in_view or not m.side_on else math.nan for m in MEASURES]
        known = np.array(values, np.float32)[self._measure] if in_view else self._nothing
        beyond = (known - self._green) / self._width
        reached = np.add.reduce(beyond > self._edges).tolist()
        judgement = Judgement(values, reached, beyond.tolist())
        for i, share in enumerate(judgement.beyond):
            if share != share:
                reached[i] = UNSEEN
        self._leave_largest(judgement)
        return judgement

    def score(self, judgement: Judgement, coverage: float) -> int:
        """0..100 (biomechanics 5.5); what was not seen takes nothing off."""
        confidence = min(max((coverage - COVERAGE_FROM) / COVERAGE_OVER, 0.0), 1.0)
        penalty, reddest = 0.0, False
        for i, level in enumerate(judgement.levels):
            if level > GREEN:
                penalty += self._weight[i] * min(judgement.beyond[i], 1.0)
                reddest = reddest or (level == RED and self._faults[i].grade == "A")
        score = round(100 - min(100.0, penalty * confidence))
        return min(score, CAP_RED) if reddest else score

    def found(self, judgement: Judgement) -> tuple[FaultFound, ...]:
        """The faults of one repetition, in the drill's order."""
        found = []
        for i, level in enumerate(judgement.levels):
            if level >= AMBER:
                fault, value = self._faults[i], judgement.values[self._measure[i]]
                found.append(
                    FaultFound(fault.key, fault.light, LIGHT_OF[level], value, fault.grade, fault.title, fault.cue)
                )
        return tuple(found)

    def not_seen(self, judgement: Judgement) -> tuple[str, ...]:
        """Keys of the faults that could not be judged."""
        if UNSEEN not in judgement.levels:
            return ()
        pairs = zip(self._faults, judgement.levels, strict=True)
        return tuple(dict.fromkeys(fault.key for fault, level in pairs if level == UNSEEN))

    def light(self, judgement: Judgement) -> None:
        """Remember one repetition and set the drill's ``lights`` by it (biomechanics 2.1.4).

        Red takes the newest repetition, and either no doubt or a second one of the last three; amber a second one, or
        a red in doubt.  One fault unseen is enough not to show green.
        """
        self._recent.append(judgement.levels)
        shown = [self._shown(i, judgement) for i in range(len(self._faults))]
        self.lights = tuple(LIGHT_OF[_together([shown[i] for i in lit_by])] for lit_by in self._lit_by)

    def _shown(self, fault: int, judgement: Judgement) -> int:
        level = judgement.levels[fault]
        if level <= GREEN:
            return level
        if sum(levels[fault] >= level for levels in self._recent) >= CONFIRMED:
            return level
        if level == AMBER:
            return GREEN
        sure = judgement.beyond[fault] - 1 >= self._noise[fault]
        return RED if sure else AMBER

    def _leave_largest(self, judgement: Judgement) -> None:
        """Of faults that share a mistake leave the largest; drop those that yield to one as bad."""
        levels, beyond = judgement.levels, judgement.beyond
        for same in self._one_of:
            largest = max(same, key=lambda i: (levels[i], beyond[i]))
            _drop(judgement, [i for i in same if i != largest])
        for fault, others in self._yields:
            if max(levels[i] for i in others) >= max(levels[fault], AMBER):
                _drop(judgement, [fault])


def _drop(judgement: Judgement, faults: list[int]) -> None:
    """Take what was found of ``faults`` away; what was not seen stays unseen."""
    for i in faults:
        if judgement.levels[i] > GREEN:
            judgement.levels[i] = GREEN


def _together(levels: list[int]) -> int:
    """One light's level from those of its faults."""
    worst = max(levels, default=UNSEEN)
    return worst if worst >= AMBER else min(levels, default=UNSEEN)


def _one_of(faults: tuple[Fault, ...]) -> list[list[int]]:
    mistakes = dict.fromkeys(fault.mistake for fault in faults if fault.mistake)
    return [[i for i, fault in enumerate(faults) if fault.mistake == mistake] for mistake in mistakes]


def _yields(faults: tuple[Fault, ...]) -> list[tuple[int, list[int]]]:
    pairs = [
        (i, [j for j, other in enumerate(faults) if other.key == fault.yields_to]) for i, fault in enumerate(faults)
    ]
    return [(i, others) for i, others in pairs if others]
