"""Faults, scores and lights from the measures of a repetition."""

from __future__ import annotations

import math

import pytest

from kiosk.accuracy.sets import drill_of
from kiosk.scoring.faults import FaultTable
from kiosk.scoring.measures import measures_of
from kiosk.scoring.quantities import CORE
from kiosk.scoring.verdict import Light, View

NAN = math.nan
Values = dict[str, float]

#: A good hinge.
GOOD: Values = {
    "trunk": 60, "hip": 85, "knee": 25, "thigh": 25, "shin": 0, "lean": 60, "hip_retreat": 0.5, "range": 60,
    "knee_travel": 0.0, "retreat_share": 0.9, "neck": 0.0, "lockout": 0.0, "top_trunk": 0.0, "hinge_index": 80,
    "down_s": 2.5, "up_s": 1.5, "bounces": 0, "heel_rise": 0.0, "balance": 0.0, "valgus": 0.0, "knee_gap": 0.0,
    "rounding": 20, "arching": -20, "hunching": 2, "chest": 2, "own_range": 50,
    "stance": 1.0, "hip_stance": 1.4, "reach_ahead": 0.2, "hips_first": 0.1, "arms_forward": 0.8, "hands_up": -0.8,
}  # fmt: skip
#: A good squat.
SQUAT: Values = GOOD | {
    "trunk": 40, "knee": 95, "thigh": 70, "shin": 25, "lean": 15, "range": 95, "hinge_index": 20,
}  # fmt: skip


def made(drill: str, values: Values) -> Values:
    """Those of ``values`` that the drill asks for; what nobody gave is unseen."""
    return {measure.name: values.get(measure.name, NAN) for measure in measures_of(drill_of(drill))}


def found(values: Values, drill: str = "hinge") -> dict[str, str]:
    table = FaultTable(drill_of(drill))
    return {fault.key: str(fault.level) for fault in table.found(table.judge(made(drill, values), in_view=True))}


def test_a_good_hinge_has_no_fault_and_a_full_score() -> None:
    table = FaultTable(drill_of("hinge"))
    judgement = table.judge(made("hinge", GOOD), in_view=True)
    assert table.found(judgement) == ()
    assert set(table.not_seen(judgement)) == {f.key for f in drill_of("hinge").faults if f.view is View.FRONT}
    assert table.score(judgement, 1.0) == 100


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"rounding": 50}, {}),
        ({"rounding": 70}, {"F1a": "amber"}),
        ({"rounding": 90}, {"F1a": "red"}),
        ({"rounding": 90, "own_range": NAN}, {"F1a": "amber"}),  # not by somebody else's range
        ({"arching": 70}, {"F1b": "amber"}),
        ({"arching": 90}, {"F1b": "red"}),
        ({"arching": 90, "own_range": NAN}, {"F1b": "amber"}),
        ({"hunching": 14}, {"F11": "amber"}),
        ({"hunching": 20}, {"F11": "red"}),
        ({"hunching": 14, "chest": 12}, {"F11": "amber"}),  # one mistake, told once
        ({"hunching": NAN, "chest": 25}, {"F18": "amber"}),
        ({"lockout": 9}, {}),
        ({"lockout": 14}, {"F2a": "amber"}),
        ({"lockout": 19}, {"F2a": "red"}),
        ({"top_trunk": -8}, {"F2c": "amber"}),
        ({"top_trunk": -13}, {"F2c": "red"}),
        ({"knee": 10}, {"F3a": "amber"}),
        ({"knee": 3}, {"F3a": "red"}),
        ({"knee": 45}, {"F17": "amber"}),
        ({"knee": 55}, {"F17": "red"}),
        ({"shin": 12}, {"F3b": "amber"}),
        ({"shin": 17}, {"F3b": "red"}),
        ({"shin": -14}, {}),
        ({"shin": -20}, {"F3b": "amber"}),
        ({"knee_travel": 0.15}, {"F4": "amber"}),
        ({"knee_travel": 0.25}, {"F4": "red"}),
        ({"hinge_index": 60}, {"F10": "amber"}),
        ({"hinge_index": 40, "knee": 60}, {"F10": "red"}),
        ({"hinge_index": 40, "knee": NAN}, {"F10": "red"}),
        ({"hinge_index": 40}, {"F10": "amber"}),  # nobody squats with soft knees
        ({"range": 35}, {"F12": "amber"}),
        ({"range": 25}, {"F12": "amber"}),
        ({"retreat_share": 0.5}, {"F13": "amber"}),
        ({"retreat_share": 0.3}, {"F13": "red"}),
        ({"down_s": 1.2}, {"F14": "amber"}),
        ({"down_s": 0.8}, {"F14": "red"}),
        ({"up_s": 0.5}, {"F14": "amber"}),
        ({"bounces": 1}, {"F16": "amber"}),
        ({"bounces": 2}, {"F16": "red"}),
        ({"neck": -55}, {"F9a": "amber"}),
        ({"neck": 45}, {"F9b": "amber"}),
        ({"balance": 0.26}, {"F6b": "amber"}),
    ],
)
def test_edges_of_the_hinge(values: Values, faults: dict[str, str]) -> None:
    assert found(GOOD | values) == faults


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({}, {}),
        ({"shin": 38}, {"S2": "amber"}),
        ({"shin": 45}, {"S2": "red"}),
        ({"hip_retreat": 0.15}, {"S2": "red"}),
        ({"trunk": 55}, {"S3": "amber"}),
        ({"trunk": 62, "lean": 37}, {"S3": "red"}),
        ({"thigh": 48}, {"S8": "amber"}),
        ({"thigh": 30}, {"S8": "amber"}),
    ],
)
def test_edges_of_the_squat(values: Values, faults: dict[str, str]) -> None:
    assert found(SQUAT | values, "squat") == faults


