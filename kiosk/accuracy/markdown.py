"""Tables and cells of the card's page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kiosk.accuracy.card import GhostRow


def table(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def decimal(value: float | None, places: int = 1) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{value:.{places}f}"


def listed(words: Iterable[str]) -> str:
    """Words with commas, or a dash without any."""
    return ", ".join(words) or "–"


def name(key: str) -> str:
    """A key as it is typed."""
    return f"`{key}`"


def ghosts(title: str, rows: Sequence[GhostRow], but: str = "") -> list[str]:
    """A section: what was counted of movement that is no drill; ``but`` says what was left out."""
    cells = [
        (
            name(row.drill),
            decimal(row.minutes),
            row.ghosts,
            decimal(row.rate, 2),
            listed(f"{where.replace('_', ' ')} {n}" for where, n in row.where.items()),
        )
        for row in rows
    ]
    said = "Nothing of this is the drill as which it is watched; whatever is counted of it is a ghost."
    said = f"{said} {but}".strip()
    return [f"## {title}", said, table(("watched as", "minutes", "ghosts", "a minute", "of"), cells)] if rows else []
