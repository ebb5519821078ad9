"""Bends: films of people whose spines bend by known angles, in all clothes, before all walls, whatever befalls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from kiosk.accuracy.spines import Captured
from kiosk.figure.beats import STANDING
from kiosk.figure.clothes import BACKS, Wall
from kiosk.figure.course import Performance, TrueRep, ease
from kiosk.figure.events import CALM, Brightness, Events, Flicker, Knock
from kiosk.figure.film import Film
from kiosk.figure.lens import SIDE, Lens
from kiosk.figure.posture import Posture
from kiosk.scoring.verdict import Phase

#: People whom nothing of the back was adjusted to.
BODIES = (41, 43, 46, 50)
#: As many pictures a second as the slowest board looks at.
RATE = 8.0
#: Nobody is there for so long, then the person walks in: a background is learned of 15 pictures over 5 s (biomechanics
#: 3.3).
EMPTY = 7.0
#: Standing before the first bend, long enough to be calibrated; then going down, staying, coming up, standing: seconds.
STANDS = 4.0
DOWN, STAYS, UP, BETWEEN = 1.4, 1.2, 1.2, 1.0
#: Lumbar flexions of a set's repetitions, degrees, in an order of chance, each ± JITTER; before them comes one good
#: hinge, such as the person is coached to do first: their own neutral of a bent trunk.
LUMBAR, JITTER, GOOD = (0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0), 3.0, 8.0
#: How far trunk and knees bend, degrees; the thoracic flexion is a share of the lumbar one and something of its own.
TRUNKS, KNEES, THORACIC_SHARE, THORACIC = (40.0, 70.0), (12.0, 38.0), 0.15, (0.0, 10.0)
#: How much flatter (+) or hollower people stand below, and rounder above, than the figure's spine is drawn, degrees:
#: about one standard deviation to either side of what healthy adults have.
OWN_LUMBAR, OWN_THORACIC = (-10.0, 10.0), (-8.0, 8.0)

#: What may befall a set, at so many seconds of it the first bend being over; by name.
_AT = EMPTY + 8.0
EVENTS = {
    "calm": CALM,
    "light on": Events(light=(Brightness(_AT + 5, 1.35, tint=(1.03, 1.0, 0.90)),)),
    "light off": Events(light=(Brightness(_AT + 5, 0.62, tint=(0.96, 1.0, 1.08)),)),
    "cloud": Events(light=(Brightness(_AT + 4, 0.78, 3.0), Brightness(_AT + 16, 1.0, 3.0))),
    "screen flicker": Events(flicker=Flicker(0.05, 2.0)),
    "walks behind": Events(passing=(_AT + 4, _AT + 19)),
    "knocked": Events(knocks=(Knock(_AT + 5, 6, -3),)),
}


#: Those in clothes and before walls that make a back hard to see, and whom something befalls: more would take an hour.
HARD_BODIES = BODIES[::2]
#: Walls before which fitted and tucked clothes are seen as they are; what their row, and recorded spines', is called.
PLAINLY = (Wall.PLAIN, Wall.TEXTURED)
USUAL, RECORDED = "fitted or tucked, plain or textured wall", "recorded spines, simulated pixels"


class Bends:
    """Bends of known lumbar flexion, one after another, of a back as that person has it: the first a good hinge."""

    def __init__(self, seed: int):
        rng = np.random.default_rng((seed, 8))
        lumbar = rng.permutation(LUMBAR) + rng.uniform(-JITTER, JITTER, len(LUMBAR))
        self._stands = replace(STANDING, lumbar=rng.uniform(*OWN_LUMBAR), thoracic=rng.uniform(*OWN_THORACIC))
        self._postures = [self._bend(52.0, GOOD, 3.0, 24.0)]
        self._postures += [
            self._bend(rng.uniform(*TRUNKS), each, THORACIC_SHARE * each + rng.uniform(*THORACIC), rng.uniform(*KNEES))
            for each in np.maximum(0.0, lumbar).tolist()
        ]
        each = DOWN + STAYS + UP + BETWEEN
        starts = [STANDS + n * each for n in range(len(self._postures))]
        self.reps = tuple(
            TrueRep(n, start, start + DOWN, start + DOWN + STAYS + UP, {}) for n, start in enumerate(starts, 1)
        )
        self.seconds = starts[-1] + each

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture and phase at ``t`` seconds."""
        for rep, bent in zip(self.reps, self._postures, strict=True):
            if rep.start <= t < rep.end:
                up = t - rep.bottom - STAYS
                share = ease(1 - up / UP) if up > 0 else ease(min(1.0, (t - rep.start) / DOWN))
                return _between(self._stands, bent, share), Phase.UP if up > 0 else Phase.DOWN
        return self._stands, Phase.SETUP

    def _bend(self, trunk: float, lumbar: float, thoracic: float, knee: float) -> Posture:
        own = self._stands
        lumbar, thoracic = own.lumbar + lumbar, own.thoracic + thoracic
        return replace(own, trunk=trunk, lumbar=lumbar, thoracic=thoracic, knee=knee, arm=3.0, elbow=8.0)

    def seated(self) -> Iterator[Posture]:
        """Nobody sits."""
        return iter(())