def test_a_heel_is_red_only_when_the_shin_has_tipped() -> None:
    assert found(SQUAT | {"heel_rise": 0.12, "shin": 7}, "squat")["F6a"] == "amber"
    assert found(SQUAT | {"heel_rise": 0.12, "shin": 9}, "squat")["F6a"] == "red"


def from_front(values: Values, drill: str = "squat") -> dict[str, str]:
    table = FaultTable(drill_of(drill))
    table.look_from(View.FRONT)
    return {fault.key: str(fault.level) for fault in table.found(table.judge(made(drill, values), in_view=True))}


def test_from_the_front_only_the_front_is_judged() -> None:
    assert found(SQUAT | {"valgus": 20, "knee_gap": -0.3}, "squat") == {}
    assert from_front(SQUAT | {"shin": 45, "trunk": 70}) == {}


def test_a_knee_that_points_in_is_red_only_when_the_knees_are_nearer_too() -> None:
    assert from_front(SQUAT | {"valgus": 20}) == {"S1": "amber"}
    assert from_front(SQUAT | {"valgus": 20, "knee_gap": -0.12}) == {"S1": "red"}
    assert from_front(SQUAT | {"valgus": 20, "knee_gap": NAN}) == {"S1": "amber"}


def test_a_set_from_the_side_lights_what_the_side_shows() -> None:
    table = FaultTable(drill_of("squat"))
    table.light(table.judge(made("squat", SQUAT), in_view=True))
    shown = dict(zip(drill_of("squat").lights, map(str, table.lights), strict=True))
    assert shown["knees"] == "green"
    table.look_from(View.FRONT)
    table.light(table.judge(made("squat", SQUAT | {"valgus": NAN, "knee_gap": NAN}), in_view=True))
    shown = dict(zip(drill_of("squat").lights, map(str, table.lights), strict=True))
    assert (shown["knees"], shown["head"]) == ("unseen", "unseen")


