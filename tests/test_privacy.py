"""No frame reaches a disk or a socket: a whole set is watched from outside, by the system calls of the mirror.

The person stands between two walls of noise, the same in every frame.  Nothing else looks like it, so whatever holds
a part of a frame is found out; what is packed, by the form of what may be written, which has no room for a picture.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from kept import read_history
from leaky import WAYS
from PIL import Image
from tracing import SOCKETS, UNSEEN, WRITES, Call, read_trace, traced, why_not, written

from kiosk.devices.model_file import find_model
from kiosk.figure.film import Film
from kiosk.records.recording import read_recording
from kiosk.scoring.pose import Pose
from kiosk.trouble import KioskError, NoModel

#: Width of each wall of noise, pixels; at its ends so many are not looked at: a video spreads colours over neighbours.
WALL, EDGE = 64, 4
#: Bytes of a frame in a row that are found out wherever they are written.
RUN = 16
#: What begins a picture or a video, and what is written inside some of them wherever they begin.
BEGINNINGS = (b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\x1aE\xdf\xa3", b"P5", b"P6", b"\xff\x0a")
INSIDE = (b"\x89PNG\r\n\x1a\n", b"JFIF\0", b"Exif\0", b"WEBPVP8", b"ftypavif", b"ftyphei", b"ftypmp4", b"ftypisom")
#: Side of a square of a shot, pixels, and which share of these may be unlike the one right of or below it: in drawn
#: scenes it is 0.4 at most, in a picture of the wall 0.57 at least, whatever its size and brightness.
SQUARE, BUSY = 32, 0.5
#: Bytes at most: an event of a recording, a set in the history and the history before it, all that is told (the
#: outcome, and the sentences to be spoken), a text in the history.
EVENT, A_SET, EMPTY, TOLD, TEXT = 2_000, 8_000, 100_000, 30_000, 200

MIRROR, VOICE = "python", "espeak-ng"
#: The files that each program may open for writing, below the folder of the run.
MAY_WRITE = {
    MIRROR: re.compile(r"state/history\.db(-journal|-wal|-shm)?|run\.jsonl|shots/\d\d-[a-z]+\.png|/dev/null"),
    VOICE: re.compile(r"cache/speech/[0-9a-f]{20}\.\d+\.part|/dev/null"),
}
#: The one file that is written as memory: the index of the history's log.
MAPPED = re.compile(r"state/history\.db-shm")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the mirror: its folder ``out``, what it told at its end, its system ``calls``, what it ``mapped``."""

    out: Path
    told: dict[str, object]
    calls: list[Call]
    mapped: set[bytes]

    def name(self, place: str) -> str:
        """``place`` as it is called in the findings: below the folder of the run, without numbers of pipes."""
        if place.startswith("pipe:") or Path(place) in (_output(self.out), _errors(self.out)):
            return "what is told"
        if re.match(r"[A-Z0-9-]+:", place):
            return "a socket"
        return place.removeprefix(f"{self.out}/")


def _output(out: Path) -> Path:
    return out.with_suffix(".output")


