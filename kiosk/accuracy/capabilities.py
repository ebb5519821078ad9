"""The capabilities table: which faults the mirror tells too unreliably to light, decided by what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.accuracy.card import FaultRow
from kiosk.accuracy.confusion import LEAST_PUT_IN
from kiosk.records.whole import written_whole

#: Least F1 by grade, and least specificity of a red (biomechanics 5.7).
LEAST_F1 = {"A": 0.85, "B": 0.65}
LEAST_SPECIFICITY = 0.95

PLACE = Path(__file__).resolve().parents[1] / "drills" / "capabilities.py"

_HEAD = '''\
"""Which faults are told too unreliably to be lit: written by ``kiosk accuracy`` from its measurement, never by hand.

Each with its F1 over simulated sets, or with what else it misses (biomechanics 5.7); see models/ACCURACY.md.
"""

from __future__ import annotations

#: (drill key, fault key): reminded of, not judged.
'''


def misses(row: FaultRow) -> str:
    """Why the fault is reminded of and not judged, or "" where it is told well enough."""
    if row.put_in < LEAST_PUT_IN:
        return f"only {row.put_in} judged repetitions with it"
    if not row.f1 >= LEAST_F1[row.grade]:
        return f"F1 {row.f1:.2f}"
    if row.specificity < LEAST_SPECIFICITY:
        return f"specificity of red {row.specificity:.2f}"
    return ""


def reminders_only(rows: Iterable[FaultRow]) -> list[FaultRow]:
    """The faults that miss their target."""
    return [row for row in rows if misses(row)]


def write_capabilities(rows: Sequence[FaultRow], path: Path = PLACE) -> None:
    """Write the table to ``path``, whole or not at all."""
    doubted = sorted(reminders_only(rows), key=lambda row: (row.drill, row.key))
    lines = [f'        ("{row.drill}", "{row.key}"),  # {misses(row)}' for row in doubted]
    table = ["frozenset(", "    {", *lines, "    }", ")"] if lines else ["frozenset()"]
    with written_whole(path) as file:
        file.write(_HEAD + "REMINDERS_ONLY: frozenset[tuple[str, str]] = " + "\n".join(table) + "\n")
