"""What is remembered of whoever uses the mirror: their sets, kept in the history if they have a profile."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from kiosk.config import Config
from kiosk.records.history import History, find_history
from kiosk.session.progress import Member, SetDone
from kiosk.trouble import KioskError, Trouble


class Memory:
    """The ``member`` of one run, from ``with`` on; ``trouble`` while their sets cannot be kept, ``clock`` of the wall.

    Without a profile nothing is remembered, not even for the next set: whoever does it may be somebody else.
    """

    def __init__(self, config: Config, place: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.member = Member(profile=config.profile, unlock=config.unlock, health_box=config.health_box)
        self.trouble: Trouble | None = None
        self.clock = clock
        self._place = place
        self._history: History | None = None
        self._open = ExitStack()

    def __enter__(self) -> Memory:
        if self.member.profile:
            try:
                self._history = self._open.enter_context(History(self._place or find_history()))
                self.member = replace(self.member, sets=self._history.sets(self.member.profile))
            except KioskError as error:
                self._history = None
                self.trouble = _not_kept(error)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, done: SetDone) -> None:
        """Remember one more set, done now.  One that cannot be kept is remembered for as long as the program runs."""
        if not self.member.profile:
            return
        done = replace(done, t=self.clock())
        self.member = replace(self.member, sets=(*self.member.sets, done))
        if self._history is None:
            return
        try:
            self._history.keep(done)
            self.trouble = None
        except KioskError as error:
            self.trouble = _not_kept(error)


def _not_kept(error: KioskError) -> Trouble:
    return Trouble("not_kept", f"Sets are not remembered: {error}.")
