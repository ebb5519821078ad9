"""Faults: a drill's data compiled into a table, a repetition judged by one comparison against it (biomechanics 2, 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
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
    """One repetition against the table: ``values`` by measure; ``levels``, ``severity`` 0..1 and ``sure`` by fault.

    ``sure``: beyond the red edge by more than the person's own noise.
    """

    values: np.ndarray
    levels: np.ndarray
    severity: np.ndarray
    sure: np.ndarray


class FaultTable:
    """The faults of ``drill`` as arrays, and what the last repetitions were like: from these come the lights."""

    def __init__(self, drill: Drill) -> None:
        faults = drill.faults
        self._drill = drill
        self._measure = np.array([NAMES.index(fault.measure) for fault in faults], int)
        self._green = np.array([fault.green for fault in faults], np.float32)
        self._width = np.array([fault.red - fault.green for fault in faults], np.float32)
        self._sign = np.sign(self._width)
        self._reddens = np.array([not fault.amber_only for fault in faults], bool)
        self._weight = np.array([fault.weight * GRADE_SHARE[fault.grade] for fault in faults], np.float32)
        self._grade_a = np.array([fault.grade == "A" for fault in faults], bool)
        self._side_on = np.array([measure.side_on for measure in MEASURES], bool)
        self._one_of = _one_of(faults)
        self._yields = _yields(faults)
        self._lit_by = [[i for i, fault in enumerate(faults) if fault.light == light] for light in drill.lights]
        self._recent = np.full((REMEMBERED, len(faults)), UNSEEN, np.int8)
        self._reps = 0
        self.lights = self._dark()

    def judge(self, phases: Phases, in_view: bool) -> Judgement:
        """``phases`` against the table; what needs the drill's view is unseen unless it was ``in_view``."""
        values = np.array([measure.value(phases) for measure in MEASURES], np.float32)
        if not in_view:
            values[self._side_on] = np.nan
        noise = np.array([measure.noise(phases) for measure in MEASURES], np.float32)[self._measure]
        beyond = (values[self._measure] - self._green) / self._width
        levels = (beyond > 0).astype(np.int8) + ((beyond > 1) & self._reddens)
        levels[np.isnan(beyond)] = UNSEEN
        sure = (beyond - 1) * np.abs(self._width) >= np.nan_to_num(noise)
        judgement = Judgement(values, levels, np.clip(beyond, 0, 1), sure)
        self._leave_largest(judgement)
        return judgement

    def score(self, judgement: Judgement, coverage: float) -> int:
        """0..100 (biomechanics 5.5); what was not seen takes nothing off."""
        confidence = min(max((coverage - COVERAGE_FROM) / COVERAGE_OVER, 0.0), 1.0)
        penalty = float(np.nansum(self._weight * judgement.severity)) * confidence
        score = round(100 - min(100.0, penalty))
        return min(score, CAP_RED) if (self._grade_a & (judgement.levels == RED)).any() else score

    def found(self, judgement: Judgement) -> tuple[FaultFound, ...]:
        """The faults of one repetition, in the drill's order."""
        levels, values = judgement.levels.tolist(), judgement.values[self._measure].tolist()
        return tuple(
            FaultFound(fault.key, fault.light, LIGHT_OF[level], value, fault.grade)
            for fault, level, value in zip(self._drill.faults, levels, values, strict=True)
            if level >= AMBER
        )

    def not_seen(self, judgement: Judgement) -> tuple[str, ...]:
        """Keys of the faults that could not be judged."""
        pairs = zip(self._drill.faults, judgement.levels.tolist(), strict=True)
        return tuple(dict.fromkeys(fault.key for fault, level in pairs if level == UNSEEN))

    def light(self, judgement: Judgement) -> tuple[Light, ...]:
        """Remember one repetition and give the state of each of the drill's lights (biomechanics 2.1.4).

        Red takes the newest repetition, and either no doubt or a second one of the last three; amber a second one, or
        a red in doubt.  One fault unseen is enough not to show green.
        """
        self._recent[self._reps % REMEMBERED] = judgement.levels
        self._reps += 1
        red = (judgement.levels == RED) & (judgement.sure | ((self._recent == RED).sum(axis=0) >= CONFIRMED))
        amber = (judgement.levels >= AMBER) & ((self._recent >= AMBER).sum(axis=0) >= CONFIRMED)
        amber |= judgement.levels == RED
        shown = np.where(judgement.levels == UNSEEN, UNSEEN, amber.astype(np.int8) + red).tolist()
        self.lights = tuple(LIGHT_OF[_together([shown[i] for i in lit_by])] for lit_by in self._lit_by)
        return self.lights

    def _dark(self) -> tuple[Light, ...]:
        return tuple(Light.OFF if lit_by else Light.UNSEEN for lit_by in self._lit_by)

    def _leave_largest(self, judgement: Judgement) -> None:
        """Of faults that share a mistake leave the largest; drop those that yield to one that is there."""
        for same in self._one_of:
            rank = np.nan_to_num(judgement.severity[same], nan=-1.0)
            _drop(judgement, [i for i in same if i != same[int(rank.argmax())]])
        for fault, others in self._yields:
            if max(judgement.levels[i] for i in others) >= AMBER:
                _drop(judgement, [fault])


def _drop(judgement: Judgement, faults: Sequence[int]) -> None:
    """Take what was found of ``faults`` away; what was not seen stays unseen."""
    for i in faults:
        if judgement.levels[i] > GREEN:
            judgement.levels[i], judgement.severity[i] = GREEN, 0


def _together(levels: list[int]) -> int:
    """One light's level from those of its faults."""
    worst = max(levels, default=UNSEEN)
    return worst if worst >= AMBER else min(levels, default=UNSEEN)


def _one_of(faults: tuple[Fault, ...]) -> list[list[int]]:
    mistakes = dict.fromkeys(fault.mistake for fault in faults if fault.mistake)
    return [[i for i, fault in enumerate(faults) if fault.mistake == mistake] for mistake in mistakes]


def _yields(faults: tuple[Fault, ...]) -> list[tuple[int, list[int]]]:
    pairs = [(i, [j for j, other in enumerate(faults) if other.key == fault.yields_to]) for i, fault in enumerate(faults)]
    return [(i, others) for i, others in pairs if others]
