"""Recordings where a camera was: real files, made here, whole, cut, turned and wrong."""

from __future__ import annotations

import shutil
import struct
import time
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from kiosk.devices.clip import Clip, read_picture
from kiosk.devices.turned import Turned
from kiosk.frame import Frame
from kiosk.trouble import BadInput

RATE = 25


def film(path: Path, pictures: int = 40) -> Path:
    """A video whose picture number n has brightness 5 n on its left half and is black on its right."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(pictures):
            image = np.zeros((96, 128, 3), np.uint8)
            image[:, :64] = 5 * number
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())
    return path


def cut(path: Path, share: float) -> Path:
    shorter = path.with_name(f"cut_{path.name}")
    whole = path.read_bytes()
    shorter.write_bytes(whole[: int(len(whole) * share)])
    return shorter


def frames(path: Path, **how: float | bool) -> list[Frame]:
    with Clip(path, **how) as clip:  # type: ignore[arg-type]
        return list(clip)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five pictures whose names, not their ages, are in order; and a file that is none of them."""
    place = tmp_path / "pictures"
    place.mkdir()
    for number in (3, 1, 5, 2, 4):
        Image.new("RGB", (64, 48), (number * 50, 0, 0)).save(place / f"{number:04}.png")
    (place / "reference.json").write_text("{}")
    return place


@pytest.mark.parametrize("kind", ["mp4", "mkv", "avi"])
def test_a_video_gives_every_picture_with_its_own_time(tmp_path: Path, kind: str) -> None:
    with Clip(film(tmp_path / f"set.{kind}")) as clip:
        given = list(clip)
        assert clip.fps == RATE
        assert clip.frames in (40, None)
        assert clip.name == f"set.{kind}"
    assert [frame.t for frame in given] == pytest.approx([n / RATE for n in range(40)], abs=1e-3)
    assert given[0].image.shape == (96, 128, 3)
    assert given[0].image.dtype == np.uint8
    assert [frame.image[48, 32, 1] for frame in given] == pytest.approx([5 * n for n in range(40)], abs=8)


def test_a_rate_asked_for_replaces_a_videos_own_times(tmp_path: Path) -> None:
    assert [frame.t for frame in frames(film(tmp_path / "set.mp4", 5), fps=10)] == pytest.approx(
        [0, 0.1, 0.2, 0.3, 0.4]
    )


def test_a_folder_gives_its_pictures_in_the_order_of_their_names(folder: Path) -> None:
    given = frames(folder, fps=5)
    assert [frame.image[0, 0, 0] for frame in given] == [50, 100, 150, 200, 250]
    assert [frame.t for frame in given] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])


def test_real_pictures_are_a_clip(shared: Path) -> None:
    with Clip(shared / "photos/clips/squats", fps=5) as clip:
        assert clip.frames == 44
        assert len(list(clip)) == 44


def test_a_phone_held_upright_filmed_somebody_upright(tmp_path: Path) -> None:
    """The picture is stored lying down, with a note that it is to be shown a quarter turn clockwise."""
    path = film(tmp_path / "phone.mp4", 5)
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 4 + 40
    quarter_clockwise = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    data[matrix : matrix + 36] = struct.pack(">9i", *quarter_clockwise)
    path.write_bytes(data)
    last = frames(path)[-1].image
    assert last.shape == (128, 96, 3)
    assert last[20, 48, 1] > last[100, 48, 1], "what was left is now up"


def test_a_video_cut_before_its_first_picture_is_refused(tmp_path: Path) -> None:
    shorter = cut(film(tmp_path / "set.mp4"), 0.5)
    with pytest.raises(BadInput, match=r"cut_set\.mp4: is not a video that can be read"):
        frames(shorter)


@pytest.mark.parametrize("kind", ["mkv", "avi"])
def test_a_video_that_breaks_off_gives_what_it_has_and_says_so(tmp_path: Path, kind: str) -> None:
    given: list[Frame] = []
    with Clip(cut(film(tmp_path / f"set.{kind}"), 0.5)) as clip, pytest.raises(BadInput, match="breaks off") as refusal:
        given.extend(clip)
    assert 0 < len(given) < 40
    assert str(refusal.value).endswith(f"cut_set.{kind}: the video breaks off after {len(given)} pictures")


@pytest.mark.parametrize("name", ["talk.mp4", "empty.mp4"])
def test_a_text_file_called_mp4_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("" if name == "empty.mp4" else "hello, I am text\n" * 50)
    with pytest.raises(BadInput, match=rf"{name}: is not a video that can be read"):
        frames(tmp_path / name)


def test_a_missing_file_an_empty_folder_and_a_folder_without_a_rate_are_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.mp4: no such file or folder"):
        frames(tmp_path / "absent.mp4")
    with pytest.raises(BadInput, match="needs --fps"):
        frames(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="holds no pictures"):
        frames(tmp_path / "empty", fps=5)


def test_a_broken_picture_in_a_folder_is_named(folder: Path) -> None:
    (folder / "0003.png").write_bytes(b"\x89PNG but no more")
    with pytest.raises(BadInput, match=r"0003\.png: is not a picture that can be read"):
        frames(folder, fps=5)


def test_refusals_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        frames(tmp_path / "absent")
    assert "\n" not in str(caught.value)


def test_leaving_twice_is_harmless(tmp_path: Path) -> None:
    clip = Clip(film(tmp_path / "set.mp4", 3))
    with clip:
        next(iter(clip))
    clip.__exit__()


def test_in_real_time_a_clip_takes_as_long_as_it_lasted_and_skips_what_is_late(folder: Path) -> None:
    with Clip(folder, fps=20, realtime=True) as clip:
        began = time.monotonic()
        seen = []
        for frame in clip:
            seen.append(frame.image[0, 0, 0])
            assert time.monotonic() - began >= frame.t - 0.005, "never before its time"
            time.sleep(0.12)  # somebody slow is watching
    assert seen[0] == 50
    assert len(seen) < 5
    assert seen == sorted(seen)


def test_a_picture_is_read_upright_and_in_colour(tmp_path: Path) -> None:
    image = Image.new("L", (20, 10), 7)
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying down
    image.save(tmp_path / "grey.jpg", exif=exif)
    assert read_picture(tmp_path / "grey.jpg").shape == (20, 10, 3)


def test_a_picture_that_is_not_there_or_not_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.jpg: no such file"):
        read_picture(tmp_path / "absent.jpg")
    with pytest.raises(BadInput, match="is not a picture"):
        read_picture(tmp_path)


@pytest.mark.parametrize(("turn", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_a_camera_on_its_side_is_turned_clockwise(tmp_path: Path, turn: int, corner: tuple[int, int]) -> None:
    place = tmp_path / "one"
    place.mkdir()
    image = np.zeros((48, 64, 3), np.uint8)
    image[0, 0] = 255  # top left
    Image.fromarray(image).save(place / "1.png")
    with Turned(Clip(place, fps=1), turn) as camera:
        (frame,) = camera
    assert frame.image[corner].all()
    assert frame.image.shape[:2] == ((64, 48) if turn in (90, 270) else (48, 64))
    assert frame.image.flags.c_contiguous
    assert camera.name == "one"


def test_a_clip_is_never_written_to(tmp_path: Path) -> None:
    path = film(tmp_path / "set.mp4", 5)
    before = path.read_bytes()
    shutil.copy(path, tmp_path / "copy.mp4")
    frames(path)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy.mp4", "set.mp4"]