def test_a_fault_is_told_in_its_own_words() -> None:
    table = FaultTable(drill_of("hinge"))
    (fault,) = table.found(table.judge(made("hinge", GOOD | {"knee": 3}), in_view=True))
    own = next(one for one in drill_of("hinge").faults if one.key == "F3a")
    assert (fault.title, fault.cue, fault.again) == (own.title, own.cue, own.again)


def test_one_mistake_is_told_once_and_by_its_larger_side() -> None:
    assert found(GOOD | {"shin": 12, "knee_travel": 0.25}) == {"F4": "red"}
    assert found(GOOD | {"shin": 18, "knee_travel": 0.15}) == {"F3b": "red"}
    assert found(GOOD | {"down_s": 0.8, "up_s": 0.5}) == {"F14": "red"}


def test_bent_knees_are_not_told_to_who_squats() -> None:
    assert found(GOOD | {"knee": 55, "hinge_index": 40}) == {"F10": "red"}


def test_pick_up_takes_every_way_of_bending() -> None:
    assert found(GOOD | {"knee": 110, "shin": 40, "hinge_index": 15, "hip_retreat": 0.1}, "pick_up") == {}


def test_what_was_not_seen_is_no_fault_no_green_and_no_point_off() -> None:
    table = FaultTable(drill_of("hinge"))
    judgement = table.judge(made("hinge", {}), in_view=True)
    assert table.found(judgement) == ()
    assert set(table.not_seen(judgement)) == {fault.key for fault in drill_of("hinge").faults}
    assert table.score(judgement, 1.0) == 100
    table.light(judgement)
    assert Light.GREEN not in table.lights


def test_out_of_view_nothing_is_judged_but_index_and_times_are_told() -> None:
    table = FaultTable(drill_of("hinge"))
    judgement = table.judge(made("hinge", GOOD | {"knee": 3}), in_view=False)
    assert table.found(judgement) == ()
    assert len(table.not_seen(judgement)) == len({fault.key for fault in drill_of("hinge").faults})
    told = {name for name, value in judgement.values.items() if not math.isnan(value)}
    assert told == {"range", "hinge_index", "down_s", "up_s", "bounces"}


def test_penalties_follow_weight_severity_grade_and_coverage() -> None:
    table = FaultTable(drill_of("hinge"))

    def score(values: Values, coverage: float = 1.0) -> int:
        return table.score(table.judge(made("hinge", GOOD | values), in_view=True), coverage)

    weight = {fault.key: fault.weight for fault in drill_of("hinge").faults}
    assert score({"lockout": 14}) == round(100 - weight["F2a"] * 0.5)
    assert score({"lockout": 14}, 0.75) == round(100 - weight["F2a"] * 0.5 * 0.5)
    assert score({"lockout": 14}, 0.6) == 100
    assert score({"neck": 45.0}) == 100 - weight["F9b"] / 2
    assert score({"lockout": 19}) == 69
    assert score({"rounding": 81}) == 59
    assert score({"rounding": 81, "own_range": NAN}) == 80
    worst = score({"knee": 3, "shin": 20, "hinge_index": 10, "retreat_share": 0, "down_s": 0.5})
    # F13 yields to F3a, which is as bad
    assert worst == max(0, 100 - sum(weight[key] for key in ("F3a", "F3b", "F10", "F14")))


def test_of_locked_knees_and_hips_that_stay_only_the_worse_is_told() -> None:
    assert found(GOOD | {"knee": 3, "retreat_share": 0.5}) == {"F3a": "red"}
    assert found(GOOD | {"knee": 10, "retreat_share": 0.3}) == {"F13": "red"}
    assert found(GOOD | {"knee": 10, "retreat_share": 0.5}) == {"F3a": "amber"}


def test_a_drill_that_only_counts_weighs_nothing() -> None:
    assert not FaultTable(drill_of("cat_cow")).weighs
    assert FaultTable(drill_of("hinge")).weighs


def lights(table: FaultTable, *reps: Values) -> dict[str, str]:
    for values in reps:
        table.light(table.judge(made("hinge", values), in_view=True))
    return dict(zip(drill_of("hinge").lights, map(str, table.lights), strict=True))


