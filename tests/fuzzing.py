"""Broken input for whatever the mirror reads: ``python fuzzing.py KIND FIRST COUNT`` hands it so many cases.

Every case is made from its number alone, so one that fails can be had again.  A case is well if it is read, or refused
with one line that names it; anything else ends the process with a traceback, a signal, or a report of how long it hung.
"""

from __future__ import annotations

import io
import os
import random
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kiosk.trouble import KioskError

#: Seconds that one case may take: of a processor, and by the clock, which on a busy machine says less.
HANGS_AFTER, STUCK_AFTER = 2.0, 30.0
#: Bytes of address space: a header that makes a reader ask for more is a fault of the reader.
MEMORY = 3 << 30
#: What is put where something else was: ends of numbers, what ends strings, tables and lines, what no text may hold.
SPICES = (
    b"0", b"-1", b"1e999", b"nan", b"NaN", b"null", b"true", b"99999999999999999999999", b"1e-320", b"\x00",
    b'"', b"'", b"\\", b"\n", b"\r\n", b"[", b"]" * 9, b"[" * 5000, b"{" * 5000, b"}", b",", b",,,,", b"=", b"#", b"..",
    b"\xf0\x9f\xa6\xb4", b"\xe2\x80\xa8", b"\x1f\x8b", b"2024-01-01", b"0x7fffffffffffffff", b"-0.0",
    b"\x80\x00\x00\x00", b"\xff\xfe",
    b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"9" * 5000,
)  # fmt: skip

SETTINGS = b"""
camera = "auto"
camera_turn = 90
display = "offscreen"
screen = { width_mm = 299.5, height_mm = 531 }
camera_at = { right_mm = 0, up_mm = -450, height_mm = 1000, pitch = 0.5, fov = 66 }
night = { hours = "22:00-07:00", light = 0.4 }
language = "de"
drill = "squat"
threads = 2
motion = 4
unlock = false
profile = "Ann"
[pins]
previous = 5
next = 6
select = 13
[buttons_at]
edge = "bottom"
along = [0.17, 0.5, 0.83]
[lamps]
red = 17
amber = 27
green = 22
[sound]
volume = 0.6
quiet = "22:00-07:00"
"""


def spoil(chance: random.Random, whole: bytes, other: bytes = b"") -> bytes:
    """``whole`` with one to eight things wrong with it; ``other``: what a piece may come from."""
    spoilt = bytearray(whole)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(spoilt) + 1)
        until = min(len(spoilt), at + chance.choice((0, 1, 1, 2, 4, 16, 200)))
        match chance.randrange(7):
            case 0 if at < len(spoilt):
                spoilt[at] ^= 1 << chance.randrange(8)
            case 1:
                spoilt[at:until] = chance.choice(SPICES)
            case 2:
                del spoilt[at:until]
            case 3:
                del spoilt[at:]
            case 4:
                spoilt[at:at] = spoilt[at:until] * chance.choice((1, 3, 100))
            case 5:
                piece = other or whole
                begin = chance.randrange(len(piece))
                spoilt[at:until] = piece[begin : begin + chance.choice((1, 8, 64))]
            case _:
                spoilt[at:until] = chance.randbytes(until - at)
    return bytes(spoilt)


@cache
def folder() -> Path:
    """Where the cases lie, one after the other."""
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def written(name: str, content: bytes) -> Path:
    place = folder() / name
    place.write_bytes(content)
    return place


def try_config(chance: random.Random) -> None:
    """The settings, as the mirror reads them (which never fails), and as the commands do."""
    from kiosk.records.settings import read_settings, settings_of_mirror

    place = written("config.toml", spoil(chance, SETTINGS))
    settings_of_mirror(place, folder())
    read_settings(place)


def try_track(chance: random.Random) -> None:
    """A keypoint track, read and scored."""
    watch_it(written("track.csv", spoil(chance, track())), chance)


def try_recording(chance: random.Random) -> None:
    """A recording, plain or compressed, the harm done before or after, read and scored."""
    import gzip

    plain = recording()
    match chance.randrange(3):
        case 0:
            place = written("run.jsonl", spoil(chance, plain))
        case 1:
            place = written("run.jsonl.gz", gzip.compress(spoil(chance, plain), 1))
        case _:
            place = written("run.jsonl.gz", spoil(chance, gzip.compress(plain, 1)))
    watch_it(place, chance)


def try_clip(chance: random.Random) -> None:
    """A video: mostly its headers spoilt, sometimes its pictures; or a picture of a folder."""
    from kiosk.devices.clip import Clip, read_picture

    name, whole, header = chance.choice(clips())
    spoilt = spoil(chance, whole[:header]) + whole[header:] if chance.random() < 0.7 else spoil(chance, whole)
    place = written(name, spoilt)
    if name.endswith((".png", ".jpg")):
        read_picture(place)
        return
    with Clip(place) as clip:
        for _ in clip:
            pass


