"""The accuracy card: what it calls told, missed and false; what it does with data that are there, and that are not."""

from __future__ import annotations

import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
import pytest

from kiosk.__main__ import main
from kiosk.accuracy import camera, mocap, plots
from kiosk.accuracy.capabilities import misses, write_capabilities
from kiosk.accuracy.card import (
    Angle,
    Backs,
    BasinRow,
    Card,
    DrillRow,
    FaultRow,
    GhostRow,
    LeanRow,
    Leans,
    Origin,
    Real,
    Simulated,
    Spread,
    TrackRow,
    spread,
)
from kiosk.accuracy.confusion import fault_rows, hardly_judged
from kiosk.accuracy.filmed import Pair, Scored
from kiosk.accuracy.keypoints import sag
from kiosk.accuracy.leans import TEACHING
from kiosk.accuracy.measuring import Job, Measured, run_jobs
from kiosk.accuracy.mocap import HELD_BEFORE, MOVED_OVER, RATE, read_clips
from kiosk.accuracy.movement import Seen, angle_rows, look_at_file
from kiosk.accuracy.page import page
from kiosk.accuracy.photos import likeness, trunk_error
from kiosk.accuracy.plots import can_draw
from kiosk.accuracy.promises import promises
from kiosk.accuracy.sets import BODIES, DISTANCES, LOOKS, Plan, Set, acted
from kiosk.accuracy.sources import find_sources
from kiosk.accuracy.tracks import label_rows
from kiosk.accuracy.watching import Told, Watched
from kiosk.commands import accuracy
from kiosk.drills import CATALOGUE
from kiosk.figure.lens import SIDE
from kiosk.scoring.verdict import View
from kiosk.trouble import BadInput

F10 = next(fault for drill in CATALOGUE if drill.key == "hinge" for fault in drill.faults if fault.key == "F10")


def told(*faults: str, level: str = "amber", score: int | None = 90, **measures: float) -> Told:
    return Told(1.0, score, None, dict.fromkeys(faults, level), dict(measures), ())


def a_set(fault: str, *pairs: Pair) -> Scored:
    each = Set("hinge", "", fault, View.SIDE, 31, 0, 1.0, 0.0, len(pairs), 10.0)
    watched = Watched(tuple(pair.told for pair in pairs if pair.told), {}, 0)
    return Scored(each, len(pairs), pairs, watched, {}, {})


def row_of(key: str, *sets: Scored) -> FaultRow:
    (row,) = fault_rows(sets, {("hinge", key)})
    return row


IN_GREEN = told(hinge_index=F10.green + abs(F10.red - F10.green))
JUST_IN_GREEN = told(hinge_index=F10.green + 0.1 * abs(F10.red - F10.green))
SQUATTED = told("F10", hinge_index=F10.red - 1)


def test_a_fault_put_in_is_told_or_missed() -> None:
    row = row_of("F10", a_set("F10", Pair(told("F10"), SQUATTED), Pair(told(), SQUATTED)))
    assert (row.hits, row.misses, row.performed) == (1, 1, 2)


def test_a_repetition_that_was_not_counted_misses_its_fault() -> None:
    assert row_of("F10", a_set("F10", Pair(None, SQUATTED))).misses == 1


def test_the_first_repetition_of_a_fault_that_begins_later_has_none_to_miss() -> None:
    row = row_of("F10", a_set("F10", Pair(told(), IN_GREEN, faulty=False), Pair(told("F10"), SQUATTED)))
    assert (row.hits, row.misses, row.clean) == (1, 0, 1)


def test_a_fault_whose_sets_all_failed_proves_nothing() -> None:
    assert misses(row_of("F10")) == "only 0 judged repetitions with it"


def test_one_that_could_not_be_judged_neither_tells_nor_misses() -> None:
    row = row_of("F10", a_set("F10", Pair(told(score=None), SQUATTED)))
    assert (row.hits, row.misses, row.unjudged) == (0, 0, 1)


