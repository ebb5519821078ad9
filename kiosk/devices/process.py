"""This process as the kernel knows it: its age and its memory (proc(5))."""

from __future__ import annotations

import os
import time
from pathlib import Path

_STAT = Path("/proc/self/stat")
_STATM = Path("/proc/self/statm")
#: Field 22 of /proc/PID/stat is the start in clock ticks since boot; counted from behind the command's closing bracket.
_START = 19


def since_start() -> float:
    """Seconds since this process began, before Python was loaded; in steps of a clock tick (10 ms)."""
    fields = _STAT.read_text().rpartition(")")[2].split()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[_START]) / os.sysconf("SC_CLK_TCK")


def resident_mb() -> float:
    """Memory of this process that is in RAM, in megabytes."""
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
