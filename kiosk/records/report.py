"""The report of ``kiosk watch``: what the mirror saw and said in one recording, as plain values for JSON.

Times are seconds from the first frame, angles degrees, ``None`` where something was not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

import msgspec

from kiosk import __version__


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was watched: ``kind`` video, pictures, track or recording; size of its frames in pixels."""

    kind: str
    name: str
    frames: int
    fps: float | None
    width: int | None
    height: int | None


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The pose model that looked, what ran it, its ``passes`` at each picture and the median time of them together.

    Of a recording only the model is known.
    """

    sha256: str
    runtime: str | None = None
    passes: int | None = None
    ms_median: float | None = None


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """Share of frames in which the person stood so to the camera; what is missing to 1 could not be told."""

    side: float
    oblique: float
    front: float


class Calibrated(msgspec.Struct, frozen=True, kw_only=True):
    """The person's own standing pose: ``at`` seconds, lengths in pixels."""

    ok: bool = True
    at: float
    trunk_px: float
    thigh_px: float
    shin_px: float


class NotCalibrated(msgspec.Struct, frozen=True, kw_only=True):
    """No standing pose, and why, in plain words."""

    ok: bool = False
    why: str


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault found in one repetition."""

    key: str
    light: str
    level: str
    value: float | None
    grade: str


class Repetition(msgspec.Struct, frozen=True, kw_only=True):
    """One counted repetition: ``score`` 0..100, ``coverage`` 0..1, ``not_seen`` the faults that could not be judged."""

    n: int
    side: str | None
    start: float | None
    bottom: float | None
    end: float | None
    score: int | None
    coverage: float | None
    strategy: str | None
    measures: dict[str, float | None]
    faults: tuple[Fault, ...]
    not_seen: tuple[str, ...]


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One posture held: seconds in green, amber and red; the rest as of a repetition."""

    n: int
    side: str | None
    start: float | None
    end: float | None
    green_s: float
    amber_s: float
    red_s: float
    score: int | None
    coverage: float | None
    measures: dict[str, float | None]
    faults: tuple[Fault, ...]
    not_seen: tuple[str, ...]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A movement that was not counted or not judged, and why."""

    t: float | None
    key: str
    why: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A cue or a trouble: when, its key, its words."""

    t: float | None
    key: str
    text: str


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """Median and 99th percentile of many measurements."""

    median: float
    p99: float


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """What watching cost.  Without pictures there is neither inference nor frame.

    ``overruns`` counts the poses whose scoring took longer than the budget of biomechanics 5.6.
    """

    frame_to_verdict_ms: Spread | None
    inference_ms: Spread | None
    scoring_us: Spread | None
    overruns: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything ``kiosk watch`` says of one recording; ``score`` is the median of what was judged.

    ``back``: of the looks at the back the share in which it was ``seen``, and in which it was not, by why; the most
    frequent first.  A drill that is repeated has ``reps``, one that is held has ``holds``.
    """

    kiosk: str = __version__
    drill: str
    source: Source
    model: Model | None
    view: Views
    facing: str | None
    back: dict[str, float]
    calibration: Calibrated | NotCalibrated
    reps: tuple[Repetition, ...]
    holds: tuple[Held, ...]
    partials: int
    refused: tuple[Refused, ...]
    score: int | None
    lights: dict[str, str]
    cues: tuple[Said, ...]
    troubles: tuple[Said, ...]
    timing: Timing


def plain(value: float | None) -> float | None:
    """A number for a report: four decimals are finer than anything measured here; None for what was not seen."""
    return None if value is None or not math.isfinite(value) else round(float(value), 4)


def spread(values: Iterable[float]) -> Spread | None:
    """Median and 99th percentile (nearest rank) of ``values``, None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    p99 = ordered[math.ceil(0.99 * len(ordered)) - 1]
    return Spread(median=round(median(ordered), 4), p99=round(p99, 4))
