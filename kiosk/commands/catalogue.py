"""``kiosk drills``: every drill with what it lights, what it says and what it cannot see."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill, Fault
from kiosk.scoring.verdict import View
from kiosk.session.offer import dose

#: Columns of the catalogue for people.
WIDTH = 100
#: The rungs of the progression (biomechanics 1.3).
LEVELS = ("awareness", "the pattern", "strength", "mobility", "load", "lifts", "power")
#: What a drill of each kind goes through (biomechanics 0.8, 1.2).
PHASES = {
    "rep": ("setup", "down", "bottom", "up", "lockout"),
    "lift": ("set", "pull", "lockout", "lower"),
    "swing": ("top", "bottom"),
    "jump": ("ready", "crouch", "flight", "land", "stick"),
    "alternation": ("neutral", "one end", "other end"),
    "hold": ("start", "hold", "end"),
    "timer": ("hold",),
}


def run(as_json: bool) -> None:
    """Print the catalogue, as one JSON array or for people."""
    if as_json:
        print(msgspec.json.format(msgspec.json.encode([describe(drill) for drill in DRILLS])).decode())
        return
    console = Console(width=WIDTH, highlight=False)
    by_level = sorted(DRILLS, key=lambda drill: drill.level)
    for level, drills in groupby(by_level, key=lambda drill: drill.level):
        console.print()
        console.rule(f"Level {level}: {LEVELS[level]}", align="left")
        for drill in drills:
            _show(drill, console)


def describe(drill: Drill) -> dict[str, Any]:
    """One drill as plain values; a fault that is never shown red has null for its red edge."""
    told: dict[str, Any] = msgspec.to_builtins(drill)
    return told | {
        "phases": PHASES[drill.kind],
        "views": drill.views,
        "sides": ("left", "right") if drill.side_by else (),
        "faults": [_describe(fault) for fault in drill.faults],
    }


def _describe(fault: Fault) -> dict[str, Any]:
    return {
        "key": fault.key,
        "light": fault.light,
        "title": fault.title,
        "view": fault.view,
        "measure": fault.measure,
        "grade": fault.grade,
        "level_edges": {"green": fault.green, "red": None if fault.amber_only else fault.red},
        "weight": fault.weight,
        "cue": fault.cue,
        "again": fault.again,
    }


def _show(drill: Drill, console: Console) -> None:
    console.print(f"\n[bold]{drill.title}[/] ({drill.key}, {drill.spec})")
    _write(drill.summary, console)
    _write(f"{dose(drill)}; {drill.tempo}. {_seen(drill)}", console)
    if drill.confirm:
        _write(f"Asked first: {drill.confirm}", console)
    for cue in drill.cues:
        _write(f"· {cue}", console)
    if drill.faults:
        console.print(Padding(_faults(drill), (0, 0, 0, 2), expand=False))
    _write(f"Cannot be seen: {', '.join(dict.fromkeys(unseen.what for unseen in drill.unseen))}.", console)
    _write(f"Reminders: {' '.join(drill.reminders)}", console)


def _write(text: str, console: Console) -> None:
    console.print(Padding(text, (0, 0, 0, 2), expand=False))


def _seen(drill: Drill) -> str:
    ways = {View.SIDE: "side-on", View.FRONT: "facing the mirror"}
    return f"Seen {', or '.join(ways[view] for view in drill.views)}."


def _faults(drill: Drill) -> Table:
    table = Table("fault", "light", "what", "green until", "red beyond", "grade", box=None, pad_edge=False)
    for fault in drill.faults:
        red = "–" if fault.amber_only else f"{fault.red:g}"
        title = fault.title if fault.view is drill.view else f"{fault.title} ({fault.view})"
        table.add_row(fault.key, fault.light, title, f"{fault.measure} {fault.green:g}", red, fault.grade)
    return table