def test_a_fault_that_could_hardly_be_judged_is_filmed_again_elsewhere() -> None:
    unjudged, judged = a_set("F10", Pair(told("F10", score=None), None)), a_set("F3b", *[Pair(told("F3b"), None)] * 3)
    assert hardly_judged([unjudged, judged]) == {("hinge", "F10")}
    plan = Plan(good=1, faulty=2, reps=1, fps=8.0)
    more = plan.more_sets({("hinge", "F10")}, len(plan.sets()))
    assert {(each.drill, each.fault) for each in more} == {("hinge", "F10")}
    assert len(more) == 2
    assert not set(more) & set(plan.sets())


def test_told_of_what_is_truly_in_the_green_is_false() -> None:
    row = row_of("F10", a_set("F10"), a_set("", Pair(told("F10", level="red"), IN_GREEN), Pair(told(), IN_GREEN)))
    assert (row.false, row.false_reds, row.clean, row.specificity) == (1, 1, 1, 0.5)


def test_told_just_inside_the_green_is_on_the_border_yet_a_red_there_is_false() -> None:
    row = row_of("F10", a_set("F10"), a_set("", Pair(told("F10", level="red"), JUST_IN_GREEN)))
    assert (row.false, row.border, row.false_reds) == (0, 1, 1)


def test_told_of_what_is_truly_there_without_having_been_put_in_is_no_false_alarm() -> None:
    row = row_of("F10", a_set("F10"), a_set("F17", Pair(told("F10", level="red"), SQUATTED)))
    assert (row.false, row.border, row.false_reds, row.there) == (0, 0, 0, 1)


def test_a_fault_that_yields_is_told_by_the_one_it_yields_to() -> None:
    assert row_of("F17", a_set("F17", Pair(told("F10"), SQUATTED))).hits == 1


def test_told_where_the_true_key_points_tell_nothing_is_false() -> None:
    assert row_of("F10", a_set("F10"), a_set("", Pair(told("F10"), None))).false == 1


def test_every_fault_that_figure_and_drill_know_is_filmed_from_where_it_shows() -> None:
    sets = Plan(good=1, faulty=2, reps=2, fps=8).sets()
    filmed = [(each.drill, each.fault, each.view) for each in sets if each.fault]
    assert set(filmed) == {(script.drill, key, view) for script, key, view in acted()}
    assert {filmed.count((script.drill, key, view)) for script, key, view in acted() if not script.held} == {2}
    assert {each.drill for each in sets if not each.fault} == {drill.key for drill in CATALOGUE}


def test_bodies_looks_distances_and_turns_are_spread_evenly() -> None:
    sets = Plan(good=3, faulty=3, reps=2, fps=8).sets()
    for name, kinds in (("body", BODIES), ("look", LOOKS), ("distance", DISTANCES)):
        counts = [sum(getattr(each, name) == kind for each in sets) for kind in kinds]
        assert max(counts) - min(counts) <= 0.02 * len(sets)
    assert len({each.yaw for each in sets if each.view is View.SIDE}) == 5


def test_a_set_seen_from_the_front_faces_the_camera() -> None:
    for each in Plan(good=1, faulty=1, reps=2, fps=8).sets():
        assert (each.lens.yaw > 45) == (each.view is View.FRONT)


