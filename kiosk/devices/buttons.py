"""The buttons on the 40-pin header."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from queue import Empty, SimpleQueue

from kiosk.config import Pins
from kiosk.devices.pins import import_gpiozero
from kiosk.session.buttons import Button, feel
from kiosk.session.events import Action, Press
from kiosk.text import Text
from kiosk.trouble import KioskError, words_of


class NoButtons(KioskError, OSError):
    """The buttons cannot be read; the keyboard still works."""


class Buttons:
    """The three buttons, from ``with`` on: gpiozero's thread notes every edge with its time, ``presses`` judges them.

    Opening raises NoButtons.  ``clock`` is the one that ``presses`` is told the time of; leaving twice is harmless.
    """

    def __init__(self, pins: Pins, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = Text(
            "buttons on GPIO {previous}, {next} and {select}",
            previous=pins.previous,
            next=pins.next,
            select=pins.select,
        )
        self._pins = {Action.PREVIOUS: pins.previous, Action.NEXT: pins.next, Action.SELECT: pins.select}
        self._clock = clock
        self._edges: SimpleQueue[tuple[float, Action, bool]] = SimpleQueue()
        self._buttons = {
            Action.PREVIOUS: Button(Action.PREVIOUS),
            Action.NEXT: Button(Action.NEXT),
            Action.SELECT: Button(Action.SELECT, long=Action.BACK),
        }
        self._open = ExitStack()

    def __enter__(self) -> Buttons:
        try:
            gpiozero = import_gpiozero()
            for action, pin in self._pins.items():
                contact = self._open.enter_context(gpiozero.DigitalInputDevice(pin, pull_up=True))
                contact.when_activated = partial(self._note, action, True)
                contact.when_deactivated = partial(self._note, action, False)
        except Exception as error:  # gpiozero's, lgpio's and the kernel's have no common parent
            self._open.close()
            raise NoButtons(Text("{what} cannot be read: {why}", what=self.name, why=words_of(error))) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def presses(self, now: float) -> list[Press]:
        """What has been asked for since the last call, in order; ``now`` in seconds of the clock, never going back."""
        asked: list[Action] = []
        for t, key, touching in self._drain():
            asked += self._let_pass(t)
            asked += self._feel(key, t, touching)
        asked += self._let_pass(now)
        return [Press(now, action) for action in asked]

    def _let_pass(self, t: float) -> list[Action]:
        return [action for key, button in self._buttons.items() for action in self._feel(key, t, button.touching)]

    def _feel(self, key: Action, t: float, touching: bool) -> list[Action]:
        self._buttons[key], action = feel(self._buttons[key], t, touching)
        return [] if action is None else [action]

    def _drain(self) -> Iterator[tuple[float, Action, bool]]:
        """Every edge noted so far: seconds, whose, and whether it touches."""
        while True:
            try:
                yield self._edges.get_nowait()
            except Empty:
                return

    def _note(self, key: Action, touching: bool) -> None:
        self._edges.put((self._clock(), key, touching))
