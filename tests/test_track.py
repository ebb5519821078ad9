"""Keypoint tracks: what is written is read, and what breaks a rule is named by file, line and rule."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kiosk.records.track import COLUMNS, TrackMeta, read_track, write_track
from kiosk.scoring.pose import KEYPOINTS, Pose
from kiosk.trouble import BadInput

META = '# {"name": "a", "width": 360, "height": 640, "fps": 30.0, "exercise": "kept by others"}'
HEADER = ",".join(COLUMNS)


def row(t: object, cell: object = 0.5) -> str:
    return ",".join([str(t), *[str(cell)] * 51])


def written(folder: Path, *lines: str) -> Path:
    path = folder / "set.csv"
    path.write_text("\n".join(lines))
    return path


@st.composite
def poses(draw: st.DrawFn) -> list[Pose]:
    times = sorted(draw(st.lists(st.floats(0, 1e5), min_size=1, max_size=4)))
    pixels = st.floats(-1e5, 1e5, width=32) | st.just(float("nan"))
    made = []
    for t in times:
        points = draw(arrays(np.float32, (17, 2), elements=pixels))
        points[np.isnan(points).any(axis=1)] = np.nan
        scores = draw(arrays(np.float32, 17, elements=st.floats(0, 1, width=32)))
        made.append(Pose(t, points, scores, 360, 640, not np.isnan(points).all()))
    return made


@settings(max_examples=60, deadline=None)
@given(made=poses())
def test_a_track_gives_back_the_same_bits(made: list[Pose], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("track") / "a.csv"
    meta = TrackMeta(width=360, height=640, fps=12.5, name="a\nb", shows="someone who hinges")
    write_track(path, meta, made)
    again, read = read_track(path)
    assert again == meta
    assert [(pose.t, pose.points.tobytes(), pose.scores.tobytes(), pose.present) for pose in read] == [
        (pose.t, pose.points.tobytes(), pose.scores.tobytes(), pose.present) for pose in made
    ]
    assert {(pose.width, pose.height) for pose in read} == {(360, 640)}


def test_tracks_of_other_makers_are_read_as_they_are(shared: Path) -> None:
    tracks = [path for path in sorted((shared / "data/tracks").glob("*.csv")) if path.name != "LABELS.csv"]
    assert tracks
    for path in tracks:
        meta, read = read_track(path)
        assert meta.name == path.stem
        assert all(pose.points.shape == (17, 2) and pose.points.dtype == np.float32 for pose in read)


def test_a_frame_without_a_person_has_no_points_and_nobody_present(tmp_path: Path) -> None:
    empty = ",".join(["0.0", *[",,0"] * 17])
    _, (nobody, somebody) = read_track(written(tmp_path, META, HEADER, empty, row(0.1)))
    assert np.isnan(nobody.points).all()
    assert not nobody.present
    assert (nobody.scores == 0).all()
    assert somebody.present


def test_a_joint_with_half_its_place_has_no_place(tmp_path: Path) -> None:
    cells = row(0.0).split(",")
    cells[COLUMNS.index("left_hip_y")] = ""
    _, (pose,) = read_track(written(tmp_path, META, HEADER, ",".join(cells)))
    assert np.isnan(pose.points[KEYPOINTS.index("left_hip")]).all()
    assert pose.present


def test_further_columns_and_another_order_do_no_harm(tmp_path: Path) -> None:
    header = ",".join(["frame", *reversed(COLUMNS)])
    cells = ["7", *[f"{at}" for at in reversed(range(52))]]
    _, (pose,) = read_track(written(tmp_path, META, header, ",".join(cells), ""))
    assert pose.t == 0
    assert pose.points[0].tolist() == [1, 2]
    assert pose.scores[16] == 51


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "the file is empty; a keypoint track begins with '# ' and a JSON object"),
        ((HEADER, row(0)), "line 1: a keypoint track begins with '# ' and a JSON object (width, height, fps)"),
        (('# {"name": "a", ', HEADER, row(0)), "line 1: the JSON object of the track: Input data was truncated"),
        (
            ('# {"width": 360}', HEADER, row(0)),
            "line 1: the JSON object of the track: Object missing required field `height`",
        ),
        (
            ('# {"width": 0, "height": 9}', HEADER, row(0)),
            "line 1: the JSON object of the track: Expected `int` >= 1 - at `$.width`",
        ),
        ((META,), "line 2: missing columns: t, nose_x, nose_y and 49 more"),
        ((META, HEADER.replace("left_hip_s,", ""), row(0)), "line 2: missing columns: left_hip_s"),
        ((META, HEADER), "a track needs at least one row after its header"),
        ((META, HEADER, row(0), "0.1,5,5"), "line 4: 3 cells where the header asks for 52"),
        ((META, HEADER, row(0), row(0.1, "x")), "line 4: column nose_x: 'x' is not a number"),
        ((META, HEADER, row(0, "nan")), "line 3: column nose_x: 'nan' is not a number"),
        ((META, HEADER, row("")), "line 3: column t: a row needs its time"),
        ((META, HEADER, row(2), row(1.5)), "line 4: time goes backwards, from 2 s to 1.5 s"),
    ],
)
def test_a_broken_rule_is_named_with_its_line(lines: tuple[str, ...], said: str, tmp_path: Path) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(BadInput) as error:
        read_track(path)
    assert str(error.value) == f"{path}: {said}"


def test_what_is_no_text_is_no_track(tmp_path: Path) -> None:
    path = tmp_path / "video.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a keypoint track: it is not text"):
        read_track(path)
    with pytest.raises(BadInput, match=r"gone.csv: cannot be read: No such file or directory"):
        read_track(tmp_path / "gone.csv")


def test_a_track_that_breaks_while_it_is_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = written(tmp_path, "the old one")

    def broken() -> object:
        yield Pose(0.0, np.zeros((17, 2), np.float32), np.ones(17, np.float32), 1, 1)
        raise RuntimeError("the maker of poses fell over")

    with pytest.raises(RuntimeError, match="fell over"):
        write_track(path, TrackMeta(width=1, height=1), broken())
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_track_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    path = tmp_path / "no folder" / "a.csv"
    with pytest.raises(BadInput, match=r"a.csv: cannot be written: No such file or directory"):
        write_track(path, TrackMeta(width=1, height=1), [])


def test_a_folder_is_no_place_for_a_track(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"^\.: cannot be written: it is a folder"):
        write_track(Path("."), TrackMeta(width=10, height=10), [])
    assert not list(tmp_path.iterdir())
