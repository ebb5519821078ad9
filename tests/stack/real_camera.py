"""The mirror's Pi camera on the real picamera2 and libcamera.  Not part of the suite: `make test-picamera2` runs it in
a Debian 13 user land, where libcamera's virtual camera stands in for the sensor (virtual_camera.py)."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from virtual_camera import SIZE, STRIPES, plug_in

from kiosk.devices.pace import Pace
from kiosk.devices.picamera import HELD, PiCamera, find_pi_camera, list_pi_cameras
from kiosk.devices.watcher import Watcher
from kiosk.frame import Frame
from kiosk.scoring.pose import Pose
from kiosk.trouble import CameraLost

plug_in()

#: Seconds from a starved camera to frames again, at most.
RECOVERY = 5.0


def some(camera: PiCamera, count: int) -> list[Frame]:
    return [frame for frame, _ in zip(camera, range(count), strict=False)]


def tell(what: str, began: float) -> None:
    """Print how long ``what`` took, and fail where it took too long."""
    took = time.monotonic() - began
    print(f"\n{what}: {took:.1f} s")
    assert took <= RECOVERY


def descriptors() -> int:
    """Open ones.  picamera2's objects refer to each other, so the last are closed by the garbage collector."""
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def camera() -> Iterator[PiCamera]:
    with PiCamera() as opened:
        yield opened


def starve(camera: PiCamera) -> list[Any]:
    """Take every buffer away from the camera, to be kept: no frame can come any more."""
    held: list[Any] = []
    with suppress(TimeoutError):
        while True:
            held.append(camera._camera.capture_request(wait=0.2))
    return held


def test_this_is_the_real_stack() -> None:
    import libcamera
    import picamera2

    assert picamera2.Picamera2.__mro__[1].__module__ == "picamera2.picamera2"
    assert Path(libcamera.__file__).is_relative_to("/usr/lib/python3")
    assert find_pi_camera() == "virtual"
    assert list_pi_cameras() == ["virtual"]


def test_frames_arrive(camera: PiCamera) -> None:
    frames = some(camera, 30)
    assert camera.name == "Pi camera virtual"
    assert {frame.image.shape for frame in frames} == {(SIZE[1], SIZE[0], 3)}
    assert {frame.image.dtype for frame in frames} == {np.dtype(np.uint8)}
    assert len({frame.image[0].tobytes() for frame in frames}) == 2, "both pictures of the camera come by"


def test_a_frame_keeps_its_picture_when_the_camera_goes_on(camera: PiCamera) -> None:
    (first,) = some(camera, 1)
    kept = first.image.copy()
    some(camera, 10)
    assert np.array_equal(first.image, kept)


def test_time_stamps_are_of_the_monotonic_clock_and_rise(camera: PiCamera) -> None:
    for _ in range(3):
        asked = time.monotonic()
        (frame,) = some(camera, 1)
        assert asked - 0.1 < frame.t <= time.monotonic(), "the next one to come, exposed a moment ago"
    times = [frame.t for frame in some(camera, 30)]
    assert all(later > earlier for earlier, later in pairwise(times))


