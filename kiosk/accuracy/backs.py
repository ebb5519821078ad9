"""Backs: how well the bend of a spine is told of films in which it is known, by whatever is given to tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.accuracy.bends import BackSet
from kiosk.devices.movenet import PoseModel
from kiosk.figure.film import Filmed
from kiosk.figure.truth import Truth
from kiosk.frame import Frame
from kiosk.scoring.dorsal.contour import Contour
from kiosk.scoring.pose import Pose

#: A back is judged while the trunk leans at least so far, degrees, from at least so many looks, by this percentile of
#: them (biomechanics 3.5).
LEANS, LEAST_LOOKS, PERCENTILE = 30.0, 4, 70.0
#: The person's neutral is that of so many seconds of standing before the trunk first leans so far, degrees.
STILL, UPRIGHT = 3.0, 15.0
#: Why nothing is told of whom no standing was seen.
NO_NEUTRAL = "no neutral"
#: Edges of the colours without the person's own range, degrees of lumbar flexion (biomechanics 3.4, 3.5: sagittas of
#: .030 and .055); what is long and what is rounded in truth.
GREEN, RED = 20.0, 34.0
LONG, ROUNDED = 20.0, 35.0


def look_at(each: BackSet, model: Path, cache: Path | None = None) -> Iterator[tuple[Filmed, Pose]]:
    """The film's frames, each with what the model saw; a look costs most, so poses are kept in the folder ``cache``."""
    kept = cache / f"{each.name}.npz" if cache else None
    if kept and kept.exists():
        yield from zip(each.film, _read_poses(kept), strict=True)
        return
    eye, poses = PoseModel(model, passes=1), []
    for filmed in each.film:
        poses.append(eye.look(filmed.frame.image, filmed.frame.t))
        yield filmed, poses[-1]
    if kept:
        np.savez(
            kept,
            t=[pose.t for pose in poses],
            points=[pose.points for pose in poses],
            scores=[pose.scores for pose in poses],
            size=[(pose.width, pose.height) for pose in poses],
            present=[pose.present for pose in poses],
        )


