"""``kiosk watch``: the real coach with a recording where the camera was, as fast as the machine can."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kiosk.devices.clip import Clip
from kiosk.devices.movenet import AGREEING_PASSES, PoseModel
from kiosk.drills import find_drill
from kiosk.frame import Frame
from kiosk.records.counted import counted
from kiosk.records.recording import is_recording, read_recording
from kiosk.records.report import Held, Model, NotCalibrated, Repetition, Report
from kiosk.records.tally import Tally
from kiosk.records.track import read_track
from kiosk.records.whole import written_whole
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import BUDGET_S
from kiosk.scoring.start import STARTS
from kiosk.session.coach import Coach
from kiosk.session.events import Press
from kiosk.session.own_back import Learnt
from kiosk.trouble import BadInput, Trouble

#: Passes at each picture: straight and mirrored, as on a machine that is quick enough (devices/pace.py).  A replay has
#: the time, and what it tells must not depend on how busy the machine is.
PASSES = 2

#: The colour of a light's state in the terminal.
COLOURS = {"off": "dim", "green": "green", "amber": "yellow", "red": "red", "unseen": "dim"}


@dataclass(frozen=True, slots=True)
class Footage:
    """Something to watch: its ``kind`` (video, pictures, track, recording), its ``events`` in order of time.

    ``frames`` is how many there are, None where only the end will tell; ``eye`` the model that turns its pictures into
    poses; ``model`` the SHA-256 of the one that looked when it was recorded.
    """

    kind: str
    events: Iterable[Frame | Pose | Press | Learnt | Trouble]
    fps: float | None = None
    frames: int | None = None
    eye: PoseModel | None = None
    model: str | None = None


def run(
    source: Path,
    drill_key: str,
    fps: float | None,
    report: str | None,
    realtime: bool,
    model_path: Callable[[], Path],
) -> None:
    """Watch ``source``, print what was seen and write the report; a ``report`` of ``-`` is all that goes to stdout.

    ``model_path`` is asked for the pose model only where there are pictures to look at.  Raises BadInput or NoModel.
    """
    drill = find_drill(drill_key)
    with _opened(source, fps, realtime, model_path) as footage:
        seen = watch(source, footage, drill)
    text = msgspec.json.format(msgspec.json.encode(seen)).decode()
    if report == "-":
        print(text)
        return
    if report:
        with written_whole(Path(report)) as file:
            file.write(text + "\n")
    print_summary(seen, Console(soft_wrap=True))


def watch(source: Path, footage: Footage, drill: Drill) -> Report:
    """The report of an open set of ``drill`` in which ``footage`` is all that happens.

    Recorded presses are passed over: they led through the mirror's menus, and which drill to score is asked anew.
    """
    coach, tally, back = Coach.for_replay(drill), Tally(drill), Back()
    back.begin(STARTS[drill.start])
    if footage.eye:
        footage.eye.lying = drill.lying
    with _progress(source.name, footage.frames) as advance:
        for event in footage.events:
            if isinstance(event, Trouble):
                tally.trouble(event)
            elif isinstance(event, Learnt):
                coach.know(event.own)
            elif not isinstance(event, Press):
                _take(event, footage.eye, back, coach, tally)
                advance()
    if not tally.frames:
        raise BadInput(f"{source}: nothing to watch: it holds no pose")
    return tally.report(footage.kind, source.name, footage.fps, _model(footage))


def _take(event: Frame | Pose, eye: PoseModel | None, back: Back, coach: Coach, tally: Tally) -> None:
    begun = time.perf_counter()
    if isinstance(event, Frame):
        assert eye, "pictures come with a model that looks at them"
        pose = eye.look(event.image, event.t)
        event = replace(pose, back=back.look(event.image, pose))
    looked = time.perf_counter()
    coach.take(event)
    done = time.perf_counter()
    assert coach.verdict, "a set that nobody ends has a verdict for every pose"
    tally.take(event, coach.verdict, coach.said, (done - looked) * 1e6)
    if eye:
        tally.looked(eye.invoke_ms, (done - begun) * 1e3)


@contextmanager
def _opened(source: Path, fps: float | None, realtime: bool, model_path: Callable[[], Path]) -> Iterator[Footage]:
    pace = _paced if realtime else iter
    if source.suffix.lower() == ".csv":
        meta, poses = read_track(source)
        yield Footage("track", pace(poses), meta.fps, len(poses))
    elif is_recording(source):
        about, events = read_recording(source)
        yield Footage("recording", pace(events), model=about.model)
    else:
        with Clip(source, fps, realtime) as clip:
            kind, eye = "pictures" if source.is_dir() else "video", PoseModel(model_path(), threads=0, passes=PASSES)
            yield Footage(kind, _introduced(clip, eye), clip.fps, clip.frames, eye)


def _introduced(clip: Clip, eye: PoseModel) -> Iterator[Frame]:
    """The frames of ``clip``, for a model that knows who is there from the first one on.

    A mirror has seen somebody come; a recording begins with somebody there.  So the model first looks at the first
    picture as often as it takes to believe that.
    """
    for number, frame in enumerate(clip):
        for _ in range(0 if number else AGREEING_PASSES):
            eye.look(frame.image, frame.t)
        yield frame


def _paced(events: Iterable[Pose | Press | Learnt | Trouble]) -> Iterator[Pose | Press | Learnt | Trouble]:
    """``events``, no pose earlier than its own time."""
    begun: float | None = None
    for event in events:
        if isinstance(event, Pose):
            begun = time.monotonic() - event.t if begun is None else begun
            time.sleep(max(0.0, begun + event.t - time.monotonic()))
        yield event


@contextmanager
def _progress(name: str, frames: int | None) -> Iterator[Callable[[], None]]:
    """A bar on a terminal's stderr, nothing elsewhere; call what it gives once a frame."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(name, total=frames)
        yield lambda: bar.advance(task)


