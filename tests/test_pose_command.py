"""``kiosk pose``: 17 keypoints a picture, or one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.commands import pose
from kiosk.scoring.pose import KEYPOINTS
from kiosk.trouble import BadInput, NoModel


@pytest.fixture
def model(shared: Path) -> Path:
    return shared / "models/movenet_singlepose_lightning_int8_4.tflite"


def test_each_picture_has_its_keypoints_in_its_own_pixels(
    shared: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    somebody = shared / "photos/images/tf_image3.jpg"
    nobody = shared / "photos/images/empty_000000255165.jpg"
    pose.run([somebody, nobody], model, as_json=True)
    first, second = json.loads(capsys.readouterr().out)
    assert set(first) == {"file", "width", "height", "keypoints", "present"}
    assert first["file"] == str(somebody)
    assert len(first["keypoints"]) == 17
    assert all(
        0 <= x <= first["width"] and 0 <= y <= first["height"] for x, y, score in first["keypoints"] if score > 0.5
    )
    assert (first["present"], second["present"]) == (True, False)


def test_everybody_who_is_whole_in_a_picture_and_alone_is_present(
    shared: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = json.loads((shared / "photos/labels.json").read_text())
    alone = {picture["file_name"] for picture in labels["images"] if picture["group"] in ("official", "side_by_eye")}
    empty = {picture["file_name"] for picture in labels["images"] if picture["group"] == "empty"}
    names = sorted(alone | empty)
    pose.run([shared / "photos" / name for name in names], model, as_json=True)
    told = dict(zip(names, json.loads(capsys.readouterr().out), strict=True))
    assert {name for name in names if told[name]["present"]} == alone


def test_people_are_told_in_a_table(shared: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pose.run([shared / "photos/images/tf_image3.jpg"], model, as_json=False)
    said = capsys.readouterr().out
    assert "tf_image3.jpg: somebody in" in said
    assert all(name.replace("_", " ") in said for name in KEYPOINTS)


def test_one_bad_picture_among_good_ones_and_nothing_is_printed(
    shared: Path, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = shared / "photos/images/tf_image3.jpg"
    (tmp_path / "notes.jpg").write_text("not a picture")
    with pytest.raises(BadInput, match=r"notes\.jpg: is not a picture"):
        pose.run([good, tmp_path / "notes.jpg"], model, as_json=True)
    with pytest.raises(BadInput, match=r"absent\.jpg: no such file"):
        pose.run([good, tmp_path / "absent.jpg"], model, as_json=True)
    assert capsys.readouterr().out == ""


def test_without_a_model_that_is_said(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(NoModel):
        pose.run([shared / "photos/images/tf_image3.jpg"], tmp_path / "absent.tflite", as_json=True)
