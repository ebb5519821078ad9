"""One simulated set, filmed, looked at with the pose model and scored; and scored on its true keypoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from kiosk.accuracy.bends import EMPTY
from kiosk.accuracy.camera import trunk_of
from kiosk.accuracy.sets import Set, drill_of
from kiosk.accuracy.watching import Told, Watched, rows, watch
from kiosk.devices.movenet import PoseModel
from kiosk.figure.course import TrueRep
from kiosk.figure.events import CALM, Events
from kiosk.figure.film import Film, Filmed
from kiosk.figure.lens import Lens
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.geometry import HIP, KNEE, SHIN, TRUNK
from kiosk.scoring.pose import Pose
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import View

#: Angles that are compared frame by frame, and measures that are compared repetition by repetition.
ANGLES = {"trunk": TRUNK, "shin": SHIN, "knee": KNEE, "hip": HIP}
MEASURES = ("neck", "hinge_index")
#: Seconds at the beginning whose frames give the angles at rest.
RESTS = 2.0
#: A told repetition belongs to a performed one when its bottom lies within it, or so many seconds off.
NEAR = 0.6
#: More than this turned from side-on, degrees, the view is not the one in which angles are asked for.
SIDE_ON = 15.0


@dataclass(frozen=True, slots=True)
class Pair:
    """One performed repetition or hold, as told through the model and as told from the true keypoints; None: not.

    ``faulty``: the set's fault was put into it; some faults begin with the second repetition.
    """

    told: Told | None
    true: Told | None
    faulty: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of a set, in which ``expected`` repetitions or holds are to be counted.

    ``errors`` of angles and measures, ``mirrored`` those of angles with the second pass.
    """

    set: Set
    expected: int
    pairs: tuple[Pair, ...]
    watched: Watched
    errors: dict[str, list[float]]
    mirrored: dict[str, list[float]]


def score(each: Set, model: Path, *, twice: bool = False) -> Scored:
    """Film ``each``, look at it once (or, beside that, with the mirrored pass), score it.

    What is true of its repetitions is told by the same loop from the true key points, seen exactly side-on or in front.
    """
    drill, film = drill_of(each.drill), _film(each, each.lens)
    eyes = [PoseModel(model, passes=passes) for passes in ((1, 2) if twice else (1,))]
    back = Back()
    back.begin(STARTS[drill.start])
    filmed: list[Filmed] = []
    seen: list[list[Pose]] = [[] for _ in eyes]
    for eye in eyes:
        eye.lying, eye.bust = drill.lying, drill.bust
    for frame in film:
        filmed.append(frame)
        for eye, poses in zip(eyes, seen, strict=True):
            poses.append(eye.look(frame.frame.image, frame.frame.t))
        if drill.outlined:
            seen[0][-1] = replace(seen[0][-1], back=back.look(frame.frame.image, seen[0][-1]))
    watched, true = watch(drill, seen[0]), watch(drill, _film(each, each.straight).poses())
    pairs = _pair(film.truth.reps, watched.told, true.told)
    sideways = each.view is View.SIDE and each.yaw <= SIDE_ON and not film.script.sides
    errors = [_angles(poses, filmed, film.spot.facing, film.begins) if sideways else {} for poses in seen]
    return Scored(
        each,
        # a fault that stays ends a hold: there are as many as the true key points show
        len(true.told) if film.script.held and each.fault else len(pairs),
        pairs,
        watched,
        errors[0] | (_measures(pairs) if sideways else {}),
        errors[1] if twice else {},
    )


def _film(each: Set, lens: Lens) -> Film:
    """The set; where the outline of the back is asked for the person walks into an empty room."""
    faults = {each.fault: 1.0} if each.fault else {}
    outlined = drill_of(each.drill).outlined and each.view is View.SIDE
    return Film(
        each.drill,
        style=each.style,
        faults=faults,
        reps=each.reps,
        fps=each.fps,
        seed=each.body,
        look=each.look,
        lens=lens,
        events=Events(empty=EMPTY, walks_in=True) if outlined else CALM,
    )


def _pair(performed: Sequence[TrueRep], told: Sequence[Told], true: Sequence[Told]) -> tuple[Pair, ...]:
    ours, theirs = _belonging(performed, told), _belonging(performed, true)
    faulty = [bool(rep.faults) for rep in performed]
    return tuple(Pair(*each) for each in zip(ours, theirs, faulty, strict=True))


def _belonging(performed: Sequence[TrueRep], told: Sequence[Told]) -> list[Told | None]:
    """For each performed repetition the told one whose bottom is nearest to its own."""
    left, found = list(told), []
    for rep in performed:
        within = [one for one in left if rep.start - NEAR <= one.at <= rep.end + NEAR]
        nearest = min(within, key=partial(_distance, rep.bottom), default=None)
        found.append(nearest)
        if nearest:
            left.remove(nearest)
    return found


def _distance(t: float, told: Told) -> float:
    return abs(told.at - t)


def _angles(seen: Sequence[Pose], filmed: Sequence[Filmed], facing: int, begins: float) -> dict[str, list[float]]:
    """Errors of each of ANGLES as a difference from rest, of the frames in which it was seen, from ``begins`` on."""
    there = [n for n, frame in enumerate(filmed) if frame.truth and frame.truth.t >= begins]
    seen, filmed = [seen[n] for n in there], [filmed[n] for n in there]
    measured = rows(seen, facing, trunk_of(filmed[0].pose))
    rests = np.array([pose.t <= begins + RESTS for pose in seen])
    errors = {}
    for name, column in ANGLES.items():
        truth = np.array([getattr(frame.truth, name) for frame in filmed])
        seen_at_rest = measured[rests, column][~np.isnan(measured[rests, column])]
        if len(seen_at_rest):
            off = (measured[:, column] - np.median(seen_at_rest)) - (truth - np.median(truth[rests]))
            errors[name] = off.tolist()
    return errors


def _measures(pairs: Sequence[Pair]) -> dict[str, list[float]]:
    errors = {}
    for name in MEASURES:
        both = [
            (pair.told.measures.get(name), pair.true.measures.get(name)) for pair in pairs if pair.told and pair.true
        ]
        errors[name] = [told - true for told, true in both if told is not None and true is not None]
    return errors
