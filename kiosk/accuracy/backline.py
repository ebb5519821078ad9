"""Films of backs through the mirror: the bend it tells against the true one, and what it lights.

Every film is looked at once.  Its outlines are then read in several ways (``READINGS``), of which the mirror's is the
first; the scoring loop judges the set twice, once as of somebody unknown and once as of who has taught the mirror their
own back: by the good hinge with which the set begins, and by cat and cow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from kiosk.accuracy.bends import BODIES, EMPTY, RATE, BackSet
from kiosk.accuracy.card import BackRow, CatRow
from kiosk.accuracy.sets import drill_of
from kiosk.devices.movenet import PoseModel
from kiosk.figure.clothes import BACKS, Wall
from kiosk.figure.course import TrueRep
from kiosk.figure.events import Events
from kiosk.figure.film import Film
from kiosk.figure.truth import Truth
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.contour import STANDS, Contour
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.pose import Pose
from kiosk.scoring.rounding import LEANS, ROUNDEST
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Rep

#: The person's neutral is that of so many seconds of standing before the trunk first leans so far, degrees.
STILL, UPRIGHT = 3.0, 15.0
#: Looks that a repetition needs to be told by them (biomechanics 3.5).
LEAST_LOOKS = 4
#: What is a long back and a rounded one in truth, degrees of lumbar flexion.
LONG, ROUNDED = 20.0, 35.0
#: How far the simulated back goes in cat and in cow, as the mirror tells it (the sets of ``cats``).
FLEXED, EXTENDED = 46.0, -23.0
#: Where the tangents and the sagitta of biomechanics 3.4 are taken, and its scales, degrees.
TANGENTS, BETWEEN, PER_SAGITTA, SLOPE = (0.24, 0.52), (0.20, 0.56), 600.0, 0.55
#: Cycles of cat and cow in a set.
CYCLES = 3


def _parabola(contour: Contour) -> float:
    return contour.shape.lumbar


def _tangents(contour: Contour) -> float:
    """The estimate of biomechanics 3.4: of a quartic through the outline, two tangents and a sagitta."""
    seen = contour.heights == contour.heights
    powers = np.polynomial.polynomial.polyfit(STANDS[seen] - 0.5, contour.heights[seen], 4)
    slopes = np.polynomial.polynomial.polyval(np.array(TANGENTS) - 0.5, np.polynomial.polynomial.polyder(powers))
    turn = float(np.degrees(np.arctan(slopes[0]) - np.arctan(slopes[1])))
    start, end = BETWEEN
    places = np.linspace(start, end, 25)
    line = np.polynomial.polynomial.polyval(places - 0.5, powers)
    off = line - np.interp(places, (start, end), line[[0, -1]])
    return 0.5 * (PER_SAGITTA * float(off[np.abs(off).argmax()]) / (end - start) + turn / SLOPE)


def _stick(contour: Contour) -> float:
    """From the hollow under a stick on the outline's own bulges: the turn of an arc as deep over them."""
    shape = contour.shape
    return -math.degrees(8 * shape.hollow / (shape.blades - shape.seat))


#: Ways to read the lumbar bend of an outline, degrees; what is told is the difference from standing.
READINGS: dict[str, Callable[[Contour], float]] = {
    "one parabola a stretch (the mirror)": _parabola,
    "tangents and sagitta (biomechanics 3.4)": _tangents,
    "stick on the outline's own bulges": _stick,
}


