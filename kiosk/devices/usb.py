"""USB cameras, through Video4Linux and FFmpeg.

FFmpeg opens no way to a camera's exposure, gain and white balance, and what a camera does with them when its automatics
are switched off beside it differs from one to the next (some take the newest values, some those of long ago).  So a
USB camera holds nothing while somebody works; what changes in the picture as a whole the outline of the back is
compensated for (kiosk.scoring.dorsal.background).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.frame import STALLED, Frame
from kiosk.text import Text, series
from kiosk.trouble import CameraLost, words_of

#: Where Linux lists its video devices.
DEVICES = Path("/sys/class/video4linux")

#: Pixels asked for; the camera gives its nearest.  One that sees 70 degrees needs 770 across for 5 mm a pixel at 2.75 m
#: (see picamera.WIDTH).  Of the usual sizes this is the next; uncompressed it fits through USB 2 24 times a second.
SIZE = "800x600"

#: Reading must not block: FFmpeg waits for Video4Linux inside the kernel, where no time limit reaches it.  FFmpeg has a
#: number for this flag (AVFMT_FLAG_NONBLOCK), but no name.
NOT_BLOCKING = "4"

#: Seconds opening may take: some cameras need one to begin.
OPENING = 3.0

#: Seconds between two looks for a new frame: a seventh of one at 30 a second.
BETWEEN_LOOKS = 0.005


def find_usb_cameras(devices: Path = DEVICES) -> list[Path]:
    """The device files of USB cameras, in the order of their numbers, without opening any.

    A Pi has a dozen video devices of its own (ISP, codecs), none of them on USB; a camera's second device, index 1,
    gives only metadata.
    """
    found = []
    for entry in devices.glob("video*"):
        on_usb = "/usb" in str((entry / "device").resolve())
        with suppress(OSError):
            if on_usb and (entry / "index").read_text().strip() == "0":
                found.append(Path("/dev") / entry.name)
    return sorted(found, key=lambda device: int(device.name.removeprefix("video")))


class UsbCamera:
    """The USB camera at ``device`` (/dev/videoN); ``t`` of its frames is in seconds of ``time.monotonic``."""

    def __init__(self, device: Path) -> None:
        self.device = device
        self.name: str = Text("USB camera {name}", name=device)
        self._container: Any = None

    def __enter__(self) -> UsbCamera:
        """Open the camera.  Raises CameraLost when that cannot be done now."""
        import av

        options = {"video_size": SIZE, "fflags": NOT_BLOCKING}
        try:
            self._container = av.open(str(self.device), format="v4l2", options=options, timeout=(OPENING, STALLED))
        except (av.FFmpegError, OSError, ValueError) as error:
            said = Text("{camera}: cannot be opened ({why})", camera=self.name, why=words_of(error))
            raise CameraLost(said) from None
        return self

    def __exit__(self, *exc: object) -> None:
        container, self._container = self._container, None
        if container is not None:
            container.close()

    def __iter__(self) -> Iterator[Frame]:
        """The newest frame each time, those that waited are let go.  Raises CameraLost when none comes for a second."""
        import av

        while True:
            try:
                packet = self._newest_packet()
                pictures = packet.decode()
            except av.error.InvalidDataError:
                continue  # a frame damaged on the wire; the next one will do
            except (av.FFmpegError, OSError) as error:
                raise CameraLost(series([self.name, words_of(error)], ": ")) from None
            for picture in pictures:
                yield Frame(_monotonic(packet), picture.to_ndarray(format="rgb24"))

    def _newest_packet(self) -> Any:
        """The last of all packets that wait, or the next to come."""
        newest = None
        deadline = time.monotonic() + STALLED
        while True:
            try:
                packet = next(self._container.demux(video=0))
                if not packet.size:
                    raise CameraLost(Text("{camera}: has stopped", camera=self.name))
                newest = packet
            except BlockingIOError:
                if newest is not None:
                    return newest
                if time.monotonic() > deadline:
                    said = Text("{camera}: no frame for {seconds:.0f} s", camera=self.name, seconds=STALLED)
                    raise CameraLost(said) from None
                time.sleep(BETWEEN_LOOKS)


def _monotonic(packet: Any) -> float:
    """The packet's time on the monotonic clock: the driver's own stamp where that is what it uses, else now."""
    now = time.monotonic()
    stamped = float(packet.pts * packet.time_base) if packet.pts is not None else now
    return stamped if 0 <= now - stamped < STALLED else now