def a_recording(path: Path, *, standing: slice = slice(0, 5)) -> Path:
    """Somebody of plain proportions who bows for a second, walking a little, filmed by nobody."""
    frames = 40
    lean = np.radians(60 * np.sin(np.linspace(0, np.pi, frames)))
    heights = {0: 1.62, 1: 1.64, 2: 1.64, 3: 1.62, 4: 1.62, 5: 1.45, 6: 1.45, 7: 1.2, 8: 1.2, 9: 0.95, 10: 0.95}
    joints = np.zeros((frames, 17, 3))
    for joint in range(17):
        joints[:, joint, 1] = (0.1 if joint % 2 else -0.1) * (joint > 0)
        if joint in heights:
            length = heights[joint] - 0.9
            forward = 0.1 if joint == 0 else 0.0
            joints[:, joint, 0] = length * np.sin(lean) + forward * np.cos(lean)
            joints[:, joint, 2] = 0.9 + length * np.cos(lean) - forward * np.sin(lean)
    for joint, height in zip((11, 12, 13, 14, 15, 16), (0.9, 0.9, 0.5, 0.5, 0.1, 0.1), strict=True):
        joints[:, joint, 2] = height
    joints[..., 0] += np.linspace(0, 0.3, frames)[:, None]
    marked = np.zeros(frames, bool)
    marked[standing] = True
    angles = {"trunk_pitch_keypoints": np.degrees(lean), "neck_pitch": np.zeros(frames)}
    for side in ("left", "right"):
        angles |= {f"knee_flexion_{side}": np.zeros(frames), f"shin_tilt_{side}": np.zeros(frames)}
        angles[f"hip_flexion_{side}"] = np.degrees(lean)
    np.savez(
        path,
        t=np.arange(frames) / RATE, joints3d=joints, facing=np.tile((1.0, 0.0), (frames, 1)), standing=marked,
        trusted=np.ones(frames, bool), label="bow", reps=1, source="bow", segment_start=[0.0], segment_end=[9.0],
        segment_label=["bow"], segment_reps=[1], **angles,
    )  # fmt: skip
    return path


def test_a_clip_begins_standing_and_its_steps_are_taken_out(tmp_path: Path) -> None:
    (clip,) = read_clips(a_recording(tmp_path / "bow.npz"))
    assert clip.held == round(HELD_BEFORE * RATE)
    assert clip.recorded.start == round((HELD_BEFORE + MOVED_OVER) * RATE)
    assert clip.seconds == pytest.approx(40 / RATE)
    assert np.ptp(clip.joints[: clip.held], axis=0).max() == 0
    assert np.abs(clip.joints[:, 15:17, :2].mean(axis=1)).max() < 1e-9
    assert np.nanmax(clip.truth["trunk", 1]) == pytest.approx(60, abs=1)


def test_of_what_is_no_drill_the_steps_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mocap, "NO_DRILL", ("bow",))
    (clip,) = read_clips(a_recording(tmp_path / "bow.npz"))
    assert np.ptp(clip.joints[clip.recorded, 15, 0]) == pytest.approx(0.3)


def test_without_a_standing_frame_the_first_one_must_do(tmp_path: Path) -> None:
    (clip,) = read_clips(a_recording(tmp_path / "bow.npz", standing=slice(0, 0)))
    assert clip.truth["trunk", 0][0] == 0


def test_a_perfect_eye_measures_a_clean_bow(tmp_path: Path) -> None:
    seen = Seen()
    seen.add(look_at_file(a_recording(tmp_path / "bow.npz"), (0.0, 15.0)))
    errors = {(row.what, row.angle): row.error for row in angle_rows(seen)}
    assert errors["clean, both hands", "trunk"].mean < 2
    assert errors["clean, both hands", "knee"].mean < 2
    assert errors["noisy, both hands", "trunk"].mean > errors["clean, both hands", "trunk"].mean


def test_noise_is_the_same_every_time_and_of_the_size_that_is_said(tmp_path: Path) -> None:
    (clip,) = read_clips(a_recording(tmp_path / "bow.npz"))
    held = clip.joints[: clip.held]
    times = clip.times[: clip.held]
    clean, one, again = (camera.film(held, times, SIDE, 1, noise) for noise in (None, 7, 7))
    assert all((a.points == b.points).all() for a, b in zip(one, again, strict=True))
    pixel = (clean[0].points[15:17, 1].mean() - clean[0].points[0, 1]) / 0.89 / camera.STATURE_PX
    jitter = np.median(np.std([pose.points[5] for pose in one], axis=0)) / pixel
    assert jitter == pytest.approx(camera.JITTER, rel=0.5)