@dataclass(frozen=True, slots=True)
class Bent:
    """One look at a bent back: the repetition ``rep``, true flexion and the ``told`` one, degrees (NaN: unseen)."""

    rep: int
    true: float
    told: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One repetition: its ``true`` flexion, degrees, and how it is lit of somebody unknown and of who is ``known``."""

    true: float
    unknown: Light
    known: Light


@dataclass(frozen=True, slots=True)
class Backs:
    """What came of one film, of the row ``what``: looks by reading, and repetitions."""

    what: str
    looks: dict[str, list[Bent]]
    judged: list[Judged]


def look_at(each: BackSet, what: str, model: Path) -> Backs:
    """Film ``each``, look at it with the pose model, read and judge its back."""
    film = each.film
    truths, poses = _see(film, model)
    begins = next(truth for truth, pose in zip(truths, poses, strict=True) if truth and pose.t >= film.begins)
    reps = film.truth.reps
    looks = {name: _read(truths, poses, reading, begins.lumbar, reps) for name, reading in READINGS.items()}
    unknown = _score(poses, UNKNOWN)
    first = _belonging(unknown, reps[0])
    own = OwnBack()
    if first and each.spine is None:
        told = first.measures
        own = OwnBack(told["lumbar"] or math.nan, told["thoracic"] or math.nan, FLEXED, EXTENDED)
    known = _score(poses, own)
    judged = [
        Judged(_true(truths, rep, begins.lumbar), _level(_belonging(unknown, rep)), _level(_belonging(known, rep)))
        for rep in reps
    ]
    return Backs(what, looks, judged)


def _see(film: Film, model: Path) -> tuple[list[Truth | None], list[Pose]]:
    """What is true of every frame, and what is seen, the outline of the back with it."""
    eye, back = PoseModel(model, passes=1), Back()
    drill = drill_of(film.drill)
    eye.lying = drill.lying
    back.begin(STARTS[drill.start])
    truths, poses = [], []
    for filmed in film:
        pose = eye.look(filmed.frame.image, filmed.frame.t)
        poses.append(replace(pose, back=back.look(filmed.frame.image, pose)))
        truths.append(filmed.truth)
    return truths, poses


def _score(poses: Sequence[Pose], own: OwnBack) -> list[Rep]:
    scorer = Scorer(drill_of("hinge"), own)
    return [verdict.rep for verdict in map(scorer.step, poses) if verdict.rep]


def _belonging(told: Sequence[Rep], rep: TrueRep) -> Rep | None:
    """The told repetition whose bottom lies in the true one."""
    return next((one for one in told if rep.start <= one.bottom < rep.end), None)


def _level(rep: Rep | None) -> Light:
    """What one repetition says of the back."""
    if rep is None or "F1a" in rep.not_seen:
        return Light.UNSEEN
    levels = {fault.level for fault in rep.faults if fault.light == "back"}
    return Light.RED if Light.RED in levels else Light.AMBER if levels else Light.GREEN


def _read(
    truths: Sequence[Truth | None],
    poses: Sequence[Pose],
    reading: Callable[[Contour], float],
    stands: float,
    reps: Sequence[TrueRep],
) -> list[Bent]:
    """All looks at bent trunks; flexions beyond that person's own standing."""
    seen = [(pose.t, pose.back) for pose in poses if pose.back and not pose.back.why]
    bends = next((t for t, contour in seen if lean(contour) > UPRIGHT), math.inf)
    still = [reading(contour) for t, contour in seen if bends - STILL <= t < bends]
    neutral = float(np.median(still)) if still else math.nan
    found = []
    for truth, pose in zip(truths, poses, strict=True):
        rep = next((rep.n for rep in reps if rep.start <= pose.t < rep.end), 0)
        if truth and rep and pose.back and truth.trunk >= LEANS:
            told = math.nan if pose.back.why else reading(pose.back) - neutral
            found.append(Bent(rep, truth.lumbar - stands, told))
    return found


def lean(contour: Contour) -> float:
    """How far the chord hip to shoulder leans forward, degrees."""
    across, down = (contour.chord[1] - contour.chord[0]).tolist()
    return math.degrees(math.atan2(contour.facing * across, -down))


def _true(truths: Sequence[Truth | None], rep: TrueRep, stands: float) -> float:
    """The true flexion of a repetition, as its looks stand for it."""
    bent = [t.lumbar for t in truths if t and rep.start <= t.t < rep.end and t.trunk >= LEANS]
    return float(np.quantile(bent, ROUNDEST)) - stands if bent else math.nan


def rate(backs: Sequence[Backs], reading: str = "") -> list[BackRow]:
    """A row for every ``what``, in their order, of the mirror's own reading or another."""
    reading = reading or next(iter(READINGS))
    return [
        _row(what, reading, [one for one in backs if one.what == what]) for what in dict.fromkeys(b.what for b in backs)
    ]


