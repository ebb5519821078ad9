"""The catalogue: complete, consistent, and refusing mistakes by name."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from kiosk.commands import catalogue
from kiosk.drills import CATALOGUE, DRILLS, UNRELIABLE, find_drill, trust
from kiosk.drills.capabilities import REMINDERS_ONLY
from kiosk.drills.faults import hips
from kiosk.drills.unseen import EVERYWHERE
from kiosk.scoring.drill import GRADES, LIGHTS, Drill
from kiosk.scoring.measures import MEASURES, NAMES
from kiosk.scoring.quantities import DRIVERS
from kiosk.scoring.verdict import View
from kiosk.trouble import BadInput

#: The drills by their numbers (biomechanics 1.1), and the rung of each (biomechanics 1.3).
SPEC = {
    "D01": ("hinge", 1), "D02": ("dowel_hinge", 1), "D03": ("kneeling_dowel_hinge", 0), "D04": ("sink", 0),
    "D05": ("cat_cow", 0), "D06": ("brace", 0), "D07": ("hip_extension", 1), "D08": ("glute_bridge", 1),
    "D09": ("one_leg_glute_bridge", 2), "D10": ("box_squat", 2), "D11": ("squat", 2), "D12": ("banded_squat", 2),
    "D13": ("barbell_squat", 5), "D14": ("mobility_deadlift", 3), "D15": ("romanian_deadlift", 4),
    "D16": ("deadlift", 5), "D17": ("one_leg_deadlift", 5), "D18": ("kettlebell_swing", 6),
    "D19": ("jump_landing", 6), "D20": ("plank", 1),
    "D21": ("ball_curl_up", 2), "D22": ("reverse_crunch", 2), "D23": ("pick_up", 2), "D24": ("sit_stand", 1),
}  # fmt: skip
#: Every fault of biomechanics 2.2 to 2.4 and of the drill blocks.
FAULT_KEYS = {
    "F1a", "F1b", "F2a", "F2b", "F2c", "F3a", "F3b", "F4", "F5a", "F5b", "F6a", "F6b", "F6c", "F7", "F8", "F9a",
    "F9b", "F10", "F11", "F11b", "F12", "F13", "F14", "F15", "F16", "F17", "F18", "F19", "S1", "S2", "S3", "S4",
    "S5", "S6", "S7", "S8", "X1", "X2", "X3", "P1", "P2", "P3", "B1", "B2", "B3", "K1", "K2", "K3", "DL1", "DL2",
    "DL3", "DL4", "R1", "L1", "L2", "L3", "E1", "E2", "N1", "N2", "J1", "J2", "J3", "T1", "D1", "H1", "H2",
}  # fmt: skip
#: Those that no camera of this kind can judge (biomechanics 2.2, 2.4; grades C and D).
NEVER_JUDGED = {"F2b", "F6c", "F7", "F8", "F15", "S5"}
#: Those of the back, and the drills in which its outline is measured (biomechanics 1.1: B*).
OF_THE_BACK, OUTLINED = {"F1a", "F1b", "F11", "F18"}, {"hinge", "romanian_deadlift", "pick_up", "sink_side"}
#: The same drill as a camera elsewhere sees it.
SEEN_ELSEWHERE = ("sink_side",)

every_drill = pytest.mark.parametrize("drill", CATALOGUE, ids=lambda drill: drill.key)


def judged(drill: Drill) -> set[str]:
    return {fault.key for fault in drill.faults}


def unseen(drill: Drill) -> set[str]:
    return {each.key for each in drill.unseen}


def test_all_drills_are_there_once_the_hinge_first_then_by_level() -> None:
    drills = [drill for drill in CATALOGUE if drill.key not in SEEN_ELSEWHERE]
    assert {drill.spec: (drill.key, drill.level) for drill in drills} == SPEC
    assert len(drills) == len(SPEC) == len(CATALOGUE) - len(SEEN_ELSEWHERE)
    assert CATALOGUE[0].key == "hinge"
    levels = [drill.level for drill in CATALOGUE[1:]]
    assert levels == sorted(levels)


def test_every_fault_key_is_judged_somewhere_or_said_to_be_unseen() -> None:
    everywhere = set().union(*(judged(drill) for drill in CATALOGUE))
    assert everywhere | set().union(*(unseen(drill) for drill in CATALOGUE)) >= FAULT_KEYS
    assert not everywhere & NEVER_JUDGED
    assert set().union(*(judged(drill) for drill in DRILLS)) <= everywhere


@every_drill
def test_every_drill_says_what_it_cannot_see(drill: Drill) -> None:
    assert unseen(drill) | judged(drill) >= {each.key for each in EVERYWHERE} >= NEVER_JUDGED - {"F15"} | OF_THE_BACK
    assert len(unseen(drill)) == len(drill.unseen)
    assert not judged(drill) & unseen(drill)


@every_drill
def test_the_back_is_judged_where_its_outline_is_measured_and_is_unseen_elsewhere(drill: Drill) -> None:
    of_the_back = {fault.key for fault in drill.faults if fault.light == "back"}
    assert of_the_back == judged(drill) & OF_THE_BACK
    assert ("F1a" in of_the_back) == (drill.key in OUTLINED)
    assert drill.outlined == (drill.key in OUTLINED | {"cat_cow"})


@every_drill
def test_every_light_has_a_fault_but_that_of_an_unseen_back(drill: Drill) -> None:
    assert drill.lights[0] == "back"
    lit = {fault.light for fault in drill.faults}
    assert lit == set(drill.lights) - (set() if drill.key in OUTLINED else {"back"})


@every_drill
def test_faults_that_share_a_mistake_share_their_light(drill: Drill) -> None:
    for fault in drill.faults:
        others = [other for other in drill.faults if fault.mistake and other.mistake == fault.mistake]
        assert all(other.light == fault.light for other in others)
        if fault.yields_to:
            assert fault.yields_to in judged(drill)


@every_drill
def test_a_fault_is_judged_in_a_view_that_its_measure_means_something_in(drill: Drill) -> None:
    seen_from = {measure.name: measure.view for measure in MEASURES}
    for fault in drill.faults:
        assert seen_from[fault.measure] in (None, fault.view), fault
        assert fault.view in drill.views
        assert fault.grade in GRADES


@every_drill
def test_a_fault_that_has_two_edges_has_room_for_good_between_them(drill: Drill) -> None:
    for fault in drill.faults:
        for other in drill.faults:
            same = (fault.measure, fault.view) == (other.measure, other.view)
            if same and fault.red > fault.green and other.red < other.green:
                assert other.green < fault.green, (fault.key, other.key)


@every_drill
def test_what_matters_most_is_spoken_of_first(drill: Drill) -> None:
    """biomechanics 2.5: a rounded back, knees caving, then the hinge itself, locked knees, range, lockout, tempo."""
    order = [fault.key for fault in drill.faults]
    rungs = (("F1a", "S1", "F5b"), ("F10",), ("F13", "F4", "F3b"), ("F3a",), ("F12",), ("F2a", "F2c"), ("F14",))
    places = [[order.index(key) for key in rung if key in order] for rung in rungs]
    for above, below in pairwise(places):
        assert not above or not below or max(above) < min(below)


@every_drill
def test_an_easier_drill_is_not_a_harder_one(drill: Drill) -> None:
    if drill.easier:
        assert find_drill(drill.easier).level <= drill.level
        assert drill.easier != drill.key
    else:
        assert drill.level <= 1


def test_lifts_and_jumps_are_done_alone_and_the_barbell_squat_is_confirmed() -> None:
    assert {drill.spec for drill in CATALOGUE if drill.alone} == {"D15", "D16", "D17", "D18", "D19"}
    assert [drill.key for drill in CATALOGUE if drill.confirm] == ["barbell_squat"]


def test_one_sided_drills_know_the_side_by_a_number_whose_sign_tells_it() -> None:
    sided = {drill.key: drill.side_by for drill in CATALOGUE if drill.side_by}
    assert set(sided) == {"hip_extension", "one_leg_glute_bridge", "mobility_deadlift", "one_leg_deadlift"}
    assert set(sided.values()) <= set(DRIVERS)


def test_what_is_only_counted_weighs_nothing() -> None:
    counted = {drill.key for drill in CATALOGUE if not any(fault.weight for fault in drill.faults)}
    assert counted == {"cat_cow", "brace", "ball_curl_up", "reverse_crunch"}


def test_an_unknown_drill_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"drill 'twist': no such drill; known are hinge, .*jump_landing"):
        find_drill("twist")


def test_every_drill_is_found_by_its_key() -> None:
    assert [find_drill(drill.key) for drill in DRILLS] == list(DRILLS)


def test_what_is_measured_too_unreliably_ships_as_a_reminder() -> None:
    doubted = {("hinge", "F9a"), ("hinge", "F3b"), ("squat", "S1")}
    whole = next(drill for drill in CATALOGUE if drill.key == "hinge")
    hinge = trust(whole, doubted)
    assert judged(hinge) == judged(whole) - {"F9a", "F3b"}
    told = {each.key: each for each in hinge.unseen if each.key in ("F9a", "F3b")}
    assert set(told) == {"F9a", "F3b"}
    assert told["F9a"].why == UNRELIABLE
    assert told["F9a"].reminder in hinge.reminders
    assert hinge.lights == whole.lights


def test_where_a_rounded_back_cannot_be_told_nothing_else_of_the_back_is() -> None:
    whole = CATALOGUE[0]
    without = trust(whole, {("hinge", "F1a")})
    assert not judged(without) & OF_THE_BACK
    assert unseen(without) >= OF_THE_BACK
    finer = trust(whole, {("hinge", "F11")})
    assert judged(finer) & OF_THE_BACK == OF_THE_BACK - {"F11"}


@every_drill
def test_any_fault_may_turn_out_too_unreliable(drill: Drill) -> None:
    """No drill breaks when all that it judges is taken away."""
    bare = trust(drill, {(drill.key, fault.key) for fault in drill.faults})
    assert bare.faults == ()
    assert judged(drill) <= unseen(bare)


def test_the_capabilities_name_faults_that_are_declared() -> None:
    assert {(drill.key, key) for drill in CATALOGUE for key in judged(drill)} >= REMINDERS_ONLY


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"view": View.OBLIQUE}, r"drill hinge: view is one of side, front, not <View.OBLIQUE"),
        ({"kind": "dance"}, "drill hinge: kind is one of rep, lift, swing, .*, not 'dance'"),
        ({"start": "asleep"}, "drill hinge: start is one of standing, .*, not 'asleep'"),
        ({"pace": "hectic"}, "drill hinge: pace is one of still, slow, quick, not 'hectic'"),
        ({"side_by": "nose"}, "drill hinge: side_by is one of trunk, .*, not 'nose'"),
        ({"hold_s": 5}, "drill hinge: hold_s is set for holds alone"),
        ({"reps": 0}, "drill hinge: reps is at least 1"),
        ({"level": 9}, "drill hinge: level is 0 to 6"),
        ({"needs": ("tail",)}, "drill hinge: needs is one of ear, shoulder, hip, knee, ankle, not 'tail'"),
        ({"lights": ("hips", "back")}, "drill hinge: lights are in LIGHTS' order"),
        ({"lights": ("back",)}, "drill hinge: faults have their lights: F5b has not"),
        ({"front": None}, "drill hinge: faults can be seen: F5b needs the front"),
        ({"faults": (hips.SQUATS, hips.SQUATS)}, "drill hinge: faults are there once"),
        ({"hinge_from": 20}, "drill hinge: hinge_from is not below squat_below"),
        ({"cues": ()}, "drill hinge: cues has at least one"),
    ],
)
def test_a_drill_that_breaks_a_rule_is_named_with_its_field(change: dict[str, object], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        replace(find_drill("hinge"), **change)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"driver": "nose"}, "drill hinge: driver is one of trunk, .*, not 'nose'"),
        ({"least": 5}, "drill hinge: least lies between onset and usual"),
        ({"home": 40}, "drill hinge: home lies below least"),
    ],
)
def test_a_motion_that_makes_no_machine_is_named_with_its_field(change: dict[str, object], rule: str) -> None:
    hinge = find_drill("hinge")
    with pytest.raises(ValueError, match=rule):
        replace(hinge, motion=replace(hinge.motion, **change))
    with pytest.raises(ValueError, match=rule.replace("hinge:", "hinge, front:")):
        replace(hinge, front=replace(hinge.motion, **change))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"light": "tail"}, "fault F10: light is one of back, hips"),
        ({"measure": "mood"}, "fault F10: measure is one of trunk, hip"),
        ({"grade": "C"}, "fault F10: grade is one of A, B, not 'C'"),
        ({"red": 70}, "fault F10: red differs from green"),
        ({"weight": 101}, "fault F10: weight is 0 to 100 points"),
        ({"view": View.OBLIQUE}, "fault F10: view is one of side, front"),
        ({"cue": ""}, "fault F10: cue is a sentence"),
    ],
)
def test_a_fault_that_breaks_a_rule_is_named_with_its_field(change: dict[str, object], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        replace(hips.SQUATS, **change)


def test_the_catalogue_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.run(as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [drill["key"] for drill in told] == [drill.key for drill in DRILLS]
    assert len(told) == 25
    assert {each["key"] for drill in told for each in (*drill["faults"], *drill["unseen"])} >= FAULT_KEYS
    for drill in told:
        must = {"key", "spec", "title", "view", "kind", "level", "lights", "faults", "unseen", "cues", "reminders"}
        assert must <= set(drill)
        assert {"tempo", "sets", "reps", "hold_s", "rest_s", "sides", "views", "phases"} <= set(drill)
        assert set(drill["lights"]) <= set(LIGHTS)
        for fault in drill["faults"]:
            assert {"key", "light", "grade", "level_edges", "cue", "again", "view"} <= set(fault)
            assert fault["measure"] in NAMES
        for each in drill["unseen"]:
            assert each["key"]
            assert each["why"].endswith(".")
    reds = [[fault["level_edges"]["red"] for fault in drill["faults"]] for drill in told]
    assert reds == [[None if fault.amber_only else fault.red for fault in drill.faults] for drill in DRILLS]
    sides = {drill["key"]: drill["sides"] for drill in told}
    assert sides["hinge"] == []
    assert sides["mobility_deadlift"] == ["left", "right"]


def test_the_catalogue_for_people_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.run(as_json=False)
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= catalogue.WIDTH == 100
    for drill in DRILLS:
        assert drill.title in told
        assert f"({drill.key}, {drill.spec})" in told
        assert all(fault.title in told for fault in drill.faults)
        assert all(cue in told for cue in drill.cues)
    positions = [told.index(f"Level {level}:") for level in range(7)]
    assert positions == sorted(positions)
    assert "lower back" in told
