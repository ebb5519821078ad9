"""The whole mirror, as a person would run it: real threads, real model, real screen (offscreen), simulated person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from kept import read_history

from kiosk import app, eyes
from kiosk.__main__ import main
from kiosk.config import Config
from kiosk.devices.model_file import find_model
from kiosk.devices.movenet import PoseModel
from kiosk.drills import find_drill
from kiosk.figure.studio import FigureCamera
from kiosk.household import Household
from kiosk.records.history import FILE
from kiosk.records.recording import read_recording
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose
from kiosk.session.events import Action, Press
from kiosk.trouble import BadInput, NoModel
from kiosk.ui.screen import Screen

SCENES_OF_A_SET = ["GettingReady", "Calibrating", "Working"]


@pytest.fixture
def model() -> Path:
    try:
        return find_model()
    except NoModel as error:
        pytest.skip(f"the pose model is absent: {error}")


def kiosk(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=os.environ | environment, stdin=subprocess.DEVNULL
    )


def test_walk_up_and_be_coached_without_a_press(model: Path, tmp_path: Path) -> None:
    shots, recording = tmp_path / "shots", tmp_path / "run.jsonl"
    ran = kiosk("run", "--display", "offscreen", "--for", "30", "--shots", str(shots), "--record", str(recording))
    assert ran.returncode == 0, ran.stderr
    *said, last = ran.stdout.splitlines()
    told = json.loads(last)
    assert {line.partition(":")[0] for line in said} == {"camera", "model", "display"}
    assert told["reps"] >= 2
    assert told["score"] >= 85, "the simulated person does it well"
    assert told["entered"] == ["Choosing", *SCENES_OF_A_SET]
    assert sorted(path.name for path in shots.iterdir()) == [
        f"{n:02}-{name.lower()}.png" for n, name in enumerate(told["entered"], 1)
    ]
    _, events = read_recording(recording)
    poses = [event for event in events if isinstance(event, Pose)]
    assert len(poses) > 100
    assert all(earlier.t < later.t for earlier, later in pairwise(poses))
    backs = [pose.back.why for pose in poses if pose.back]
    assert Why.NO_BACKGROUND in backs
    assert Why.SEEN not in backs, "this room was never seen empty"


def test_without_a_model_the_simulated_person_shows_its_own_keypoints(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> Path:
        raise NoModel("there is no model")

    monkeypatch.setattr(eyes, "find_model", absent)
    told = app.run(Config(display="offscreen", camera="auto"), app.Wishes(drill="hinge", seconds=22)).told()
    assert told["reps"] >= 1
    assert [trouble["key"] for trouble in told["troubles"]][:1] == ["no_model"]


def test_without_a_model_and_the_camera_that_was_wished_for_both_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> Path:
        raise NoModel("there is no model")

    monkeypatch.setattr(eyes, "find_model", absent)
    monkeypatch.setattr(eyes, "find_usb_cameras", lambda: [Path("/dev/video0")])
    found = eyes.choose_eyes(Config(camera="/dev/video99"), find_drill("hinge"))
    assert [trouble.key for trouble in found.troubles] == ["no_model", "camera_absent"]
    assert found.troubles[1].text == "There is no camera /dev/video99: using the simulated person."
    assert found.figure is not None


def test_the_sink_offers_its_own_drill_and_a_wish_comes_first() -> None:
    assert app._first_drill(Config(station="sink", drill="squat"), None) == find_drill("sink")
    assert app._first_drill(Config(drill="squat"), None) == find_drill("squat")
    assert app._first_drill(Config(station="sink"), "squat") == find_drill("squat")
    for side in ("left", "right"):
        assert app._first_drill(Config(station="sink", camera_side=side), None) == find_drill("sink_side")


def test_wash_and_be_shown_how_you_lean_without_a_press(model: Path, tmp_path: Path) -> None:
    words = ("run", "--station", "sink", "--camera", "figure", "--display", "offscreen", "--for", "30")
    ran = kiosk(*words, STATE_DIRECTORY=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["drill"] == "sink"
    assert told["entered"][:3] == ["Glass", "Leaning", "Leant"]
    assert told["holds"] >= 1
    assert Household(Config(), tmp_path / FILE).lately.today.leans == told["holds"]
    assert read_history(tmp_path / FILE) == [], "nothing is kept but counts"


def test_the_eye_is_told_which_drill_is_done_lying(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[bool] = []
    look = PoseModel.look
    monkeypatch.setattr(PoseModel, "look", lambda eye, *frame: looks.append(eye.lying) or look(eye, *frame))
    for drill in ("plank", "hinge"):
        app.run(Config(display="offscreen", camera="figure"), app.Wishes(drill=drill, seconds=3))
        assert looks[-1] is find_drill(drill).lying


def test_the_camera_holds_its_exposure_from_when_somebody_is_measured(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(FigureCamera, "hold", lambda camera, steady: told.append(steady), raising=False)
    ran = app.run(Config(display="offscreen", camera="figure"), app.Wishes(drill="hinge", seconds=12))
    assert "Working" in ran.entered
    assert told[-1]
    assert told[::2] == [True] * len(told[::2]), "and lets it go before it holds it again"


def test_a_set_is_remembered_under_a_profile(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    monkeypatch.setattr(Screen, "presses", presses_select_at(time.monotonic() + 19))
    before = time.time()
    config = Config(display="offscreen", camera="figure", profile="Ann")
    told = app.run(config, app.Wishes(drill="hinge", seconds=20))
    (done,) = read_history(tmp_path / "state" / FILE)
    assert (done.profile, done.drill, done.reps) == ("Ann", "hinge", told.reps)
    assert done.scores == tuple(told.scores)
    assert done.trunk_px
    assert [one.score for one in done.closed if one.score is not None] == list(done.scores)
    assert all(one.range and one.seconds for one in done.closed)
    assert before < done.t < time.time(), "on the wall's clock"
    assert 5 < done.seconds < 20


def presses_select_at(t: float) -> Callable[[Screen], list[Press]]:
    """A hand that presses select once, from ``t`` on."""
    waiting = [Press(t, Action.SELECT)]
    return lambda screen: [waiting.pop()] if waiting and time.monotonic() >= t else []


@pytest.mark.parametrize(
    ("wish", "is_absent"), [("pi", "Pi camera"), ("usb", "USB camera"), ("/dev/video99", "camera /dev/video99")]
)
def test_an_absent_camera_is_said_and_the_next_best_taken(
    wish: str, is_absent: str, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "find_pi_camera", lambda: None)
    monkeypatch.setattr(eyes, "find_usb_cameras", list)
    found = eyes.choose_eyes(Config(camera=wish), find_drill("hinge"))
    assert found.figure is not None
    assert [trouble.text for trouble in found.troubles] == [f"There is no {is_absent}: using the simulated person."]


def test_the_next_best_of_an_absent_usb_camera_is_the_pi_camera(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "find_pi_camera", lambda: "imx708")
    monkeypatch.setattr(eyes, "find_usb_cameras", list)
    found = eyes.choose_eyes(Config(camera="usb"), find_drill("hinge"))
    assert found.camera == "pi"
    assert [trouble.text for trouble in found.troubles] == ["There is no USB camera: using the Pi camera."]


def test_a_folder_of_pictures_is_a_camera(model: Path, tmp_path: Path) -> None:
    from PIL import Image

    for n in range(3):
        Image.new("RGB", (64, 48)).save(tmp_path / f"{n}.png")
    found = eyes.choose_eyes(Config(camera=str(tmp_path)), find_drill("hinge"))
    assert (found.camera, found.replay, found.troubles) == (str(tmp_path), True, ())
    with eyes._make_camera(str(tmp_path)) as camera:
        assert len(list(camera)) == 3


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--size", "foo"],
        ["run", "--size", "0x0"],
        ["run", "--for", "nan"],
        ["run", "--display", "wall"],
        ["watch", "set.mp4", "--drill", "hinge", "--fps", "0"],
        ["figure", "--out", "film"],
    ],
)
def test_wrong_usage_is_exit_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "_size" not in capsys.readouterr().err, "no name of the program's own"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--drill", "lunge"], "drill 'lunge'"),
        (["--camera", "/nowhere.mp4"], "camera /nowhere.mp4"),
        (["--config", "/nowhere.toml"], "/nowhere.toml"),
        (["--shots", "/dev/null"], "/dev/null: cannot be made a folder"),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], line: str) -> None:
    ran = kiosk("run", "--display", "offscreen", "--for", "3", *words)
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert line in ran.stderr


def test_a_misspelt_key_of_the_config_is_named(tmp_path: Path) -> None:
    place = tmp_path / "config.toml"
    place.write_text('camra = "pi"\n')
    ran = kiosk("run", "--config", str(place), "--for", "3")
    assert ran.returncode == 1
    assert "camra" in ran.stderr
    assert str(place) in ran.stderr


def test_a_clip_that_is_none_ends_the_run_with_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_text("not a video")
    wishes = app.Wishes(seconds=10, record=tmp_path / "run.jsonl", shots=tmp_path / "shots")
    with pytest.raises(BadInput, match="is not a video"):
        app.run(Config(display="offscreen", camera=str(clip)), wishes)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