def try_model(chance: random.Random) -> None:
    """The pose model and its manifest: nothing but the right one is found right."""
    from kiosk.devices.model_file import FOLDER, find_model

    manifest = (FOLDER / "manifest.json").read_bytes()
    written("manifest.json", spoil(chance, manifest))
    written("movenet_singlepose_lightning_int8_4.tflite", b"\x1c\x00\x00\x00TFL3" + chance.randbytes(64))
    find_model(folder())
    raise AssertionError("what is no model was taken for one")


def try_history(chance: random.Random) -> None:
    """The database of the history, opened, read, added to."""
    from done import REP, a_set

    from kiosk.records.history import History

    for beside in folder().glob("history.db*"):
        beside.unlink()
    place = written("history.db", spoil(chance, database()))
    with History(place) as history:
        history.names()
        history.whole_sets("Ann", 10)
        history.keep([a_set(9, REP)], {})


def watch_it(place: Path, chance: random.Random) -> None:
    """As `kiosk watch` does, with the whole scoring loop."""
    from kiosk.commands import watch

    watch.run(place, chance.choice(("hinge", "squat", "plank", "jump_landing")), None, os.devnull, False, lambda: place)


@cache
def track() -> bytes:
    from kiosk.figure.film import Film
    from kiosk.records.track import TrackMeta, write_track

    film = list(Film("hinge", reps=1, fps=5.0, seed=1).poses())
    place = folder() / "whole.csv"
    write_track(place, TrackMeta(width=film[0].width, height=film[0].height, fps=5.0), film[:40])
    return place.read_bytes()


@cache
def recording() -> bytes:
    from kiosk.figure.film import Film
    from kiosk.records.recording import Recorder, RecordingMeta
    from kiosk.session.events import Action, Press

    place = folder() / "whole.jsonl"
    with Recorder(place, RecordingMeta(drill="hinge", camera="none")) as recorder:
        for pose in list(Film("hinge", reps=1, fps=5.0, seed=1).poses())[:40]:
            recorder.take(pose)
        recorder.take(Press(99.0, Action.SELECT))
    return place.read_bytes()


@cache
def clips() -> tuple[tuple[str, bytes, int], ...]:
    """Small whole films and pictures, each with its name and the length of what is mostly header."""
    import av
    import numpy as np
    from PIL import Image

    chance = np.random.default_rng(1)
    pictures = [chance.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(4)]
    found = []
    for ending, codec in (("mp4", "mpeg4"), ("mkv", "mjpeg"), ("avi", "mjpeg"), ("webm", "libvpx"), ("gif", "gif")):
        place = folder() / f"whole.{ending}"
        with av.open(str(place), "w") as film:
            stream = film.add_stream(codec, rate=10)
            stream.width, stream.height = 64, 48
            stream.pix_fmt = {"mjpeg": "yuvj420p", "gif": "rgb8"}.get(codec, "yuv420p")
            for picture in pictures:
                film.mux(stream.encode(av.VideoFrame.from_ndarray(picture).reformat(format=stream.pix_fmt)))
            film.mux(stream.encode())
        content = place.read_bytes()
        found.append((f"clip.{ending}", content, min(len(content), 700)))
        if ending == "mp4":  # whose header is at its end
            found.append(("tail.mp4", content, len(content)))
    for kind in ("png", "jpg"):
        drawn = io.BytesIO()
        Image.fromarray(pictures[0]).save(drawn, {"png": "PNG", "jpg": "JPEG"}[kind])
        found.append((f"picture.{kind}", drawn.getvalue(), 200))
    return tuple(found)


@cache
def database() -> bytes:
    from done import REP, a_set

    from kiosk.records.history import History

    place = folder() / "whole.db"
    with History(place) as history:
        history.keep([a_set(n, REP, REP) for n in range(5)], {"hinge": 1.0})
    return place.read_bytes()


KINDS: dict[str, Callable[[random.Random], None]] = {
    "config": try_config,
    "track": try_track,
    "recording": try_recording,
    "clip": try_clip,
    "model": try_model,
    "history": try_history,
}


def main(kind: str, first: int, count: int) -> None:
    """Hand over the cases; the number of each stands on standard output before it is tried."""
    sys.path.insert(0, str(Path(__file__).parent))
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # what the commands print is not looked at
    for whole in (track, recording, clips, database):
        whole()  # made beforehand, for that is not what is measured
    read = refused = 0
    for case in range(first, first + count):
        os.pwrite(1, f"{case:12}\n".encode(), 0)
        worked, begun = time.process_time(), time.perf_counter()
        try:
            KINDS[kind](random.Random(f"{kind} {case}"))
            read += 1
        except KioskError as error:
            refused += 1
            if not str(error).strip() or "\n" in str(error):
                raise AssertionError("it does not say why in one line") from error
        worked, took = time.process_time() - worked, time.perf_counter() - begun
        assert worked < HANGS_AFTER, f"it hung for {worked:.1f} s"
        assert took < STUCK_AFTER, f"it was stuck for {took:.1f} s"
    print(f"{kind}: {read} read, {refused} refused", file=sys.stderr)
    sys.stdout.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