def test_either_side_can_be_near(tmp_path: Path) -> None:
    (clip,) = read_clips(a_recording(tmp_path / "bow.npz"))
    right, left = (camera.film(clip.joints[:1], clip.times[:1], SIDE, facing, None)[0] for facing in (1, -1))
    assert right.points[0, 0] > right.points[5, 0]
    assert left.points[0, 0] < left.points[5, 0]
    assert right.scores[6] > right.scores[5]
    assert left.scores[5] > left.scores[6]


def test_what_is_absent_is_named(tmp_path: Path) -> None:
    (tmp_path / "tracks").mkdir()
    (tmp_path / "tracks" / "LABELS.csv").write_text("file\n")
    found = find_sources(tmp_path)
    assert found.tracks == tmp_path / "tracks"
    assert found.absent == ("mocap", "photos", "planks", "swings")


def test_the_shared_folder_and_its_data_folder_both_do(shared: Path) -> None:
    assert find_sources(shared) == find_sources(shared / "data")
    assert find_sources(shared).absent == ()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        find_sources(tmp_path / "nowhere")


def test_absent_parts_are_said_loudly_on_the_page() -> None:
    assert "**Not measured here, because the data are absent: mocap, photos.**" in page(a_card(), None)


def a_card(*faults: FaultRow) -> Card:
    origin = Origin(command="kiosk accuracy", version="1", commit="abc", model="f00", runtime="x", machine="y",
                    absent=("mocap", "photos"))  # fmt: skip
    drill = DrillRow(drill="hinge", sets=2, exact=1, near=2, performed=4, counted=5, refused={"partial": 1},
                     good_reds=0, errors={"trunk": 2.0})  # fmt: skip
    angle = Angle(what="through the model", angle="trunk", error=Spread(mean=2.0, p90=4.0, n=9), at_most=4.0)
    simulated = Simulated(sets=2, drills=(drill,), faults=faults, unmeasured=(), angles=(angle,))
    ghosts = (GhostRow(drill="hinge", minutes=10.0, ghosts=3, where={"tie_shoe": 3}),)
    lean = LeanRow(what=TEACHING, leans=10, found=10, good=5, hunched=5, judged_good=5, judged_hunched=4,
                   auc=[0.8, 0.9], red_good=[1, 0], red_hunched=[4, 3])  # fmt: skip
    comb = BasinRow(what="comb", films=4, minutes=1.0, leans=1, red=0, may=False)
    return Card(
        origin=origin,
        simulated=simulated,
        backs=Backs(rows=(), read=(), cats=None),
        leans=Leans(rows=(lean,), others=(comb,)),
        everyday=ghosts,
        real=Real(),
        troubles=("set x: ValueError: y",),
    )


GOOD = FaultRow(drill="hinge", key="F10", grade="A", hits=9, misses=1, clean=100, performed=10)
POOR = FaultRow(drill="hinge", key="F9a", grade="B", hits=4, misses=6, clean=100, performed=10)
LOUD = FaultRow(drill="hinge", key="F17", grade="A", hits=10, false=1, border=9, clean=90, false_reds=6, performed=10)


def test_it_says_what_was_asked_what_was_found_and_what_failed() -> None:
    text = page(a_card(GOOD, POOR), "accuracy.png")
    assert "| simulated sets counted exactly | ≥ 95% | 50.0% | **no** |" in text
    assert "| simulated faults of grade A | all F1 ≥ 0.85 | 1 of 1 | yes |" in text
    assert "| ghosts a minute, simulated everyday movement | ≤ 0.2 | 0.30 | **no** |" in text
    assert "* set x: ValueError: y" in text
    assert "(accuracy.png)" in text
    assert "reminder: F1 0.57" in text


def test_it_survives_json() -> None:
    card = a_card(GOOD)
    assert msgspec.json.decode(msgspec.json.encode(card), type=Card) == card


