"""Recordings: the same bits come back, a power cut costs the last line at most."""

from __future__ import annotations

import json
import math
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kiosk.records.recording import BROKEN_OFF, FLUSH_AFTER, Recorder, RecordingMeta, is_recording, read_recording
from kiosk.scoring.dorsal.contour import STATIONS, Contour, Shape, measure
from kiosk.scoring.dorsal.own import OwnBack
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose
from kiosk.session.events import Action, Press
from kiosk.session.own_back import Learnt
from kiosk.trouble import BadInput, Trouble

META = RecordingMeta(drill="hinge", camera="figure", model="cd7c")
BEGINNING = '{"kind": "recording", "version": 1, "kiosk": "0.1.0", "drill": "hinge", "camera": "usb", "model": null}'
PRESS = '{"kind": "press", "t": 1.5, "action": "select"}'

LARGEST = float(np.float32(1e12))  # beyond, a recording is refused
numbers = st.floats(-90, 90) | st.just(math.nan)
float32s = st.just(float("nan")) | st.floats(-LARGEST, LARGEST, width=32)
heights = st.floats(-1, 1, width=32) | st.just(math.nan)
clocks = st.floats(0, 1e7)
events = (
    st.builds(
        Pose,
        clocks,
        arrays(np.float32, (17, 2), elements=float32s),
        arrays(np.float32, 17, elements=float32s),
        st.integers(1, 4000),
        st.integers(1, 4000),
        st.booleans(),
        st.none()
        | st.builds(
            lambda why, heights, chord, facing: Contour(
                -1.0, why, heights, chord, facing, Shape() if why else measure(heights)
            ),
            st.sampled_from(Why),
            arrays(np.float32, STATIONS, elements=heights),
            arrays(np.float32, (2, 2), elements=float32s),
            st.sampled_from((-1, 0, 1)),
        ),
    ).map(lambda pose: replace(pose, back=replace(pose.back, t=pose.t)) if pose.back else pose)
    | st.builds(Press, clocks, st.sampled_from(Action))
    | st.builds(Learnt, clocks, st.builds(OwnBack, numbers, numbers, numbers, numbers))
)


def bits(event: Pose | Press | Learnt | Trouble) -> object:
    if isinstance(event, Learnt):
        return event.t, [None if math.isnan(value) else value for value in astuple(event.own)]
    if not isinstance(event, Pose):
        return event
    points, scores = event.points + np.float32(0), event.scores + np.float32(0)
    assert points.dtype == scores.dtype == np.float32
    nowhere = np.isnan(points)
    points[nowhere] = scores[np.isnan(scores)] = 0
    seen = event.width, event.height, event.present
    return event.t, nowhere.tobytes(), points.tobytes(), scores.tobytes(), *seen, event.back and outlined(event.back)


def outlined(back: Contour) -> object:
    assert back.heights.dtype == back.chord.dtype == np.float32
    assert back.heights.shape == (STATIONS,)
    told = np.concatenate((back.heights, back.chord.ravel(), astuple(back.shape)))  # doubles: no bit is lost
    return back.t, back.why, back.facing, np.where(np.isnan(told), np.inf, told + 0.0).tobytes()


def record(path: Path, happened: list[Pose | Press]) -> None:
    with Recorder(path, META) as recorder:
        for event in happened:
            recorder.take(event)


