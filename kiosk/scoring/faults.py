"""Faults: a drill's data compiled into a table, a movement judged by one comparison with it (biomechanics 2, 5.5)."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.drill import Drill, Fault
from kiosk.scoring.measures import measures_of
from kiosk.scoring.verdict import FaultFound, Light, View

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
    """One movement against the table: ``values`` by measure, and by fault its ``levels`` and how far it is
    ``beyond``: 0 at the green edge, 1 at the red one, NaN when unseen.
    """

    values: dict[str, float]
    levels: list[int]
    beyond: list[float]


class FaultTable:
    """The faults of ``drill`` as arrays, and what the last repetitions were like: from these come the ``lights``.

    ``view`` is from where the set is filmed: faults to be seen from elsewhere are unseen, and light no light.
    """

    def __init__(self, drill: Drill) -> None:
        faults = drill.faults
        self._drill = drill
        self._faults = faults
        self._measures = {measure.name: measure for measure in measures_of(drill)}
        self._green = np.array([fault.green for fault in faults], np.float32)
        self._width = np.array([fault.red - fault.green for fault in faults], np.float32)
        self._edges = np.array([[0, math.inf if fault.amber_only else 1] for fault in faults], np.float32).T.copy()
        self._edges.shape = 2, len(faults)
        self._noise = [0.0] * len(faults)
        self._weight = [fault.weight * GRADE_SHARE[fault.grade] for fault in faults]
        self._nothing = [math.nan] * len(faults)
        self._one_of = _one_of(faults)
        self._yields = _yields(faults)
        self._recent: deque[list[int]] = deque(maxlen=REMEMBERED)
        self.look_from(drill.view)
        self.put_out()

    def look_from(self, view: View) -> None:
        """From now on only what can be seen from ``view`` is judged."""
        names = self._measures.values()
        self._mute = {measure.name: math.nan for measure in names if measure.view not in (None, view)}
        self._mute_out_of_view = {measure.name: math.nan for measure in names if measure.view}
        self._asked = [fault.measure if fault.view is view else "" for fault in self._faults]
        self._lit_by = [
            [i for i, fault in enumerate(self._faults) if fault.light == light and fault.view is view]
            for light in self._drill.lights
        ]

    @property
    def weighs(self) -> bool:
        """Something that can be seen takes points off: without it a score would say nothing."""
        return any(weight for weight, asked in zip(self._weight, self._asked, strict=True) if asked)

    def know_noise(self, noise: dict[str, float]) -> None:
        """Take the person's own noise by quantity: it says how far beyond red is beyond doubt."""
        measures = [self._measures[fault.measure] for fault in self._faults]
        pairs = zip(measures, np.abs(self._width).tolist(), strict=True)
        self._noise = [measure.noise(noise) / width for measure, width in pairs]

    def judge(self, values: dict[str, float], in_view: bool) -> Judgement:
        """``values`` by measure against the table; unless they were ``in_view`` no fault is known."""
        known = values | (self._mute if in_view else self._mute_out_of_view)
        asked = [known.get(name, math.nan) for name in self._asked] if in_view else self._nothing
        beyond = (np.array(asked, np.float32) - self._green) / self._width
        levels = np.add.reduce(beyond > self._edges).tolist()
        judgement = Judgement(known, levels, beyond.tolist())
        for i, share in enumerate(judgement.beyond):
            if share != share:
                levels[i] = UNSEEN
            elif levels[i] == RED and not self._backed(i, known):
                levels[i] = AMBER
        self._leave_largest(judgement)
        return judgement

    def _backed(self, fault: int, values: dict[str, float]) -> bool:
        """What else must hold for the fault to be believed red does so."""
        backed = self._measures[self._faults[fault].measure].backed
        return backed is None or backed(values)

    def score(self, judgement: Judgement, coverage: float) -> int:
        """0..100 (biomechanics 5.5); what was not seen takes nothing off."""
        confidence = min(max((coverage - COVERAGE_FROM) / COVERAGE_OVER, 0.0), 1.0)
        penalty, cap = 0.0, 100
        for i, level in enumerate(judgement.levels):
            if level > GREEN:
                penalty += self._weight[i] * min(judgement.beyond[i], 1.0)
            if level == RED:
                fault = self._faults[i]
                cap = min(cap, fault.cap, CAP_RED if fault.grade == "A" else 100)
        return min(round(100 - min(100.0, penalty * confidence)), cap)

    def found(self, judgement: Judgement) -> tuple[FaultFound, ...]:
        """The faults of one repetition, in the drill's order."""
        found = []
        for i, level in enumerate(judgement.levels):
            if level >= AMBER:
                found.append(self.told(i, level, judgement.values[self._faults[i].measure]))
        return tuple(found)

    def told(self, fault: int, level: int, value: float) -> FaultFound:
        """A fault as it is reported, in its own words."""
        it = self._faults[fault]
        return FaultFound(it.key, it.light, LIGHT_OF[level], value, it.grade, it.title, it.cue, it.again)

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
        self._light_by([self._shown(i, judgement) for i in range(len(self._faults))])

    def show(self, judgement: Judgement, *, lasting: bool) -> None:
        """Set the lights by what is the case now, of a drill that is held.

        A red is amber while it is in doubt, and unless it is ``lasting``.
        """
        beyond = zip(judgement.levels, judgement.beyond, self._noise, strict=True)
        shown = [
            AMBER if level == RED and (share - 1 < noise or not lasting) else level for level, share, noise in beyond
        ]
        self._light_by(shown)

    def put_out(self) -> None:
        """Nothing has been judged yet, or what is held is over."""
        self.lights = tuple(Light.OFF if lit_by else Light.UNSEEN for lit_by in self._lit_by)

    def _light_by(self, shown: list[int]) -> None:
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
