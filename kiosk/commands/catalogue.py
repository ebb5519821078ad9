"""``kiosk drills``: every drill with what it lights, what it says and what it cannot see."""

from __future__ import annotations

from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill, Fault


def run(as_json: bool) -> None:
    """Print the catalogue, as one JSON array or for people."""
    if as_json:
        print(msgspec.json.format(msgspec.json.encode([describe(drill) for drill in DRILLS])).decode())
        return
    console = Console()
    for drill in DRILLS:
        _show(drill, console)


def describe(drill: Drill) -> dict[str, Any]:
    """One drill as plain values; a fault that is never shown red has null for its red edge."""
    told: dict[str, Any] = msgspec.to_builtins(drill)
    return told | {"faults": [_describe(fault) for fault in drill.faults]}


def _describe(fault: Fault) -> dict[str, Any]:
    return {
        "key": fault.key,
        "light": fault.light,
        "title": fault.title,
        "measure": fault.measure,
        "grade": fault.grade,
        "level_edges": {"green": fault.green, "red": None if fault.amber_only else fault.red},
        "weight": fault.weight,
        "cue": fault.cue,
    }


def _show(drill: Drill, console: Console) -> None:
    console.print(
        f"[bold]{drill.title}[/]  {drill.key}, {drill.spec}, level {drill.level}, filmed from the {drill.view}"
    )
    console.print(f"  {drill.summary}")
    for cue in drill.cues:
        console.print(f"  · {cue}")
    table = Table("fault", "light", "what", "green until", "red beyond", "grade", box=None, pad_edge=False)
    for fault in drill.faults:
        red = "–" if fault.amber_only else f"{fault.red:g}"
        table.add_row(fault.key, fault.light, fault.title, f"{fault.measure} {fault.green:g}", red, fault.grade)
    console.print(table)
    console.print(f"  Cannot be seen: {', '.join(unseen.what for unseen in drill.unseen)}")
    console.print(f"  Reminders: {' '.join(drill.reminders)}\n")
