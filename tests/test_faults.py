"""Faults, scores and lights from the phases of a repetition."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kiosk.drills import find_drill
from kiosk.scoring.faults import FaultTable
from kiosk.scoring.geometry import (
    COLUMNS,
    HIP,
    HIP_Y,
    KNEE,
    LEAN,
    RETREAT,
    SHIN,
    SHOULDER_Y,
    THIGH,
    TRUNK,
)
from kiosk.scoring.measures import NAMES, Phases
from kiosk.scoring.verdict import Light

NAN = math.nan


def row(values: dict[int, float]) -> list[float]:
    return [values.get(column, 0.0) for column in range(COLUMNS)]


BOTTOM = {TRUNK: 60, HIP: 85, KNEE: 25, THIGH: 25, SHIN: 0, LEAN: 60, RETREAT: 0.5, SHOULDER_Y: 0.6, HIP_Y: 0.12}

#: A good hinge: hinge index 80.
GOOD = Phases(
    driver=TRUNK, bottom=row(BOTTOM), top=(0.0, 0.0), neck=[0.0, 0.0], travel=0.0, down_s=2.5, up_s=1.5, bounces=0,
    seen=[1.0] * 4, coverage=1.0, in_view=1.0,
)  # fmt: skip


def bottom(**values: float) -> Phases:
    columns = {"trunk": TRUNK, "knee": KNEE, "shin": SHIN, "retreat": RETREAT, "hip_y": HIP_Y, "shoulder_y": SHOULDER_Y}
    return replace(GOOD, bottom=row(BOTTOM | {columns[name]: value for name, value in values.items()}))


def found(phases: Phases, drill: str = "hinge") -> dict[str, str]:
    table = FaultTable(find_drill(drill))
    return {fault.key: str(fault.level) for fault in table.found(table.judge(phases, in_view=True))}


def test_a_good_hinge_has_no_fault_and_a_full_score() -> None:
    table = FaultTable(find_drill("hinge"))
    judgement = table.judge(GOOD, in_view=True)
    assert table.found(judgement) == ()
    assert table.not_seen(judgement) == ()
    assert table.score(judgement, 1.0) == 100


@pytest.mark.parametrize(
    ("phases", "faults"),
    [
        (replace(GOOD, top=(0.0, 9.0)), {}),
        (replace(GOOD, top=(0.0, 14.0)), {"F2a": "amber"}),
        (replace(GOOD, top=(0.0, 19.0)), {"F2a": "red"}),
        (replace(GOOD, top=(-8.0, -8.0)), {"F2c": "amber"}),
        (replace(GOOD, top=(-13.0, -13.0)), {"F2c": "red"}),
        (bottom(knee=10), {"F3a": "amber"}),
        (bottom(knee=3), {"F3a": "red"}),
        (bottom(knee=45), {"F17": "amber"}),
        (bottom(knee=55), {"F17": "red"}),
        (bottom(shin=12), {"F3b": "amber"}),
        (bottom(shin=17), {"F3b": "red"}),
        (bottom(shin=-14), {}),
        (bottom(shin=-20), {"F3b": "amber"}),
        (replace(GOOD, travel=0.15), {"F4": "amber"}),
        (replace(GOOD, travel=0.25), {"F4": "red"}),
        (bottom(hip_y=0.24), {"F10": "amber"}),
        (bottom(hip_y=0.36), {"F10": "red"}),
        (bottom(trunk=35, retreat=0.35), {"F12": "amber"}),
        (bottom(trunk=31, retreat=0.30), {"F12": "amber"}),
        (bottom(retreat=0.27), {"F13": "amber"}),
        (bottom(retreat=0.15), {"F13": "red"}),
        (replace(GOOD, down_s=1.2), {"F14": "amber"}),
        (replace(GOOD, down_s=0.8), {"F14": "red"}),
        (replace(GOOD, up_s=0.5), {"F14": "amber"}),
        (replace(GOOD, bounces=1), {"F16": "amber"}),
        (replace(GOOD, bounces=2), {"F16": "red"}),
        (replace(GOOD, neck=[-50.0, -60.0]), {"F9a": "amber"}),
        (replace(GOOD, neck=[40.0, 45.0]), {"F9b": "amber"}),
        (replace(GOOD, neck=[25.0, NAN]), {"F9b": "amber"}),
    ],
)
def test_edges_of_the_hinge(phases: Phases, faults: dict[str, str]) -> None:
    assert found(phases) == faults


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({THIGH: 70, SHIN: 25, TRUNK: 40, LEAN: 15, RETREAT: 0.5}, {}),
        ({THIGH: 70, SHIN: 38, TRUNK: 40, LEAN: 2, RETREAT: 0.5}, {"S2": "amber"}),
        ({THIGH: 70, SHIN: 45, TRUNK: 40, LEAN: -5, RETREAT: 0.5}, {"S2": "red"}),
        ({THIGH: 70, SHIN: 25, TRUNK: 40, LEAN: 15, RETREAT: 0.15}, {"S2": "red"}),
        ({THIGH: 70, SHIN: 25, TRUNK: 55, LEAN: 20, RETREAT: 0.5}, {"S3": "amber"}),
        ({THIGH: 70, SHIN: 25, TRUNK: 62, LEAN: 37, RETREAT: 0.5}, {"S3": "red"}),
        ({THIGH: 48, SHIN: 20, TRUNK: 35, LEAN: 15, RETREAT: 0.4}, {"S8": "amber"}),
        ({THIGH: 30, SHIN: 30, TRUNK: 35, LEAN: 5, RETREAT: 0.4}, {"S8": "amber"}),
    ],
)
def test_edges_of_the_squat(values: dict[int, float], faults: dict[str, str]) -> None:
    assert found(replace(GOOD, driver=KNEE, bottom=row(BOTTOM | values)), "squat") == faults


def test_one_mistake_is_told_once_and_by_its_larger_side() -> None:
    assert found(replace(bottom(shin=12), travel=0.25)) == {"F4": "red"}
    assert found(replace(bottom(shin=18), travel=0.15)) == {"F3b": "red"}
    assert found(replace(GOOD, down_s=0.8, up_s=0.5)) == {"F14": "red"}


def test_bent_knees_are_not_told_to_who_squats() -> None:
    assert found(bottom(knee=55, hip_y=0.36)) == {"F10": "red"}


def test_a_shallow_bow_has_no_hinge_index() -> None:
    table = FaultTable(find_drill("hinge"))
    judgement = table.judge(bottom(shoulder_y=0.15, hip_y=0.1), in_view=True)
    assert table.not_seen(judgement) == ("F10",)


def test_pick_up_takes_every_way_of_bending() -> None:
    assert found(bottom(knee=110, shin=40, hip_y=0.55, retreat=0.1), "pick_up") == {}


def test_what_was_not_seen_is_no_fault_no_green_and_no_point_off() -> None:
    table = FaultTable(find_drill("hinge"))
    blind = replace(GOOD, bottom=[NAN] * COLUMNS, top=(NAN, NAN), neck=[NAN, NAN], travel=NAN, down_s=NAN, up_s=NAN)
    judgement = table.judge(blind, in_view=True)
    assert table.found(judgement) == ()
    assert set(table.not_seen(judgement)) == {fault.key for fault in find_drill("hinge").faults} - {"F16"}
    assert table.score(judgement, 1.0) == 100
    table.light(judgement)
    assert Light.GREEN not in table.lights


def test_out_of_view_nothing_is_judged_but_index_and_times_are_told() -> None:
    table = FaultTable(find_drill("hinge"))
    judgement = table.judge(bottom(knee=3), in_view=False)
    assert table.found(judgement) == ()
    assert len(table.not_seen(judgement)) == len({fault.key for fault in find_drill("hinge").faults})
    assert sum(not math.isnan(value) for value in judgement.values) == 4


def test_penalties_follow_weight_severity_grade_and_coverage() -> None:
    table = FaultTable(find_drill("hinge"))
    half_way = table.judge(replace(GOOD, top=(0.0, 14.0)), in_view=True)
    assert table.score(half_way, 1.0) == round(100 - 15 * 0.5)
    assert table.score(half_way, 0.75) == round(100 - 15 * 0.5 * 0.5)
    assert table.score(half_way, 0.6) == 100
    head = table.judge(replace(GOOD, neck=[45.0, 45.0]), in_view=True)
    assert table.score(head, 1.0) == 90
    red = table.judge(replace(GOOD, top=(0.0, 19.0)), in_view=True)
    assert table.score(red, 1.0) == 69
    worst = table.judge(replace(bottom(knee=3, shin=20, hip_y=0.5, retreat=0), down_s=0.5), in_view=True)
    assert table.score(worst, 1.0) == max(0, 100 - 20 - 20 - 30 - 15 - 10)


def lights(table: FaultTable, *reps: Phases) -> dict[str, str]:
    for phases in reps:
        table.light(table.judge(phases, in_view=True))
    return dict(zip(find_drill("hinge").lights, map(str, table.lights), strict=True))


def hinge_table(noise: float = 2.0) -> FaultTable:
    table = FaultTable(find_drill("hinge"))
    table.know_noise([noise] * COLUMNS)
    return table


def test_before_the_first_repetition_lights_are_off_and_the_back_is_unseen() -> None:
    assert lights(hinge_table()) == {
        "back": "unseen", "hips": "off", "knees": "off", "shins": "off", "head": "off", "tempo": "off",
    }  # fmt: skip


def test_a_good_repetition_lights_green_but_never_the_back() -> None:
    assert lights(hinge_table(), GOOD) == {
        "back": "unseen", "hips": "green", "knees": "green", "shins": "green", "head": "green", "tempo": "green",
    }  # fmt: skip


def test_red_beyond_doubt_shows_at_once_and_goes_with_the_next_good_one() -> None:
    table = hinge_table()
    assert lights(table, bottom(knee=3))["knees"] == "red"
    assert lights(table, GOOD)["knees"] == "green"


def test_a_doubtful_red_is_amber_until_it_comes_again() -> None:
    table = hinge_table()
    assert lights(table, bottom(knee=6))["knees"] == "amber"
    assert lights(table, GOOD)["knees"] == "green"
    assert lights(table, bottom(knee=6))["knees"] == "red"


def test_one_amber_is_not_shown_two_of_three_are() -> None:
    table = hinge_table()
    assert lights(table, bottom(knee=10))["knees"] == "green"
    assert lights(table, GOOD)["knees"] == "green"
    assert lights(table, bottom(knee=10))["knees"] == "amber"
    assert lights(table, GOOD, GOOD, GOOD, bottom(knee=10))["knees"] == "green"


def test_one_fault_unseen_keeps_its_light_from_green_but_not_from_amber() -> None:
    table = hinge_table()
    assert lights(table, replace(GOOD, top=(NAN, NAN)))["hips"] == "unseen"
    unsure = replace(bottom(hip_y=0.4), top=(NAN, NAN))
    assert lights(table, unsure, unsure)["hips"] == "red"


def test_indices_are_shares_of_drop_and_of_balance() -> None:
    table = FaultTable(find_drill("hinge"))
    values = dict(zip(NAMES, table.judge(GOOD, in_view=True).values, strict=True))
    assert values["hinge_index"] == pytest.approx(80)
    assert values["retreat_share"] == pytest.approx(0.5 / 0.56)
    assert values["range"] == 60


def test_neck_weighs_ear_and_face() -> None:
    assert found(replace(GOOD, neck=[-20.0, -50.0])) == {"F9a": "amber"}
    assert found(replace(GOOD, neck=[-20.0, -40.0])) == {}
