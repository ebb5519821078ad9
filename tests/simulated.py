"""Sets of the simulated person seen through the real pose model, scored, and compared with what is true of them."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.progress import track

from kiosk.devices.movenet import PoseModel
from kiosk.drills import DRILLS, find_drill
from kiosk.figure.film import Film, Filmed
from kiosk.figure.lens import Lens
from kiosk.figure.script import SCRIPTS
from kiosk.scoring.drill import Drill, Fault
from kiosk.scoring.geometry import HIP, KNEE, RAW, SHIN, TRUNK, Geometry
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.smoothing import Smoother
from kiosk.scoring.verdict import Light, Rep, Verdict

#: Angles whose error is measured, and what it may be on average, degrees (biomechanics 5.7).
ANGLES = {"trunk": (TRUNK, 5.0), "shin": (SHIN, 6.0), "knee": (KNEE, 7.0), "hip": (HIP, 8.0)}

#: How near to its green edge a true measure may be for the fault to be told or not: the errors allowed (biomechanics
#: 5.7), in lengths of shins those of the angles, in times a tenth of a second for each end.
ALLOWED = {
    "trunk": 5, "top_trunk": 5, "shin": 6, "knee": 7, "thigh": 7, "hip": 8, "lockout": 8, "lean": 8, "hinge_index": 8,
    "neck": 12, "range": 5, "hip_retreat": 0.12, "knee_travel": 0.10, "retreat_share": 0.2, "down_s": 0.2, "up_s": 0.2,
    "bounces": 0,
}  # fmt: skip

#: One mistake under two keys, or told by the key that comes first (biomechanics 2.2, 2.4).
ALSO = {"F3b": {"F4"}, "F4": {"F3b"}, "F17": {"F10"}}

#: Seconds of standing from whose frames the true standing is taken.
STANDS = 2.0


@dataclass(frozen=True, slots=True)
class Set:
    """One set to be filmed: ``fault`` full-blown, or none for a good one."""

    drill: str
    style: str
    fault: str
    seed: int
    yaw: float
    reps: int
    fps: float


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of a set: true and counted repetitions, what was found and not seen in each of them.

    ``true`` are the repetitions scored on the true keypoints; ``errors`` the mean error of each of ANGLES, degrees;
    ``reds`` how many verdicts showed a red light.
    """

    set: Set
    performed: int
    reps: tuple[Rep, ...]
    true: tuple[Rep, ...]
    errors: tuple[float, ...]
    reds: int


def good_sets(places: Iterable[tuple[int, float]], reps: int, fps: float) -> list[Set]:
    """Every drill in every style without a fault, by every seed and yaw of ``places``."""
    return [Set(s.drill, s.style, "", seed, yaw, reps, fps) for seed, yaw in places for s in SCRIPTS]


def faulty_sets(places: Sequence[tuple[int, float]], reps: int, fps: float, each: int) -> list[Set]:
    """Every fault that both figure and drill know, ``each`` times at successive ``places``, in the usual style."""
    pairs = [(d.key, key) for d in DRILLS for key in dict.fromkeys(f.key for f in d.faults) if key in _acted(d)]
    return [
        Set(drill, "", fault, *places[(i + k) % len(places)], reps, fps)
        for i, (drill, fault) in enumerate(pairs)
        for k in range(each)
    ]


def _acted(drill: Drill) -> set[str]:
    return set(next(script.faults for script in SCRIPTS if script.drill == drill.key))


