"""The causes that the doctor tells apart: what looks alike to a program is answered each with its own cure."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kiosk.commands.checkup import causes
from kiosk.commands.checkup.causes import (
    MAKE_ANEW,
    STOP,
    why_no_camera,
    why_no_frame,
    why_no_pins,
    why_no_room,
    why_no_time,
    why_no_xnnpack,
    why_strained,
)
from kiosk.frame import Frame
from kiosk.trouble import CameraLost


def raising(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


@pytest.fixture
def picamera2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed picamera2, as far as Python's finders can tell."""
    (tmp_path / "picamera2.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))


def test_a_picamera2_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "find_spec", lambda name: None)
    assert why_no_camera() == ("picamera2 is not installed", "sudo apt-get install python3-picamera2")


@pytest.mark.usefixtures("picamera2")
@pytest.mark.parametrize(
    ("error", "why", "do"),
    [
        (ModuleNotFoundError("…", name="libcamera"), "no libcamera", "--reinstall python3-libcamera"),
        (ModuleNotFoundError("…", name="libcamera._libcamera"), "for this Python", "--reinstall python3-libcamera"),
        (ModuleNotFoundError("…", name="prctl"), "picamera2 lacks prctl", "--reinstall python3-picamera2"),
        (ValueError("numpy.dtype size changed"), "another numpy: numpy.dtype size changed", MAKE_ANEW),
        (ImportError("undefined symbol: _ZN9libcamera"), "libcamera cannot be started", "full-upgrade"),
    ],
)
def test_why_libcamera_cannot_be_asked_for_cameras_is_told_apart(error: Exception, why: str, do: str) -> None:
    said, cure = why_no_camera(raising(error))
    assert why in said
    assert do in cure


@pytest.mark.usefixtures("picamera2")
def test_a_loose_cable_is_named_only_when_nothing_else_hides_the_camera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config_txt = tmp_path / "config.txt"

    def ask() -> causes.Cause:
        return why_no_camera(lambda: [], tmp_path, config_txt)

    assert "ribbon cable" in ask()[1]
    config_txt.write_text("camera_auto_detect=1\n")
    assert "ribbon cable" in ask()[1]
    config_txt.write_text("#camera_auto_detect=1\ncamera_auto_detect=0\n")
    assert ask()[1].startswith("camera_auto_detect=1 in ")
    (tmp_path / "dma_heap").mkdir()
    (tmp_path / "dma_heap/linux,cma").touch()
    assert ask()[1].startswith("camera_auto_detect=1 in "), "a heap that may be opened hides nothing"
    monkeypatch.setattr(os, "access", lambda place, _: "dma_heap" not in str(place))
    said, do = ask()
    assert "dma_heap/linux,cma may not be opened" in said
    assert "usermod -aG video" in do


def camera(during: str = "", opening: str = "", over: str = "") -> Callable[[], object]:
    """A camera that fails in ``opening``, ``over`` another error, or ``during`` its first frame, as PiCamera does."""

    @contextmanager
    def opened() -> Iterator[Iterator[Frame]]:
        if opening:
            try:
                try:
                    raise RuntimeError(over)
                except RuntimeError:
                    raise RuntimeError("Camera __init__ sequence did not complete.")  # noqa: B904  as picamera2 has it
            except RuntimeError as error:
                raise CameraLost(f"{opening} ({error})") from None
        yield frames()

    def frames() -> Iterator[Frame]:
        if during:
            raise CameraLost(during)
        yield Frame(0.0, np.zeros((2, 2, 3), np.uint8))

    return opened


def test_a_camera_that_is_busy_one_that_is_loose_and_one_that_is_well_are_told_apart() -> None:
    assert why_no_frame(camera()) is None
    for over in ("Failed to acquire camera: Device or resource busy", "camera.acquire() returned unexpected code: -16"):
        busy = camera(opening="Pi camera: cannot be opened", over=over)
        assert why_no_frame(busy) == ("another program has it", STOP)
    loose = why_no_frame(camera(during="Pi camera imx708: no frame for 1 s (a loose cable?)"))
    assert loose is not None
    assert "ribbon cable" in loose[1]
    other = why_no_frame(camera(opening="Pi camera: cannot be opened", over="dmaHeap allocation failure"))
    assert other == ("dmaHeap allocation failure", "rpicam-hello says more; if that works, start the Pi anew")