def test_without_simulated_sets_nothing_is_promised_of_them() -> None:
    card = msgspec.structs.replace(a_card(), simulated=None)
    assert not [one for one in promises(card) if "sets" in one.what]


def test_errors_that_are_unknown_are_left_out_of_their_spread() -> None:
    assert spread([1.0, -3.0, float("nan")]) == Spread(mean=2.0, p90=3.0, n=2)
    assert spread([]).n == 0


def test_what_misses_its_target_is_reminded_of_with_the_reason(tmp_path: Path) -> None:
    assert [misses(row) for row in (GOOD, POOR, LOUD)] == ["", "F1 0.57", "specificity of red 0.94"]
    write_capabilities([GOOD, POOR, LOUD], tmp_path / "table.py")
    assert runpy.run_path(str(tmp_path / "table.py"))["REMINDERS_ONLY"] == {("hinge", "F9a"), ("hinge", "F17")}
    assert "# F1 0.57" in (tmp_path / "table.py").read_text()


def test_nothing_missed_is_an_empty_table(tmp_path: Path) -> None:
    write_capabilities([GOOD], tmp_path / "table.py")
    assert runpy.run_path(str(tmp_path / "table.py"))["REMINDERS_ONLY"] == frozenset()


def test_too_few_repetitions_prove_nothing() -> None:
    assert misses(FaultRow(drill="hinge", key="F10", grade="A", hits=1)) == "only 1 judged repetitions with it"


def test_a_quick_measurement_leaves_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "write_capabilities", lambda rows: pytest.fail("written"))
    accuracy.write(a_card(GOOD), tmp_path / "page.md", capabilities=False)
    assert "# How well" in (tmp_path / "page.md").read_text()


PERSON = {"keypoints": [100.0, 100.0, 2] * 17, "area": 1000.0}


def test_the_same_points_are_wholly_alike_and_far_ones_not_at_all() -> None:
    assert likeness(np.full((17, 2), 100.0), PERSON) == pytest.approx(1)
    assert likeness(np.full((17, 2), 900.0), PERSON) == pytest.approx(0)


def test_the_trunks_error_is_the_angle_between_the_trunks() -> None:
    truth = np.zeros((17, 3))
    truth[[5, 6, 11, 12]] = [(0, 0, 2), (0, 0, 2), (0, 100, 2), (0, 100, 2)]
    seen = truth[:, :2].copy()
    seen[[5, 6]] = (100, 0)
    assert trunk_error(seen, {"keypoints": truth.ravel().tolist()}) == pytest.approx(45)


def test_hips_under_the_line_sag_whichever_way_the_head_lies() -> None:
    low = {"shoulder": (0.2, 0.5), "hip": (0.5, 0.6), "ankle": (0.8, 0.5)}
    row = {f"left_{joint}_{axis}": str(place[n]) for joint, place in low.items() for n, axis in enumerate("xy")}
    row |= {"left_hip_v": "1", "right_hip_v": "0"}
    mirrored = row | {key: str(1 - float(value)) for key, value in row.items() if key.endswith("_x")}
    assert sag(row) == pytest.approx(sag(mirrored))
    assert sag(row) > 0


def track(name: str, labelled: str, squats: int, hips_first: int = 0) -> TrackRow:
    """Ten pick-ups seen from the side, of which so many were told."""
    return TrackRow(
        name=name,
        drill="pick_up",
        view="side",
        asked=10,
        counted=10,
        labelled=labelled,
        told={"DL1": hips_first},
        strategies={"squat": squats, "hinge": 10 - squats},
        refused={},
    )


def test_a_labelled_fault_is_told_of_a_clip_when_half_of_its_repetitions_have_it() -> None:
    rows = label_rows([track("a", "squatting;knees_forward", 5), track("b", "squatting", 4), track("c", "none", 0)])
    squatting = next(row for row in rows if row.label == "squatting")
    assert (squatting.clips, squatting.told, squatting.without, squatting.falsely) == (2, 1, 1, 0)


