"""The panel's power: off while the mirror is dark, and always back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.config import Power
from kiosk.devices.panel import METHODS, NoPower
from kiosk.text import Text
from kiosk.trouble import Trouble, words_of

#: Seconds before a panel that did not listen is told again: doubled from the first to the longest.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
#: Tries after which another way is looked for, and a panel that has not come back by then is not switched off again.
MANY = 3
#: Seconds to wait, when leaving, for the panel to be on: two programs' limits (panel.TIMEOUT).
LEAVING = 10.0
#: The file that remembers which way worked.
FILE = "screen_power"


class ScreenPower:
    """Switches the panel in a thread of its own, for that takes seconds: from ``with`` on, and on again after it.

    ``wanted`` is the way to do it; ``auto`` takes the one that worked the last time, told by a file in ``folder``, else
    the first that answers, else none, which is no trouble.  ``rest`` waits for an event, so many seconds at most.

    The newest wish wins.  What fails is tried again for as long as it is wished for.  A panel that was slow to come
    back is left on from then on.  To be read from any thread: ``name`` of the way that is in use, or "", and
    ``trouble``.
    """

    def __init__(
        self, wanted: Power, folder: Path, rest: Callable[[threading.Event, float], bool] = threading.Event.wait
    ) -> None:
        self.name: str = "" if wanted in ("auto", "none") else wanted
        self.trouble: Trouble | None = None
        self._wanted, self._file, self._rest = wanted, folder / FILE, rest
        self._wish = True, 1.0
        self._is: tuple[bool, float] | None = None  # what the panel was told last; None when it may not have listened
        self._was_off = self._stays_on = False
        self._failed = 0
        self._leaving = False
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._run, name="screen power", daemon=True)

    def __enter__(self) -> ScreenPower:
        if self._wanted != "none":
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving = True
        self.wish(True)
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(LEAVING)

    def wish(self, on: bool, light: float = 1.0) -> None:
        """Have the panel on or off, and where it ``dims`` at a share ``light`` (0..1) of its light."""
        wish = on, light if on else 1.0
        if wish != self._wish:
            self._wish = wish
            self._news.set()

    @property
    def dims(self) -> bool:
        """Whether the panel itself becomes dimmer, so that the drawing need not."""
        return bool(self.name) and METHODS[self.name].dims

    def _run(self) -> None:
        tried = self._wish
        while True:
            self._news.clear()
            if tried[0] != self._wish[0]:
                self._failed = 0
            tried = self._wish
            if self._is_so(tried) or (self._leaving and self._failed >= MANY):
                if self._leaving:
                    return
                self._news.wait()
            elif self._fulfil(*tried):
                self._failed = 0
            else:
                self._failed += 1
                self._rest(self._news, min(FIRST_PAUSE * 2 ** (self._failed - 1), LONGEST_PAUSE))

    def _is_so(self, wish: tuple[bool, float]) -> bool:
        return self._is is not None and (self._is == wish or (self._is[0] == wish[0] and not self.dims))

    def _fulfil(self, on: bool, light: float) -> bool:
        """Whether the panel listened, or need not."""
        if not self.name or (self._wanted == "auto" and self._failed >= MANY):
            self.name = self._choose() or self.name
        if self.name and (on or not self._stays_on):
            try:
                METHODS[self.name].switch(on, light)
            except NoPower as error:
                self._complain(on, error)
                return False
            self._note(on)
        self._is = on, light
        return True

    def _choose(self) -> str:
        """The way that worked the last time, else the first of those that answer; "" when none does."""
        if not self._failed and self._remembered() in METHODS:
            return self._remembered()
        for name, method in METHODS.items():
            with suppress(NoPower):
                method.ask()
                return name
        return ""

    def _complain(self, on: bool, error: NoPower) -> None:
        """The panel has not listened, as far as is known: what ended badly may have switched it off all the same."""
        self._is = None
        self._was_off |= not on
        self._stays_on |= on and self._was_off and self._failed + 1 >= MANY
        said = Text("The screen cannot be switched off: {why}.", why=words_of(error))
        if on:
            said = Text("The screen cannot be switched on: {why}.", why=words_of(error))
        self.trouble = Trouble("no_screen_power", said)

    def _note(self, on: bool) -> None:
        """The panel has listened."""
        slow, self._was_off = self._stays_on and self._was_off, not on
        said = Text("The screen was slow to come back: it is not switched off again.")
        self.trouble = Trouble("screen_stays_on", said) if slow else None
        if self._wanted == "auto" and self._remembered() != self.name:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_text(self.name)

    def _remembered(self) -> str:
        """What is in the file; "" where there is none."""
        try:
            return self._file.read_text(errors="replace").strip()
        except OSError:
            return ""
