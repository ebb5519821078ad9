"""The tally of one recording: verdict by verdict it becomes the report."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median

import msgspec

from kiosk.records.report import (
    Calibrated,
    Fault,
    Held,
    Model,
    NotCalibrated,
    Refused,
    Repetition,
    Report,
    Said,
    Source,
    Timing,
    Views,
    plain,
    spread,
)
from kiosk.scoring.drill import Drill
from kiosk.scoring.measures import REPORTED
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import BUDGET_S
from kiosk.scoring.verdict import Calibration, FaultFound, Hold, Rep, Rung, Verdict, View
from kiosk.session.cues import Cue
from kiosk.trouble import Trouble

#: Why nobody was calibrated: the rung of the ladder on which most frames stood.
NOT_CALIBRATED = {
    Rung.IN_FRAME: "nobody was whole in the picture for long enough",
    Rung.SIDE_ON: "the person was not turned the way the drill needs: {turned}",
    Rung.JOINTS: "joints that the drill needs could not be seen",
    Rung.STILL: "the person did not keep still for long enough in the posture the drill begins with",
}
TURNED = {View.SIDE: "side-on to the camera", View.FRONT: "facing the camera"}
#: What a look at the back is called that saw it; others are called by why they did not.
SEEN = "seen"


class Tally:
    """Adds up one recording: verdicts in the order of their time, then one report.  ``frames`` were taken so far.

    It keeps what a report says (repetitions, refusals, cues, a few numbers a frame), no poses and no pictures.
    """

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.frames = 0
        self._t0 = self._t = math.nan
        self._size: tuple[int, int] | tuple[None, None] = (None, None)
        self._views: Counter[View] = Counter()
        self._facing: Counter[int] = Counter()
        self._backs: Counter[str] = Counter()
        self._rungs: Counter[Rung] = Counter()
        self._calibration: Calibration | None = None
        self._last: Verdict | None = None
        self._closing: Verdict | None = None
        self._reps: list[Repetition] = []
        self._holds: list[Held] = []
        self._refused: list[Refused] = []
        self._cues: list[Said] = []
        self._troubles: list[Said] = []
        self._scoring_us = array("d")
        self._inference_ms = array("d")
        self._frame_ms = array("d")

    def take(self, pose: Pose, verdict: Verdict, said: Iterable[Cue], scoring_us: float) -> None:
        """One frame: its pose, what scoring made of it in how many microseconds, the cues newly said."""
        if not self.frames:
            self._t0 = pose.t
        self.frames += 1
        self._t, self._size, self._last = pose.t, (pose.width, pose.height), verdict
        self._views[verdict.view] += 1
        self._facing[verdict.facing] += 1
        if pose.back:
            self._backs[pose.back.why or SEEN] += 1
        self._rungs[verdict.rung] += 1
        self._calibration = verdict.calibration or self._calibration
        self._scoring_us.append(scoring_us)
        if verdict.rep or verdict.hold:
            self._closing = verdict
        if verdict.rep:
            self._reps.append(self._repetition(verdict.rep))
        if verdict.hold:
            self._holds.append(self._held(verdict.hold))
        if verdict.refused:
            refused = verdict.refused
            self._refused.append(Refused(t=self._since(refused.t), key=refused.key, why=str(refused.why)))
        self._cues += [Said(t=self._since(cue.t), key=cue.key, text=str(cue.text)) for cue in said]

    def looked(self, inference_ms: float, frame_ms: float) -> None:
        """What the model's look at one frame took, and the way from that frame to its verdict, in milliseconds."""
        self._inference_ms.append(inference_ms)
        self._frame_ms.append(frame_ms)

    def trouble(self, trouble: Trouble) -> None:
        """Something went wrong with the machine after the newest frame."""
        self._troubles.append(Said(t=self._since(self._t), key=trouble.key, text=str(trouble.text)))

    def report(self, kind: str, name: str, fps: float | None, model: Model | None) -> Report:
        """The report of all that was taken; ``fps`` None: as the poses came."""
        width, height = self._size
        rate = plain(fps or self._rate())
        done: list[Repetition | Held] = [*self._reps, *self._holds]
        scores = [one.score for one in done if one.score is not None]
        timing = self._timing()
        if model and timing.inference_ms:
            model = msgspec.structs.replace(model, ms_median=timing.inference_ms.median)
        return Report(
            drill=self.drill.key,
            source=Source(kind=kind, name=name, frames=self.frames, fps=rate, width=width, height=height),
            model=model,
            view=self._view_shares(),
            facing=self._usual_facing(),
            back={str(why): round(count / self._backs.total(), 4) for why, count in self._backs.most_common()},
            calibration=self._standing(),
            reps=tuple(self._reps),
            holds=tuple(self._holds),
            partials=self._last.partials if self._last else 0,
            refused=tuple(self._refused),
            score=round(median(scores)) if scores else None,
            lights=self._lights(),
            cues=tuple(self._cues),
            troubles=tuple(self._troubles),
            timing=timing,
        )

    def _rate(self) -> float:
        lasted = self._t - self._t0
        return (self.frames - 1) / lasted if lasted > 0 else math.nan

    def _since(self, t: float) -> float | None:
        return plain(t - self._t0)

    def _repetition(self, rep: Rep) -> Repetition:
        return Repetition(
            n=rep.n,
            side=rep.side,
            start=self._since(rep.start),
            bottom=self._since(rep.bottom),
            end=self._since(rep.end),
            score=rep.score,
            coverage=plain(rep.coverage),
            strategy=rep.strategy,
            measures=_measures(dict.fromkeys(REPORTED) | rep.measures),
            faults=tuple(map(_fault, rep.faults)),
            not_seen=rep.not_seen,
        )

    def _held(self, hold: Hold) -> Held:
        return Held(
            n=hold.n,
            side=hold.side,
            start=self._since(hold.start),
            end=self._since(hold.end),
            green_s=round(hold.green_s, 4),
            amber_s=round(hold.amber_s, 4),
            red_s=round(hold.red_s, 4),
            score=hold.score,
            coverage=plain(hold.coverage),
            measures=_measures(hold.measures),
            faults=tuple(map(_fault, hold.faults)),
            not_seen=hold.not_seen,
        )

    def _view_shares(self) -> Views:
        frames = max(self.frames, 1)
        side, oblique, front = (round(self._views[view] / frames, 4) for view in (View.SIDE, View.OBLIQUE, View.FRONT))
        return Views(side=side, oblique=oblique, front=front)

    def _usual_facing(self) -> str | None:
        right, left = self._facing[1], self._facing[-1]
        return None if right == left else "right" if right > left else "left"

    def _standing(self) -> Calibrated | NotCalibrated:
        if found := self._calibration:
            return Calibrated(
                at=self._since(found.at) or 0.0,
                trunk_px=round(found.trunk_px, 2),
                thigh_px=round(found.thigh_px, 2),
                shin_px=round(found.shin_px, 2),
            )
        rung = max(NOT_CALIBRATED, key=lambda rung: self._rungs[rung])
        return NotCalibrated(why=NOT_CALIBRATED[rung].format(turned=TURNED[self.drill.view]))

    def _lights(self) -> dict[str, str]:
        """As the summary of the set shows them: after its last repetition or hold."""
        shown = self._closing or self._last
        return dict(zip(self.drill.lights, shown.lights, strict=True)) if shown else {}

    def _timing(self) -> Timing:
        return Timing(
            frame_to_verdict_ms=spread(self._frame_ms),
            inference_ms=spread(self._inference_ms),
            scoring_us=spread(self._scoring_us),
            overruns=sum(spent > BUDGET_S * 1e6 for spent in self._scoring_us),
        )


def _measures(values: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: plain(value) for name, value in values.items()}


def _fault(found: FaultFound) -> Fault:
    return Fault(key=found.key, light=found.light, level=found.level, value=plain(found.value), grade=found.grade)
