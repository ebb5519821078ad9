"""The mirror as ``kiosk run`` starts it, with a hand that ends the set and, when told to, a camera that leaks pictures.

    python leaky.py FOLDER LEAK,LEAK run ...

FOLDER is where the run keeps what it keeps; each LEAK is one way in which a frame gets out, by its name in WAYS.
"""

from __future__ import annotations

import mmap
import os
import socket
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kiosk import app
from kiosk.__main__ import main
from kiosk.config import Sound
from kiosk.devices.clip import Clip
from kiosk.frame import Frame
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press
from kiosk.session.states import Questioning, Working
from kiosk.sound.speaker import Speaker
from kiosk.ui.screen import Screen

#: The frame that leaks, and seconds between two presses of the hand.
LEAKS_AT, PRESSES_EVERY = 5, 0.4

OUT = Path(sys.argv[1]) if __name__ == "__main__" else Path()
Picture = np.ndarray[Any, np.dtype[np.uint8]]


def raw_file(picture: Picture) -> None:
    (OUT / "raw.bin").write_bytes(picture.tobytes())


def in_the_recording(picture: Picture) -> None:
    with (OUT / "run.jsonl").open("ab") as file:
        file.write(picture[..., ::-1].tobytes())


def jpeg_among_the_shots(picture: Picture) -> None:
    Image.fromarray(picture).save(OUT / "shots" / "91-jpeg.png", format="jpeg")


def drawn_in_a_shot(picture: Picture) -> None:
    height, width, _ = picture.shape
    drawn = Image.fromarray(picture // 2).resize((width * 8 // 5, height * 8 // 5))
    shot = Image.new("RGB", (1080, 1920))
    shot.paste(drawn, (37, 111))
    shot.save(OUT / "shots" / "92-drawn.png")


def mapped(picture: Picture) -> None:
    with (OUT / "shots" / "93-mapped.png").open("w+b") as file:
        file.truncate(picture.nbytes)
        with mmap.mmap(file.fileno(), picture.nbytes) as shared:
            shared.write(picture.tobytes())


def in_memory_others_can_open(picture: Picture) -> None:
    with os.fdopen(os.memfd_create("picture"), "wb") as file:
        file.write(picture.tobytes())


def over_the_network(picture: Picture) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(picture[0].tobytes(), ("127.0.0.1", 9))


def to_another_program(picture: Picture) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(OUT / "other"))
        line.sendto(picture[0].tobytes(), str(OUT / "other"))


def packed_in_the_history(picture: Picture) -> None:
    with closing(sqlite3.connect(OUT / "state" / "history.db", isolation_level=None, timeout=9)) as history:
        history.execute("create table pictures (picture blob)")
        history.execute("insert into pictures values (?)", (zlib.compress(picture[:40].tobytes()),))


def grey_on_the_output(picture: Picture) -> None:
    os.write(2, np.asarray(Image.fromarray(picture).convert("L"))[:4].tobytes())


def by_a_child(picture: Picture) -> None:
    subprocess.run(["tee", str(OUT / "child.bin")], input=picture.tobytes(), stdout=subprocess.DEVNULL, check=True)


WAYS: dict[str, Callable[[Picture], None]] = {
    way.__name__: way
    for way in (
        raw_file, in_the_recording, jpeg_among_the_shots, drawn_in_a_shot, mapped, in_memory_others_can_open,
        over_the_network, to_another_program, packed_in_the_history, grey_on_the_output, by_a_child,
    )
}  # fmt: skip


def leaking(leaks: list[str]) -> Callable[[Clip], Iterator[Frame]]:
    """A clip that lets one of its frames out."""
    frames_of = Clip.__iter__

    def frames(clip: Clip) -> Iterator[Frame]:
        for number, frame in enumerate(frames_of(clip)):
            if number == LEAKS_AT:
                for leak in leaks:
                    WAYS[leak](frame.image)
            yield frame

    return frames


class Hand:
    """Ends the set after its first repetition and answers what is asked."""

    def __init__(self) -> None:
        self.coach: Coach | None = None
        self.pressed = 0.0

    def take(self, coach: Coach, event: Any) -> None:
        self.coach = coach
        TAKE(coach, event)

    def presses(self, _: Screen) -> list[Press]:
        now = time.monotonic()
        session = self.coach.session if self.coach else None
        done = isinstance(session, Questioning) or (isinstance(session, Working) and session.reps > 0)
        if not done or now - self.pressed < PRESSES_EVERY:
            return []
        self.pressed = now
        return [Press(now, Action.SELECT)]


TAKE = Coach.take

if __name__ == "__main__":
    hand = Hand()
    Coach.take = lambda coach, event: hand.take(coach, event)  # type: ignore[method-assign]
    Screen.presses = lambda screen: hand.presses(screen)  # type: ignore[method-assign]
    Clip.__iter__ = leaking([leak for leak in sys.argv[2].split(",") if leak])  # type: ignore[method-assign]
    # A clip is watched in silence; here what is said is to be watched, too.
    app.Speaker = lambda _, **more: Speaker(Sound(), **more)  # type: ignore[assignment, misc]
    sys.exit(main(sys.argv[3:]))
