"""The Pi camera against a stand-in for picamera2 that keeps the real one's rules.

Kept: waits end in TimeoutError and leave their job queued; requests are counted and go back to the camera; a camera is
acquired once, and who is refused hears why only from the cause; closing stops it first; bytes in memory are R, G, B for
"BGR888".  What the real one's rules are is proven by `make test-picamera2`.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from kiosk.devices import picamera
from kiosk.devices.picamera import PiCamera, find_pi_camera, widest_mode
from kiosk.frame import Frame
from kiosk.trouble import CameraLost, KioskError

IMX219 = [  # as picamera2 lists them: the small modes see only the middle of the sensor
    {"size": (640, 480), "bit_depth": 10, "fps": 206.0, "crop_limits": (1000, 752, 1280, 960)},
    {"size": (1640, 1232), "bit_depth": 10, "fps": 41.0, "crop_limits": (0, 0, 3280, 2464)},
    {"size": (1920, 1080), "bit_depth": 10, "fps": 47.0, "crop_limits": (680, 692, 1920, 1080)},
    {"size": (3280, 2464), "bit_depth": 10, "fps": 21.0, "crop_limits": (0, 0, 3280, 2464)},
]
IMX708 = [
    {"size": (1536, 864), "bit_depth": 10, "fps": 120.0, "crop_limits": (768, 432, 3072, 1728)},
    {"size": (2304, 1296), "bit_depth": 10, "fps": 56.0, "crop_limits": (0, 0, 4608, 2592)},
    {"size": (4608, 2592), "bit_depth": 10, "fps": 14.0, "crop_limits": (0, 0, 4608, 2592)},
]


#: What libcamera has to control of any sensor; of one with autofocus; and since 0.5.
ADVERTISED = {
    "FrameDurationLimits", "AeExposureMode", "AeMeteringMode", "AeEnable", "ExposureTime", "AnalogueGain", "AwbEnable",
    "ColourGains",
}  # fmt: skip
FOCUSES = {"AfMode", "LensPosition"}
MODES = {"ExposureTimeMode", "AnalogueGainMode"}
AUTO, MANUAL = 0, 1


class Request:
    def __init__(self, camera: StandIn) -> None:
        self.camera, self.references = camera, 1

    def get_metadata(self) -> dict[str, Any]:
        return {"SensorTimestamp": time.monotonic_ns()} | self.camera.exposed()

    def make_array(self, name: str) -> np.ndarray:
        assert self.references == 1, "a request given back must not be read"
        width, height = self.camera.configuration[name]["size"]
        return np.full((height, width, 3), (200, 100, 50), np.uint8)

    def release(self) -> None:
        self.references -= 1
        assert self.references == 0
        self.camera.free += 1


class StandIn:
    """picamera2.Picamera2, as far as a mirror uses it."""

    attached: ClassVar[list[dict[str, Any]]] = []
    acquired: ClassVar[list[StandIn]] = []
    modes: ClassVar[list[dict[str, Any]]] = IMX708
    advertised: ClassVar[set[str]] = ADVERTISED | FOCUSES
    new: ClassVar[bool] = True  # libcamera 0.5 or later
    hung: ClassVar[threading.Event] = threading.Event()  # set lets every hung close go on

    def __init__(self, camera_num: int = 0) -> None:
        if not self.attached or self.acquired:
            why = RuntimeError("Failed to acquire camera: Device or resource busy")
            raise RuntimeError("Camera __init__ sequence did not complete.") from why
        self.acquired.append(self)
        self.camera_properties = {"Model": self.attached[camera_num]["Model"]}
        self.camera_controls = dict.fromkeys(self.advertised)
        self.sensor_modes = self.modes
        self.configuration: dict[str, Any] = {}
        self.jobs: list[str] = []
        self.free, self.stalled, self.stuck, self.started = 0, False, False, False
        self.light = 1.0
        self.automatic = dict.fromkeys(("exposure", "gain", "colours"), True)
        self.held: dict[str, Any] = {}

    @staticmethod
    def global_camera_info() -> list[dict[str, Any]]:
        return StandIn.attached

    def create_video_configuration(self, **asked: Any) -> dict[str, Any]:
        return asked

    def configure(self, configuration: dict[str, Any]) -> None:
        unknown = set(configuration["controls"]) - self.advertised
        if unknown:
            raise RuntimeError(f"Control {unknown.pop()} is not advertised by libcamera")
        self.configuration, self.free = configuration, configuration["buffer_count"]

    def start(self) -> None:
        self.started = True

    def exposed(self) -> dict[str, Any]:
        """How the newest frame is exposed: as the light is, but for what is held."""
        light = self.light
        seen = {"ExposureTime": int(9000 / light), "AnalogueGain": 2 / light, "ColourGains": (1.5, 1 + light)}
        free = dict(zip(seen, self.automatic.values(), strict=True))
        return {name: value if free[name] else self.held[name] for name, value in seen.items()}

    def set_controls(self, controls: dict[str, Any]) -> None:
        """As picamera2 (what it sets by itself) and libcamera before and since 0.5 take them together."""
        assert self.started
        unknown = set(controls) - set(self.camera_controls)
        if unknown:
            raise RuntimeError(f"Control {unknown.pop()} is not advertised by libcamera")
        if self.new:
            modes = {mode: MANUAL for mode in MODES if mode.removesuffix("Mode") in controls}
            if "AeEnable" in controls:
                modes = dict.fromkeys(MODES, AUTO if controls["AeEnable"] else MANUAL) | modes
            controls = modes | controls
            ways = {"exposure": "ExposureTimeMode", "gain": "AnalogueGainMode"}
            told = {what: controls[mode] == AUTO for what, mode in ways.items() if mode in controls}
        else:
            told = dict.fromkeys(("exposure", "gain"), controls["AeEnable"]) if "AeEnable" in controls else {}
        if "AwbEnable" in controls:
            told["colours"] = controls["AwbEnable"]
        self.held = self.exposed() | {name: value for name, value in controls.items() if name in picamera.HELD}
        self.automatic |= told

    @contextmanager
    def captured_request(self, wait: float) -> Iterator[Request]:
        assert self.started
        assert self.free > 0, "every buffer is held"
        if self.stalled:
            self.jobs.append("capture_request")  # as in the real one, a wait that fails leaves its job behind
            raise TimeoutError
        self.free -= 1
        request = Request(self)
        try:
            yield request
        finally:
            request.release()

    def cancel_all_and_flush(self) -> None:
        self.jobs.clear()

    def close(self) -> None:
        if self.stuck:
            self.hung.wait()
        self.started = False
        if self in self.acquired:
            self.acquired.remove(self)


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[StandIn]]:
    """A board with an imx708 on its connector and a USB camera that libcamera lists too."""
    module, libcamera = ModuleType("picamera2"), ModuleType("libcamera")
    module.Picamera2 = StandIn  # type: ignore[attr-defined]
    module.__spec__ = SimpleNamespace(name="picamera2")  # type: ignore[assignment]
    libcamera.controls = SimpleNamespace(  # type: ignore[attr-defined]
        AeMeteringModeEnum=SimpleNamespace(Matrix=2),
        AeExposureModeEnum=SimpleNamespace(Short=1),
        AfModeEnum=SimpleNamespace(Manual=0),
    )
    monkeypatch.setitem(sys.modules, "picamera2", module)
    monkeypatch.setitem(sys.modules, "libcamera", libcamera)
    monkeypatch.setattr(picamera, "CLOSING", 0.2)
    StandIn.attached = [
        {"Model": "imx708", "Id": "/base/soc/i2c0mux/i2c@1/imx708@1a", "Num": 0},
        {"Model": "C270", "Id": "/base/soc/usb@7e980000/usb-port@1-1.2:1.0-046d:0825", "Num": 1},
    ]
    StandIn.acquired.clear()
    StandIn.modes = IMX708
    StandIn.advertised = ADVERTISED | FOCUSES | MODES
    StandIn.new = True
    StandIn.hung.clear()
    yield StandIn
    StandIn.hung.set()


def only() -> StandIn:
    (camera,) = StandIn.acquired
    return camera


def some(camera: PiCamera, count: int) -> list[Frame]:
    return [frame for frame, _ in zip(camera, range(count), strict=False)]


def test_frames_are_small_red_first_and_stamped_on_the_monotonic_clock() -> None:
    with PiCamera() as camera:
        assert camera.name == "Pi camera imx708"
        before = time.monotonic()
        (frame,) = some(camera, 1)
        assert before <= frame.t <= time.monotonic()
        assert frame.image.shape == (432, 768, 3), "as wide as the sensor is to its height"
        assert tuple(frame.image[0, 0]) == (200, 100, 50)


def test_it_is_configured_for_a_mirror() -> None:
    with PiCamera():
        asked = only().configuration
    assert asked["main"]["format"] == "BGR888"
    assert (asked["lores"], asked["queue"], asked["buffer_count"]) == (None, False, 3)
    assert asked["controls"]["AfMode"] == 0
    assert asked["controls"]["LensPosition"] == 0.4
    assert asked["sensor"]["output_size"] == (2304, 1296)


def test_a_camera_without_autofocus_is_not_asked_to_focus() -> None:
    StandIn.advertised = ADVERTISED
    with PiCamera() as camera:
        assert set(only().configuration["controls"]) == {"FrameDurationLimits", "AeExposureMode", "AeMeteringMode"}
        assert some(camera, 1)


@pytest.mark.parametrize(
    ("module", "across", "metres"),
    [
        ("ov5647", 53.5, 2.9), ("imx219", 62.2, 2.75), ("imx708", 66.0, 2.9), ("imx708_noir", 66.0, 2.9),
        ("imx708_wide", 102.0, 2.0), ("imx708_wide_noir", 102.0, 2.0),
    ],
)  # fmt: skip
def test_a_pixel_is_5_mm_at_most_where_people_stand(module: str, across: float, metres: float) -> None:
    StandIn.attached = [{"Model": module, "Id": "/base/soc/i2c0mux/i2c@1/sensor@1a", "Num": 0}]
    with PiCamera():
        width, _ = only().configuration["main"]["size"]
    assert 2 * metres * math.tan(math.radians(across / 2)) / width <= 0.005
    assert width % 64 == 0


@pytest.mark.parametrize("libcamera", ["0.4", "0.7"])
def test_exposure_gain_and_white_balance_are_held_and_let_go(libcamera: str) -> None:
    StandIn.new = libcamera != "0.4"
    StandIn.advertised = ADVERTISED | FOCUSES | (MODES if StandIn.new else set())
    with PiCamera() as camera:
        (frame,) = some(camera, 1)
        assert frame.image.shape
        before = only().exposed()
        camera.hold(True)
        only().light = 2.0
        assert only().exposed() == before
        camera.hold(False)
        assert only().exposed() != before
        brighter = only().exposed()
        some(camera, 1)
        camera.hold(True)
        only().light = 1.0
        assert only().exposed() == brighter, "it is the newest frame that is held"


def test_what_a_sensor_does_not_offer_is_not_asked_of_it() -> None:
    StandIn.advertised = {"FrameDurationLimits", "ExposureTime", "AeEnable"}  # a monochrome one: no white balance
    with PiCamera() as camera:
        some(camera, 1)
        camera.hold(True)
        camera.hold(False)


def test_every_buffer_goes_back_to_the_camera() -> None:
    with PiCamera() as camera:
        some(camera, 50)
        assert only().free == 3


def test_the_widest_sensor_mode_is_chosen_that_is_fast_enough() -> None:
    assert widest_mode(IMX219)["size"] == (1640, 1232)
    assert widest_mode(IMX708)["size"] == (2304, 1296)
    assert widest_mode(IMX219[3:])["size"] == (3280, 2464), "a slow one is better than none"


def test_a_pulled_cable_is_noticed_and_leaves_no_job_behind() -> None:
    with PiCamera() as camera:
        some(camera, 3)
        only().stalled = True
        with pytest.raises(CameraLost, match="Pi camera imx708: no frame for 1 s"):
            some(camera, 1)
        assert only().jobs == []
    assert StandIn.acquired == []


def test_after_a_stall_the_same_process_opens_it_again() -> None:
    with PiCamera() as camera:
        only().stalled = True
        with pytest.raises(CameraLost):
            some(camera, 1)
    with PiCamera() as camera:
        assert len(some(camera, 3)) == 3


def test_a_close_that_hangs_is_given_up_and_only_a_new_process_will_do() -> None:
    camera = PiCamera()
    camera.__enter__()
    only().stuck = True
    began = time.monotonic()
    with pytest.raises(KioskError, match="did not close within") as caught:
        camera.__exit__()
    assert not isinstance(caught.value, CameraLost), "opening it again would not help"
    assert time.monotonic() - began < 2


def test_a_camera_that_cannot_be_had_is_said_in_one_line_with_the_cause() -> None:
    StandIn.attached = []
    with pytest.raises(CameraLost, match=r"^Pi camera: cannot be opened \(.*Device or resource busy\)$"), PiCamera():
        pass


def test_a_machine_without_picamera2_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    with pytest.raises(CameraLost, match="cannot be opened"), PiCamera():
        pass


def test_a_camera_that_cannot_be_configured_is_let_go() -> None:
    StandIn.modes = []
    with pytest.raises(CameraLost), PiCamera():
        pass
    assert StandIn.acquired == []


def test_leaving_twice_is_harmless() -> None:
    with PiCamera() as camera:
        pass
    camera.__exit__()


def test_only_a_camera_on_the_boards_own_connector_is_a_pi_camera() -> None:
    assert find_pi_camera() == "imx708"
    StandIn.attached = StandIn.attached[1:]
    assert find_pi_camera() is None


def test_where_picamera2_is_absent_or_broken_there_is_no_pi_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[dict[str, Any]]:
        raise ValueError("numpy.dtype size changed")

    monkeypatch.setattr(StandIn, "global_camera_info", broken)
    assert find_pi_camera() is None
    monkeypatch.delitem(sys.modules, "picamera2")
    assert find_pi_camera() is None