def _model(footage: Footage) -> Model | None:
    if footage.eye:
        return Model(sha256=footage.eye.sha256, runtime=footage.eye.runtime, passes=PASSES)
    return Model(sha256=footage.model) if footage.model else None


def print_summary(seen: Report, console: Console) -> None:
    """The report for people: a row a repetition or hold, then what was refused and why, the lights, what was said."""
    source = seen.source
    console.print(f"[bold]{seen.drill}[/] in {escape(source.name)}: {source.frames} frames, {_stood(seen)}")
    if isinstance(seen.calibration, NotCalibrated):
        console.print(f"Not calibrated: {seen.calibration.why}.")
    if seen.reps:
        console.print(_table(seen.reps))
    if seen.holds:
        console.print(_table(seen.holds))
    score = "not judged" if seen.score is None else f"{seen.score} of 100"
    console.print(f"[bold]{_count(seen)}[/], score {score}, {seen.partials} begun and not finished")
    for why in dict.fromkeys(refused.why for refused in seen.refused):
        times = [_clock(refused.t) for refused in seen.refused if refused.why == why]
        console.print(f"  {why} ({', '.join(times)})")
    if seen.back:
        console.print("Back: " + ", ".join(f"{why} {share:.0%}" for why, share in seen.back.items()))
    lights = (f"{name} [{COLOURS[state]}]{state}[/]" for name, state in seen.lights.items())
    console.print("Lights: " + "  ".join(lights))
    for said in (*seen.cues, *seen.troubles):
        console.print(f"  {_clock(said.t):>8}  {said.text}")
    console.print(_cost(seen), style="dim")


def _stood(seen: Report) -> str:
    """How the person stood to the camera, most of the time."""
    front = seen.view.front > seen.view.side
    words = f"from the front {seen.view.front:.0%}" if front else f"side-on {seen.view.side:.0%}"
    return f"{words} of the time" + (f", facing {seen.facing}" if seen.facing and not front else "")


def _count(seen: Report) -> str:
    """Repetitions, or holds and how long they were held well enough."""
    if seen.holds:
        held = sum(hold.green_s + hold.amber_s for hold in seen.holds)
        return f"{counted(len(seen.holds), 'hold')}, {held:.1f} s"
    return counted(len(seen.reps), "repetition")


def _table(rows: Sequence[Repetition | Held]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("", "from", "to", "score"):
        table.add_column(head, justify="right")
    for head in ("side", "how", "faults", "not seen"):
        table.add_column(head)
    for row in rows:
        table.add_row(
            str(row.n),
            _clock(row.start),
            _clock(row.end),
            "–" if row.score is None else str(row.score),
            row.side or "–",
            _how(row),
            ", ".join(f"[{COLOURS[fault.level]}]{fault.key} {fault.level}[/]" for fault in row.faults),
            ", ".join(row.not_seen),
        )
    return table


def _how(row: Repetition | Held) -> str:
    """A repetition's strategy; of a hold the seconds in each colour."""
    if isinstance(row, Held):
        return f"green {row.green_s:.1f} s, amber {row.amber_s:.1f} s, red {row.red_s:.1f} s"
    return row.strategy or "–"


def _clock(t: float | None) -> str:
    return "–" if t is None else f"{t:.1f} s"


def _cost(seen: Report) -> str:
    timing = seen.timing
    words = []
    if timing.frame_to_verdict_ms:
        words.append(f"frame to verdict {timing.frame_to_verdict_ms.median:.1f} ms")
    if timing.scoring_us:
        over = f"{timing.overruns} over {BUDGET_S * 1e3:g} ms"
        words.append(f"scoring {timing.scoring_us.median:.0f} µs a pose, {over}")
    return "Median cost: " + ", ".join(words)
