"""A set on its way through time: rest, repetitions, rest; at every moment a posture and a phase."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Protocol

import numpy as np

from kiosk.figure.beats import ANGLES, Beat, Script, put_faults_in
from kiosk.figure.posture import Posture
from kiosk.scoring.verdict import Phase

#: At rest before the first and after the last repetition, seconds.
STAND = 2.5
#: Nobody repeats exactly: standard deviation of depth and of tempo from one repetition to the next, and their limits.
DEPTH_SPREAD, TEMPO_SPREAD, SPREAD_LIMIT = 0.02, 0.04, 2.0
#: A bounce goes back this share of the way to rest and takes so many seconds.
BOUNCE_SHARE, BOUNCE_SECONDS = 0.32, 0.75
#: Sway while standing: degrees of the trunk and of the arms, and hertz (nobody stands like a post).
TRUNK_SWAY, ARM_SWAY, SWAY_RATE = 0.5, 1.5, 0.27
#: A surge of the knees is largest before half of the way: at 0.4 of its time.
SURGE_EARLY = 0.75

KNEE, HEADING = ANGLES.index("knee"), ANGLES.index("heading")
#: Between the sides, for who does not turn round.
PAUSE = Beat(key="pause", seconds=0.5, stay=1.5)
#: The side near the camera at first and after turning round, of drills that have sides.
SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time from ``start`` to ``end`` (seconds) between two postures (vectors in the order of ANGLES).

    ``rest`` is what a bounce goes back to; ``begun`` and ``goes_on``: it is under way at its start, or at its end.
    """

    start: float
    end: float
    phase: Phase
    origin: np.ndarray
    target: np.ndarray
    rest: np.ndarray
    knee_surge: float = 0.0
    bounces: int = 0
    drop: float = 0.0
    begun: bool = False
    goes_on: bool = False

    def at(self, t: float) -> np.ndarray:
        """The posture at time ``t`` within the stretch."""
        share = min(1.0, max(0.0, (t - self.start) / (self.end - self.start)))
        if self.bounces:
            back = BOUNCE_SHARE * (1 - cos(2 * pi * self.bounces * share)) / 2
            return self.target + back * (self.rest - self.target)
        way = self._way(share)
        angles = self.origin + ((1 - self.drop) * way + self.drop * share * share) * (self.target - self.origin)
        angles[KNEE] += self.knee_surge * sin(pi * share**SURGE_EARLY) ** 2
        return angles

    def _way(self, share: float) -> float:
        """How much of the way is done: from rest to rest, or a half of such a way, or steadily."""
        if self.begun and self.goes_on:
            return share
        if self.goes_on:
            return 2 * ease(share / 2)
        return 2 * ease((1 + share) / 2) - 1 if self.begun else ease(share)


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A repetition or a hold as it was performed; seconds from the first frame.

    ``faults``: what was put in, by size.  ``side``: the one near the camera, of drills that have sides.
    """

    n: int
    start: float
    bottom: float
    end: float
    faults: Mapping[str, float]
    side: str | None = None


def ease(share: float) -> float:
    """Minimum-jerk easing of 0..1 (Flash and Hogan 1985): how a hand or a body moves from rest to rest."""
    return share**3 * (10 - 15 * share + 6 * share * share)


def as_vector(posture: Posture) -> np.ndarray:
    """The posture's numbers in the order of ANGLES."""
    return np.array([getattr(posture, name) for name in ANGLES])


