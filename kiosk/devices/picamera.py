"""The Raspberry Pi camera, through picamera2: the only file that imports it or libcamera, and only when asked to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from kiosk.frame import STALLED, Frame
from kiosk.text import Text
from kiosk.trouble import CameraLost, KioskError, words_of

#: Pixels across the picture: as few as show the outline of a back, of which 10 degrees of bend are 4 mm (biomechanics
#: 3.1), at 5 mm a pixel or finer from the farthest standing mark.  Before a Camera Module 3 hung level somebody tall
#: stands at 2.9 m (platform 3): 4.9 mm (640 pixels: 5.9); turned on its side, at 2.6 m: 4.4 mm.  The older modules see
#: less and are finer.  Before a wide one hung level they stand at 2.0 m: 4.8 mm (640: 7.7).  The ISP scales for
#: nothing, while a second stream for the outline alone would have to be converted from YUV (platform 3).  Multiples of
#: 64: rows of other lengths are padded, and taken out of their padding by one more copy.
WIDTH, WIDE = 768, 1024

#: Buffers of the camera: two drop every other frame while one is held, each costs contiguous memory (platform 3).
BUFFERS = 3

#: Microseconds a frame: 30 a second, as many as the fastest board can look at.
FRAME_TIME = 33_333

#: Dioptres a fixed mirror is focused at: 2.5 m; a hunting autofocus locks onto the glass (platform 3).
FOCUS = 0.4

#: What is held of the newest frame while somebody works: microseconds, times, and times of red and of blue.
HELD = ("ExposureTime", "AnalogueGain", "ColourGains")

#: Seconds the camera may take to stop and close: a driver that no longer answers would take for ever.
CLOSING = 3.0


def find_pi_camera() -> str | None:
    """The model of the first camera on the board's own connector ("imx708"), or None; never an error.

    Importing picamera2 takes about a second on a Pi, so it is done only where picamera2 is installed.
    """
    if find_spec("picamera2") is None:
        return None
    try:
        return next(iter(list_pi_cameras()), None)
    except Exception:  # libcamera missing, built for another Python, or a numpy it was not built for (platform 0.5)
        return None


def list_pi_cameras() -> list[str]:
    """The models of all cameras on the board's own connectors.  Raises whatever picamera2 and libcamera do."""
    from picamera2 import Picamera2

    cameras = Picamera2.global_camera_info()
    return [camera["Model"] for camera in cameras if "/usb" not in camera.get("Id", "")]


class PiCamera:
    """The first Raspberry Pi camera; ``t`` of its frames is the sensor's, seconds of ``time.monotonic``.

    libcamera stamps a frame in nanoseconds since start-up when its first row is exposed; a Pi never sleeps, so that is
    the monotonic clock.
    """

    def __init__(self) -> None:
        self.name: str = Text("Pi camera")
        self._camera: Any = None
        self._metadata: Mapping[str, Any] = {}

    def __enter__(self) -> PiCamera:
        """Open and start the camera.  Raises CameraLost when that cannot be done now."""
        try:
            from picamera2 import Picamera2

            self._camera = Picamera2()
            if model := self._camera.camera_properties.get("Model"):
                self.name = Text("Pi camera {model}", model=model)
            self._start()
        except Exception as error:  # picamera2 raises IndexError, RuntimeError, ImportError, OSError, ValueError …
            self.__exit__()
            while isinstance(error.__cause__, Exception):  # of every cause picamera2 says "sequence did not complete"
                error = error.__cause__
            said = Text("{camera}: cannot be opened ({why})", camera=self.name, why=words_of(error))
            raise CameraLost(said) from None
        return self

    def _start(self) -> None:
        from libcamera import controls

        camera = self._camera
        mode = widest_mode(camera.sensor_modes)
        across, down = mode["crop_limits"][2:]
        width = WIDE if "wide" in str(camera.camera_properties.get("Model")) else WIDTH
        wanted = {
            "FrameDurationLimits": (FRAME_TIME, FRAME_TIME),
            "AeMeteringMode": controls.AeMeteringModeEnum.Matrix,
            "AeExposureMode": controls.AeExposureModeEnum.Short,  # a moving shin must not smear
            "AfMode": controls.AfModeEnum.Manual,
            "LensPosition": FOCUS,
        }
        configuration = camera.create_video_configuration(
            main={"size": (width, round(width * down / across / 2) * 2), "format": "BGR888"},  # red first in memory
            lores=None,
            sensor={"output_size": mode["size"], "bit_depth": mode["bit_depth"]},
            controls={name: value for name, value in wanted.items() if name in camera.camera_controls},
            buffer_count=BUFFERS,
            queue=False,
            display=None,
            encode=None,
        )
        camera.configure(configuration)
        camera.start()

    def __exit__(self, *exc: object) -> None:
        """Stop and close.  Raises KioskError when that hangs: only a new process can have the camera again."""
        camera, self._camera = self._camera, None
        if camera is None:
            return
        closing = threading.Thread(target=_close, args=(camera,), name="close camera", daemon=True)
        closing.start()
        closing.join(CLOSING)
        if closing.is_alive():
            raise KioskError(f"{self.name}: did not close within {CLOSING:.0f} s; the program must start anew")

    def __iter__(self) -> Iterator[Frame]:
        """Each the next that the camera has ready, so exposed a frame or two before the asking, at most.

        Raises CameraLost when none comes for a second.
        """
        while True:
            try:
                with self._camera.captured_request(wait=STALLED) as request:
                    self._metadata = request.get_metadata()
                    t = self._metadata["SensorTimestamp"] / 1e9
                    image = request.make_array("main")  # a copy: the buffer goes back to the camera
            except TimeoutError:
                self._camera.cancel_all_and_flush()  # or the waiting job would keep the next buffer
                raise CameraLost(
                    Text("{camera}: no frame for {seconds:.0f} s (a loose cable?)", camera=self.name, seconds=STALLED)
                ) from None
            yield Frame(t, image)

    def hold(self, steady: bool) -> None:
        """Keep exposure, gain and white balance as they are in the newest frame, or follow the light again.

        The focus is always held (FOCUS).  AeEnable is the switch of libcamera up to 0.4; from 0.5 on it stands for
        ExposureTimeMode and AnalogueGainMode together, which picamera2 also sets when it is given the values
        (raspberrypi/picamera2#1255, #1269).  Read, not tried on a camera.
        """
        wanted: dict[str, Any] = {"AeEnable": not steady, "AwbEnable": not steady}
        if steady:
            wanted |= {name: self._metadata[name] for name in HELD if name in self._metadata}
        known = self._camera.camera_controls
        self._camera.set_controls({name: value for name, value in wanted.items() if name in known})


def widest_mode(modes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The sensor mode that sees most, at 30 frames a second if it can, and then the smallest.

    Left to itself libcamera serves a small picture from the middle of the sensor: an imx219 then sees two fifths of its
    width, and a person must stand twice as far away.
    """

    def rank(mode: Mapping[str, Any]) -> tuple[bool, int, int]:
        _, _, across, down = mode["crop_limits"]
        return mode["fps"] >= 29, across * down, -mode["size"][0] * mode["size"][1]

    return max(modes, key=rank)


def _close(camera: Any) -> None:
    """Close ``camera``, which stops it; to stop it before would wait for its event loop, and that may have died."""
    with suppress(Exception):  # a camera that has lost its sensor may refuse; opening it again will tell
        camera.close()
