"""The report: what verdicts and cues add up to, in the words and units that other programs rely on."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from kiosk.drills import find_drill
from kiosk.records.report import Model, Report, Spread, plain, spread
from kiosk.records.tally import Tally
from kiosk.scoring.dorsal.contour import STATIONS, Contour
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.measures import REPORTED
from kiosk.scoring.pose import Pose
from kiosk.scoring.verdict import (
    Calibration,
    FaultFound,
    Hold,
    Light,
    Phase,
    Refusal,
    Rep,
    Rung,
    Strategy,
    Verdict,
    View,
)
from kiosk.session.cues import Cue
from kiosk.trouble import Trouble

#: The first frame's time on the camera's own clock.
T0 = 1000.0

DRILL = find_drill("hinge")
GREEN = (Light.GREEN,) * len(DRILL.lights)
AMBER, OFF = (Light.AMBER, *GREEN[1:]), (Light.OFF,) * len(DRILL.lights)

STANDING = Verdict(
    t=T0, phase=Phase.SETUP, rung=Rung.READY, view=View.SIDE, facing=-1, lights=GREEN,
    depth=0.0, steady=1.0, reps=0, partials=0,
)  # fmt: skip

REP = Rep(
    n=1, side="left", start=T0 + 1, bottom=T0 + 2, end=T0 + 3, score=81, coverage=0.98, strategy=Strategy.HINGE,
    measures={"trunk": 61.23456, "knee": math.nan, "down_s": 1.0},
    faults=(FaultFound("F10", "hips", Light.AMBER, 0.31, "A"),),
    not_seen=("F12",),
)  # fmt: skip


def pose(t: float) -> Pose:
    return Pose(t, np.zeros((17, 2), np.float32), np.ones(17, np.float32), 480, 640)


def told(*verdicts: Verdict, said: tuple[Cue, ...] = (), model: Model | None = None) -> dict:
    """The report, as another program reads it, of ``verdicts`` in this order; ``said`` with the last one."""
    tally = Tally(DRILL)
    for verdict in verdicts:
        tally.take(pose(verdict.t), verdict, said if verdict is verdicts[-1] else (), scoring_us=100.0)
    return json.loads(msgspec.json.encode(tally.report("track", "a.csv", None, model)))


def test_a_repetition_is_told_from_the_first_frame_on_with_null_for_what_was_not_seen() -> None:
    (rep,) = told(STANDING, replace(STANDING, t=T0 + 3, rep=REP))["reps"]
    assert (rep["n"], rep["side"], rep["start"], rep["bottom"], rep["end"]) == (1, "left", 1, 2, 3)
    assert (rep["score"], rep["coverage"], rep["strategy"]) == (81, 0.98, "hinge")
    assert set(rep["measures"]) == set(REPORTED)
    assert rep["measures"]["trunk"] == pytest.approx(61.2346)
    assert rep["measures"]["knee"] is None
    assert rep["measures"]["neck"] is None
    assert rep["faults"] == [{"key": "F10", "light": "hips", "level": "amber", "value": 0.31, "grade": "A"}]
    assert rep["not_seen"] == ["F12"]


def test_a_hold_is_told_with_its_seconds_in_each_colour_and_counts_in_the_score() -> None:
    hold = Hold(
        n=1, side="left", start=T0 + 1, end=T0 + 22, green_s=14.5, amber_s=3.25, red_s=2.0, score=77, coverage=0.9,
        measures={"line": 0.05, "neck": math.nan}, faults=(FaultFound("P1", "hips", Light.RED, 0.08, "A"),),
        not_seen=("F9a",),
    )  # fmt: skip
    seen = told(STANDING, replace(STANDING, t=T0 + 22, hold=hold, lights=AMBER), replace(STANDING, t=T0 + 30))
    (held,) = seen["holds"]
    assert (held["n"], held["side"], held["start"], held["end"]) == (1, "left", 1, 22)
    assert (held["green_s"], held["amber_s"], held["red_s"]) == (14.5, 3.25, 2.0)
    assert held["measures"] == {"line": 0.05, "neck": None}
    assert held["faults"] == [{"key": "P1", "light": "hips", "level": "red", "value": 0.08, "grade": "A"}]
    assert (held["coverage"], held["not_seen"], seen["reps"], seen["score"]) == (0.9, ["F9a"], [], 77)
    assert seen["lights"] == dict(zip(DRILL.lights, AMBER, strict=True)), "the lights after the last hold"


def test_how_often_the_back_was_seen_is_told_and_why_it_was_not() -> None:
    tally = Tally(DRILL)
    assert tally.report("track", "a.csv", None, None).back == {}
    nowhere = np.full(STATIONS, np.nan, np.float32), np.zeros((2, 2), np.float32), 1
    for n, why in enumerate((Why.OBLIQUE, Why.SEEN, Why.SEEN, None)):
        back = None if why is None else Contour(T0 + n, why, *nowhere)
        tally.take(replace(pose(T0 + n), back=back), STANDING, (), scoring_us=100.0)
    assert tally.report("track", "a.csv", None, None).back == {"seen": 0.6667, "oblique": 0.3333}


def test_the_sets_score_is_the_median_of_what_could_be_judged() -> None:
    def closed(score: int | None) -> Verdict:
        return replace(STANDING, rep=replace(REP, score=score))

    assert told(closed(90), closed(None), closed(60), closed(70))["score"] == 70
    assert told(closed(None))["score"] is None


def test_the_lights_are_those_after_the_last_repetition_not_of_an_empty_room() -> None:
    closing = replace(STANDING, t=T0 + 3, rep=REP, lights=AMBER)
    left = replace(STANDING, t=T0 + 9, lights=OFF)
    assert told(closing, left)["lights"] == dict(zip(DRILL.lights, AMBER, strict=True))
    assert told(left)["lights"] == dict(zip(DRILL.lights, OFF, strict=True))


def test_views_are_shares_of_all_frames_and_facing_is_the_usual_one() -> None:
    oblique = replace(STANDING, view=View.OBLIQUE, facing=0)
    seen = told(STANDING, STANDING, oblique, replace(STANDING, view=View.UNKNOWN, facing=1))
    assert seen["view"] == {"side": 0.5, "oblique": 0.25, "front": 0.0}
    assert seen["facing"] == "left"
    assert told(oblique)["facing"] is None


def test_the_standing_pose_or_the_reason_why_there_is_none() -> None:
    standing = replace(STANDING, t=T0 + 2, calibration=Calibration(T0 + 1.5, 200.0, 150.0, 140.0))
    assert told(STANDING, standing, STANDING)["calibration"] == {
        "ok": True, "at": 1.5, "trunk_px": 200.0, "thigh_px": 150.0, "shin_px": 140.0,
    }  # fmt: skip
    turned = replace(STANDING, rung=Rung.SIDE_ON)
    assert told(turned, turned, replace(STANDING, rung=Rung.STILL))["calibration"] == {
        "ok": False,
        "why": "the person was not turned the way the drill needs: side-on to the camera",
    }


def test_refusals_cues_and_troubles_carry_their_times() -> None:
    tally = Tally(DRILL)
    refused = Refusal(T0 + 4, "not_side_on", "You were not side-on.")
    tally.take(pose(T0), STANDING, (), 50.0)
    turned = replace(STANDING, t=T0 + 4.5, refused=refused, partials=2)
    tally.take(pose(T0 + 4.5), turned, [Cue(T0 + 4.25, "F10", "Hips back.")], 50.0)
    tally.trouble(Trouble("broken_off", "It breaks off."))
    seen = json.loads(msgspec.json.encode(tally.report("recording", "a.jsonl", None, None)))
    assert seen["refused"] == [{"t": 4.0, "key": "not_side_on", "why": "You were not side-on."}]
    assert seen["cues"] == [{"t": 4.25, "key": "F10", "text": "Hips back."}]
    assert seen["troubles"] == [{"t": 4.5, "key": "broken_off", "text": "It breaks off."}]
    assert seen["partials"] == 2
    assert seen["reps"] == seen["holds"] == []


def test_what_watching_cost_is_told_and_what_did_not_happen_is_null() -> None:
    tally = Tally(DRILL)
    for at, spent in enumerate((100.0, 300.0, 2500.0)):
        tally.take(pose(T0 + at / 10), STANDING, (), spent)
    report = tally.report("track", "a.csv", None, None)
    assert report.timing.overruns == 1
    assert report.timing.scoring_us == spread([100.0, 300.0, 2500.0])
    assert report.timing.inference_ms is report.timing.frame_to_verdict_ms is report.model is None
    assert report.source.fps == pytest.approx(10.0)
    for spent in (4.0, 6.0, 5.0):
        tally.looked(spent, spent + 1)
    watched = tally.report("video", "a.mp4", 15.0, Model(sha256="cd7c", runtime="ai-edge-litert 2.3.0"))
    assert watched.model == Model(sha256="cd7c", runtime="ai-edge-litert 2.3.0", ms_median=5.0)
    assert watched.timing.frame_to_verdict_ms == spread([5.0, 6.0, 7.0])
    assert watched.source.fps == 15.0


def test_the_report_keeps_the_names_that_others_rely_on() -> None:
    names = set(Report.__struct_fields__)
    assert names == {
        "kiosk", "drill", "source", "model", "view", "facing", "calibration", "reps", "holds", "partials", "refused",
        "score", "lights", "cues", "troubles", "timing", "back",
    }  # fmt: skip


def test_numbers_that_are_none_are_null() -> None:
    assert plain(math.nan) is plain(math.inf) is plain(None) is None
    assert plain(np.float32(0.5)) == 0.5
    assert spread([]) is None
    assert spread(range(1, 101)) == Spread(median=50.5, p99=99)
