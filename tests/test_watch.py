"""``kiosk watch``: recordings go through the real coach, and what cannot be watched is one line."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from kiosk.__main__ import main
from kiosk.commands import watch
from kiosk.devices.pace import Pace
from kiosk.drills import find_drill
from kiosk.figure.events import Events
from kiosk.figure.film import Film
from kiosk.records.recording import Recorder, RecordingMeta, read_recording
from kiosk.records.track import COLUMNS, TrackMeta, read_track, write_track
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.contour import Contour
from kiosk.scoring.dorsal.own import OwnBack
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import KEYPOINTS, Pose
from kiosk.scoring.verdict import Verdict
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press
from kiosk.session.own_back import Learnt
from kiosk.trouble import KioskError

WIDTH, HEIGHT, FPS = 480, 640, 15.0
#: Lengths of a planar person in pixels.
SHIN, THIGH, TRUNK, NECK = 110.0, 115.0, 135.0, 45.0
#: Seconds: standing before the first repetition and after the last, one repetition, standing between two.
STANDING, REPETITION, PAUSE = 3.0, 3.0, 1.2
META = TrackMeta(width=WIDTH, height=HEIGHT, fps=FPS, name="planar", shows="a planar person who hinges")


def hinging(reps: int) -> list[Pose]:
    """A planar person, side-on, facing right, who stands, hinges ``reps`` times and stands."""
    lasts = 2 * STANDING + reps * (REPETITION + PAUSE)
    return [_hinge(t, _bend(t - STANDING, reps)) for t in np.arange(0.0, lasts, 1 / FPS).tolist()]


def _bend(t: float, reps: int) -> float:
    """0 standing, 1 at the bottom, ``t`` seconds after the first repetition began."""
    within = t % (REPETITION + PAUSE)
    if t < 0 or t > reps * (REPETITION + PAUSE) or within > REPETITION:
        return 0.0
    return (1 - math.cos(2 * math.pi * within / REPETITION)) / 2


def _hinge(t: float, bend: float) -> Pose:
    trunk, thigh, shin = math.radians(3 + 67 * bend), math.radians(-24 * bend), math.radians(2 - 4 * bend)

    def above(low: tuple[float, float], length: float, lean: float) -> tuple[float, float]:
        return low[0] + length * math.sin(lean), low[1] - length * math.cos(lean)

    ankle = 230.0, 560.0
    knee = above(ankle, SHIN, shin)
    hip = above(knee, THIGH, thigh)
    shoulder = above(hip, TRUNK, trunk)
    ear = above(shoulder, NECK, trunk)
    places = {
        "nose": (ear[0] + 15, ear[1] + 5), "eye": (ear[0] + 10, ear[1] - 5), "ear": ear, "shoulder": shoulder,
        "elbow": (shoulder[0], shoulder[1] + 60), "wrist": (shoulder[0], shoulder[1] + 115), "hip": hip, "knee": knee,
        "ankle": ankle,
    }  # fmt: skip
    points = [places[name.split("_")[-1]] for name in KEYPOINTS]
    return Pose(t, np.array(points, np.float32), np.full(17, 0.8, np.float32), WIDTH, HEIGHT)


@pytest.fixture
def track(tmp_path: Path) -> Path:
    path = tmp_path / "planar.csv"
    write_track(path, META, hinging(3))
    return path


@pytest.fixture
def model_path(shared: Path) -> Callable[[], Path]:
    return lambda: next((shared / "models").glob("*.tflite"))


def no_model() -> Path:
    raise AssertionError("nothing here has pictures: nobody may ask for the model")


def reported(capsys: pytest.CaptureFixture[str], *words: object) -> dict:
    """The report of ``kiosk watch`` on stdout, which holds nothing else."""
    assert main(["watch", *map(str, words), "--report", "-"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one line on stderr of a ``kiosk watch`` that could not."""
    assert main(["watch", *map(str, words)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    return line.removeprefix("kiosk watch: ")


def test_a_track_is_watched_without_a_model(track: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = reported(capsys, track, "--drill", "hinge")
    assert [rep["n"] for rep in seen["reps"]] == [1, 2, 3]
    assert seen["source"] == {
        "kind": "track", "name": "planar.csv", "frames": len(hinging(3)), "fps": FPS, "width": WIDTH, "height": HEIGHT,
    }  # fmt: skip
    assert seen["model"] is None
    assert seen["facing"] == "right"
    assert seen["calibration"]["ok"]
    assert seen["calibration"]["trunk_px"] == pytest.approx(TRUNK, rel=0.05)
    assert all(rep["strategy"] == "hinge" for rep in seen["reps"])
    assert all(rep["measures"]["trunk"] == pytest.approx(67, abs=6) for rep in seen["reps"])
    assert seen["timing"]["scoring_us"]["median"] > 0
    assert seen["timing"]["frame_to_verdict_ms"] is seen["timing"]["inference_ms"] is None


def test_the_times_of_a_report_begin_with_the_first_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def report_of(late: float) -> dict:
        poses = [Pose(pose.t + late, pose.points, pose.scores, WIDTH, HEIGHT) for pose in hinging(2)]
        write_track(tmp_path / "late.csv", META, poses)
        return reported(capsys, tmp_path / "late.csv", "--drill", "hinge")

    at_once, late = report_of(0.0), report_of(4096.0)
    assert [rep["start"] for rep in late["reps"]] == pytest.approx([rep["start"] for rep in at_once["reps"]], abs=0.01)


def test_a_recording_gives_the_verdicts_of_the_run_bit_for_bit(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    live, replayed = Coach.for_replay(find_drill("hinge")), Coach.for_replay(find_drill("hinge"))

    def bits(verdict: Verdict | None) -> str:
        return repr(verdict)

    seen: list[str] = []
    jitter = np.random.default_rng(1)
    with Recorder(path, RecordingMeta(drill="hinge", camera="planar")) as recorder:
        for pose in hinging(3):
            noisy = (pose.points + jitter.normal(0, 1, (17, 2))).astype(np.float32)
            pose = Pose(pose.t, noisy, pose.scores, WIDTH, HEIGHT)
            recorder.take(pose)
            live.take(pose)
            seen.append(bits(live.verdict))
    again: list[str] = []
    for event in read_recording(path)[1]:
        assert isinstance(event, Pose)
        replayed.take(event)
        again.append(bits(replayed.verdict))
    assert again == seen


def test_a_recording_gives_the_outlines_and_verdicts_of_the_run_bit_for_bit(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    drill, back = find_drill("hinge"), Back()
    live, replayed = Coach.for_replay(drill), Coach.for_replay(drill)
    seen: list[str] = []
    with Recorder(path, RecordingMeta(drill="hinge", camera="figure")) as recorder:
        for one in Film("hinge", reps=1, fps=8, events=Events(empty=9.0)):
            pose = replace(one.pose, back=back.look(one.frame.image, one.pose))
            recorder.take(pose)
            live.take(pose)
            seen.append(f"{pose.back} {live.verdict}")
    again: list[str] = []
    for event in read_recording(path)[1]:
        assert isinstance(event, Pose)
        replayed.take(event)
        again.append(f"{event.back} {replayed.verdict}")
    assert sum("<Why.SEEN" in line for line in seen) > 20
    assert again == seen


def test_what_is_known_of_the_back_is_in_the_recording_and_makes_a_red(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    golden = Path(__file__).parent / "recordings" / "hinge.jsonl.gz"
    poses = [event for event in read_recording(golden)[1] if isinstance(event, Pose)]
    own = OwnBack(lumbar=5, thoracic=0, flexed=46, extended=-23)
    backs = {}
    for name, known in (("unknown", ()), ("known", (Learnt(0.0, own),))):
        path = tmp_path / f"{name}.jsonl"
        with Recorder(path, RecordingMeta(drill="hinge", camera="figure")) as recorder:
            for event in (*known, *poses):
                recorder.take(event)
        found = [fault for rep in reported(capsys, path, "--drill", "hinge")["reps"] for fault in rep["faults"]]
        backs[name] = [fault["level"] for fault in found if fault["key"] == "F1a"]
    assert backs == {"unknown": ["amber"], "known": ["red"]}


def test_a_recording_is_reported_as_its_track_is(
    track: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "set.jsonl"
    _, poses = read_track(track)
    with Recorder(path, RecordingMeta(drill="hinge", camera="usb", model="cd7c")) as recorder:
        for pose in poses:
            recorder.take(pose)
            recorder.take(Press(pose.t, Action.SELECT))
    with path.open("a") as file:
        file.write('{"kind": "pose", "t": 99')
    recorded, tracked = (reported(capsys, source, "--drill", "hinge") for source in (path, track))
    assert recorded["source"]["kind"] == "recording"
    assert recorded["model"] == {"sha256": "cd7c", "runtime": None, "passes": None, "ms_median": None}
    assert [trouble["key"] for trouble in recorded["troubles"]] == ["broken_off"]
    for same in ("reps", "view", "lights", "cues", "refused", "calibration", "score", "partials"):
        assert recorded[same] == tracked[same]


def test_the_report_goes_to_its_file_and_the_summary_to_people(
    track: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    assert main(["watch", str(track), "--drill", "hinge", "--report", str(report)]) == 0
    printed = capsys.readouterr()
    assert len(json.loads(report.read_text())["reps"]) == 3
    assert "3 repetitions" in printed.out
    assert "Lights:" in printed.out
    assert printed.err == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["planar.csv", "report.json"]


def test_in_real_time_nothing_comes_before_its_time(track: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [50.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(watch.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(watch.time, "sleep", sleep)
    watch.run(track, "hinge", None, "-", True, no_model)
    assert clock[0] - 50.0 == pytest.approx(hinging(3)[-1].t)


def test_a_summary_says_why_a_movement_did_not_count(track: Path) -> None:
    poses = hinging(2)
    seen = watch.watch(track, watch.Footage("track", poses), find_drill("hinge"))
    told = io.StringIO()
    watch.print_summary(seen, Console(file=told, width=160))
    assert "2 repetitions" in told.getvalue()
    assert all(refused.why in told.getvalue() for refused in seen.refused)


@pytest.mark.parametrize(
    ("name", "drill"),
    [(f"0016{person}_{view}", "pick_up") for person in "chk" for view in (1, 2)]
    + [("landing_hinge", "hinge"), ("tfjs_pose_1", "hinge")],
)
def test_real_tracks_are_counted(name: str, drill: str, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = reported(capsys, shared / f"data/tracks/{name}.csv", "--drill", drill)
    strategies = [rep["strategy"] for rep in seen["reps"]]
    if name.endswith("_1") and drill == "pick_up":
        assert len(strategies) == 10
        assert strategies.count("squat") == (10 if "k" in name else 0)
    elif drill == "pick_up":
        assert abs(len(strategies) - 10) <= 1
        assert any("side" in refused["why"] for refused in seen["refused"])
    else:
        assert not strategies


def test_pictures_are_looked_at_by_the_real_model(
    shared: Path, capsys: pytest.CaptureFixture[str], model_path: Callable[[], Path]
) -> None:
    watch.run(shared / "photos/clips/squats", "squat", 5.0, "-", False, model_path)
    seen = json.loads(capsys.readouterr().out)
    assert seen["source"] == {
        "kind": "pictures", "name": "squats", "frames": 44, "fps": 5.0, "width": 360, "height": 640,
    }  # fmt: skip
    assert abs(len(seen["reps"]) - 2) <= 1
    assert all(rep["score"] is None for rep in seen["reps"])
    assert any("side" in refused["why"] for refused in seen["refused"])
    assert len(seen["model"]["sha256"]) == 64
    assert seen["timing"]["inference_ms"]["median"] <= seen["timing"]["frame_to_verdict_ms"]["median"]


def test_the_room_is_learned_while_nobody_is_there_and_the_back_seen_before_it(
    tmp_path: Path, model_path: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outlines: list[Contour] = []
    take = Coach.take

    def noting(coach: Coach, event: Pose) -> None:
        outlines.extend([event.back] if event.back else [])
        take(coach, event)

    monkeypatch.setattr(Coach, "take", noting)
    for number, one in enumerate(Film("hinge", reps=1, fps=8, events=Events(empty=9.0))):
        Image.fromarray(one.frame.image).save(tmp_path / f"{number:04}.jpg", quality=92)
    watch.run(tmp_path, "hinge", 8.0, str(tmp_path / "report.json"), False, model_path)
    seen = json.loads((tmp_path / "report.json").read_text())
    assert len(seen["reps"]) == 1
    assert len(outlines) > 20
    share = sum(contour.why is Why.SEEN for contour in outlines) / len(outlines)
    assert share > 0.8
    assert seen["back"]["seen"] == pytest.approx(share, abs=1e-4)
    assert f"Back: seen {share:.0%}" in capsys.readouterr().out


def test_a_plank_on_the_floor_is_found_held_and_told(
    tmp_path: Path, model_path: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The simulated person's, in pictures, through the real model that looks at them turned."""
    for number, filmed_ in enumerate(Film("plank", reps=1, fps=8)):
        Image.fromarray(filmed_.frame.image).save(tmp_path / f"{number:04}.jpg", quality=92)
    watch.run(tmp_path, "plank", 8.0, str(tmp_path / "report.json"), False, model_path)
    told = capsys.readouterr().out
    seen = json.loads((tmp_path / "report.json").read_text())
    assert seen["calibration"]["ok"], seen["calibration"]
    (hold,) = seen["holds"]
    assert hold["green_s"] + hold["amber_s"] > 12
    assert hold["red_s"] < 1
    assert (seen["reps"], seen["model"]["passes"]) == ([], 2)
    assert "1 hold, " in told
    assert f"green {hold['green_s']:.1f} s" in told


def test_a_replay_tells_the_same_however_busy_the_machine_is(
    shared: Path, capsys: pytest.CaptureFixture[str], model_path: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen() -> dict:
        watch.run(shared / "photos/clips/tfjs_pose_1", "hinge", 10.0, "-", False, model_path)
        told = json.loads(capsys.readouterr().out)
        del told["timing"], told["model"]["ms_median"]
        return told

    quiet = seen()
    monkeypatch.setattr(Pace, "take", lambda pace, took, real=Pace.take: real(pace, 100 * took))
    assert seen() == quiet


def test_a_compressed_recording_is_watched_like_a_plain_one(
    track: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, poses = read_track(track)
    told = []
    for name in ("set.jsonl", "set.jsonl.gz"):
        with Recorder(tmp_path / name, RecordingMeta(drill="hinge", camera="usb", model="cd7c")) as recorder:
            for pose in poses:
                recorder.take(pose)
        told.append(reported(capsys, tmp_path / name, "--drill", "hinge"))
        del told[-1]["timing"], told[-1]["source"]["name"]
    assert told[0] == told[1]
    assert len(told[0]["reps"]) == 3


# ------------------------------------------------------------------------------------------------------------ bad input


def bad_tables() -> Iterator[tuple[str, str, str]]:
    header, meta = ",".join(COLUMNS), '# {"width": 9, "height": 9}'
    yield "empty.csv", "", "the file is empty; a keypoint track begins with '# ' and a JSON object"
    yield "plain.csv", f"{header}\n", "line 1: a keypoint track begins with '# ' and a JSON object (width, height, fps)"
    yield (
        "cut.csv",
        f"{meta}\nt,nose_x,nose_y\n0,1,2\n",
        "line 2: missing columns: nose_s, left_eye_x, left_eye_y and 46 more",
    )
    yield "words.csv", f"{meta}\n{header}\n0{',a' * 51}\n", "line 3: column nose_x: 'a' is not a number"
    yield (
        "back.csv",
        f"{meta}\n{header}\n1{',1' * 51}\n0{',1' * 51}\n",
        "line 4: time goes backwards, from 1 s to 0 s",
    )
    beginning = '{"kind": "recording", "drill": "hinge", "camera": "usb"}'
    yield "empty.jsonl", "", "line 1: not a recording of this mirror: Input data was truncated"
    yield "none.jsonl", f"{beginning}\n", "nothing to watch: it holds no pose"
    yield "broken.jsonl", f"{beginning}\n?\n?\n", "line 2: JSON is malformed: invalid character (byte 0)"


@pytest.mark.parametrize(("name", "text", "said"), [pytest.param(*bad, id=bad[0]) for bad in bad_tables()])
def test_a_broken_table_is_one_line(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / name, tmp_path / "report.json"
    path.write_text(text)
    assert refused(capsys, path, "--drill", "hinge", "--report", report) == f"{path}: {said}"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_not_there_is_one_line(track: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.mp4"
    assert refused(capsys, gone, "--drill", "hinge") == f"{gone}: no such file or folder"
    assert "no_such_drill" in refused(capsys, track, "--drill", "no_such_drill")
    nowhere = tmp_path / "nowhere" / "report.json"
    line = refused(capsys, track, "--drill", "hinge", "--report", nowhere)
    assert line == f"{nowhere}: cannot be written: No such file or directory"


def test_a_folder_needs_its_speed_and_its_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    line = refused(capsys, folder, "--drill", "hinge")
    assert line == f"{folder}: a folder of pictures needs --fps, pictures a second"
    assert str(folder) in refused(capsys, folder, "--drill", "hinge", "--fps", "5")


def filmed(path: Path, frames: int = 40) -> Path:
    """A video of noise, so that its length in bytes is about even over its frames."""
    noise = np.random.default_rng(0)
    with av.open(str(path), "w") as video:
        stream = video.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 96
        for _ in range(frames):
            picture = noise.integers(0, 255, (96, 96, 3), dtype=np.uint8)
            video.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        video.mux(stream.encode())
    return path


def watch_refused(source: Path, model_path: Callable[[], Path], fps: float | None = None) -> str:
    """The one line of a ``kiosk watch`` that could not; it leaves nothing behind."""
    before = sorted(source.parent.iterdir())
    with pytest.raises(KioskError) as error:
        watch.run(source, "hinge", fps, str(source.parent / "report.json"), False, model_path)
    assert sorted(source.parent.iterdir()) == before
    (line,) = str(error.value).splitlines()
    return line


def test_a_video_is_watched(tmp_path: Path, model_path: Callable[[], Path], capsys: pytest.CaptureFixture[str]) -> None:
    watch.run(filmed(tmp_path / "noise.mp4"), "hinge", None, "-", False, model_path)
    seen = json.loads(capsys.readouterr().out)
    assert seen["source"] == {
        "kind": "video", "name": "noise.mp4", "frames": 40, "fps": 10.0, "width": 96, "height": 96,
    }  # fmt: skip
    assert seen["reps"] == []
    assert seen["calibration"] == {"ok": False, "why": "nobody was whole in the picture for long enough"}


@pytest.mark.parametrize("name", ["half.mp4", "half.mkv", "half.avi"])
def test_a_cut_video_is_one_line(name: str, tmp_path: Path, model_path: Callable[[], Path]) -> None:
    path = filmed(tmp_path / name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    line = watch_refused(path, model_path)
    assert line.startswith(f"{path}: ")
    assert "breaks off" in line or "is not a video that can be read" in line


def test_a_text_called_a_video_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "text.mp4"
    path.write_text("This is no video.\n" * 100)
    assert watch_refused(path, no_model) == f"{path}: is not a video that can be read"


def test_a_picture_that_is_none_is_one_line(tmp_path: Path, model_path: Callable[[], Path]) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "1.jpg").write_text("This is no picture.")
    assert str(folder / "1.jpg") in watch_refused(folder, model_path, fps=5.0)


def test_a_wrong_model_is_one_line(tmp_path: Path) -> None:
    video, wrong = filmed(tmp_path / "noise.mp4", frames=3), tmp_path / "model.tflite"
    wrong.write_text("This is no model.")
    assert str(wrong) in watch_refused(video, lambda: wrong)
    assert "no such model file" in watch_refused(video, lambda: tmp_path / "gone.tflite")