def score_all(sets: Sequence[Set], model: Path) -> list[Scored]:
    """Film and score ``sets``, a process for each core."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = pool.map(partial(score, model=model), sets)
        return list(track(found, "filming", len(sets), disable=not sys.stdout.isatty()))


def score(each: Set, model: Path) -> Scored:
    """Film one set, look at it with the pose model and score what it saw; score the true keypoints as well."""
    faults = {each.fault: 1.0} if each.fault else {}
    film = Film(
        each.drill,
        faults=faults,
        reps=each.reps,
        fps=each.fps,
        seed=each.seed,
        style=each.style,
        lens=Lens(yaw=each.yaw),
    )
    eye, filmed, seen = PoseModel(model), [], []
    for frame in film:
        filmed.append(frame)
        seen.append(eye.look(frame.frame.image, frame.frame.t))
    drill = find_drill(each.drill)
    verdicts, true = _watch(drill, seen), _watch(drill, [frame.pose for frame in filmed])
    return Scored(
        each,
        performed=len(film.truth.reps),
        reps=_reps(verdicts),
        true=_reps(true),
        errors=_errors(seen, filmed, film.facing),
        reds=sum(Light.RED in verdict.lights for verdict in verdicts),
    )


def _watch(drill: Drill, poses: Sequence[Pose]) -> list[Verdict]:
    scorer = Scorer(drill)
    return [scorer.step(pose) for pose in poses]


def _reps(verdicts: Sequence[Verdict]) -> tuple[Rep, ...]:
    return tuple(verdict.rep for verdict in verdicts if verdict.rep)


def _errors(seen: Sequence[Pose], filmed: Sequence[Filmed], facing: int) -> tuple[float, ...]:
    """Mean absolute error of each of ANGLES as a difference from standing, of the frames in which it was seen."""
    smoother, geometry = Smoother(), Geometry()
    trunk = float(np.hypot(*(filmed[0].pose.points[5] - filmed[0].pose.points[11])))
    steps = [seen[1].t - seen[0].t, *(b.t - a.t for a, b in pairwise(seen))]
    near = 1 if facing > 0 else 0
    rows = np.array(
        [
            geometry.measure(smoother.step(pose, dt, trunk), near, facing)[RAW].copy()
            for pose, dt in zip(seen, steps, strict=True)
        ]
    )
    stands = np.array([pose.t <= STANDS for pose in seen])
    errors = []
    for name, (column, _) in ANGLES.items():
        truth = np.array([getattr(frame.truth, name) for frame in filmed])
        off = (rows[:, column] - np.nanmedian(rows[stands, column])) - (truth - np.median(truth[stands]))
        errors.append(float(np.nanmean(np.abs(off))))
    return tuple(errors)


@dataclass(slots=True)
class Tally:
    """One fault of one drill over all repetitions: told rightly, missed, told wrongly."""

    drill: str
    key: str
    grade: str
    hits: int = 0
    misses: int = 0
    false: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN where the fault was never there and never told."""
        told = 2 * self.hits + self.misses + self.false
        return 2 * self.hits / told if told else math.nan


def tally(scored: Sequence[Scored]) -> list[Tally]:
    """How well each fault that was put in somewhere is told."""
    out = []
    for drill in DRILLS:
        sets = [each for each in scored if each.set.drill == drill.key]
        put_in = {each.set.fault for each in sets}
        for fault in {fault.key: fault for fault in drill.faults if fault.key in put_in}.values():
            out.append(_tally(drill, fault, sets))
    return out


def _tally(drill: Drill, fault: Fault, sets: Sequence[Scored]) -> Tally:
    row, keys = Tally(drill.key, fault.key, fault.grade), {fault.key} | ALSO.get(fault.key, set())
    sides = [each for each in drill.faults if each.key in keys]
    for each in sets:
        for rep, true in zip(each.reps, each.true, strict=False):
            told = bool(keys & {found.key for found in rep.faults})
            if each.set.fault == fault.key:
                row.hits += told
                row.misses += not told
            elif not any(_nearly(side, true) for side in sides):
                row.false += told
    return row


def _nearly(fault: Fault, true: Rep) -> bool:
    """The true measure is beyond the green edge, or so near that the allowed error may have taken it there."""
    value = true.measures[fault.measure]
    sign = 1 if fault.red > fault.green else -1
    return value is None or sign * (value - fault.green) > -ALLOWED[fault.measure]


def table(scored: Sequence[Scored]) -> str:
    """The confusion of faults, and the mean errors of angles, for people."""
    lines = [f"{row.drill:10} {row.key:4} {row.grade}  hits {row.hits:3}  misses {row.misses:3}  false {row.false:3}"
             f"  F1 {row.f1:.2f}" for row in tally(scored)]  # fmt: skip
    means = ", ".join(f"{name} {value:.1f}" for name, value in mean_errors(scored).items())
    exact = sum(len(each.reps) == each.performed for each in scored)
    return "\n".join([*lines, f"exact {exact} of {len(scored)} sets; mean errors in degrees: {means}"])


def mean_errors(scored: Sequence[Scored]) -> dict[str, float]:
    """Mean error of each of ANGLES over all sets, degrees."""
    return dict(zip(ANGLES, np.mean([each.errors for each in scored], axis=0).tolist(), strict=True))