@settings(max_examples=80, deadline=None)
@given(happened=st.lists(events, max_size=5).map(lambda happened: sorted(happened, key=lambda event: event.t)))
def test_a_recording_gives_back_the_same_bits(
    happened: list[Pose | Press], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("recording") / "a.jsonl"
    record(path, happened)
    meta, again = read_recording(path)
    assert meta == META
    assert [bits(event) for event in again] == [bits(event) for event in happened]


def test_every_line_says_what_it_is(tmp_path: Path) -> None:
    nobody = Pose(0.25, np.full((17, 2), np.nan, np.float32), np.zeros(17, np.float32), 480, 640, present=False)
    record(tmp_path / "a.jsonl", [nobody, Press(0.5, Action.BACK)])
    beginning, pose, press = map(json.loads, (tmp_path / "a.jsonl").read_text().splitlines())
    assert beginning["kind"] == "recording"
    assert (beginning["drill"], beginning["camera"], beginning["model"]) == ("hinge", "figure", "cd7c")
    assert pose["kind"] == "pose"
    assert pose["points"] == [[None, None]] * 17
    assert press == {"kind": "press", "t": 0.5, "action": "back"}


def test_the_outline_of_the_back_is_written_where_it_was_looked_for(tmp_path: Path) -> None:
    nowhere = np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 360, 640
    heights = np.full(STATIONS, 0.1234, np.float32)
    heights[0] = np.nan
    chord = np.array(((100.5, 300.25), (140.0, 180.0)), np.float32)
    back = Contour(0.25, Why.SEEN, heights, chord, -1, measure(heights))
    record(tmp_path / "a.jsonl", [Pose(0.25, *nowhere, back=back), Pose(0.3, *nowhere)])
    _, looked, passed = map(json.loads, (tmp_path / "a.jsonl").read_text().splitlines())
    assert looked["back"] == {
        "why": "", "heights": [None] + [0.1234] * (STATIONS - 1), "chord": [[100.5, 300.25], [140.0, 180.0]],
        "facing": -1,
    }  # fmt: skip
    assert "back" not in passed


def test_a_recording_of_before_there_were_outlines_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    pose = {"kind": "pose", "t": 0.0, "points": [[1, 2]] * 17, "scores": [1] * 17, "width": 9, "height": 9}
    path.write_text(f"{BEGINNING}\n{json.dumps(pose | {'present': True})}\n")
    (event,) = read_recording(path)[1]
    assert isinstance(event, Pose)
    assert event.back is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"why": "shy"}, "Invalid enum value 'shy' - at `$.back.why`"),
        ({"heights": [0.1] * 47}, "Expected `array` of length >= 48 - at `$.back.heights`"),
        ({"heights": [0.1] * 49}, "Expected `array` of length <= 48 - at `$.back.heights`"),
        ({"heights": [1e300] * 48}, "Expected `float` <= 1.0 - at `$.back.heights[0]`"),
        ({"chord": [[1, 2]]}, "Expected `array` of length 2 - at `$.back.chord`"),
        ({"facing": 2}, "Invalid enum value 2 - at `$.back.facing`"),
    ],
)
def test_an_outline_that_is_none_is_refused(wrong: dict[str, object], said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    back = {"why": "", "heights": [0.1] * 48, "chord": [[1, 2], [3, 4]], "facing": 1}
    pose = {"kind": "pose", "t": 0.0, "points": [[1, 2]] * 17, "scores": [1] * 17, "width": 9, "height": 9}
    path.write_text(f"{BEGINNING}\n{json.dumps(pose | {'present': True, 'back': back | wrong})}\n")
    with pytest.raises(BadInput) as error:
        list(read_recording(path)[1])
    assert str(error.value) == f"{path}: line 2: {said}"


def test_while_it_runs_the_file_is_never_more_than_a_second_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with Recorder(path, META) as recorder:
        for tenth in range(100):
            recorder.take(Press(tenth / 10, Action.NEXT))
            read = list(read_recording(path)[1])
            assert all(isinstance(event, Press) for event in read)
            assert tenth / 10 - read[-1].t <= FLUSH_AFTER
    assert len(list(read_recording(path)[1])) == 100


def test_a_last_line_that_breaks_off_is_a_trouble_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{BEGINNING}\n{PRESS}\n{{"kind": "pose", "t": 2.0, "poi')
    _, read = read_recording(path)
    assert list(read) == [
        Press(1.5, Action.SELECT),
        Trouble(BROKEN_OFF, "The recording breaks off in line 3."),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "line 1: not a recording of this mirror: Input data was truncated"),
        (("hello",), "line 1: not a recording of this mirror: JSON is malformed: invalid character (byte 0)"),
        ((PRESS,), "line 1: not a recording of this mirror: Invalid value 'press' - at `$.kind`"),
        (
            (BEGINNING.replace('"version": 1', '"version": 2'),),
            "line 1: recording of version 2; this program reads version 1",
        ),
        ((BEGINNING, PRESS[:20], PRESS), "line 2: JSON is malformed: invalid character (byte 20)"),
        ((BEGINNING, PRESS, PRESS.replace("press", "wave"), PRESS), "line 3: Invalid value 'wave' - at `$.kind`"),
        ((BEGINNING, PRESS.replace("select", "jump")), "line 2: Invalid enum value 'jump' - at `$.action`"),
    ],
)
def test_any_other_broken_line_is_named_by_its_number(lines: tuple[str, ...], said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines))
    with pytest.raises(BadInput) as error:
        list(read_recording(path)[1])
    assert str(error.value) == f"{path}: {said}"


