"""USB cameras against a stand-in for FFmpeg's Video4Linux device, read without blocking as the real one is."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from kiosk.devices import usb
from kiosk.devices.usb import UsbCamera, find_usb_cameras
from kiosk.trouble import CameraLost


class Packet:
    time_base = Fraction(1, 1_000_000)
    size = 614_400

    def __init__(self, value: int, stamped: float, damaged: bool = False) -> None:
        self.value, self.damaged = value, damaged
        self.pts: int | None = int(stamped * 1e6)

    def decode(self) -> list[av.VideoFrame]:
        if self.damaged:
            raise av.error.InvalidDataError(
                1094995529, "Invalid data found when processing input", "avcodec_send_packet()"
            )
        return [av.VideoFrame.from_ndarray(np.full((480, 640, 3), self.value, np.uint8), format="rgb24")]


class Device:
    """An opened device: what waits in its queue is read at once; an empty queue is BlockingIOError, not a wait."""

    def __init__(self) -> None:
        self.waiting: deque[Any] = deque()
        self.closed = 0
        self.asked: dict[str, Any] = {}

    def demux(self, video: int) -> Iterator[Packet]:
        while True:
            if not self.waiting:
                raise av.error.BlockingIOError(11, "Resource temporarily unavailable", "/dev/video0")
            head = self.waiting.popleft()
            if isinstance(head, Exception):
                raise head
            yield head

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    opened = Device()

    def open_device(file: str, **asked: Any) -> Device:
        opened.asked = asked
        return opened

    monkeypatch.setattr(av, "open", open_device)
    monkeypatch.setattr(usb, "STALLED", 0.15)
    return opened


def test_the_newest_frame_is_given_and_those_that_waited_are_let_go(device: Device) -> None:
    now = time.monotonic()
    device.waiting.extend(Packet(value, now - 0.1 + value / 1000) for value in (10, 20, 30))
    with UsbCamera(Path("/dev/video0")) as camera:
        frame = next(iter(camera))
    assert frame.image.shape == (480, 640, 3)
    assert frame.image[0, 0, 0] == 30
    assert frame.t == pytest.approx(now - 0.07, abs=1e-3)


def test_reading_is_asked_not_to_block(device: Device) -> None:
    with UsbCamera(Path("/dev/video0")):
        assert device.asked["format"] == "v4l2"
        assert int(device.asked["options"]["fflags"]) == av.container.Flags.non_block.value


def test_a_pixel_is_5_mm_at_most_where_people_stand(device: Device) -> None:
    with UsbCamera(Path("/dev/video0")):
        across, _ = map(int, device.asked["options"]["video_size"].split("x"))
    assert 2 * 2.75 * math.tan(math.radians(70 / 2)) / across <= 0.005


def test_ffmpeg_takes_the_flag_by_its_number(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "one.avi"), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode())
    with av.open(str(tmp_path / "one.avi"), options={"fflags": usb.NOT_BLOCKING}) as container:
        assert container.flags & av.container.Flags.non_block.value


def test_a_camera_that_stalls_is_lost_within_the_limit(device: Device) -> None:
    device.waiting.append(Packet(1, time.monotonic()))
    with UsbCamera(Path("/dev/video0")) as camera:
        frames = iter(camera)
        next(frames)
        with pytest.raises(CameraLost, match="USB camera /dev/video0: no frame for"):
            next(frames)
    assert device.closed == 1


def test_a_pulled_plug_is_said_in_the_systems_words(device: Device) -> None:
    device.waiting.append(av.error.OSError(19, "No such device", "/dev/video0"))
    with pytest.raises(CameraLost, match=r"/dev/video0: No such device$"), UsbCamera(Path("/dev/video0")) as camera:
        next(iter(camera))


def test_the_end_of_the_stream_is_a_loss(device: Device) -> None:
    last = Packet(0, 0.0)
    last.size = 0
    device.waiting.append(last)
    with pytest.raises(CameraLost, match="has stopped"), UsbCamera(Path("/dev/video0")) as camera:
        next(iter(camera))


def test_a_frame_damaged_on_the_wire_is_passed_over(device: Device) -> None:
    nothing_more_yet = av.error.BlockingIOError(11, "Resource temporarily unavailable")
    device.waiting.extend([Packet(1, time.monotonic(), damaged=True), nothing_more_yet, Packet(7, time.monotonic())])
    with UsbCamera(Path("/dev/video0")) as camera:
        assert next(iter(camera)).image[0, 0, 0] == 7


@pytest.mark.parametrize("stamp", [None, 0.0, 1.7e9], ids=["none", "since the driver began", "wall clock"])
def test_a_driver_with_a_clock_of_its_own_is_timed_by_ours(device: Device, stamp: float | None) -> None:
    packet = Packet(1, stamp or 0.0)
    packet.pts = None if stamp is None else packet.pts
    device.waiting.append(packet)
    with UsbCamera(Path("/dev/video0")) as camera:
        frame = next(iter(camera))
    assert frame.t == pytest.approx(time.monotonic(), abs=0.1)


def test_a_device_that_is_not_there_is_lost_in_one_line() -> None:
    with pytest.raises(CameraLost, match=r"/dev/video77: cannot be opened \(No such file or directory\)$"):
        UsbCamera(Path("/dev/video77")).__enter__()


def test_a_file_that_is_no_device_is_lost_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "video0").write_text("hello")
    with pytest.raises(CameraLost, match="cannot be opened"):
        UsbCamera(tmp_path / "video0").__enter__()


def test_leaving_twice_is_harmless(device: Device) -> None:
    with UsbCamera(Path("/dev/video0")) as camera:
        pass
    camera.__exit__()
    assert device.closed == 1


def attach(root: Path, name: str, bus: str, index: int) -> None:
    """A video device as sysfs shows it."""
    where = root / "devices" / bus
    where.mkdir(parents=True, exist_ok=True)
    entry = root / "video4linux" / name
    entry.mkdir(parents=True)
    (entry / "index").write_text(f"{index}\n")
    (entry / "device").symlink_to(where)


def test_usb_cameras_are_told_from_the_pis_own_devices_and_from_their_metadata(tmp_path: Path) -> None:
    attach(tmp_path, "video0", "platform/soc/fe801000.csi", 0)
    attach(tmp_path, "video13", "platform/soc/fe00b840.mailbox/bcm2835-isp", 0)
    attach(tmp_path, "video10", "platform/scb/fd500000.pcie/usb1/1-1/1-1.3/1-1.3:1.0", 0)
    attach(tmp_path, "video11", "platform/scb/fd500000.pcie/usb1/1-1/1-1.3/1-1.3:1.0", 1)
    attach(tmp_path, "video2", "platform/scb/fd500000.pcie/usb1/1-1/1-1.4/1-1.4:1.0", 0)
    assert find_usb_cameras(tmp_path / "video4linux") == [Path("/dev/video2"), Path("/dev/video10")]


def test_a_machine_without_video_devices_has_no_usb_camera(tmp_path: Path) -> None:
    assert find_usb_cameras(tmp_path / "absent") == []