class Performance(Protocol):
    """What can be filmed, as a Course: so many ``seconds``, of which ``reps`` are repetitions."""

    @property
    def reps(self) -> tuple[TrueRep, ...]:
        """What is true of its repetitions."""
        ...

    @property
    def seconds(self) -> float:
        """How long it takes."""
        ...

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture and the phase at ``t`` seconds."""
        ...

    def seated(self) -> Iterator[Posture]:
        """The postures in which a seat carries the person."""
        ...


class Course:
    """One set of a script, for each side if it has sides.

    ``reps`` holds what is true of it, ``seconds`` how long it takes.  ``origin``: the posture it begins in, when that
    is not the script's rest; ``turning``: round between the sides, which is of no use to a camera in front.  Raises
    BadInput on an unknown fault.
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
        turning: bool = True,
    ):
        rng = np.random.default_rng((seed, 2))
        self._sway = rng.uniform(0, 2 * pi, 2)
        at_first = {fault: size for fault, size in faults.items() if fault not in script.later}
        first, script = put_faults_in(script, at_first), put_faults_in(script, faults)
        self._script = script
        self._rest = as_vector(script.resting)
        self._stretches = [Stretch(0.0, stand, Phase.SETUP, self._rest, self._rest, self._rest)]
        if origin is not None and origin.support is script.support:
            self._stretches.clear()
            self._add_beat(Beat(key="rest", seconds=1.2, stay=stand), origin=as_vector(origin))
        self._turned = np.inf
        self.reps: tuple[TrueRep, ...] = ()
        for side in SIDES if script.sides else (None,):
            if side == SIDES[1]:
                self._change_sides(script.turn if turning else (PAUSE,))
            for n in range(reps):
                performed, put_in = (script, faults) if n else (first, at_first)
                self._add_rep(vary(performed, rng), dict(put_in), side)
        # A lockout fault ends with the set: the person stands up straight at last.
        self._add_beat(Beat(key="rest", seconds=0.6, stay=stand / 2))
        self._starts = [stretch.start for stretch in self._stretches]
        self.seconds = self._stretches[-1].end

    def _change_sides(self, beats: tuple[Beat, ...]) -> None:
        for beat in beats:
            way = self._add_beat(beat)
        self._turned, self._rest = way.end, way.target

    def _add_rep(self, beats: tuple[Beat, ...], faults: dict[str, float], side: str | None) -> None:
        ways = []
        for place, beat in enumerate(beats):
            # what passes into the last beat is of the way up with it
            up = place == len(beats) - 1 or (place == len(beats) - 2 and beat.through)
            moving = Phase.DOWN if place == 0 else Phase.UP if up else Phase.BOTTOM
            ways.append(self._add_beat(beat, moving, Phase.LOCKOUT if moving is Phase.UP else Phase.BOTTOM))
        down, last = ways[0], ways[-1]
        start, end = (down.end, last.start) if self._script.held else (down.start, last.end)
        if self._script.counted:
            self.reps += (TrueRep(len(self.reps) + 1, start, down.end, end, faults, side),)

    def _add_beat(
        self, beat: Beat, moving: Phase = Phase.SETUP, staying: Phase = Phase.SETUP, origin: np.ndarray | None = None
    ) -> Stretch:
        """Go on with the beat's way, which is returned, and its stay."""
        start, begun = 0.0, False
        if origin is None:
            last = self._stretches[-1]
            start, begun, origin = last.end, last.goes_on, last.target
        target = self._rest.copy()
        for name, value in beat.angles.items():
            target[ANGLES.index(name)] = value
        target[HEADING] += self._rest[HEADING] if beat.angles else 0
        there, bounces = start + beat.seconds, round(beat.bounces)
        way = Stretch(
            start, there, moving, origin, target, self._rest, beat.knee_surge, 0, beat.drop, begun, beat.through
        )
        self._stretches.append(way)
        stay = beat.stay + bounces * BOUNCE_SECONDS
        if stay:
            self._stretches.append(Stretch(there, there + stay, staying, target, target, self._rest, bounces=bounces))
        return way

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture and the phase at ``t`` seconds."""
        stretch = self._stretches[max(0, bisect_right(self._starts, t) - 1)]
        angles = dict(zip(ANGLES, stretch.at(t).tolist(), strict=True))
        angles["trunk"] += TRUNK_SWAY * sin(2 * pi * SWAY_RATE * t + self._sway[0])
        angles["arm"] += ARM_SWAY * sin(2 * pi * SWAY_RATE * 0.7 * t + self._sway[1])
        side = SIDES[int((t >= self._turned) == self._script.near)]
        return Posture(**angles, side=side, support=self._script.support), stretch.phase

    def seated(self) -> Iterator[Posture]:
        """The postures, without sway, in which a seat carries the person."""
        postures = (Posture(**dict(zip(ANGLES, stretch.target.tolist(), strict=True))) for stretch in self._stretches)
        return (posture for posture in postures if posture.carried)


def vary(script: Script, rng: np.random.Generator) -> tuple[Beat, ...]:
    """One repetition's own depth and tempo; a seat leaves the depth no choice."""
    spread = np.clip(rng.standard_normal(2), -SPREAD_LIMIT, SPREAD_LIMIT) * (DEPTH_SPREAD, TEMPO_SPREAD)
    depth, tempo = (1 + spread).tolist()
    if script.seat:
        depth = 1.0
    return tuple(
        replace(
            beat,
            seconds=beat.seconds * tempo,
            angles={
                name: script.rest[name] + (value - script.rest[name]) * depth for name, value in beat.angles.items()
            },
        )
        for beat in script.beats
    )