def test_time_that_goes_back_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    late, early = (Pose(t, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 9, 9) for t in (2.0, 1.0))
    record(path, [late, early])
    with pytest.raises(BadInput, match="line 3: time goes back from 2 to 1 s"):
        list(read_recording(path)[1])


def test_a_pose_with_too_few_points_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    pose = {"kind": "pose", "t": 0.0, "points": [[1, 2]] * 16, "scores": [1] * 17, "width": 9, "height": 9}
    path.write_text(f"{BEGINNING}\n{json.dumps(pose | {'present': True})}\n")
    with pytest.raises(BadInput, match=r"line 2: Expected `array` of length >= 17 - at `\$\.points`"):
        list(read_recording(path)[1])


def test_a_place_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a.jsonl: cannot be written: No such file or directory"):
        Recorder(tmp_path / "nowhere" / "a.jsonl", META)


def test_a_name_that_no_recording_is_known_by_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(BadInput, match=r"a\.txt: the name of a recording ends in \.jsonl or \.jsonl\.gz"):
        Recorder(tmp_path / "a.txt", META)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BadInput, match=r"gone.jsonl: cannot be read: No such file or directory"):
        read_recording(tmp_path / "gone.jsonl")


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    with Recorder(tmp_path / "a.jsonl", META) as recorder:
        pass
    recorder.__exit__()


def test_a_compressed_recording_gives_back_the_same_and_equal_ones_are_equal_files(tmp_path: Path) -> None:
    happened = [Pose(n / 10, np.full((17, 2), n, np.float32), np.ones(17, np.float32), 480, 640) for n in range(50)]
    plain, packed, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz", tmp_path / "c" / "b.jsonl.gz"
    again.parent.mkdir()
    for path in (plain, packed, again):
        record(path, happened)
    told = [[bits(event) for event in read_recording(path)[1]] for path in (plain, packed)]
    assert told[0] == told[1]
    assert packed.stat().st_size < plain.stat().st_size / 5
    assert packed.read_bytes() == again.read_bytes()
    assert all(map(is_recording, (plain, packed, Path("A.JSONL.GZ"))))
    assert not is_recording(tmp_path / "a.csv.gz")


def test_a_compressed_recording_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rng = np.random.default_rng(0)
    happened = [Pose(n / 10, rng.random((17, 2), np.float32), np.ones(17, np.float32), 480, 640) for n in range(200)]
    record(path, happened)
    path.write_bytes(path.read_bytes()[:-4000])
    *poses, last = read_recording(path)[1]
    assert 10 < len(poses) < 200
    assert isinstance(last, Trouble)
    assert last.key == BROKEN_OFF


@pytest.mark.parametrize("content", [b"", b"not gzip", b"\x1f\x8b\x08\x00" + bytes(40)])
def test_what_is_not_compressed_though_its_name_says_so_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"a\.jsonl\.gz: ") as caught:
        list(read_recording(path)[1])
    assert "\n" not in str(caught.value)