def test_colours_are_red_green_blue_and_left_is_left(camera: PiCamera) -> None:
    (frame,) = some(camera, 1)
    middle = frame.image[SIZE[1] // 2]
    seen = middle.reshape(len(STRIPES), -1, 3)[:, 20:-20].mean(1)
    assert np.abs(seen - STRIPES).max() < 6, seen


def test_picamera2_itself_says_that_this_layout_is_red_first(camera: PiCamera) -> None:
    with camera._camera.captured_request(wait=1.0) as request:
        picture = np.asarray(request.make_image("main"))
        assert np.array_equal(picture, request.make_array("main"))


def test_only_what_the_camera_offers_is_asked_of_it(camera: PiCamera) -> None:
    configuration = camera._camera.camera_configuration()
    assert set(configuration["controls"]) == {"FrameDurationLimits"}, "the virtual camera has no exposure, no focus"
    assert (configuration["queue"], configuration["buffer_count"]) == (False, 3)


def test_it_goes_on_when_held_without_anything_to_hold(camera: PiCamera) -> None:
    for steady in (True, False):
        camera.hold(steady)
        assert some(camera, 5)


def test_held_and_let_go_libcamera_is_told_so_in_its_own_words(
    camera: PiCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the virtual camera had an exposure; libcamera itself converts the values and takes none of them."""
    from libcamera import Request, controls

    known = camera._camera.camera_ctrl_info
    for name in (*HELD, "AeEnable", "AwbEnable"):
        known[name] = (getattr(controls, name), known["FrameDurationLimits"][1])
    told: dict[str, Any] = {}
    set_control = Request.set_control

    def listen(request: Any, control: Any, value: Any) -> None:
        told[control.name] = value
        set_control(request, control, value)

    monkeypatch.setattr(Request, "set_control", listen)
    some(camera, 1)
    camera._metadata = seen = {"ExposureTime": 9000, "AnalogueGain": 2.0, "ColourGains": (1.5, 2.5)}
    camera.hold(True)
    some(camera, 5)
    manual = {"ExposureTimeMode": 1, "AnalogueGainMode": 1}
    assert told == {"AeEnable": False, "AwbEnable": False} | seen | manual
    told.clear()
    camera.hold(False)
    some(camera, 5)
    assert told == {"AeEnable": True, "AwbEnable": True}


def test_a_starved_camera_is_noticed_in_time_and_closes(camera: PiCamera) -> None:
    starve(camera)
    began = time.monotonic()
    with pytest.raises(CameraLost, match="no frame for 1 s"):
        some(camera, 1)
    assert 0.9 < time.monotonic() - began < 1.5
    assert camera._camera._job_list == [], "a waiting job would keep the next buffer"
    camera.__exit__()
    assert time.monotonic() - began < 2.5


def test_a_starved_camera_gives_frames_again_to_the_watcher() -> None:
    class Blind:
        """A model that looks at nothing: only the camera is tried here."""

        lying, passes, pace = False, 1, Pace()

        def forget(self) -> None: ...

        def look(self, image: np.ndarray, t: float) -> Pose:
            height, width, _ = image.shape
            return Pose(t, np.full((17, 2), np.nan, np.float32), np.zeros(17, np.float32), width, height)

    opened: list[PiCamera] = []

    def open_camera() -> PiCamera:
        opened.append(PiCamera())
        return opened[-1]

    def wait_for_more_than(count: int) -> None:
        until = time.monotonic() + 2 * RECOVERY
        while watcher.frames <= count:
            assert time.monotonic() < until, watcher.trouble
            watcher.newest()
            time.sleep(0.01)

    with Watcher(open_camera, Blind) as watcher:  # type: ignore[arg-type,return-value]
        wait_for_more_than(0)
        began = time.monotonic()
        held = starve(opened[-1])
        wait_for_more_than(watcher.frames)
        assert held
        assert len(opened) == 2
    tell("starved to frames again", began)


def test_it_is_opened_again_and_again_and_nothing_is_left_behind() -> None:
    for _ in range(2):  # what the libraries keep for themselves
        with PiCamera() as camera:
            some(camera, 2)
    files, threads = descriptors(), threading.active_count()
    for _ in range(20):
        with PiCamera() as camera:
            assert len(some(camera, 2)) == 2
    assert descriptors() <= files
    assert threading.active_count() <= threads


def test_two_cannot_have_it_at_once_and_the_second_says_so(camera: PiCamera) -> None:
    with pytest.raises(CameraLost, match=r"cannot be opened \(.*Device or resource busy\)$"), PiCamera():
        pass
    assert some(camera, 1), "the first has it still"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_when_its_event_loop_has_died_it_closes_and_opens_again(camera: PiCamera) -> None:
    began = time.monotonic()
    camera._camera.pre_callback = lambda request: 1 / 0
    with pytest.raises(CameraLost, match="no frame for 1 s"):
        some(camera, 1)
    camera.__exit__()
    with PiCamera() as again:
        assert some(again, 1)
    tell("its event loop dead to frames again", began)


def test_when_it_hangs_in_stopping_it_says_so_and_the_program_can_end() -> None:
    script = """
        from threading import Event
        from virtual_camera import plug_in
        plug_in()
        from kiosk.devices.picamera import PiCamera
        with PiCamera() as camera:
            next(iter(camera))
            camera._camera.stop_ = Event().wait
        """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert "did not close within 3 s; the program must start anew" in ended.stderr.splitlines()[-1]
    assert ended.returncode == 1
