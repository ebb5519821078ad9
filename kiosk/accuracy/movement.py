"""Motion capture watched by virtual cameras: angles against the truth, repetitions, strategies, and ghosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from zlib import crc32

import numpy as np

from kiosk.accuracy.camera import film, trunk_of
from kiosk.accuracy.card import Angle, CountRow, GhostRow, StrategyRow, spread
from kiosk.accuracy.mocap import NO_DRILL, TRUNK_ONLY, Clip, read_clips
from kiosk.accuracy.sets import drill_of
from kiosk.accuracy.watching import near_side, rows, watch
from kiosk.drills import CATALOGUE
from kiosk.figure.lens import SIDE, Lens
from kiosk.figure.script import find_script
from kiosk.figure.setting import usual_lens
from kiosk.scoring.geometry import HIP, HIP_Y, KNEE, NECK, SHIN, SHOULDER_Y, TRUNK
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, Pose

#: Angles are looked at in every frame; the mirror watches every second one, fifteen poses a second.
EVERY = 2
#: Degrees turned from side-on, both ways of facing.
YAWS, FACINGS = (0.0, 15.0), (1, -1)
#: Without noise, and with.
EYES = ("clean", "noisy")
COLUMNS = {"trunk": TRUNK, "knee": KNEE, "hip": HIP, "shin": SHIN, "neck": NECK}
#: What the mean error of a clean projection may be, degrees.
AT_MOST = {"trunk": 3.0, "knee": 5.0}
#: Movements of both hands.  Reaching to the floor with one, as in the others, turns the shoulders, so that the near one
#: is not where their middle is.
TWO_HANDS = ("bow", "squat")
#: Which strategy is right: a stoop is a hinge, whatever the spine does.
STRATEGY = {"stoop": "hinge", "toe_touch_one_hand": "hinge", "squat_pick_up": "squat", "squat": "squat"}
#: A hinge index from here on is nearer to a stoop than to a squat, and the bottom is within this share of the deepest.
HALF_INDEX, DEEP = 50.0, 0.9
#: What is counted as which drill (of lifts filmed by a depth camera only the trunk can be believed).
COUNTED = {"bow": "hinge", "squat": "squat", "stoop": "pick_up", "squat_pick_up": "pick_up",
           "half_squat_half_stoop": "pick_up", "deadlift": "hinge"}  # fmt: skip


@dataclass(slots=True)
class Seen:
    """What came of one or several clips; errors in degrees by (eye, kind of movement, angle)."""

    errors: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)
    named: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    indices: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    counts: Counter[tuple[str, str, str, int]] = field(default_factory=Counter)
    ghosts: Counter[tuple[str, str]] = field(default_factory=Counter)
    minutes: dict[str, float] = field(default_factory=dict)

    def add(self, other: Seen) -> None:
        """Take up what came of another clip."""
        for key, errors in other.errors.items():
            self.errors.setdefault(key, []).extend(errors)
        for label, indices in other.indices.items():
            self.indices.setdefault(label, []).extend(indices)
        for drill, minutes in other.minutes.items():
            self.minutes[drill] = self.minutes.get(drill, 0.0) + minutes
        self.named.update(other.named)
        self.counts.update(other.counts)
        self.ghosts.update(other.ghosts)


def look_at_file(path: Path, yaws: Sequence[float]) -> Seen:
    """All that is measured on the clips of one recording."""
    seen = Seen()
    for clip in read_clips(path):
        for eye, yaw, facing in product(EYES, yaws, FACINGS):
            noise = None if eye == "clean" else crc32(f"{clip.name} {yaw} {facing}".encode())
            if clip.label in NO_DRILL:
                if eye == "noisy":
                    _ghosts(clip, yaw, facing, noise, seen)
            else:
                _look(clip, yaw, facing, noise, eye, seen)
    return seen


def _look(clip: Clip, yaw: float, facing: int, noise: int | None, eye: str, seen: Seen) -> None:
    every = _film(clip, replace(SIDE, yaw=yaw), facing, noise)
    poses = every[::EVERY]
    kind = clip.label.split("_")[0] if clip.source == TRUNK_ONLY else clip.label
    measured = rows(every, facing, trunk_of(every[0]))
    for angle, errors in _errors(clip, measured, near_side(facing)).items():
        seen.errors.setdefault((eye, _group(clip), angle), []).extend(errors)
    if clip.label in STRATEGY:
        seen.indices.setdefault((eye, clip.label), []).append(_index(clip, measured))
        seen.named[eye, clip.label, _named(poses)] += 1
    if kind in COUNTED and clip.reps == 1:
        told = watch(drill_of(COUNTED[kind]), poses).told
        seen.counts[eye, _what(clip), COUNTED[kind], len(told)] += 1


def _what(clip: Clip) -> str:
    return f"{clip.label}, depth camera" if clip.source == TRUNK_ONLY else clip.label


def _group(clip: Clip) -> str:
    if clip.source == TRUNK_ONLY:
        return "depth camera"
    return "both hands" if clip.label in TWO_HANDS else "one hand"


def _errors(clip: Clip, measured: np.ndarray, near: int) -> dict[str, list[float]]:
    """Differences from the truth by angle, both against standing, of the frames that were recorded."""
    errors = {}
    for angle, column in COLUMNS.items():
        # the median of three frames tells what was one frame ago
        off = measured[1:, column] - np.nanmedian(measured[: clip.held, column]) - clip.truth[angle, near][:-1]
        errors[angle] = off[clip.recorded].tolist()
    across, up = np.moveaxis(clip.joints[:, LEFT_SHOULDER + near] - clip.joints[:, LEFT_HIP + near], -1, 0)[[0, 2]]
    leans = np.degrees(np.arctan2(across, up))
    off = measured[1:, TRUNK] - np.nanmedian(measured[: clip.held, TRUNK]) - (leans - leans[0])[:-1]
    errors["trunk, near side"] = off[clip.recorded].tolist()
    return errors


def _index(clip: Clip, measured: np.ndarray) -> float:
    """The hinge index where the shoulders are lowest, whether or not the mirror would have counted it."""
    drops = measured[:, [HIP_Y, SHOULDER_Y]] - np.nanmedian(measured[: clip.held, [HIP_Y, SHOULDER_Y]], axis=0)
    lowest = drops[:, 1] >= DEEP * np.nanmax(drops[:, 1])
    hips, shoulders = np.nanmedian(drops[lowest], axis=0).tolist()
    return 100 * (1 - hips / shoulders)


def _named(poses: Sequence[Pose]) -> str:
    """The strategy of the repetition in which the hips bent most."""
    told = watch(drill_of("pick_up"), poses).told
    deepest = max(told, key=lambda one: one.measures.get("hip") or 0.0, default=None)
    return (deepest.strategy if deepest else None) or "not_counted"


def _ghosts(clip: Clip, yaw: float, facing: int, noise: int | None, seen: Seen) -> None:
    """Every drill of the catalogue while somebody does something else, filmed as the drill asks for."""
    filmed: dict[Lens, list[Pose]] = {}
    for drill in CATALOGUE:
        usual = usual_lens(find_script(drill.key))
        lens = replace(usual, yaw=usual.yaw + yaw)
        if lens not in filmed:
            filmed[lens] = _film(clip, lens, facing, noise)[::EVERY]
        where = clip.name if clip.label == NO_DRILL[0] else clip.label
        seen.ghosts[drill.key, where] += len(watch(drill, filmed[lens]).told)
        seen.minutes[drill.key] = seen.minutes.get(drill.key, 0.0) + clip.seconds / 60


def _film(clip: Clip, lens: Lens, facing: int, noise: int | None) -> list[Pose]:
    return film(clip.joints, clip.times, lens, facing, noise)


def angle_rows(seen: Seen) -> tuple[Angle, ...]:
    """Errors by eye, kind of movement and angle."""
    return tuple(
        Angle(what=f"{eye}, {group}", angle=angle, error=spread(errors), at_most=_asked(eye, group, angle))
        for (eye, group, angle), errors in sorted(seen.errors.items())
        if not all(np.isnan(errors))
    )


def _asked(eye: str, group: str, angle: str) -> float | None:
    return AT_MOST.get(angle) if eye == "clean" and group != "depth camera" else None


def strategy_rows(seen: Seen) -> tuple[StrategyRow, ...]:
    """How recorded lifts were named."""
    found = []
    for eye, label in dict.fromkeys((eye, label) for eye, label, _ in sorted(seen.named)):
        how = {name: seen.named[eye, label, name] for name in ("hinge", "mixed", "squat", "not_counted")}
        hinges = [index >= HALF_INDEX for index in seen.indices[eye, label]]
        right = sum(hinge == (STRATEGY[label] == "hinge") for hinge in hinges)
        row = StrategyRow(
            what=f"{label}, {eye}", clips=len(hinges), index_right=right, right=how[STRATEGY[label]], **how
        )
        found.append(row)
    return tuple(found)


def count_rows(seen: Seen) -> tuple[CountRow, ...]:
    """Recorded movements counted."""
    keys = dict.fromkeys((eye, what, drill) for eye, what, drill, _ in sorted(seen.counts))
    found = []
    for eye, what, drill in keys:
        by = {n: times for (e, w, d, n), times in seen.counts.items() if (e, w, d) == (eye, what, drill)}
        found.append(
            CountRow(
                what=f"{what}, {eye}",
                drill=drill,
                clips=sum(by.values()),
                exact=by.get(1, 0),
                counted=sum(n * times for n, times in by.items()),
            )
        )
    return tuple(found)


def ghost_rows(seen: Seen) -> tuple[GhostRow, ...]:
    """Ghost repetitions by drill."""
    return tuple(
        GhostRow(
            drill=drill,
            minutes=minutes,
            ghosts=sum(n for (key, _), n in seen.ghosts.items() if key == drill),
            where={clip: n for (key, clip), n in seen.ghosts.items() if key == drill and n},
        )
        for drill, minutes in seen.minutes.items()
    )