def _errors(out: Path) -> Path:
    return out.with_suffix(".errors")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two repetitions between two walls of noise, without loss."""
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mkv", "hinge", 2)


def make_clip(path: Path, drill: str, reps: int) -> Path:
    """So many repetitions of ``drill`` between two walls of noise, without loss, in the file ``path``."""
    import av

    try:
        find_model()
    except NoModel as error:
        pytest.skip(f"the pose model is absent: {error}")
    if reason := why_not():
        pytest.skip(reason)
    noise = np.random.default_rng(7)
    with av.open(str(path), "w") as container:
        stream, room = None, np.zeros((0, 0, 3), np.uint8)
        for filmed in Film(drill, reps=reps, fps=10):
            height, width, _ = filmed.frame.image.shape
            if stream is None:
                room = noise.integers(0, 256, (height, width + 2 * WALL, 3), dtype=np.uint8)
                stream = container.add_stream("ffv1", rate=10)
                stream.height, stream.width, stream.pix_fmt = height, width + 2 * WALL, "yuv420p"
            room[:, WALL:-WALL] = filmed.frame.image
            container.mux(stream.encode(av.VideoFrame.from_ndarray(room, format="rgb24")))
        container.mux(stream.encode(None))
    return path


#: A set of the hinge, and whatever somebody does at the sink.
IN_GYM, AT_SINK = ["--drill", "hinge"], ["--station", "sink"]


def watch(clip: Path, out: Path, leaks: Sequence[str], seconds: int, what: Sequence[str] = IN_GYM) -> Run:
    """The mirror watches ``clip`` for ``seconds`` at most and is watched doing so; a frame leaks in the ways given."""
    address = str(out / "notify")
    environment = os.environ | {
        "STATE_DIRECTORY": str(out / "state"), "CACHE_DIRECTORY": str(out / "cache"), "NOTIFY_SOCKET": address,
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    words = ["run", "--display", "offscreen", "--camera", str(clip), *what, "--profile", "Ann"]
    words += ["--record", str(out / "run.jsonl"), "--shots", str(out / "shots"), "--for", str(seconds)]
    python = [sys.executable, str(Path(__file__).with_name("leaky.py")), str(out), ",".join(leaks), *words]
    mapped: set[bytes] = set()
    trace = out.with_suffix(".trace")
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd,
        _output(out).open("wb") as output,
        _errors(out).open("wb") as errors,
    ):
        systemd.bind(address)
        systemd.setblocking(False)
        command = traced(python, trace)
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        ) as running:
            while running.poll() is None:
                mapped |= _listen(systemd, out / "state" / "history.db-shm")
                time.sleep(0.05)
    assert running.returncode == 0, _errors(out).read_bytes()[-3000:]
    return Run(out, json.loads(_output(out).read_bytes().splitlines()[-1]), read_trace(trace), mapped)


def _listen(systemd: socket.socket, shared: Path) -> set[bytes]:
    """Take what is told to systemd, which would wait; and what the file of shared memory holds now."""
    try:
        while True:
            systemd.recv(4096)
    except BlockingIOError:
        return {shared.read_bytes()} if shared.exists() else set()


class Texture:
    """Words of eight bytes that are known again; first by a part of their bits, for most are not even that."""

    def __init__(self, words: np.ndarray) -> None:
        self.words = words
        self.parts = np.zeros(1 << 24, bool)
        self.parts[self._part(words)] = True

    def knows(self, words: np.ndarray) -> np.ndarray:
        known = self.parts[self._part(words)]
        known[known] = np.isin(words[known], self.words)
        return known

    @staticmethod
    def _part(words: np.ndarray) -> np.ndarray:
        return (words * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)


@pytest.fixture(scope="module")
def texture(clip: Path) -> Texture:
    """The walls' rows in every form a frame has."""
    import av

    with av.open(str(clip)) as container:
        frame = next(container.decode(video=0))
    rgb = frame.to_ndarray(format="rgb24")
    grey = np.asarray(Image.fromarray(rgb).convert("L"))
    luma = frame.to_ndarray(format="yuv420p")[: frame.height]
    chroma = [np.frombuffer(frame.planes[n], np.uint8).reshape(-1, frame.planes[n].line_size) for n in (1, 2)]
    forms = [rgb, rgb[..., ::-1], *(rgb[..., n] for n in range(3)), grey, luma]
    halves = [(each, (WALL - EDGE) // 2, frame.width // 2) for each in chroma]
    found = []
    for form, wide, width in [*((form, WALL - EDGE, frame.width) for form in forms), *halves]:
        for wall in (form[:, :wide], form[:, width - wide : width]):
            found += [words_in(np.ascontiguousarray(row).tobytes()) for row in wall]
    return Texture(np.concatenate(found))


def words_in(data: bytes) -> np.ndarray:
    """The eight bytes from each place in ``data`` on."""
    held = np.frombuffer(data, np.uint8)
    if held.size < 8:
        return np.zeros(0, np.uint64)
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(held, 8)).view(np.uint64).ravel()


def holds_a_run(data: bytes, texture: Texture) -> bool:
    """Whether RUN bytes in a row of a frame are somewhere in ``data``."""
    size = 1 << 20
    for start in range(0, len(data), size):
        known = texture.knows(words_in(data[start : start + size + RUN]))
        if (known[: -(RUN - 8)] & known[RUN - 8 :]).any():
            return True
    return False


def findings(run: Run, texture: Texture) -> set[str]:
    """Whatever is, or could hide, a picture of the camera's in what ``run`` wrote and sent."""
    return {*_gone_unseen(run), *_opened(run), *_in_the_data(run, texture), *_in_the_files(run, texture)}


def _gone_unseen(run: Run) -> Iterator[str]:
    """Ways out through which no data could be followed, and sockets other than systemd's.

    The voice's are its own: it knows no more than the mirror told it through a pipe, which is looked at.
    """
    for call in run.calls:
        if call.program == VOICE or call.failed:
            continue
        if call.name in UNSEEN:
            yield f"call {call.name}"
        if call.name in SOCKETS or call.name.startswith("send"):
            family = re.search(r"AF_[A-Z0-9]+", call.words)
            path = re.search(r'sun_path="(.*?)"', call.words)
            if family and family[0] != "AF_UNIX":
                yield f"socket {family[0]}"
            if path and path[1] != str(run.out / "notify"):
                yield f"socket {run.name(path[1])}"
        if call.name == "mmap" and "MAP_SHARED" in call.words and "PROT_WRITE" in call.words:
            found = re.search(r", \d+<(.*?)>", call.words)
            if found and not MAPPED.fullmatch(run.name(found[1])):
                yield f"mapped {run.name(found[1])}"


def _opened(run: Run) -> Iterator[str]:
    for call in run.calls:
        if call.place and not call.failed and re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat", call.name + call.words):
            allowed = MAY_WRITE.get(re.sub(r"[\d.]+$", "", call.program))
            if not (allowed and allowed.fullmatch(run.name(call.place))):
                yield f"opened {run.name(call.place)} by {call.program}"


def _in_the_data(run: Run, texture: Texture) -> Iterator[str]:
    told = 0
    for (_, place), parts in written(run.calls).items():
        name, whole = run.name(place), b"".join(parts)
        told += len(whole) if name == "what is told" else 0
        if holds_a_run(whole, texture):
            yield f"rows in {name}"
        is_marked = any(mark in whole for mark in INSIDE) or any(part.startswith(BEGINNINGS) for part in parts)
        if is_marked and not place.endswith(".png"):  # these are looked at one by one
            yield f"picture in {name}"
    if told > TOLD:
        yield f"too much in what is told: {told} bytes"
    if any(holds_a_run(each, texture) for each in run.mapped):
        yield "rows in memory that is a file"


def _in_the_files(run: Run, texture: Texture) -> Iterator[str]:
    """What is left behind has the form it should have, and in that form there is no room for a picture."""
    for path in sorted((run.out / "shots").iterdir()):
        yield from _in_a_shot(path, texture)
    yield from _in_the_recording(run.out / "run.jsonl")
    yield from _in_the_history(run.out / "state" / "history.db")
    left = {run.name(str(path)) for path in run.out.rglob("*") if path.is_file()}
    known = re.compile(
        r"state/history\.db(-wal|-shm)?|run\.jsonl|shots/\d\d-[a-z]+\.png|cache/speech/[0-9a-f]{20}\.wav"
    )
    yield from (f"left {name}" for name in left if not known.fullmatch(name))


def _in_a_shot(path: Path, texture: Texture) -> Iterator[str]:
    if not path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n"):
        yield f"no scene: {path.name}"
        return
    with Image.open(path) as shot:
        pixels = np.asarray(shot.convert("RGB"))
        if len(shot.info) or path.stat().st_size > pixels.nbytes:
            yield f"more than a scene: {path.name}"
    if holds_a_run(pixels.tobytes(), texture):
        yield f"rows in {path.name}"
    if busiest(pixels) > BUSY:
        yield f"camera picture in {path.name}"


def busiest(pixels: np.ndarray) -> float:
    """Of the squares of a picture, (h, w, 3), the largest share of pixels unlike the one right of or below them."""
    here = pixels[:-1, :-1]
    unlike = (here != pixels[:-1, 1:]).any(2) | (here != pixels[1:, :-1]).any(2)
    rows, columns = (size // SQUARE for size in unlike.shape)
    squares = unlike[: rows * SQUARE, : columns * SQUARE].reshape(rows, SQUARE, columns, SQUARE)
    return float(squares.mean((1, 3)).max())


def _in_the_recording(path: Path) -> Iterator[str]:
    try:
        _, events = read_recording(path)
        number = sum(1 for _ in events)
    except KioskError:
        yield "no recording"
        return
    if path.stat().st_size > EVENT * (number + 1):
        yield "more than a recording"


def _in_the_history(path: Path) -> Iterator[str]:
    sets = read_history(path)
    if path.stat().st_size > EMPTY + A_SET * len(sets):
        yield "more than a history"
    with closing(sqlite3.connect(path)) as history:
        for (table,) in history.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in history.execute(f'select * from "{table}"'):
                if any(isinstance(value, bytes) or len(str(value)) > TEXT for value in row):
                    yield f"more than numbers and words in {table}"


@pytest.fixture(scope="module")
def honest(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return watch(clip, tmp_path_factory.mktemp("honest"), [], 60)


def test_no_picture_of_a_whole_set_reaches_a_disk_or_a_socket(honest: Run, texture: Texture) -> None:
    assert findings(honest, texture) == set()


def test_the_set_was_seen_kept_recorded_drawn_and_told(honest: Run) -> None:
    """Else there would be nothing to be found."""
    assert isinstance(honest.told["reps"], int)
    assert honest.told["reps"] >= 1
    (done,) = read_history(honest.out / "state" / "history.db")
    assert done.profile == "Ann"
    _, events = read_recording(honest.out / "run.jsonl")
    assert sum(isinstance(event, Pose) for event in events) > 50
    entered = honest.told["entered"]
    assert isinstance(entered, list)
    assert len(list((honest.out / "shots").iterdir())) == len(entered) >= 4
    assert honest.mapped
    wrote = {(program, honest.name(place)) for program, place in written(honest.calls)}
    assert {name for _, name in wrote} >= {"run.jsonl", "state/history.db-wal"}
    assert any(call.name in WRITES and "notify" in call.words for call in honest.calls), "systemd is told"


@pytest.fixture(scope="module")
def at_sink(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A lean over the basin between the same walls."""
    leaning = make_clip(tmp_path_factory.mktemp("clip") / "leaning.mkv", "sink", 1)
    return watch(leaning, tmp_path_factory.mktemp("sink"), [], 60, AT_SINK)


def test_no_picture_of_the_bathroom_reaches_a_disk_or_a_socket(at_sink: Run, texture: Texture) -> None:
    assert findings(at_sink, texture) == set()


def test_of_the_bathroom_nothing_is_kept_but_counts(at_sink: Run) -> None:
    history = at_sink.out / "state" / "history.db"
    assert read_history(history) == []
    with closing(sqlite3.connect(history)) as kept:
        tables = [name for (name,) in kept.execute("select name from sqlite_master where type = 'table'").fetchall()]
        rows = {name: kept.execute(f'select * from "{name}"').fetchall() for name in tables}
    ((_, day, leans, good_s, judged_s),) = rows.pop("lean_days")
    assert leans == 1
    assert 0 <= good_s <= judged_s < 60
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert {name for name, found in rows.items() if found} == {"profiles"}


@pytest.fixture(scope="module")
def leaked(clip: Path, texture: Texture, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return findings(watch(clip, tmp_path_factory.mktemp("leaky"), list(WAYS), 6), texture)


#: Each way out by itself, and what is said of it.
CAUGHT = {
    "raw_file": {"opened raw.bin by python", "rows in raw.bin", "left raw.bin"},
    "in_the_recording": {"rows in run.jsonl", "no recording"},
    "jpeg_among_the_shots": {"no scene: 91-jpeg.png"},
    "drawn_in_a_shot": {"camera picture in 92-drawn.png"},
    "mapped": {"mapped shots/93-mapped.png", "no scene: 93-mapped.png"},
    "in_memory_others_can_open": {"call memfd_create"},
    "over_the_network": {"socket AF_INET", "rows in a socket"},
    "to_another_program": {"socket other", "rows in a socket"},
    "packed_in_the_history": {"more than numbers and words in pictures"},
    "grey_on_the_output": {"rows in what is told"},
    "by_a_child": {"opened child.bin by tee", "rows in child.bin"},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_camera_that_leaks_is_caught_each_way(way: str, leaked: set[str]) -> None:
    assert leaked >= CAUGHT[way]
