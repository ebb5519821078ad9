"""``kiosk bench``: how long everything takes on this machine, measured on the parts that the mirror runs."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from kiosk.commands import decade, idling, looking, painting, stopwatch
from kiosk.commands.trial import run_mirror
from kiosk.devices import runtime
from kiosk.devices.board import board_name
from kiosk.devices.model_file import find_model
from kiosk.drills import DRILLS
from kiosk.records.report import Spread, spread
from kiosk.scoring.drill import Drill

#: Seconds the mirror runs to see whether its memory grows; `--quick` hardly more than sees it start.
LONG_RUN, QUICK_RUN = 120.0, 12.0
#: Seconds for which a dark mirror is watched; `--quick` a quarter of them.
NIGHT = 24.0
#: Blocks of frames and of bare invokes, poses of an old scorer, sets painted, repetitions signalled, looks at a back; a
#: quick bench takes a quarter of them.
BLOCKS, POSES, SETS, REPS, ROOMS = 60, 4000, 8, 40, 400
#: The drills whose steps are searched for memory that is kept: each machine once.
ONE_OF_A_KIND = tuple({drill.kind: drill for drill in DRILLS}.values())
#: Passes over each drill's performance, of which the least time of each pose counts.
STEP_PASSES = 10
#: Bytes that 10 000 steps may seem to keep: spare objects of Python and numpy.  A list that grew would keep 80 000.
SPARE_BYTES = 4096


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured.

    ``look_us`` is of a look at the back, ``room_us`` of learning the empty room behind it; both are, at their times, in
    ``frame_to_verdict_ms``, which is of one pass a picture, and ``two_passes_ms`` of two, straight and mirrored;
    ``passes`` tells which of them the mirror makes here.  ``step_us`` is of the dearest drill.  The ratios: frame to
    verdict to as many bare invokes, the dearest drill to the cheapest, a scorer that has scored 10 000 poses to a new
    one.  A press counts from its first touch, that of select, which means something else when it is held, from the
    letting go; the debouncing of the letting go (kiosk.session.buttons) is not in it.  Memory is that of the mirror's
    own process, ``figure_rss_mb`` that of its stand-in for a camera; growth is from the middle of the run to its end.
    ``glances_percent`` and ``asleep_percent`` of one core are what a dark mirror takes that looks at an empty room once
    a second, and one that leaves that to a motion sensor.
    """

    inference_ms: Spread
    crop_ms: Spread
    look_us: Spread
    room_us: Spread
    step_us: Spread
    frame_to_verdict_ms: Spread
    frame_to_verdict_ratio: float
    two_passes_ms: Spread
    two_passes_ratio: float
    passes: int
    paint_ms: Spread
    texture_paint_ms: Spread
    press_to_scene_ms: Spread
    lamp_ms: Spread
    earcon_ms: Spread
    history_open_ms: Spread
    history_look_back_ms: Spread
    history_mb: float
    threads: int
    first_pixels_s: float
    ready_s: float
    scenes_per_s: float
    poses_per_s: float
    rss_mb: float
    rss_growth_mb: float
    glances_percent: float
    asleep_percent: float
    figure_rss_mb: float
    step_net_allocation_bytes: int
    step_us_by_drill: dict[str, Spread]
    drill_ratio: float
    history_ratio: float
    paint_ms_by_scene: dict[str, Spread]
    texture_paint_ms_by_scene: dict[str, Spread]
    machine: str
    runtime: str


class Line(NamedTuple):
    """A row of the table: what was measured, in which unit, and the most (or the ``least``) it may be."""

    said: str
    unit: str
    value: Callable[[Bench], float]
    limit: float | None = None
    least: bool = False

    def misses(self, measured: Bench) -> bool:
        """Whether the limit is missed."""
        value = self.value(measured)
        return self.limit is not None and (value < self.limit if self.least else value > self.limit)


