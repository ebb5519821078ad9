"""The catalogue: complete, consistent, and refusing mistakes by name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.commands import catalogue
from kiosk.drills import DRILLS, faults, find_drill
from kiosk.scoring.drill import LIGHTS, Drill
from kiosk.scoring.measures import NAMES
from kiosk.scoring.verdict import View
from kiosk.trouble import BadInput

#: Words that a wellness coach does not use (biomechanics 6.1).
FORBIDDEN = (
    "diagnos", "treat", "prevent", "cure", "reliev", "pain", "injur", "rehab", "therap", "abnormal", "danger", "safe",
)  # fmt: skip


def words_of(drill: Drill) -> list[str]:
    """Everything a drill says to a person."""
    said = [drill.title, drill.summary, *drill.cues, *drill.reminders]
    said += [text for fault in drill.faults for text in (fault.title, fault.cue)]
    return said + [text for unseen in drill.unseen for text in (unseen.what, unseen.why)]


def test_the_first_four_drills_are_there() -> None:
    keys = [(drill.key, drill.spec) for drill in DRILLS]
    assert keys == [("hinge", "D01"), ("pick_up", "D23"), ("squat", "D11"), ("sit_stand", "D24")]


def test_an_unknown_drill_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"drill 'twist': no such drill; known are hinge, pick_up, squat, sit_stand"):
        find_drill("twist")


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_every_drill_says_what_it_cannot_see_and_shows_the_back_as_unseen(drill: Drill) -> None:
    assert "F1a" in {unseen.key for unseen in drill.unseen}
    assert drill.lights[0] == "back"
    assert all(fault.light != "back" for fault in drill.faults)
    assert not {fault.key for fault in drill.faults} & {unseen.key for unseen in drill.unseen}
    assert find_drill(drill.key) is drill


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_every_word_is_a_coachs_and_short(drill: Drill) -> None:
    for text in words_of(drill):
        assert not any(word in text.lower() for word in FORBIDDEN), text
        assert len(text) <= 100, text
    for fault in drill.faults:
        assert fault.cue.endswith(".")


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_faults_that_share_a_mistake_share_their_light(drill: Drill) -> None:
    for fault in drill.faults:
        others = [other for other in drill.faults if fault.mistake and other.mistake == fault.mistake]
        assert all(other.light == fault.light for other in others)
        if fault.yields_to:
            assert fault.yields_to in {other.key for other in drill.faults}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"view": View.FRONT}, r"drill hinge: view is one of side, not <View.FRONT"),
        ({"kind": "dance"}, "drill hinge: kind is one of rep, not 'dance'"),
        (
            {"driver": "nose"},
            "drill hinge: driver is one of trunk, knee, hip, thigh, hip_drop, shoulder_drop, not 'nose'",
        ),
        ({"least": 5}, "drill hinge: least lies between onset and usual"),
        ({"home": 40}, "drill hinge: home lies below least"),
        ({"reps": 0}, "drill hinge: reps is at least 1"),
        ({"level": 9}, "drill hinge: level is 0 to 6"),
        ({"needs": ("tail",)}, "drill hinge: needs is one of ear, shoulder, hip, knee, ankle, not 'tail'"),
        ({"lights": ("hips", "back")}, "drill hinge: lights are in LIGHTS' order"),
        ({"lights": ("back",)}, "drill hinge: faults have their lights: F10 has not"),
        ({"faults": (faults.SQUATS, faults.SQUATS)}, "drill hinge: faults are there once"),
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
        ({"light": "tail"}, "fault F10: light is one of back, hips"),
        ({"measure": "mood"}, "fault F10: measure is one of trunk, hip"),
        ({"grade": "C"}, "fault F10: grade is one of A, B, not 'C'"),
        ({"red": 70}, "fault F10: red differs from green"),
        ({"weight": 101}, "fault F10: weight is 0 to 100 points"),
        ({"cue": ""}, "fault F10: cue is a sentence"),
    ],
)
def test_a_fault_that_breaks_a_rule_is_named_with_its_field(change: dict[str, object], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        replace(faults.SQUATS, **change)


def test_the_catalogue_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.run(as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [drill["key"] for drill in told] == [drill.key for drill in DRILLS]
    for drill in told:
        assert {
            "key",
            "spec",
            "title",
            "view",
            "kind",
            "level",
            "lights",
            "faults",
            "unseen",
            "cues",
            "reminders",
        } <= set(drill)
        assert set(drill["lights"]) <= set(LIGHTS)
        for fault in drill["faults"]:
            assert {"key", "light", "grade", "level_edges", "cue"} <= set(fault)
            assert fault["measure"] in NAMES
        for unseen in drill["unseen"]:
            assert {"key", "why"} <= set(unseen)
    amber_only = {fault["key"] for fault in told[0]["faults"] if fault["level_edges"]["red"] is None}
    assert amber_only == {"F9a", "F9b", "F12"}


def test_the_catalogue_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.run(as_json=False)
    told = capsys.readouterr().out
    for drill in DRILLS:
        assert drill.title in told
        for fault in drill.faults:
            assert fault.key in told
    assert "lower back" in told
