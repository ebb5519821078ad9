"""``kiosk accuracy``: how well the mirror sees and judges, measured on simulated and on real people."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from kiosk import __version__
from kiosk.accuracy.capabilities import write_capabilities
from kiosk.accuracy.card import Card, Origin
from kiosk.accuracy.measuring import measure
from kiosk.accuracy.page import page
from kiosk.accuracy.plots import can_draw, draw
from kiosk.accuracy.promises import promises
from kiosk.accuracy.sources import Sources, find_sources
from kiosk.commands.bench import describe_machine
from kiosk.devices.model_file import find_model
from kiosk.devices.movenet import PoseModel
from kiosk.records.whole import written_whole
from kiosk.trouble import BadInput

ROOT = Path(__file__).resolve().parents[2]
#: The page's own place: what is written there decides what the mirror lights.
PAGE = ROOT / "models" / "ACCURACY.md"


def run(as_json: bool, quick: bool, data: Path | None, out: Path | None) -> None:
    """Measure everything, print what was asked for and what was found (or the card as JSON), write the page.

    ``out`` is the page's file (without it PAGE, of a quick measurement none); beside it goes the picture.  With a whole
    measurement at PAGE goes the capabilities table.  Raises BadInput or NoModel before anything is measured.
    """
    sources, model, begun = find_sources(data), find_model(), time.monotonic()
    out = out or (None if quick else PAGE)
    if out and (out.is_dir() or not os.access(out.parent, os.W_OK)):
        raise BadInput(f"{out}: cannot be written: {'it is a folder' if out.is_dir() else 'no folder to write to'}")
    console = Console(stderr=True)
    for name in sources.absent:
        console.print(f"[bold red]absent:[/] {name}: that part of the card is not measured")
    if out and not can_draw():
        console.print("[bold red]no picture:[/] matplotlib is not installed (pip install 'hinge-mirror[accuracy]')")
    measured = measure(sources, model, quick=quick)
    card = Card(
        origin=_origin(model, sources, time.monotonic() - begun),
        simulated=measured.simulated,
        backs=measured.backs,
        leans=measured.leans,
        everyday=measured.everyday,
        real=measured.real,
        troubles=measured.troubles,
    )
    if out:
        write(card, out, capabilities=not quick and out.resolve() == PAGE)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(card)).decode())
    else:
        print_summary(card, Console(soft_wrap=True))


def _origin(model: Path, sources: Sources, seconds: float) -> Origin:
    eye = PoseModel(model)
    return Origin(
        command=" ".join(["kiosk", *sys.argv[1:]]),
        version=__version__,
        commit=commit(),
        model=eye.sha256,
        runtime=eye.runtime,
        machine=describe_machine(),
        absent=sources.absent,
        seconds=round(seconds, 1),
    )


def write(card: Card, out: Path, *, capabilities: bool) -> None:
    """The page to ``out``, its picture beside it where one can be drawn, and the capabilities table."""
    picture = out.with_name("accuracy.png") if can_draw() else None
    if picture:
        draw(card, picture)
    with written_whole(out) as file:
        file.write(page(card, picture.name if picture else None))
    if capabilities and card.simulated:
        write_capabilities(card.simulated.faults)


def print_summary(card: Card, console: Console) -> None:
    """What was asked for and what was found, a line each; and what failed."""
    for one in promises(card):
        met = "[green]met   [/]" if one.met else "[red]missed[/]"
        console.print(f"{met} {escape(one.what)}: {one.measured} (asked {one.asked})")
    for trouble in card.troubles:
        console.print(f"[red]failed[/] {escape(trouble)}")


def commit() -> str:
    """The commit of the program, "modified" if it is not quite that one, "unknown" outside a clone."""
    try:
        name = _git("rev-parse", "--short=12", "HEAD")
        return f"{name}, modified" if _git("status", "--porcelain", "--", "kiosk") else name
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
