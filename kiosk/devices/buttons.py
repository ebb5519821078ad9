"""The buttons on the 40-pin header; the only importer of gpiozero."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from queue import Empty, SimpleQueue
from types import ModuleType

from kiosk.config import Pins
from kiosk.devices.board import is_raspberry_pi
from kiosk.session.buttons import Button, feel
from kiosk.session.events import Action, Press
from kiosk.trouble import KioskError


class NoButtons(KioskError, OSError):
    """The buttons cannot be read; the keyboard still works."""


class Buttons:
    """The three buttons, from ``with`` on: gpiozero's thread notes every edge with its time, ``presses`` judges them.

    Opening raises NoButtons.  ``clock`` is the one that ``presses`` is told the time of; leaving twice is harmless.
    """

    def __init__(self, pins: Pins, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = f"buttons on GPIO {pins.previous}, {pins.next} and {pins.select}"
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
        gpiozero = _import_gpiozero()
        try:
            for action, pin in self._pins.items():
                contact = self._open.enter_context(gpiozero.DigitalInputDevice(pin, pull_up=True))
                contact.when_activated = partial(self._note, action, True)
                contact.when_deactivated = partial(self._note, action, False)
        except Exception as error:  # gpiozero's, lgpio's and the kernel's have no common parent
            self._open.close()
            raise NoButtons(f"{self.name} cannot be read: {error or type(error).__name__}") from error
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


def has_pins() -> bool:
    """Whether there is a header to read buttons from: a Pi's, or the pins named by GPIOZERO_PIN_FACTORY (a test's)."""
    return is_raspberry_pi() or "GPIOZERO_PIN_FACTORY" in os.environ


def _import_gpiozero() -> ModuleType:
    """gpiozero, told to use lgpio and nothing else: its own fallbacks only warn, and read nothing on a Pi 5.

    Without a header it is not even imported, unless GPIOZERO_PIN_FACTORY asks for one of its makers of pins.
    """
    if not has_pins():
        raise NoButtons("the buttons need a Raspberry Pi's 40-pin header, and here is none; the keyboard still works")
    os.environ.setdefault("GPIOZERO_PIN_FACTORY", "lgpio")
    # lgpio makes a pipe in its working directory when it is imported, and fails where it cannot.
    if "LG_WD" not in os.environ:
        os.environ["LG_WD"] = os.environ.get("XDG_RUNTIME_DIR") or _make_passing_folder()
    try:
        import gpiozero
    except ImportError as error:
        raise NoButtons(f"the buttons need gpiozero, which cannot be imported: {error}") from error
    return gpiozero


def _make_passing_folder() -> str:
    """A folder that is gone when the program ends."""
    folder = tempfile.mkdtemp(prefix="kiosk-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