#: Milliseconds in which a scene must change after a press: one frame of the screen's 60 a second.
FRAME_MS = 16.7
#: Limits for a desktop processor.  A Raspberry Pi infers and scores some six times slower (biomechanics 5.6): there it
#: is frame to verdict against its own inference that counts, and the scenes a second.
LINES = (
    Line("inference, bare, one thread: median", "ms", lambda b: b.inference_ms.median),
    Line("inference, bare, one thread: p99", "ms", lambda b: b.inference_ms.p99),
    Line("crop and mapping back: median", "ms", lambda b: b.crop_ms.median),
    Line("a look at the back: median", "µs", lambda b: b.look_us.median),
    Line("a look at the back: p99", "µs", lambda b: b.look_us.p99),
    Line("learning the room behind it: median", "µs", lambda b: b.room_us.median, 1500),
    Line("learning the room behind it: p99", "µs", lambda b: b.room_us.p99),
    Line("frame to verdict: median", "ms", lambda b: b.frame_to_verdict_ms.median),
    Line("frame to verdict: p99", "ms", lambda b: b.frame_to_verdict_ms.p99),
    Line("frame to verdict / bare inference", "×", lambda b: b.frame_to_verdict_ratio, 1.6),
    Line("frame to verdict in two passes: median", "ms", lambda b: b.two_passes_ms.median),
    Line("frame to verdict in two passes: p99", "ms", lambda b: b.two_passes_ms.p99),
    Line("two passes / two bare inferences", "×", lambda b: b.two_passes_ratio, 1.6),
    Line("passes that the mirror makes here", "", lambda b: b.passes),
    Line("scoring a pose, dearest drill: median", "µs", lambda b: b.step_us.median, 150),
    Line("scoring a pose, whichever drill: p99", "µs", lambda b: max(s.p99 for s in b.step_us_by_drill.values()), 400),
    Line("scoring, dearest drill / cheapest", "×", lambda b: b.drill_ratio, 1.5),
    Line("scoring, after 10 000 poses / new", "×", lambda b: b.history_ratio, 1.5),
    Line("kept by 10 000 steps", "bytes", lambda b: b.step_net_allocation_bytes, SPARE_BYTES),
    Line("painting a scene, 1080×1920: median", "ms", lambda b: b.paint_ms.median, 4),
    Line("painting a scene, 1080×1920: p99", "ms", lambda b: b.paint_ms.p99, 10),
    Line("painting with textures, no graphics chip: median", "ms", lambda b: b.texture_paint_ms.median, 4),
    Line("painting with textures, no graphics chip: p99", "ms", lambda b: b.texture_paint_ms.p99, 10),
    Line("press or letting go of select to scene: median", "ms", lambda b: b.press_to_scene_ms.median),
    Line("press or letting go of select to scene: p99", "ms", lambda b: b.press_to_scene_ms.p99, FRAME_MS),
    Line("repetition to lamp, without its pin: p99", "ms", lambda b: b.lamp_ms.p99, 20),
    Line("repetition to its signal sounding: median", "ms", lambda b: b.earcon_ms.median),
    Line("repetition to its signal sounding: p99", "ms", lambda b: b.earcon_ms.p99, 150),
    Line("opening ten years of history: median", "ms", lambda b: b.history_open_ms.median, 50),
    Line("looking back on the latest month of it: median", "ms", lambda b: b.history_look_back_ms.median, 50),
    Line("ten years of history", "MB", lambda b: b.history_mb, 40),
    Line("first pixels after the start", "s", lambda b: b.first_pixels_s, 1),
    Line("ready after the start", "s", lambda b: b.ready_s, 2.5),
    Line("scenes a second, figure camera", "/s", lambda b: b.scenes_per_s, 59, least=True),
    Line("poses a second, figure camera", "/s", lambda b: b.poses_per_s),
    Line("in the dark, with a glance a second", "% of a core", lambda b: b.glances_percent, 5),
    Line("in the dark, with a motion sensor", "% of a core", lambda b: b.asleep_percent, 5),
    Line("memory, resident", "MB", lambda b: b.rss_mb, 200),
    Line("memory, growth in half the run", "MB", lambda b: b.rss_growth_mb, 5),
)


def run(as_json: bool, quick: bool) -> None:
    """Measure everything, then print a table or one JSON object.

    Raises NoModel, or KioskError when the mirror fails.
    """
    measured = measure(find_model(), quick)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(measured)).decode())
    else:
        print_table(measured, Console())


