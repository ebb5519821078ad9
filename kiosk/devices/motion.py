"""A motion sensor beside the mirror: it wakes a mirror whose camera is off."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack

from kiosk.devices.pins import import_gpiozero
from kiosk.text import Text, series
from kiosk.trouble import Trouble, words_of

#: Movements kept until they are asked for, which is sixty times a second; a loose wire gives more.
KEPT = 16


class Motion:
    """The sensor on ``pin`` (BCM), from ``with`` on; None where there is none.

    ``name`` says what it is, "" where there is none.  ``trouble`` says why it is not read although there is one;
    nothing is raised, for a mirror without it still has buttons.  ``clock`` tells the times; leaving twice is harmless.
    gpiozero looks at the pin ten times a second, by which sparks on a long wire go unnoticed.
    """

    def __init__(self, pin: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = Text("") if pin is None else Text("motion sensor on GPIO {pin}", pin=pin)
        self.trouble: Trouble | None = None
        self._pin, self._clock = pin, clock
        self._moved: deque[float] = deque(maxlen=KEPT)
        self._open = ExitStack()

    def __enter__(self) -> Motion:
        if self._pin is not None:
            try:
                sensor = self._open.enter_context(import_gpiozero().MotionSensor(self._pin))
                # The moment it begins, not the state: a sensor that never lets go wakes nobody a second time.
                sensor.when_motion = lambda: self._moved.append(self._clock())
            except Exception as error:  # gpiozero's, lgpio's and the kernel's have no common parent
                self._open.close()
                why = series([self.name, words_of(error)], ": ")
                self.trouble = Trouble("no_motion_sensor", Text("Nobody who comes is noticed: {why}.", why=why))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def moved(self) -> list[float]:
        """When something began to move since the last call, in seconds of the clock, oldest first."""
        return [self._moved.popleft() for _ in range(len(self._moved))]