def test_squatting_and_hips_first_are_promised_where_people_labelled_them_and_nowhere_else() -> None:
    rows = (track("c", "none", 0, 0), track("h", "hips_first", 0, 9), track("k", "squatting;knees_forward", 10, 1))
    card = msgspec.structs.replace(a_card(), real=Real(tracks=rows))
    met = {one.what: one.met for one in promises(card)}
    assert met["squatting told in the tracks that show it, in no other"]
    assert met["hips first told in repetitions of h"]
    assert not met["hips first told in repetitions of the other pick-ups"]


def test_the_places_of_a_set_change_its_lens() -> None:
    each = Set("hinge", "", "", View.SIDE, 31, 0, 0.9, 10.0, 2, 8.0)
    assert replace(each, distance=1.0).lens.distance == SIDE.distance
    assert each.lens.distance == pytest.approx(0.9 * SIDE.distance)
    assert each.lens.yaw == 10


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, shared: Path) -> None:
    """The command on this machine, with a measurement that takes no time."""
    card = a_card(GOOD)
    found = Measured(card.simulated, card.everyday, card.real, card.troubles, card.backs, card.leans)
    monkeypatch.setattr(accuracy, "find_model", lambda: shared / "models/movenet_singlepose_lightning_int8_4.tflite")
    monkeypatch.setattr(accuracy, "measure", lambda sources, model, quick: found)


@pytest.mark.usefixtures("measured")
def test_the_command_prints_one_json_object_and_says_on_the_side_what_is_absent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accuracy.run(as_json=True, quick=True, data=tmp_path, out=None)
    said, aside = capsys.readouterr()
    card = msgspec.json.decode(said.encode(), type=Card)
    assert card.origin.absent == ("tracks", "mocap", "photos", "planks", "swings")
    assert len(card.origin.model) == 64
    assert "absent: tracks" in aside


@pytest.mark.usefixtures("measured")
def test_the_command_says_line_by_line_what_was_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accuracy.run(as_json=False, quick=True, data=tmp_path, out=tmp_path / "page.md")
    said = capsys.readouterr().out
    assert "missed simulated sets counted exactly: 50.0% (asked ≥ 95%)" in said
    assert "failed set x: ValueError: y" in said
    assert (tmp_path / "page.md").exists()
    assert (tmp_path / "accuracy.png").exists() == can_draw()


@pytest.mark.usefixtures("measured")
def test_without_matplotlib_there_is_a_page_without_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accuracy, "can_draw", lambda: False)
    accuracy.run(as_json=False, quick=True, data=tmp_path, out=tmp_path / "page.md")
    assert "matplotlib is not installed" in capsys.readouterr().err
    assert "accuracy.png" not in (tmp_path / "page.md").read_text()


def test_what_another_library_puts_in_the_place_of_matplotlib_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = plots.can_draw()
    monkeypatch.setitem(sys.modules, "matplotlib", ModuleType("matplotlib"))
    assert plots.can_draw() == installed


def test_a_data_folder_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accuracy", "--data", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def broken() -> None:
    raise ValueError("no such beat")


def test_one_job_that_fails_is_told_and_the_others_go_on() -> None:
    jobs = [Job("set", "hinge F10", 1.0, broken), Job("swings", "swings", 1.0, dict)]
    assert run_jobs(jobs, 1) == ({"swings": [{}]}, ["set hinge F10: ValueError: no such beat"])


def test_a_folder_for_a_page_is_refused_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accuracy", "--data", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"kiosk accuracy: {tmp_path}: cannot be written: it is a folder\n"


def test_who_measures_ends_with_the_program_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "measure.py"
    script.write_text(
        "import time\n"
        "from kiosk.accuracy.measuring import Job, run_jobs\n"
        "def work():\n"
        "    print('at work', flush=True)\n"
        "    time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    run_jobs([Job('set', 'long', 1.0, work)], 1)\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "at work\n"
        program.kill()
        # whoever still works holds the other end of the pipe
        assert program.communicate(timeout=20) == ("", None)
