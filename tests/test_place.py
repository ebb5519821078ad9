"""What ``kiosk place`` says a camera will see: reckoned by hand, by the specification's own figures, and found back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import radians, tan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk import __main__
from kiosk.__main__ import main
from kiosk.config import CameraAt, Config
from kiosk.figure.film import HIDDEN, see
from kiosk.figure.placement import PEOPLE, Look, look, lost, make_lens, mounted, reach
from kiosk.figure.places import BENT, HUNCHED, LEANING, MODULES, PLACES, STANDING, WHOLE, Mount
from kiosk.figure.plan import draw
from kiosk.scoring.pose import LEFT_EAR, LEFT_HIP, LEFT_SHOULDER
from kiosk.session.reflection import Wall, find_standing

#: Keypoints of each part of the body.
KEYPOINTS = {"head": range(5), "shoulders": (5, 6), "hands": (9, 10), "hips": (11, 12), "knees": (13, 14)}
#: The distance between the shoulders of the specification's planar model, metres (biomechanics 4.1).
W = 0.37


def seen(where: str, **changes: object) -> list[Look]:
    place = PLACES[where]
    return look(place, replace(place.mount, **changes))  # type: ignore[arg-type]


def one(looks: list[Look], stature: float, stance: str) -> Look:
    return next(it for it in looks if (it.stature, it.stance.name) == (stature, stance))


def test_a_head_that_is_61_cm_below_the_edge_by_hand_is_so_by_the_camera() -> None:
    head = one(seen("gym"), 1.95, "standing").margins["head"]
    assert head.edge == "top"
    assert head.cm == pytest.approx(100 * (1.0 + 2.4 * tan(radians(33)) - 1.95), abs=2)


def test_tilted_down_it_sees_so_much_lower() -> None:
    tilted = one(seen("gym", pitch=10.0), 1.95, "standing").margins["head"]
    assert tilted.cm == pytest.approx(100 * (1.0 + 2.4 * tan(radians(33 - 10)) - 1.95), abs=5)


def test_wherever_a_mirror_hangs_as_it_should_everybody_is_seen() -> None:
    for place in PLACES.values():
        assert not lost(place, look(place, place.mount)), place.title
        least, most = reach(place, place.mount)  # type: ignore[misc]
        assert least <= place.mount.distance <= most


@pytest.mark.parametrize(
    ("where", "least", "changes"),
    [
        ("gym", 2.2, {}),
        ("gym", 2.2, {"height": 1.1}),
        ("floor", 1.8, {}),
        ("floor", 1.8, {"height": 0.8}),
        ("sink", 0.55, {"height": 1.75, "pitch": 15.0}),
        ("pod", 0.8, {"height": 1.0}),
        ("pod", 0.8, {"height": 1.3}),
    ],
)
def test_the_specified_mountings_hold_from_the_specified_distance_on(where: str, least: float, changes: dict) -> None:
    """Biomechanics 4.5 and 4.6; within 5 cm."""
    place = PLACES[where]
    found = reach(place, replace(place.mount, **changes))
    assert found is not None
    assert found[0] <= least + 0.051


def test_at_the_least_distance_of_the_gym_only_raised_hands_leave_the_picture() -> None:
    assert {part for _, part in lost(PLACES["gym"], seen("gym", distance=1.75))} == {"hands"}


def test_the_camera_that_the_specification_warns_of_loses_head_and_shoulders_at_the_sink() -> None:
    """Biomechanics 4.2: a standard module at 1.50 m, level; the last two rows."""
    near = {"module": MODULES["3"], "height": 1.5, "pitch": 0.0}
    upright = seen("sink", **near, distance=0.35)
    assert not one(upright, 1.75, "hunched").margins["shoulders"].seen
    landscape = seen("sink", **near, portrait=False, distance=0.55)
    assert not one(landscape, 1.75, "hunched").margins["head"].seen
    assert one(landscape, 1.75, "standing").margins["head"].seen


@pytest.mark.parametrize(
    ("stance", "ahead", "down", "back", "gap"),
    [(LEANING, 0.48, 0.47, 0.47, 0.42), (HUNCHED, 0.79, 0.42, 0.06, 0.14)],
)
def test_leaning_and_hunching_are_what_the_specification_calls_so(
    stance: object, ahead: float, down: float, back: float, gap: float
) -> None:
    """Biomechanics 4.1, the rows of a hinge of 40 degrees and of a hunch, in widths of the shoulders."""
    looks = seen("sink")
    tall, low = (one(looks, 1.75, name).skeleton.points[:, [0, 2]] / W for name in ("standing", stance.name))  # type: ignore[attr-defined]
    shoulders, hips = low[LEFT_SHOULDER] - tall[LEFT_SHOULDER], low[LEFT_HIP] - tall[LEFT_HIP]
    measured = (shoulders[0], -shoulders[1], -hips[0], low[LEFT_EAR, 1] - low[LEFT_SHOULDER, 1])
    assert measured == pytest.approx((ahead, down, back, gap), abs=0.17)


@given(
    where=st.sampled_from(tuple(PLACES)),
    module=st.sampled_from(tuple(MODULES.values())),
    portrait=st.booleans(),
    height=st.floats(0.5, 2.0),
    pitch=st.floats(-10, 30),
    distance=st.floats(0.8, 4),
)
@settings(max_examples=60, deadline=None)
def test_a_part_is_seen_only_if_the_simulated_camera_has_all_its_keypoints_in_the_picture(
    where: str, module: object, portrait: bool, height: float, pitch: float, distance: float
) -> None:
    place = PLACES[where]
    mount = Mount(module, portrait, height, pitch, distance)  # type: ignore[arg-type]
    for it in look(place, mount):
        scores = see(it.skeleton, make_lens(place, mount), it.spot, 0.0).scores
        for part, points in KEYPOINTS.items():
            inside = bool((scores[list(points)] >= HIDDEN).all())
            assert inside or not it.margins[part].seen
            if part != "head" and it.margins[part].edge != "glass":  # the crown is no keypoint
                assert inside == it.margins[part].seen


@given(
    height=st.floats(900, 1200), pitch=st.floats(-5, 8), distance=st.floats(2.2, 3.0), stature=st.sampled_from(PEOPLE)
)
@settings(max_examples=40, deadline=None)
def test_the_mirror_finds_back_who_stood_where_from_what_the_camera_was_to_see(
    height: float, pitch: float, distance: float, stature: float
) -> None:
    """By the other way round: reflection.py tells stature and distance from a picture and the settings."""
    config = Config(camera_turn=90, camera_at=CameraAt(height_mm=height, pitch=pitch))
    place = PLACES["gym"]
    mount = mounted(config, distance)
    it = one(look(place, mount), stature, "standing")
    found = find_standing(
        see(it.skeleton, make_lens(place, mount), it.spot, 0.0), Wall(config.screen, config.camera_at)
    )
    assert found is not None
    assert found.distance == pytest.approx(distance, abs=0.12)
    assert found.stature == pytest.approx(stature, abs=0.06)


def test_the_settings_say_how_the_camera_hangs() -> None:
    config = Config(camera_turn=270, camera_at=CameraAt(height_mm=1234, pitch=7, fov=102))
    mount = mounted(config, 2.0)
    assert (mount.portrait, mount.height, mount.pitch, mount.module.fov) == (True, 1.234, 7, 102)
    assert not mounted(Config(), 2.0).portrait


def test_who_would_stand_in_the_glass_is_told_to_stand_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "sink", "--distance", "0.3", "--json"]) == 0
    assert any("in the glass" in said for said in json.loads(capsys.readouterr().out)["lost"])


def test_the_command_says_plainly_that_the_head_leaves_the_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "gym", "--orientation", "landscape"]) == 0
    said = capsys.readouterr().out
    assert "1.95 m, standing: the head leaves the picture at the top, by" in said
    assert "1.95 m, standing: the feet leave the picture at the bottom, by" in said
    assert "So mounted, it sees all that is needed of everybody from" in said


def test_the_command_tells_all_of_it_as_json_and_draws_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "sink.png"
    assert main(["place", "sink", "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["all_seen"]
    assert told["lost"] == []
    assert told["camera"]["module"] == "Camera Module 3 Wide"
    assert [person["stature"] for person in told["people"]] == [*PEOPLE] * 3
    assert all(set(person["parts"]) == set(WHOLE) for person in told["people"])
    with Image.open(out) as picture:
        assert picture.width > 500
    assert list(tmp_path.iterdir()) == [out]


def test_without_a_word_it_is_the_station_of_the_settings(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('station = "sink"\ncamera_turn = 90\ncamera_at = { height_mm = 1700, pitch = 12, fov = 66 }')
    assert main(["place", "--measured", "--config", str(settings), "--pitch", "14", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["distance_to"] == "the basin's front edge"
    assert told["camera"] | {"module": ""} == {
        "module": "",
        "fov": 66,
        "orientation": "portrait",
        "height": 1.7,
        "pitch": 14,
    }


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("--distance", "9"), "--distance 9: must be from 0.3 to 8"),
        (("--height", "0"), "--height 0: must be from 0.1 to 3"),
        (("--pitch", "nan"), "--pitch nan: must be from -45 to 45"),
        (("--out", "/dev/null/x.png"), "/dev/null/x.png: cannot be written: "),
        (("--out", "/"), "/: cannot be written: "),
    ],
)
def test_what_cannot_be_is_one_line(words: tuple[str, ...], rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "gym", *words]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"kiosk place: {rule}")
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_the_command_line_names_every_place_and_every_module() -> None:
    assert set(PLACES) == set(__main__.WHERE)
    assert set(MODULES) == set(__main__.MODULES)


def test_the_drawing_shows_lost_heads_in_another_frame() -> None:
    """The upper left corner of the last picture of the first row is its frame."""
    place = PLACES["gym"]
    frames = []
    for mount in (place.mount, replace(place.mount, height=0.2)):
        picture = np.asarray(draw(place, mount, look(place, mount)).convert("RGB")).astype(int)
        frames.append(picture[40, picture.shape[1] - 12])
    good, bad = frames
    assert good[1] > good[0] + 50
    assert bad[0] > bad[1] + 50


def test_the_mounting_guide_shows_every_place_as_it_is_drawn_today() -> None:
    pictures = Path(__file__).resolve().parents[1] / "hardware/pictures"
    page = (pictures.parent / "mounting.md").read_text()
    for key, place in PLACES.items():
        path = pictures / f"place_{key}.png"
        assert f"](pictures/{path.name})" in page
        drawn = draw(place, place.mount, look(place, place.mount))
        with Image.open(path) as kept:
            before, now = (np.asarray(picture.convert("RGB"), np.int16) for picture in (kept, drawn))
        assert before.shape == now.shape, path
        assert np.abs(before - now).mean() < 2.0, f"{path}: run `make places` and look at it"
        assert path.stat().st_size < 35_000


def test_the_mounting_guide_says_of_every_place_what_the_command_says() -> None:
    """Its table: place, camera, orientation, height, tilt, distance, and from where on everybody is seen."""
    page = (Path(__file__).resolve().parents[1] / "hardware/mounting.md").read_text()
    rows = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| (\w+) \| ([\d.]+) m, (\w+)°?[^|]* \| ([\d.]+) m \| ([\d.]+) m \|$",
        page,
        re.M,
    )
    assert [row[0] for row in rows] == list(PLACES)
    for key, module, orientation, height, pitch, distance, least in rows:
        place = PLACES[key]
        mount = place.mount
        assert module == mount.module.title
        assert orientation == ("portrait" if mount.portrait else "landscape")
        assert (float(height), 0.0 if pitch == "level" else float(pitch)) == (mount.height, mount.pitch)
        assert float(distance) == mount.distance
        assert float(least) == reach(place, mount)[0]  # type: ignore[index]


def test_standing_and_bent_are_two_postures_of_one_person() -> None:
    looks = seen("gym")
    assert {it.stance for it in looks} >= {STANDING, BENT}
    tall, low = (one(looks, 1.75, name).skeleton for name in ("standing", "bent"))
    assert tall.lengths == low.lengths
    assert low.posture.trunk == 60
