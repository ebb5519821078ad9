"""Time that goes by faster, for the whole process: clocks tell it, and sleeps and waits are as much shorter.

To be imported before anything that takes ``time.monotonic`` or ``threading.Event.wait`` as a default.  What is measured
with ``time.perf_counter`` (how long inference, scoring and painting take) stays what it is: a processor that is asked
for twenty times as much in an hour is a processor that is twenty times slower.
"""

from __future__ import annotations

import threading
import time
from typing import Any

_monotonic, _time, _sleep, _localtime = time.monotonic, time.time, time.sleep, time.localtime
_strftime, _wait = time.strftime, threading.Condition.wait
#: Real seconds, and hurried ones, at the last change of speed; hurried seconds a real one since.
_real, _hurried, _speed = _monotonic(), _monotonic(), 1.0
#: Between the wall's clock and the monotonic one when this began: midnight, so that opening hours are known.
_wall = 1_800_000_000 // 86400 * 86400 - _hurried


def now() -> float:
    """Hurried seconds of the monotonic clock."""
    return _hurried + (_monotonic() - _real) * _speed


def hurry(speed: float) -> None:
    """From now on ``speed`` seconds go by in a real one.  To be called from one thread only."""
    global _real, _hurried, _speed
    _real, _hurried, _speed = _monotonic(), now(), speed


def _waiting(condition: threading.Condition, timeout: float | None = None) -> bool:
    return _wait(condition, None if timeout is None else timeout / _speed)


def wall() -> float:
    """Hurried seconds of the clock on the wall."""
    return _wall + now()


def _or_now(convert: Any) -> Any:
    return lambda seconds=None: convert(wall() if seconds is None else seconds)


time.monotonic, time.time = now, wall
time.sleep = lambda seconds: _sleep(seconds / _speed)
time.localtime = _or_now(time.gmtime)
time.strftime = lambda form, moment=None: _strftime(form, moment or time.localtime())
threading.Condition.wait = _waiting  # type: ignore[method-assign]  # Event.wait is made of it
threading._time = now  # type: ignore[attr-defined]  # Condition.wait_for counts with it