def _row(what: str, reading: str, backs: Sequence[Backs]) -> BackRow:
    looks = [look for one in backs for look in one.looks[reading]]
    off = np.array([look.told - look.true for look in looks])
    off = off[np.isfinite(off)]
    pairs = np.array([pair for one in backs for pair in _repetitions(one.looks[reading])]).reshape(-1, 2)
    true, told = pairs[np.isfinite(pairs[:, 1])].T
    judged = [one for each in backs for one in each.judged]
    rounded, long = ([one for one in judged if of(one.true)] for of in (lambda t: t > ROUNDED, lambda t: t < LONG))
    return BackRow(
        what=what,
        films=len(backs),
        reps=len(judged),
        looks=len(looks),
        error=float(np.sqrt(np.mean(off**2))) if len(off) else math.nan,
        bias=float(np.mean(off)) if len(off) else math.nan,
        rep_error=float(np.sqrt(np.mean((told - true) ** 2))) if len(true) else math.nan,
        auc=area(told[true > ROUNDED], told[true < LONG]),
        rounded=len(rounded),
        long=len(long),
        green=[sum(one.unknown is Light.GREEN for one in rounded), sum(one.known is Light.GREEN for one in rounded)],
        amber=[sum(one.unknown is Light.AMBER for one in long), sum(one.known is Light.AMBER for one in long)],
        red=[sum(one.unknown is Light.RED for one in long), sum(one.known is Light.RED for one in long)],
        unseen=sum(one.unknown is Light.UNSEEN for one in judged),
    )


def _repetitions(looks: Sequence[Bent]) -> Iterator[tuple[float, float]]:
    """Of each repetition the true flexion and the told one, NaN where there were too few looks at it."""
    for n in sorted({look.rep for look in looks}):
        bent = [look for look in looks if look.rep == n]
        told = [look.told for look in bent if look.told == look.told]
        true = float(np.quantile([look.true for look in bent], ROUNDEST))
        yield true, float(np.quantile(told, ROUNDEST)) if len(told) >= LEAST_LOOKS else math.nan


def area(high: np.ndarray, low: np.ndarray) -> float:
    """How often one of the ``high`` is more than one of the ``low``: the area under the curve; NaN without any."""
    if not len(high) or not len(low):
        return math.nan
    more = high[:, None] - low[None, :]
    return float(np.mean((more > 0) + 0.5 * (more == 0)))


@dataclass(frozen=True, slots=True)
class Cats:
    """One set of cat and cow: cycles ``counted``, whether by the ``back``; how far it went in both, degrees."""

    counted: int
    back: bool
    flexed: tuple[float, ...]
    extended: tuple[float, ...]


def cats(bodies: Sequence[int] = BODIES) -> list[Film]:
    """Sets of cat and cow by each body in clothes that fit, tucked and loose ones, before three walls."""
    worn = product(("fitted", "tucked", "loose"), (Wall.PLAIN, Wall.TEXTURED), bodies)
    return [
        Film(
            "cat_cow",
            reps=CYCLES,
            fps=RATE,
            seed=body,
            look=replace(BACKS[clothes], wall=wall),
            events=Events(empty=EMPTY, walks_in=True),
        )
        for clothes, wall, body in worn
    ]


def count_cats(film: Film, model: Path) -> Cats:
    """The cycles of a set as the mirror counts them."""
    _, poses = _see(film, model)
    scorer = Scorer(drill_of("cat_cow"))
    reps = [verdict.rep for verdict in map(scorer.step, poses) if verdict.rep]
    ends = {name: tuple(end for rep in reps if (end := rep.measures[name])) for name in ("flexed", "extended")}
    return Cats(len(reps), bool(ends["flexed"]), **ends)


def rate_cats(sets: Sequence[Cats]) -> CatRow:
    """The row of all those sets."""
    flexed, extended = ([angle for one in sets for angle in getattr(one, name)] for name in ("flexed", "extended"))
    return CatRow(
        sets=len(sets),
        exact=sum(one.counted == CYCLES for one in sets),
        by_back=sum(one.back for one in sets),
        flexed=float(np.median(flexed)) if flexed else math.nan,
        extended=float(np.median(extended)) if extended else math.nan,
    )