@pytest.fixture
def pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of devices with pins in it, and a whole lgpio."""
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    library = tmp_path / "lgpio.py"
    library.write_text("def gpiochip_open(number): ...\n")
    specs = {"lgpio": SimpleNamespace(origin=str(library)), "gpiozero": SimpleNamespace(origin=None)}
    monkeypatch.setattr(causes, "find_spec", specs.get)
    (tmp_path / "gpiochip0").touch()
    return tmp_path


def test_pins_that_another_program_has_are_not_called_forbidden(pins: Path) -> None:
    assert why_no_pins("'GPIO busy'", pins) == ("'GPIO busy'", STOP)
    assert why_no_pins("bad pin", pins)[1].startswith("pinctrl get")


def test_pins_that_are_forbidden_or_not_there_are_told_apart(pins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    said, do = why_no_pins("can not open gpiochip", pins)
    assert said.endswith("gpiochip0 may not be opened by this user")
    assert "usermod -aG gpio" in do
    (pins / "gpiochip0").unlink()
    assert "the kernel shows no pins" in why_no_pins("can not open gpiochip", pins)[0]


def test_what_is_wrong_with_the_libraries_of_pins_is_told_apart(pins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pins / "lgpio.py").write_text("")
    assert "this lgpio is empty" in why_no_pins("…", pins)[0]
    monkeypatch.setattr(causes, "find_spec", lambda name: None if name == "lgpio" else SimpleNamespace(origin=None))
    assert why_no_pins("…", pins) == ("lgpio is not installed", "sudo apt-get install python3-lgpio")
    monkeypatch.setattr(causes, "find_spec", lambda name: None)
    assert why_no_pins("…", pins) == ("gpiozero is not installed", MAKE_ANEW)
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "rpigpio")
    assert "GPIOZERO_PIN_FACTORY=rpigpio" in why_no_pins("…", pins)[0]


def test_why_xnnpack_is_off_is_told_apart(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    assert "ProcSubset=pid" in why_no_xnnpack("ai_edge_litert 2.3.0", cpuinfo)[1]
    cpuinfo.write_text("processor : 0\n")
    assert why_no_xnnpack("tflite_runtime 2.14.0", cpuinfo) == ("this runtime is an old one", MAKE_ANEW)
    assert why_no_xnnpack("ai_edge_litert 2.3.0", cpuinfo) == ("this runtime cannot use it here", MAKE_ANEW)


@pytest.mark.parametrize(
    ("now", "since", "said", "do"),
    [
        (("too little power", "throttled"), (), "now: too little power, throttled", "power supply"),
        (("throttled",), ("too little power",), "now: throttled", "heat sink"),
        ((), ("too little power",), "since it was started: too little power", "power supply"),
        ((), ("near its heat limit",), "since it was started: near its heat limit", "heat sink"),
    ],
)
def test_too_little_power_and_too_much_heat_are_told_apart(now: tuple, since: tuple, said: str, do: str) -> None:
    words, cure = why_strained(lambda ever=False: since if ever else now) or ("", "")
    assert words == said
    assert do in cure


def test_a_board_at_ease_is_not_strained() -> None:
    assert why_strained(lambda ever=False: ()) is None


def disk(free: int = 10**9, files: int = 10**6, flags: int = 0) -> Callable[[Path], object]:
    of_4k = {"f_bavail": free // 4096, "f_frsize": 4096, "f_files": 10**6}
    return lambda folder: SimpleNamespace(**of_4k, f_favail=files, f_flag=flags)


def test_a_disk_that_is_full_read_only_worn_or_out_of_files_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why_no_room(tmp_path / "to/be/made", tmp_path) is None or os.statvfs(tmp_path).f_bavail < 10**6
    found = {}
    for name, state in {
        "well": disk(),
        "full": disk(free=10**8),
        "out of files": disk(files=10),
        "read-only": disk(flags=os.ST_RDONLY),
    }.items():
        monkeypatch.setattr(os, "statvfs", state)
        found[name] = why_no_room(tmp_path, tmp_path)
    assert found.pop("well") is None
    (tmp_path / "mmcblk0p2").mkdir()
    (tmp_path / "mmcblk0p2/errors_count").write_text("3\n")
    monkeypatch.setattr(os, "statvfs", disk())
    found["worn"] = why_no_room(tmp_path, tmp_path)
    assert len({cause for cause in found.values() if cause}) == 4
    assert found["worn"] == ("the file system has met 3 errors", "kiosk history --backup FILE, and then another card")


def test_a_clock_that_nobody_sets_is_told_from_one_that_cannot_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def says(word: str) -> None:
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=word))

    says("no\n")
    assert why_no_time("1970-01-01")[1] == "sudo timedatectl set-ntp true"
    says("yes\n")
    assert "connect to a network" in why_no_time("1970-01-01")[1]
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError()))
    assert "connect to a network" in why_no_time(time.strftime("%Y-%m-%d"))[1]


def test_asking_for_causes_imports_no_library_of_a_board() -> None:
    asked = "import sys, kiosk.commands.checkup.causes as c; c.why_no_camera(); c.why_no_pins(''); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert not {"picamera2", "libcamera", "gpiozero", "lgpio"} & set(said)
