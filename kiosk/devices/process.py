"""Processes as the kernel knows them: age, memory and children (proc(5))."""

from __future__ import annotations

import os
import time
from pathlib import Path

_PROC = Path("/proc")
#: Fields of /proc/PID/stat, counted from behind the command's closing bracket: the parent, and the start in clock ticks
#: since boot.
_PARENT, _START = 1, 19


def since_start() -> float:
    """Seconds since this process began, before Python was loaded; in steps of a clock tick (10 ms)."""
    started = _field(_PROC / "self/stat", _START) / os.sysconf("SC_CLK_TCK")
    return round(time.clock_gettime(time.CLOCK_BOOTTIME) - started, 2)


def resident_mb(process: int | str = "self") -> float:
    """Memory of ``process`` that is in RAM, in megabytes (10⁶ bytes); 0 when it has gone."""
    try:
        pages = int((_PROC / str(process) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def children(process: int) -> list[int]:
    """Processes that ``process`` has started (not every kernel keeps a list of them)."""
    return [int(stat.parent.name) for stat in _PROC.glob("[0-9]*/stat") if _parent(stat) == process]


def _parent(stat: Path) -> int:
    try:
        return _field(stat, _PARENT)
    except (OSError, IndexError):
        return 0


def _field(stat: Path, place: int) -> int:
    return int(stat.read_text().rpartition(")")[2].split()[place])