def _between(one: Posture, other: Posture, share: float) -> Posture:
    names = ("trunk", "lumbar", "thoracic", "knee", "arm", "elbow", "neck")
    mixed = {name: (1 - share) * getattr(one, name) + share * getattr(other, name) for name in names}
    return replace(one, **mixed)


@dataclass(frozen=True, slots=True)
class BackSet:
    """One film: ``clothes`` of BACKS before a ``wall``, what ``befalls`` it of EVENTS; ``spine``: a recorded one."""

    clothes: str
    wall: Wall
    befalls: str
    body: int
    spine: Captured | None = None
    lens: Lens = SIDE
    yaw: float = 0.0

    @property
    def name(self) -> str:
        """All of it in words that may name a file."""
        spine = self.spine.name if self.spine else "bends"
        words = (self.clothes, self.wall, self.befalls, spine, str(self.body), f"{self.lens.width}", f"{self.yaw:g}")
        return "-".join(word.replace(" ", "_") for word in words)

    @property
    def film(self) -> Film:
        """The film of it; the person walks into an empty room."""
        performed: Performance = self.spine or Bends(self.body)
        return Film(
            "hinge",
            seed=self.body,
            fps=RATE,
            lens=replace(self.lens, yaw=self.yaw),
            look=replace(BACKS[self.clothes], wall=self.wall),
            events=replace(EVENTS[self.befalls], empty=EMPTY, walks_in=True),
            performed=performed,
        )


def clothes_and_walls(bodies: Sequence[int] = BODIES) -> list[BackSet]:
    """Every kind of clothes before every wall, by each body."""
    return [BackSet(clothes, wall, "calm", body) for clothes, wall, body in product(BACKS, Wall, bodies)]


def troubled(bodies: Sequence[int] = BODIES) -> list[BackSet]:
    """All that may befall a set that is easily seen otherwise."""
    walls = (Wall.PLAIN, Wall.TEXTURED)
    return [BackSet("fitted", wall, event, body) for event, wall, body in product(list(EVENTS)[1:], walls, bodies)]


def back_sets(spines: Sequence[Captured]) -> list[tuple[str, BackSet]]:
    """All films of backs, each with what its row is called."""
    worn = clothes_and_walls()
    plain = [(USUAL, each) for each in worn if _is_plain(each)]
    hard = [each for each in worn if each.body in HARD_BODIES and not _is_plain(each)]
    named = [(f"{each.clothes}, {each.wall} wall", each) for each in hard]
    befallen = [(each.befalls, each) for each in troubled(HARD_BODIES)]
    return plain + named + befallen + [(RECORDED, each) for each in captured(spines)]


def _is_plain(each: BackSet) -> bool:
    return each.clothes in ("fitted", "tucked") and each.wall in PLAINLY


def captured(spines: Sequence[Captured]) -> list[BackSet]:
    """Every recorded spine, fitted and tucked before plain and textured walls in turn."""
    worn = list(product(("fitted", "tucked"), (Wall.PLAIN, Wall.TEXTURED)))
    return [BackSet(*worn[n % len(worn)], "calm", BODIES[n % len(BODIES)], spine) for n, spine in enumerate(spines)]