def hinge_table(noise: float = 2.0) -> FaultTable:
    table = FaultTable(drill_of("hinge"))
    drill = drill_of("hinge")
    table.know_noise(dict.fromkeys([*CORE, *drill.quantities, "driver"], noise))
    return table


def test_before_the_first_repetition_lights_are_off() -> None:
    assert set(lights(hinge_table()).values()) == {"off"}


def test_a_good_repetition_lights_green() -> None:
    assert set(lights(hinge_table(), GOOD).values()) == {"green"}


def test_a_back_that_is_not_seen_is_never_green_and_takes_nothing_off() -> None:
    unseen = GOOD | dict.fromkeys(("rounding", "arching", "hunching", "chest"), NAN)
    shown = lights(hinge_table(), unseen)
    assert shown.pop("back") == "unseen"
    assert set(shown.values()) == {"green"}
    table = hinge_table()
    assert table.score(table.judge(made("hinge", unseen), in_view=True), 1.0) == 100


def test_in_a_drill_without_the_outline_the_back_is_always_unseen() -> None:
    table = FaultTable(drill_of("squat"))
    assert table.lights[0] is Light.UNSEEN
    table.light(table.judge(made("squat", SQUAT), in_view=True))
    assert table.lights[0] is Light.UNSEEN


def test_a_back_just_past_red_is_red_the_second_time_and_one_far_past_it_at_once() -> None:
    table = hinge_table()
    assert lights(table, GOOD | {"rounding": 85})["back"] == "amber"
    assert lights(table, GOOD | {"rounding": 85})["back"] == "red"
    assert lights(hinge_table(), GOOD | {"rounding": 97})["back"] == "red"


def test_red_beyond_doubt_shows_at_once_and_goes_with_the_next_good_one() -> None:
    table = hinge_table()
    assert lights(table, GOOD | {"knee": 3})["knees"] == "red"
    assert lights(table, GOOD)["knees"] == "green"


def test_a_doubtful_red_is_amber_until_it_comes_again() -> None:
    table = hinge_table()
    assert lights(table, GOOD | {"knee": 6})["knees"] == "amber"
    assert lights(table, GOOD)["knees"] == "green"
    assert lights(table, GOOD | {"knee": 6})["knees"] == "red"


def test_one_amber_is_not_shown_two_of_three_are() -> None:
    table = hinge_table()
    amber = GOOD | {"knee": 10}
    assert lights(table, amber)["knees"] == "green"
    assert lights(table, GOOD)["knees"] == "green"
    assert lights(table, amber)["knees"] == "amber"
    assert lights(table, GOOD, GOOD, GOOD, amber)["knees"] == "green"


def test_one_fault_unseen_keeps_its_light_from_green_but_not_from_amber() -> None:
    table = hinge_table()
    assert lights(table, GOOD | {"lockout": NAN})["hips"] == "unseen"
    unsure = GOOD | {"hinge_index": 30, "knee": 60, "lockout": NAN}
    assert lights(table, unsure, unsure)["hips"] == "red"


def test_what_is_held_lights_at_once_but_red_once_it_lasts() -> None:
    table = FaultTable(drill_of("plank"))
    drill = drill_of("plank")
    table.know_noise(dict.fromkeys([*CORE, *drill.quantities, "driver"], 0.001))
    good = {"line": 0.0, "neck": 0.0, "elbow_under": 0.1}
    table.show(table.judge(made("plank", good), in_view=True), lasting=True)
    assert Light.RED not in table.lights
    assert Light.GREEN in table.lights
    sagging = table.judge(made("plank", good | {"line": 0.12}), in_view=True)
    table.show(sagging, lasting=False)
    assert Light.RED not in table.lights
    assert Light.AMBER in table.lights
    table.show(sagging, lasting=True)
    assert Light.RED in table.lights
    table.put_out()
    assert set(table.lights) == {Light.OFF, Light.UNSEEN}
