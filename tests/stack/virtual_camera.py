"""What the real picamera2 lacks on a machine without a Pi's camera: memory, raw sensor modes and an image processor.

Everything else is the real thing: libcamera's camera manager, its virtual pipeline and its requests; picamera2's event
loop, jobs, allocator, arrays and closing.  The virtual camera gives the pictures of a folder, as NV12 and as fast as
they are taken; a Pi's image processor would turn them into what was asked for, so that is done here.

Also a command: ``python3 virtual_camera.py FOLDER`` draws those pictures and prints libcamera's settings for them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from PIL import Image

#: Pixels of the virtual camera's one mode, and so of its pictures: what the mirror asks of a sensor of 4:3.
SIZE = (768, 576)

#: Red, green, blue of the pictures' four vertical stripes, left to right: each a different order of the same three
#: numbers, so that any two channels swapped make another picture, as does left for right.
STRIPES = ((200, 100, 50), (50, 200, 100), (100, 50, 200), (200, 50, 100))

SETTINGS = """%YAML 1.1
---
"Virtual0":
  supported_formats:
  - width: {0}
    height: {1}
    frame_rates:
    - 30
  frames:
    path: "{2}"
  model: "virtual"
"""


def draw(folder: Path) -> str:
    """Draw the camera's pictures into ``folder`` (the second is upside down), say how libcamera is to find them."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = np.repeat(np.array([STRIPES], np.uint8), SIZE[0] // len(STRIPES), axis=1).repeat(SIZE[1], axis=0)
    picture[: SIZE[1] // 4] = 0
    for number, shown in enumerate((picture, picture[::-1])):
        Image.fromarray(shown).save(folder / f"{number}.jpg", quality=95, subsampling=0)
    return SETTINGS.format(*SIZE, folder)


def to_layout(nv12: np.ndarray, layout: str, size: tuple[int, int]) -> np.ndarray:
    """What a Pi's image processor makes: ``layout`` BGR888 is red first in memory, RGB888 blue first (DRM's names)."""
    width, height = size
    planes = nv12.reshape(-1, nv12.size * 2 // (3 * height))[:, :width].astype(np.float32)
    y = planes[:height]
    u, v = (planes[height:, first::2].repeat(2, 0).repeat(2, 1) - 128 for first in (0, 1))
    rgb = np.stack((y + 1.402 * v, y - 0.344 * u - 0.714 * v, y + 1.772 * u), -1)  # as in a JPEG: BT.601, full range
    whole = np.clip(rgb, 0, 255).astype(np.uint8)
    return whole if layout == "BGR888" else np.ascontiguousarray(whole[..., ::-1])


class MemfdHeap:
    """picamera2's DmaHeap on ordinary memory: not every kernel has a /dev/dma_heap."""

    def alloc(self, name: str, size: int) -> Any:
        from picamera2.dma_heap import UniqueFD

        memory = os.memfd_create(name)
        os.ftruncate(memory, size)
        return UniqueFD(memory)

    def close(self) -> None: ...


def two_planes(plane: list[Any]) -> Any:
    """libcamera's frame buffer with a plane for brightness and one for colour, which the virtual camera insists on."""
    from libcamera import FrameBuffer

    (whole,) = plane
    colour = FrameBuffer.Plane()
    colour.fd, colour.length = whole.fd, whole.length // 3
    colour.offset = whole.length = whole.length - colour.length
    return FrameBuffer([whole, colour])


def plug_in() -> None:
    """Make ``picamera2.Picamera2`` one that the virtual camera is enough for."""
    import libcamera
    import picamera2
    from picamera2.allocators import dmaallocator
    from picamera2.request import Helpers

    class Synced(dmaallocator.DmaAllocator.DmaSync):
        """Ordinary memory needs no syncing with a device."""

        def __enter__(self) -> Any:
            return self.get_buffer()

        def __exit__(self, *exc: object) -> None: ...

    class Processed(Helpers):
        def _make_array_shared(self, buffer: np.ndarray, config: dict[str, Any]) -> np.ndarray:
            return to_layout(buffer, config["format"], config["size"])

    class OnVirtual(picamera2.Picamera2):
        """Picamera2 with the one sensor mode of the virtual camera, which itself tells of none."""

        def __init__(self, camera_num: int = 0) -> None:
            super().__init__(camera_num)
            self.helpers = Processed(self)

        def _get_raw_modes(self) -> list[dict[str, Any]]:
            return [{"format": "SRGGB10", "size": SIZE}]

        @property
        def sensor_modes(self) -> list[dict[str, Any]]:
            return [{"size": SIZE, "bit_depth": 10, "fps": 30.0, "crop_limits": (0, 0, *SIZE)}]

        def configure_(self, camera_config: dict[str, Any]) -> None:
            asked = camera_config["main"]["format"]
            super().configure_(camera_config)
            assert self.camera_config["main"]["format"] == "NV12"
            self.camera_config["main"]["format"] = asked

    two_planes.Plane = libcamera.FrameBuffer.Plane  # type: ignore[attr-defined]
    dmaallocator.libcamera = SimpleNamespace(FrameBuffer=two_planes)
    dmaallocator.DmaHeap = MemfdHeap
    dmaallocator.DmaAllocator.DmaSync = Synced
    picamera2.Picamera2 = OnVirtual


if __name__ == "__main__":
    print(draw(Path(sys.argv[1])), end="")
