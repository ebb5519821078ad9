"""Somebody who washes their hands: one lean over the basin after another, each from standing and back to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import pi, sin

import numpy as np

from kiosk.figure.basin import KNEELING, hold_hips, wash_hands
from kiosk.figure.beats import ANGLES, STANDING
from kiosk.figure.bones import Lengths
from kiosk.figure.course import TrueRep, as_vector, ease
from kiosk.figure.posture import Posture, Support
from kiosk.scoring.verdict import Phase

#: Standing before the first lean, long enough to be calibrated, and between two; going down and coming up: seconds.
STANDS, BETWEEN, DOWN, UP = 3.5, 1.8, 1.4, 1.2
#: Hands rub each other: degrees of the elbows, and hertz; the trunk sways a little.
RUB, RUB_RATE, SWAY, SWAY_RATE = 6.0, 1.6, 0.6, 0.3
ELBOW, TRUNK = ANGLES.index("elbow"), ANGLES.index("trunk")


@dataclass(frozen=True, slots=True)
class Lean:
    """One lean over the basin that is kept up for ``stays`` seconds, degrees as in a Posture.

    ``back``: how far behind their place in standing the hips are held, metres; None where balance sends them back.
    """

    trunk: float
    lumbar: float = 6.0
    thoracic: float = 3.0
    neck: float = 0.0
    nod: float = 0.0
    knee: float = 16.0
    back: float | None = None
    stays: float = 4.5


def bend_over(body: Lengths, lean: Lean, edge: float, stands: Posture = STANDING) -> Posture:
    """The posture of who leans so, their hands at the tap of a basin ``edge`` metres before them."""
    kneels = stands.support is Support.REST
    posture = replace(
        stands,
        trunk=lean.trunk,
        lumbar=lean.lumbar,
        thoracic=lean.thoracic,
        neck=lean.neck,
        nod=lean.nod,
        # on the knees the thighs lean back with the hips
        knee=stands.knee + (0.5 * lean.trunk if lean.back is None else 0.0) if kneels else lean.knee,
    )
    for _ in range(2):  # the arms weigh something, too
        if kneels or lean.back is not None:
            posture = hold_hips(body, posture, lean.back or 0.0)
        posture = wash_hands(body, posture, edge)
    return posture


class Washing:
    """Those ``leans`` by ``body`` at a basin ``edge`` metres before it, ``kneeling`` or standing: a performance."""

    def __init__(
        self, body: Lengths, leans: Sequence[Lean], edge: float, *, kneeling: bool = False, phase: float = 0.0
    ):
        self._stands = KNEELING if kneeling else STANDING
        self._rest = as_vector(self._stands)
        self._bent = [as_vector(bend_over(body, lean, edge, self._stands)) for lean in leans]
        self._phase = phase
        reps, t = [], STANDS
        for n, lean in enumerate(leans, 1):
            reps.append(TrueRep(n, t, t + DOWN, t + DOWN + lean.stays, {}))
            t = reps[-1].end + UP + BETWEEN
        self.reps = tuple(reps)
        self.seconds = t
        self._starts = [rep.start for rep in reps]

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture and phase at ``t`` seconds."""
        angles, phase = self._rest.copy(), Phase.SETUP
        n = bisect_right(self._starts, t) - 1
        if n >= 0 and t < self.reps[n].end + UP:
            rep = self.reps[n]
            going = (t - rep.start) / DOWN if t < rep.bottom else 1 - max(0.0, t - rep.end) / UP
            phase = Phase.DOWN if t < rep.bottom else Phase.BOTTOM if t < rep.end else Phase.UP
            angles += ease(going) * (self._bent[n] - angles)
            angles[ELBOW] += ease(going) * RUB * sin(2 * pi * RUB_RATE * t)
        angles[TRUNK] += SWAY * sin(2 * pi * SWAY_RATE * t + self._phase)
        numbers = dict(zip(ANGLES, angles.tolist(), strict=True))
        return Posture(**numbers, support=self._stands.support), phase

    def seated(self) -> Iterator[Posture]:
        """Nobody sits."""
        return iter(())


def good_lean(rng: np.random.Generator, *, pinned: bool = False) -> Lean:
    """A hinge with a long neck, the head up or in line, the eyes up or down; ``pinned`` to the basin or free."""
    return Lean(
        trunk=rng.uniform(18, 35) if pinned else rng.uniform(20, 44),
        lumbar=rng.uniform(0, 11),
        thoracic=rng.uniform(0, 7),
        neck=rng.uniform(-25, 12),
        nod=rng.uniform(-10, 15),
        knee=rng.uniform(8, 24) if not pinned else rng.uniform(3, 10),
        back=0.0 if pinned else None,
        stays=rng.uniform(3.6, 6.0),
    )


def hunch(rng: np.random.Generator, *, pinned: bool = False) -> Lean:
    """A mild to full hunch (biomechanics 4.1): the back rounds, the neck drops, the hips stay where they were."""
    share = rng.uniform(0, 1)
    return Lean(
        trunk=22 + 14 * share + rng.uniform(-3, 3),
        lumbar=18 + 12 * share,
        thoracic=15 + 10 * share,
        neck=rng.uniform(18, 27),
        nod=rng.uniform(0, 15),
        knee=rng.uniform(2, 8),
        back=0.0 if pinned else rng.uniform(0.0, 0.03),
        stays=rng.uniform(4.0, 6.0),
    )