def measure(model: Path, quick: bool) -> Bench:
    """The bench of this machine with the pose model in the file ``model``."""
    share = 4 if quick else 1
    with _doing() as say:
        say("the mirror starts and runs")
        found = asdict(run_mirror(QUICK_RUN if quick else LONG_RUN))
        say("the mirror is dark")
        found |= _measure_nights(model, NIGHT / share)
        say("frames become verdicts")
        found |= _measure_looks(model, BLOCKS // share, ROOMS // share)
        say("poses are scored")
        found |= _measure_steps(POSES // share, DRILLS[:1] if quick else ONE_OF_A_KIND)
        say("scenes are painted")
        found |= _measure_paints(SETS // share)
        say("a long history is opened")
        found |= _measure_history()
        say("repetitions are signalled")
        found |= _measure_signals(REPS // share)
    return msgspec.convert(found | {"machine": describe_machine()}, Bench)


def describe_machine() -> str:
    """Board or processor, cores, Python and operating system, in one line."""
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.platform()
    return f"{board_name() or _processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {system}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _measure_looks(model: Path, blocks: int, rooms: int) -> dict[str, Any]:
    started = runtime.start(model, threads=1)
    film = looking.film()
    looks = looking.looks(model, film, blocks)
    backs = looking.backs(film, rooms)
    return {
        "inference_ms": spread(looks["invoke"]),
        "crop_ms": spread(looks["crop"]),
        "look_us": spread(backs["look"]),
        "room_us": spread(backs["room"]),
        "frame_to_verdict_ms": spread(looks["whole"]),
        "frame_to_verdict_ratio": round(median(looks["whole"]) / median(looks["invoke"]), 3),
        "two_passes_ms": spread(looks["twice"]),
        "two_passes_ratio": round(median(looks["twice"]) / median(looks["invoke"]) / 2, 3),
        "threads": started.threads,
        "runtime": f"{started.name}, {started.delegated} partitions delegated to XNNPACK",
    }


def _measure_nights(model: Path, seconds: float) -> dict[str, Any]:
    return {
        "glances_percent": round(idling.share_of_a_core(model, seconds, glances=True), 2),
        "asleep_percent": round(idling.share_of_a_core(model, seconds, glances=False), 2),
    }


def _measure_steps(rounds: int, traced: Sequence[Drill]) -> dict[str, Any]:
    steps = stopwatch.steps(STEP_PASSES)
    costs = [median(values) for values in steps.values()]
    return {
        "step_us": spread(max(steps.values(), key=median)),
        "step_us_by_drill": {key: spread(values) for key, values in steps.items()},
        "drill_ratio": round(max(costs) / min(costs), 3),
        "history_ratio": round(stopwatch.ageing(rounds), 3),
        "step_net_allocation_bytes": max(stopwatch.net_allocation(drill) for drill in traced),
    }


def _measure_paints(sets: int) -> dict[str, Any]:
    paints, presses = painting.paints(sets, "surface")
    textures, _ = painting.paints(sets, "texture")
    return {
        "paint_ms": spread(chain(*paints.values())),
        "paint_ms_by_scene": {name: spread(values) for name, values in paints.items()},
        "texture_paint_ms": spread(chain(*textures.values())),
        "texture_paint_ms_by_scene": {name: spread(values) for name, values in textures.items()},
        "press_to_scene_ms": spread(presses),
    }


def _measure_signals(reps: int) -> dict[str, Any]:
    lit, begun = stopwatch.signals(reps)
    return {"lamp_ms": spread(lit), "earcon_ms": spread(begun)}


def _measure_history() -> dict[str, Any]:
    took, looked, megabytes = decade.opening()
    return {
        "history_open_ms": spread(took),
        "history_look_back_ms": spread(looked),
        "history_mb": round(megabytes, 1),
    }


@contextmanager
def _doing() -> Iterator[Callable[[str], None]]:
    """Says on a terminal's stderr what is being measured; call what it gives with the words."""
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with console.status("") as status:
        yield lambda words: status.update(f"measuring: {words}")


def print_table(measured: Bench, console: Console) -> None:
    """What was measured beside its limit, then the details by picture and by drill."""
    table = Table("", "measured", "limit", "", box=None, pad_edge=False)
    for line in LINES:
        bound = "" if line.limit is None else f"{'≥' if line.least else '≤'} {line.limit:g}"
        mark = "" if line.limit is None else "[red]missed[/]" if line.misses(measured) else "[green]kept[/]"
        table.add_row(line.said, f"{line.value(measured):.4g} {line.unit}", bound, mark)
    console.print(table)
    for name, scene in measured.paint_ms_by_scene.items():
        console.print(f"  painting {name}: median {scene.median:.2f} ms, p99 {scene.p99:.2f} ms", style="dim")
    for key, step in measured.step_us_by_drill.items():
        console.print(f"  scoring {key}: median {step.median:.0f} µs, p99 {step.p99:.0f} µs", style="dim")
    console.print(f"{measured.machine}; {measured.runtime}", style="dim")