def _read_poses(path: Path) -> list[Pose]:
    with np.load(path) as file:
        columns = [file[name] for name in ("t", "points", "scores", "size", "present")]
    return [
        Pose(float(t), points, scores, int(size[0]), int(size[1]), bool(present))
        for t, points, scores, size, present in zip(*columns, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Bent:
    """One look at a bent back: the repetition ``rep`` (0: none), what is true of it and the flexion ``told``, degrees.

    ``told`` is NaN where the back was not seen, ``why`` then says why.
    """

    t: float
    rep: int
    trunk: float
    lumbar: float
    thoracic: float
    told: float
    why: str


#: What is to be rated: given a film's frames with what the model saw in them, for each the lumbar flexion in degrees
#: (NaN: unseen) and why it is unseen; None where it did not look.
Teller = Callable[[Iterator[tuple[Frame, Pose]]], Sequence[tuple[float, str] | None]]
#: What makes a contour of one frame.
Look = Callable[[np.ndarray, Pose], Contour | None]


def tell(each: BackSet, model: Path, teller: Teller, cache: Path | None = None) -> list[Bent]:
    """What ``teller`` makes of that film, beside what is true, of all looks at a person who is at their place.

    Flexions are true beyond that person's own standing.
    """
    film = each.film
    truths: list[Truth | None] = []

    def shown() -> Iterator[tuple[Frame, Pose]]:
        for filmed, pose in look_at(each, model, cache):
            truths.append(filmed.truth)
            yield filmed.frame, pose

    told = teller(shown())
    reps, found = film.truth.reps, []
    there = [(truth, one) for truth, one in zip(truths, told, strict=True) if truth and truth.t >= film.begins]
    stands = there[0][0]
    for truth, one in there:
        if one:
            n = next((rep.n for rep in reps if rep.start <= truth.t < rep.end), 0)
            found.append(
                Bent(truth.t, n, truth.trunk, truth.lumbar - stands.lumbar, truth.thoracic - stands.thoracic, *one)
            )
    return found


def against_standing(look: Look) -> Teller:
    """Tells the turn of the outline over the lumbar spine against the median of the person's own standing."""

    def teller(shown: Iterator[tuple[Frame, Pose]]) -> list[tuple[float, str] | None]:
        contours = [look(frame.image, pose) for frame, pose in shown]
        seen = [contour for contour in contours if contour and not contour.why]
        begins = next((contour.t for contour in seen if lean(contour) > UPRIGHT), np.inf)
        stands = [contour.shape.lumbar for contour in seen if begins - STILL <= contour.t < begins]
        if not stands:
            return [(np.nan, str(one.why) or NO_NEUTRAL) if one else None for one in contours]
        neutral = float(np.median(stands))
        return [(one.shape.lumbar - neutral, str(one.why)) if one else None for one in contours]

    return teller


def lean(contour: Contour) -> float:
    """How far the chord hip to shoulder leans forward, degrees."""
    across, down = (contour.chord[1] - contour.chord[0]).tolist()
    return float(np.degrees(np.arctan2(contour.facing * across, -down)))


@dataclass(frozen=True, slots=True)
class BackRow:
    """How well backs were told.

    ``rmse`` and ``bias`` in degrees of the looks at bent trunks, ``rep_rmse`` of the repetitions; ``auc`` of what was
    told of rounded repetitions against long ones; ``wrong_green`` the share of the rounded ones, ``wrong_red`` that of
    the long ones, ``unseen`` that of all.
    """

    what: str
    reps: int
    looks: int
    rmse: float
    bias: float
    rep_rmse: float
    auc: float
    wrong_green: float
    wrong_red: float
    unseen: float


def rate(what: str, sets: Sequence[Sequence[Bent]]) -> BackRow:
    """The row of all repetitions of those sets."""
    looks = [look for bents in sets for look in bents if look.rep and look.trunk >= LEANS]
    off = np.array([look.told - look.lumbar for look in looks])
    off = off[np.isfinite(off)]
    reps = np.array([judged for bents in sets for judged in repetitions(bents)]).reshape(-1, 2)
    true, told = reps.T
    seen = np.isfinite(told)
    rounded, long = told[seen & (true > ROUNDED)], told[seen & (true < LONG)]
    return BackRow(
        what=what,
        reps=len(reps),
        looks=len(looks),
        rmse=float(np.sqrt(np.mean(off**2))) if len(off) else np.nan,
        bias=float(np.mean(off)) if len(off) else np.nan,
        rep_rmse=float(np.sqrt(np.mean((told - true)[seen] ** 2))) if seen.any() else np.nan,
        auc=area(rounded, long),
        wrong_green=share(told[true > ROUNDED] <= GREEN),
        wrong_red=share(told[true < LONG] > RED),
        unseen=share(~seen),
    )


def repetitions(bents: Sequence[Bent]) -> list[tuple[float, float]]:
    """Of each repetition the true flexion and the told one, NaN where there were too few looks at it."""
    found = []
    for n in sorted({look.rep for look in bents} - {0}):
        bent = [look for look in bents if look.rep == n and look.trunk >= LEANS]
        told = [look.told for look in bent if np.isfinite(look.told)]
        if bent:
            true = float(np.percentile([look.lumbar for look in bent], PERCENTILE))
            found.append((true, float(np.percentile(told, PERCENTILE)) if len(told) >= LEAST_LOOKS else np.nan))
    return found


def area(high: np.ndarray, low: np.ndarray) -> float:
    """How often one of the ``high`` is more than one of the ``low``: the area under the curve; NaN without any."""
    if not len(high) or not len(low):
        return float("nan")
    more = high[:, None] - low[None, :]
    return float(np.mean((more > 0) + 0.5 * (more == 0)))


def share(of: np.ndarray) -> float:
    """The share that is true; NaN of nothing."""
    return float(np.mean(of)) if len(of) else float("nan")
