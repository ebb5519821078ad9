"""A set on its way through time: standing, repetitions, standing; at every moment a posture and a phase."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import cos, pi, sin

import numpy as np

from kiosk.figure.body import Posture
from kiosk.figure.script import ANGLES, STANDING, Beat, Script, put_faults_in
from kiosk.scoring.verdict import Phase

#: Standing before the first and after the last repetition, seconds.
STAND = 2.5
#: Nobody repeats exactly: standard deviation of depth and of tempo from one repetition to the next, and their limits.
DEPTH_SPREAD, TEMPO_SPREAD, SPREAD_LIMIT = 0.02, 0.04, 2.0
#: A bounce goes back this share of the way to standing and takes so many seconds.
BOUNCE_SHARE, BOUNCE_SECONDS = 0.32, 0.75
#: Sway while standing: degrees of the trunk and of the arms, and hertz (nobody stands like a post).
TRUNK_SWAY, ARM_SWAY, SWAY_RATE = 0.5, 1.5, 0.27
#: A surge of the knees is largest before half of the way: at 0.4 of its time.
SURGE_EARLY = 0.75

KNEE = ANGLES.index("knee")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time from ``start`` to ``end`` (seconds) between two postures (vectors in the order of ANGLES)."""

    start: float
    end: float
    phase: Phase
    origin: np.ndarray
    target: np.ndarray
    knee_surge: float = 0.0
    bounces: int = 0

    def at(self, t: float) -> np.ndarray:
        """The posture at time ``t`` within the stretch."""
        share = min(1.0, max(0.0, (t - self.start) / (self.end - self.start)))
        if self.bounces:
            back = BOUNCE_SHARE * (1 - cos(2 * pi * self.bounces * share)) / 2
            return self.target + back * (as_vector(STANDING) - self.target)
        angles = self.origin + ease(share) * (self.target - self.origin)
        angles[KNEE] += self.knee_surge * sin(pi * share**SURGE_EARLY) ** 2
        return angles


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A repetition as it was performed; seconds from the first frame.  ``faults``: what was put in, by size."""

    n: int
    start: float
    bottom: float
    end: float
    faults: Mapping[str, float]


def ease(share: float) -> float:
    """Minimum-jerk easing of 0..1 (Flash and Hogan 1985): how a hand or a body moves from rest to rest."""
    return share**3 * (10 - 15 * share + 6 * share * share)


def as_vector(posture: Posture) -> np.ndarray:
    """The posture's angles in the order of ANGLES."""
    return np.array([getattr(posture, name) for name in ANGLES])


class Course:
    """One set of a script.  ``reps`` holds what is true of it, ``seconds`` how long it takes.

    ``origin``: the posture it begins in, when that is not standing.  Raises BadInput on an unknown fault.
    """

    def __init__(
        self,
        script: Script,
        faults: Mapping[str, float],
        reps: int,
        seed: int,
        *,
        stand: float = STAND,
        origin: Posture | None = None,
    ):
        rng = np.random.default_rng((seed, 2))
        self._sway = rng.uniform(0, 2 * pi, 2)
        self._stretches = [Stretch(0.0, stand, Phase.SETUP, as_vector(STANDING), as_vector(STANDING))]
        if origin is not None:
            self._stretches[:] = stretch_out(0.0, as_vector(origin), Beat(key="tall", seconds=1.2, stay=stand))
        beats = put_faults_in(script, faults)
        self.reps = tuple(self._add_rep(n, vary(beats, rng, script.seat), dict(faults)) for n in range(1, reps + 1))
        # A lockout fault ends with the set: the person stands up straight at last.
        last = self._stretches[-1]
        self._stretches += stretch_out(last.end, last.target, Beat(key="tall", seconds=0.6, stay=stand / 2))
        self._starts = [stretch.start for stretch in self._stretches]
        self.seconds = self._stretches[-1].end

    def _add_rep(self, n: int, beats: tuple[Beat, ...], faults: dict[str, float]) -> TrueRep:
        first = len(self._stretches)
        for place, beat in enumerate(beats):
            last = self._stretches[-1]
            moving = Phase.DOWN if place == 0 else Phase.UP if place == len(beats) - 1 else Phase.BOTTOM
            staying = Phase.LOCKOUT if moving is Phase.UP else Phase.BOTTOM
            self._stretches += stretch_out(last.end, last.target, beat, moving, staying)
        down, up = self._stretches[first], self._stretches[-2]
        return TrueRep(n, down.start, down.end, up.end, faults)

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture and the phase at ``t`` seconds."""
        stretch = self._stretches[max(0, bisect_right(self._starts, t) - 1)]
        angles = dict(zip(ANGLES, stretch.at(t).tolist(), strict=True))
        angles["trunk"] += TRUNK_SWAY * sin(2 * pi * SWAY_RATE * t + self._sway[0])
        angles["arm"] += ARM_SWAY * sin(2 * pi * SWAY_RATE * 0.7 * t + self._sway[1])
        return Posture(**angles), stretch.phase

    def seated(self) -> Iterator[Posture]:
        """The postures, without sway, in which a seat carries the person."""
        postures = (Posture(*stretch.target) for stretch in self._stretches)
        return (posture for posture in postures if posture.carried)


def stretch_out(
    t: float, origin: np.ndarray, beat: Beat, moving: Phase = Phase.SETUP, staying: Phase = Phase.SETUP
) -> list[Stretch]:
    """The beat's way and its stay, beginning at ``t`` from ``origin``."""
    target = as_vector(replace(STANDING, **beat.angles))
    there = t + beat.seconds
    bounces = round(beat.bounces)
    return [
        Stretch(t, there, moving, origin, target, beat.knee_surge),
        Stretch(there, there + beat.stay + bounces * BOUNCE_SECONDS, staying, target, target, bounces=bounces),
    ]


def vary(beats: tuple[Beat, ...], rng: np.random.Generator, seat: bool) -> tuple[Beat, ...]:
    """One repetition's own depth and tempo; a seat leaves the depth no choice."""
    spread = np.clip(rng.standard_normal(2), -SPREAD_LIMIT, SPREAD_LIMIT) * (DEPTH_SPREAD, TEMPO_SPREAD)
    depth, tempo = (1 + spread).tolist()
    if seat:
        depth = 1.0
    return tuple(
        replace(
            beat,
            seconds=beat.seconds * tempo,
            angles={
                name: getattr(STANDING, name) + (value - getattr(STANDING, name)) * depth
                for name, value in beat.angles.items()
            },
        )
        for beat in beats
    )
