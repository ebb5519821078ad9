"""How many there are of something, in the English of pages and commands."""

from __future__ import annotations


def counted(number: int, unit: str) -> str:
    """ "8 reps", "1 hold"."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
