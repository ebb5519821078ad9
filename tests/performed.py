"""What a performance measures: the formulas of biomechanics written out again, for the true keypoints."""

from __future__ import annotations

from functools import cache

import numpy as np

from kiosk.figure.body import assume
from kiosk.figure.bones import lengths
from kiosk.figure.course import STAND, Course
from kiosk.figure.script import find_script

#: Pictures a second; the part of the standing start that is measured, seconds before its end.
FPS, STILL = 12.0, 0.6
#: The rope model of F13: hip retreat that balances a trunk of so many degrees.
LEAN, RETREAT = (15, 25, 35, 45, 60, 75), (0.12, 0.24, 0.35, 0.44, 0.56, 0.63)


def inclination(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.degrees(np.arctan2(high[..., 0] - low[..., 0], high[..., 2] - low[..., 2]))


def wrap(degrees: np.ndarray) -> np.ndarray:
    return (degrees + 180) % 360 - 180


def off_line(point: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far above the line from one to the other a point is, as a share of its length."""
    line, to = (other - one)[:, [0, 2]], (point - one)[:, [0, 2]]
    above = (line[:, 0] * to[:, 1] - line[:, 1] * to[:, 0]) * np.sign(line[:, 0])
    return above / np.sum(line**2, axis=1)


def share(way: np.ndarray, still: np.ndarray) -> np.ndarray:
    """How long a way is, as seen from the side, as a share of what it is while standing still."""
    length = np.hypot(way[:, 0], way[:, 2])
    return length / np.median(length[still])


@cache
def measure(drill: str, fault: str = "", size: float = 1.0, seed: int = 0, style: str = "") -> dict[str, float]:
    """The repetition's measures, near side (the left), calibrated on the start: the first one that has the fault."""
    body, script = lengths(seed), find_script(drill, style)
    course = Course(script, {fault: size} if fault else {}, 2, seed)
    rep = course.reps[1 if fault in script.later else 0]
    t = np.arange(STAND - STILL, rep.end + 1.0, 1 / FPS)
    skeletons = [assume(body, course.at(float(moment))[0]) for moment in t]
    points = np.array([skeleton.carry(skeleton.points) for skeleton in skeletons])
    nose, ear, shoulder, elbow, wrist, hip, knee, ankle = (points[:, joint] for joint in (0, 3, 5, 7, 9, 11, 13, 15))
    far_hip, far_knee, far_ankle = (points[:, joint] for joint in (12, 14, 16))
    still = t < STAND
    windows = {
        "bottom": (t >= rep.bottom - 0.08) & (t <= rep.bottom + 0.10),
        "top": (t >= rep.end + 0.2) & (t <= rep.end + 0.9),
        "middle": np.abs(t - (rep.start + rep.end) / 2) < 1.0,
        "finish": np.abs(t - rep.end) < 0.1,
        "still": still,
    }
    down = (t >= (STAND if script.held else rep.start)) & (t <= rep.bottom)

    def change(values: np.ndarray) -> np.ndarray:
        return values - np.median(values[still])

    trunk, shin, thigh = inclination(hip, shoulder), inclination(ankle, knee), -inclination(knee, hip)
    far_thigh, far_shin = -inclination(far_knee, far_hip), inclination(far_ankle, far_knee)
    neck = wrap(inclination(shoulder, ear) - trunk)
    along = np.clip((wrist[:, 2] - ankle[:, 2]) / (knee[:, 2] - ankle[:, 2] + 1e-9), 0, 1)
    stance, knees = np.abs(ankle - far_ankle)[:, 1], np.abs(knee - far_knee)[:, 1]
    frontal = np.degrees(
        np.arctan2((ankle - knee)[:, 1], (knee - ankle)[:, 2]) - np.arctan2((knee - hip)[:, 1], (hip - knee)[:, 2])
    )
    fast = np.gradient(-hip[:, 2], t) / body.trunk
    series = {
        "trunk": change(trunk),
        "shin": change(shin),
        "thigh": change(thigh),
        "knee": change(wrap(thigh + shin)),
        "hip": change(trunk + thigh),
        "neck": change(neck),
        "parallel": change(trunk - shin),
        "lumbar": np.array([skeleton.posture.lumbar for skeleton in skeletons]),
        "thoracic": np.array([skeleton.posture.thoracic for skeleton in skeletons]),
        "true_trunk": trunk,
        "true_knee": wrap(thigh + shin),
        "true_thigh": thigh,
        "stance_knee": change(wrap(far_thigh + far_shin)),
        "extension": -change(trunk + thigh),
        "parallel_thighs": np.abs(wrap(thigh - far_thigh)),
        "free_line": np.abs(wrap(trunk + far_thigh)),
        "free_ankle": (far_ankle - ankle)[:, 2] / body.shin,
        "ankles": np.abs((far_ankle - ankle)[:, 2]) / body.shin,
        "pelvis": np.degrees(np.arctan2(hip[:, 2] - far_hip[:, 2], np.abs(hip - far_hip)[:, 1])),
        "retreat": change(ankle[:, 0] - hip[:, 0]) / body.shin,
        "weight": change(np.array([s.centre[0] for s in skeletons]) - ankle[:, 0]) / body.shin,
        "heel": change(ankle[:, 2]) / body.shin,
        "bar": np.abs(wrist[:, 0] - ankle[:, 0] - along * (knee - ankle)[:, 0]) / body.shin,
        "hand_ahead": (wrist - ankle)[:, 0] / body.shin,
        "hand_over_shoulder": (wrist - shoulder)[:, 2] / body.trunk,
        "hand_before_shoulder": (wrist - shoulder)[:, 0] / body.trunk,
        "hand_at_hip": np.abs(wrist - hip)[:, 0] / body.trunk,
        "roller": share(wrist - ankle, still),
        "hip_drop": -change(hip[:, 2]) / body.trunk,
        "hip_rise": change(hip[:, 2]) / body.trunk,
        "shoulder_drop": -change((points[:, 5, 2] + points[:, 6, 2]) / 2) / body.trunk,
        "bridge": off_line(hip, shoulder, knee),
        "plank": off_line(hip, shoulder, ankle),
        "tuck": 1 - share(knee - shoulder, still),
        "stance": stance / np.abs(points[:, 5] - points[:, 6])[:, 1],
        "hip_stance": stance / np.abs(hip - far_hip)[:, 1],
        "knees_apart": (knees / stance) / np.median((knees / stance)[still]),
        "cave": change(frontal),
        "step": np.abs(change(ankle[:, 1])) / body.shin,
        "elbow_ahead": np.abs((elbow - shoulder)[:, 0]) / body.trunk,
        "chin": share(nose - shoulder, still),
        "shrug": share(ear - shoulder, still),
    }
    measured = {
        f"{name} {at}": float(np.median(values[w])) for name, values in series.items() for at, w in windows.items()
    }
    retreat, lean = measured["retreat bottom"], measured["trunk bottom"]
    drop = measured["shoulder_drop bottom"]
    pull = (t >= rep.bottom) & (t <= rep.end)
    straight = change(wrap(thigh + shin))
    upward = np.flatnonzero(pull)[int(np.argmax(trunk[pull]))]
    measured |= {
        "retreat_share": retreat / float(np.interp(lean, LEAN, RETREAT)),
        "travel": float(np.sort((change(knee[:, 0] - ankle[:, 0]) / body.shin)[down])[-3]),
        "hinge_index": 100 * (1 - measured["hip_drop bottom"] / drop) if drop >= 0.2 else np.nan,
        "down_s": rep.bottom - rep.start,
        "up_s": rep.end - rep.bottom,
        "rep_s": rep.end - rep.start,
        "lean_s": float(np.sum(down & (change(trunk) > 12))) / FPS,
        "landing_speed": float(np.mean(fast[(t > rep.bottom - 0.3) & (t <= rep.bottom)])),
        "rock": float(np.ptp(trunk[(t > rep.bottom + 0.05) & (t < rep.bottom + 1.2)])),
        "flight": float(np.max(np.minimum(ankle[:, 2], far_ankle[:, 2])) - ankle[0, 2]),
        "rise": float(trunk[upward] - measured["true_trunk bottom"]),
        "straightened": 1 - float(straight[upward] / (measured["knee bottom"] or np.nan)),
        "seat_off": float(trunk[min(np.flatnonzero(pull & (np.gradient(hip[:, 2], t) > 0.1)), default=0)]),
        "slide": float(np.max(measured["step top"])),
        "most_cat": float(np.max(series["lumbar"])),
        "most_cow": float(np.min(series["lumbar"])),
        "most_nod": float(np.max(series["neck"])),
        "least_nod": float(np.min(series["neck"])),
    }
    return measured
