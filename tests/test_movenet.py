"""The pose model on real photographs and clips, and its memory of where the person is."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from kiosk.devices import runtime
from kiosk.devices.clip import read_picture
from kiosk.devices.glance import COMPARED
from kiosk.devices.movenet import AGREEING_PASSES, HOLD_CROP, PRESENT, PoseModel, core_score, torso_of
from kiosk.figure.film import Film
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, Pose
from kiosk.trouble import KioskError, NoModel

#: Spread of human labels a joint, in shares of the root of the person's area: the constants of COCO's own measure.
SIGMAS = np.array([26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89]) / 1000

MODEL = "models/movenet_singlepose_lightning_int8_4.tflite"


@pytest.fixture(scope="module")
def model(shared: Path) -> PoseModel:
    return PoseModel(shared / MODEL)


@pytest.fixture(scope="module")
def labels(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "photos/labels.json").read_text())


def look_twice(model: PoseModel, image: np.ndarray) -> Pose:
    """A full pass and one tracking pass."""
    model.forget()
    model.look(image, 0.0)
    return model.look(image, 0.0)


def likeness(points: np.ndarray, truth: np.ndarray, area: float) -> float:
    """Object keypoint similarity over the labelled joints, 0..1 (COCO's definition)."""
    labelled = truth[:, 2] > 0
    squared = ((points - truth[:, :2]) ** 2).sum(axis=1)
    return float(np.exp(-squared / (2 * area * (2 * SIGMAS) ** 2))[labelled].mean())


def trunk_error(points: np.ndarray, truth: np.ndarray) -> float | None:
    """Degrees between the told and the labelled trunk; None without a label.

    The trunk runs from the middle of the hips to the middle of the shoulders, of those sides whose hip and shoulder are
    both labelled.
    """
    sides = ((LEFT_SHOULDER, LEFT_HIP), (RIGHT_SHOULDER, RIGHT_HIP))
    labelled = [side for side in sides if (truth[list(side), 2] > 0).all()]
    if not labelled:
        return None
    shoulders, hips = (list(joints) for joints in zip(*labelled, strict=True))

    def inclination(at: np.ndarray) -> float:
        across, down = at[shoulders, :2].mean(axis=0) - at[hips, :2].mean(axis=0)
        return float(np.degrees(np.arctan2(across, -down)))

    return abs((inclination(points) - inclination(truth) + 180) % 360 - 180)


@pytest.fixture(scope="module")
def twice(shared: Path) -> PoseModel:
    return PoseModel(shared / MODEL, passes=2)


def measured(shared: Path, model: PoseModel, labels: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Likeness of every labelled person, and the trunk's error of those who have one labelled."""
    pictures = {picture["id"]: shared / "photos" / picture["file_name"] for picture in labels["images"]}
    likenesses, errors = [], []
    for label in labels["annotations"]:
        truth = np.array(label["keypoints"], float).reshape(17, 3)
        pose = look_twice(model, read_picture(pictures[label["image_id"]]))
        likenesses.append(likeness(pose.points, truth, label["area"]))
        errors.append(trunk_error(pose.points, truth))
    assert len(likenesses) == 56
    return np.array(likenesses), np.array([error for error in errors if error is not None])


def test_real_people_are_found_where_their_labels_are(shared: Path, model: PoseModel, labels: dict[str, Any]) -> None:
    likenesses, errors = measured(shared, model, labels)
    assert likenesses.mean() >= 0.80
    assert np.median(errors) <= 2.6


def test_a_mirrored_second_pass_finds_them_better(
    shared: Path, model: PoseModel, twice: PoseModel, labels: dict[str, Any]
) -> None:
    once, both = measured(shared, model, labels), measured(shared, twice, labels)
    assert both[0].mean() > once[0].mean() + 0.01
    assert np.median(both[1]) < np.median(once[1])


def test_a_second_pass_is_made_of_a_crop_and_not_of_a_search(shared: Path, twice: PoseModel) -> None:
    image = read_picture(shared / "photos/images/coral_squat.bmp")
    passes = []
    invoke = twice._interpreter.invoke
    twice._interpreter.invoke = lambda: passes.append(twice.cropped) or invoke()
    look_twice(twice, image)
    del twice._interpreter.invoke
    assert passes == [False, True, True]


def turned(image: np.ndarray, quarters: int) -> np.ndarray:
    return np.ascontiguousarray(np.rot90(image, quarters))


def unturned(points: np.ndarray, quarters: int, width: int, height: int) -> np.ndarray:
    """Where ``points`` of a picture that was turned lie in the picture (width × height) before."""
    x, y = points.T
    return np.column_stack((width - y, x) if quarters > 0 else (y, height - x))


@pytest.mark.parametrize("name", ["tf_image2.jpg", "tf_image3.jpg", "coral_squat.bmp"])
@pytest.mark.parametrize("quarters", [-1, 1])
def test_somebody_lying_is_found_as_if_they_stood(shared: Path, model: PoseModel, name: str, quarters: int) -> None:
    image = read_picture(shared / "photos/images" / name)
    height, width = image.shape[:2]
    model.forget()
    standing = [model.look(image, step / 10) for step in range(COMPARED + 3)]
    model.forget()
    model.lying = True
    lying = [model.look(turned(image, quarters), step / 10) for step in range(COMPARED + 3)]
    model.lying = False
    assert lying[-1].present
    away = [
        np.linalg.norm(unturned(down.points, quarters, width, height) - up.points, axis=1)[up.scores > 0.4]
        for up, down in zip(standing, lying, strict=True)
    ]
    pixel = height / 192  # the model's own grid is no finer
    assert np.median(np.concatenate(away)) < 2.5 * pixel
    assert np.percentile(np.concatenate(away), 90) < 7 * pixel


def test_turning_back_is_worth_it_on_many_real_people(shared: Path, model: PoseModel, labels: dict[str, Any]) -> None:
    pictures = {picture["id"]: picture for picture in labels["images"]}
    likenesses: dict[bool, list[float]] = {False: [], True: []}
    for label in labels["annotations"]:
        picture = pictures[label["image_id"]]
        if picture["posture"] != "standing":
            continue
        image = read_picture(shared / "photos" / picture["file_name"])
        truth = np.array(label["keypoints"], float).reshape(17, 3)
        for lying, found in likenesses.items():
            model.lying = lying
            pose = look_twice(model, turned(image, 1))
            points = unturned(pose.points, 1, image.shape[1], image.shape[0])
            found.append(likeness(points, truth, label["area"]))
    model.lying = False
    assert np.mean(likenesses[True]) > np.mean(likenesses[False]) + 0.2
    assert np.mean(likenesses[True]) > 0.75


def test_once_the_turn_is_chosen_lying_costs_no_more_passes(shared: Path, model: PoseModel) -> None:
    image = turned(read_picture(shared / "photos/images/tf_image3.jpg"), 1)
    passes: list[int] = []
    invoke = model._interpreter.invoke
    model._interpreter.invoke = lambda: passes.append(1) or invoke()
    model.forget()
    model.lying = True
    counts = []
    for step in range(COMPARED + 4):
        model.look(image, step / 10)
        counts.append(len(passes))
        passes.clear()
    del model._interpreter.invoke
    model.lying = False
    assert counts == [3] * (COMPARED + 1) + [1] * 3


def test_a_lying_person_who_is_lost_is_searched_for_every_way_again(shared: Path, model: PoseModel) -> None:
    image = read_picture(shared / "photos/images/tf_image3.jpg")
    model.forget()
    model.lying = True
    for quarters, begun in ((1, 0.0), (-1, 10.0)):
        for step in range(COMPARED + 3):
            pose = model.look(turned(image, quarters), begun + step / 10)
        assert pose.present, quarters
        nobody = np.zeros_like(turned(image, quarters))
        for step in range(8):
            pose = model.look(nobody, begun + 1 + step / 5)
        assert not pose.present
    model.lying = False


def test_an_empty_room_holds_nobody_however_long_it_is_watched(
    shared: Path, model: PoseModel, labels: dict[str, Any]
) -> None:
    empty = [picture["file_name"] for picture in labels["images"] if picture["group"] == "empty"]
    assert empty
    for name in empty:
        image = read_picture(shared / "photos" / name)
        model.forget()
        assert not any(model.look(image, step / 10).present for step in range(12)), name


def test_somebody_in_view_is_present_after_a_few_passes_and_gone_a_few_after_leaving(
    shared: Path, model: PoseModel
) -> None:
    somebody = read_picture(shared / "photos/images/coral_squat.bmp")
    nobody = np.zeros_like(somebody)
    model.forget()
    there = [model.look(somebody, step / 10).present for step in range(8)]
    gone = [model.look(nobody, 0.8 + step / 10).present for step in range(8)]
    assert there == [False] * AGREEING_PASSES + [True] * (8 - AGREEING_PASSES)  # the first, whole pass does not count
    assert gone == [True] * (AGREEING_PASSES - 1) + [False] * (9 - AGREEING_PASSES)


def test_a_person_is_followed_through_a_clip(shared: Path, model: PoseModel) -> None:
    model.forget()
    clip = sorted((shared / "photos/clips/squats").glob("*.jpg"))
    poses = [(model.look(read_picture(path), n / 5), model.cropped) for n, path in enumerate(clip)]
    assert all(cropped for _, cropped in poses[1:])
    assert np.mean([core_score(pose.scores) for pose, _ in poses]) > 0.5
    assert all(pose.present for pose, _ in poses[4:])


@pytest.mark.parametrize("drill", ["hinge", "squat"])
def test_a_passer_by_is_not_taken_for_the_person(model: PoseModel, drill: str) -> None:
    film = Film(drill, seed=3, reps=4, fps=10, passer_by=True)
    model.forget()
    away = []
    for filmed, truth in zip(film, film.poses(), strict=True):
        pose = model.look(filmed.frame.image, filmed.frame.t)
        told, true = torso_of(pose.points), torso_of(truth.points)
        away.append(np.linalg.norm(told.mean(axis=0) - true.mean(axis=0)) / np.linalg.norm(true[0] - true[1]))
    assert np.mean(np.array(away) < 0.5) > 0.95


def test_points_are_pixels_of_the_picture_wherever_in_it_the_person_stands(shared: Path, model: PoseModel) -> None:
    image = read_picture(shared / "photos/images/coral_squat.bmp")
    beside = np.zeros((image.shape[0] + 100, image.shape[1] + 260, 3), np.uint8)
    beside[60 : 60 + image.shape[0], 200 : 200 + image.shape[1]] = image
    moved, still = look_twice(model, beside), look_twice(model, image)
    away = np.linalg.norm(moved.points - (200, 60) - still.points, axis=1)[still.scores > 0.5]
    assert np.median(away) < 0.02 * image.shape[0]


def test_a_torso_hidden_for_a_moment_keeps_the_crop_and_for_longer_loses_it(shared: Path, model: PoseModel) -> None:
    somebody = read_picture(shared / "photos/images/coral_squat.bmp")
    model.forget()
    for step in range(4):
        model.look(somebody, step / 10)
    hidden = np.zeros_like(somebody)
    model.look(hidden, 0.3 + 0.1)
    model.look(hidden, 0.3 + 0.2)
    assert model.cropped, "a moment"
    model.look(hidden, 0.3 + HOLD_CROP + 0.1)
    model.look(hidden, 0.3 + HOLD_CROP + 0.2)
    assert not model.cropped, "for good"


def test_another_size_of_frame_is_another_camera(shared: Path, model: PoseModel) -> None:
    image = read_picture(shared / "photos/images/coral_squat.bmp")
    look_twice(model, image)
    assert model.cropped
    model.look(np.ascontiguousarray(image[:-2]), 0.1)
    assert not model.cropped


def test_the_same_frame_gives_the_same_pose_bit_for_bit(shared: Path, model: PoseModel) -> None:
    image = read_picture(shared / "photos/images/tf_image3.jpg")
    first, second = look_twice(model, image), look_twice(model, image)
    assert (first.points == second.points).all()
    assert (first.scores == second.scores).all()


def test_looking_does_not_grow(model: PoseModel) -> None:
    image = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    for step in range(5):
        model.look(image, step / 10)
    tracemalloc.start()
    before = tracemalloc.take_snapshot()
    for step in range(60):
        model.look(image, step / 10)
    grown = sum(row.size_diff for row in tracemalloc.take_snapshot().compare_to(before, "filename"))
    tracemalloc.stop()
    assert grown < 20_000


def test_the_model_says_what_runs_it(model: PoseModel) -> None:
    assert model.input_size == 192
    assert model.runtime.split()[0] in runtime.RUNTIMES
    assert model.delegated > 0, "XNNPACK is off"
    assert model.invoke_ms > 0
    assert model.sha256.startswith("cd7cc22f")


def test_core_score_is_the_mean_of_shoulders_hips_knees_and_ankles() -> None:
    scores = np.zeros(17, np.float32)
    scores[[5, 6, 11, 12, 13, 14, 15, 16]] = PRESENT
    assert core_score(scores) == pytest.approx(PRESENT)
    scores[:5] = 1
    assert core_score(scores) == pytest.approx(PRESENT)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"absent\.tflite: no such model file"):
        PoseModel(tmp_path / "absent.tflite")


def test_a_file_that_is_no_model_is_refused_in_one_line_with_what_each_runtime_said(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tflite"
    wrong.write_bytes(b"<?xml AccessDenied" * 100)
    with pytest.raises(KioskError, match="no TFLite runtime can run this model") as caught:
        PoseModel(wrong)
    assert "\n" not in str(caught.value)
    assert "ai_edge_litert: " in str(caught.value)
    assert "tflite_runtime: " in str(caught.value)


class NumpyTwoBreaksMe:
    def __init__(self, *_: object, **__: object) -> None:
        raise SystemError("initialization of _pywrap_tensorflow_interpreter_wrapper raised unreported exception\nmore")


def package(name: str, interpreter: type) -> dict[str, ModuleType]:
    """A runtime package as sys.modules would have it."""
    outer, inner = ModuleType(name), ModuleType(f"{name}.interpreter")
    inner.Interpreter = interpreter  # type: ignore[attr-defined]
    return {name: outer, f"{name}.interpreter": inner}


def test_a_runtime_that_imports_and_then_cannot_construct_gives_way_to_the_next(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pytest.importorskip("ai_edge_litert.interpreter").Interpreter
    for name, module in (package("ai_edge_litert", NumpyTwoBreaksMe) | package("tflite_runtime", real)).items():
        monkeypatch.setitem(sys.modules, name, module)
    assert runtime.start(shared / MODEL).name.startswith("tflite_runtime")


def test_when_no_runtime_works_each_is_quoted_by_its_first_line(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in package("ai_edge_litert", NumpyTwoBreaksMe).items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setitem(sys.modules, "tflite_runtime.interpreter", None)
    with pytest.raises(KioskError, match=r"ai_edge_litert: initialization of .* exception; tflite_runtime: ") as caught:
        runtime.start(shared / MODEL)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("board", "cores", "threads"),
    [
        ("Raspberry Pi 4 Model B Rev 1.4", 4, 3),
        ("Raspberry Pi Zero 2 W Rev 1.0", 4, 3),
        ("Raspberry Pi 5 Model B Rev 1.0", 4, 2),
        ("", 16, 2),
        ("", 2, 1),
        ("", 1, 1),
    ],
)
def test_threads_suit_the_board_and_leave_a_core_to_the_screen(board: str, cores: int, threads: int) -> None:
    assert runtime.choose_threads(board, cores) == threads


def test_the_eye_needs_nothing_but_numpy_and_a_runtime() -> None:
    """It is proven with the predecessor's runtime in a small environment, where none of these is installed."""
    code = (
        "import sys, kiosk.devices.movenet\n"
        "print([name for name in ('av', 'msgspec', 'rich', 'PIL', 'pygame', 'gpiozero') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
