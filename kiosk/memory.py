"""What is remembered of whoever uses the mirror: their sets, kept in the history if they have a profile."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from kiosk.config import Config
from kiosk.records.database import Damaged, set_aside
from kiosk.records.history import History, find_history
from kiosk.session.progress import RECENT, Member, SetDone
from kiosk.trouble import KioskError, Trouble


class Memory:
    """The ``member`` of one run, from ``with`` on; ``trouble`` while their sets cannot be kept, ``clock`` of the wall.

    Without a profile nothing is remembered, not even for the next set: whoever does it may be somebody else.  What
    cannot be kept now is remembered for as long as the program runs, and kept with the next set that can be.
    """

    def __init__(self, config: Config, place: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.member = Member(profile=config.profile, unlock=config.unlock, health_box=config.health_box)
        self.trouble: Trouble | None = None
        self.clock = clock
        self._place = place or find_history()
        self._history: History | None = None
        self._opened = ExitStack()
        self._not_kept: tuple[SetDone, ...] = ()
        self._is_kept = False

    def __enter__(self) -> Memory:
        if self.member.profile:
            self._keep()
            if self.trouble:
                self._look_back()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add(self, done: SetDone) -> None:
        """Remember one more set, done now."""
        if not self.member.profile:
            return
        done = replace(done, t=self.clock())
        self.member = self.member.after(done)
        self._not_kept = (*self._not_kept, done)[-RECENT:]
        self._keep()

    def _keep(self) -> None:
        """Keep what is not kept yet.  A damaged history is set aside; the next begins with what is still remembered."""
        self.trouble = None
        try:
            try:
                self._keep_in(self._history or self._open())
            except Damaged:
                self._opened.close()
                self._history, self._not_kept = None, self.member.sets
                aside = set_aside(self._place)
                self.trouble = Trouble(
                    "history_damaged", f"The history was damaged: it is now {aside}; another one begins."
                )
                self._keep_in(self._open())
        except KioskError as error:
            self.trouble = Trouble("not_kept", f"Sets are not remembered: {error}.")

    def _keep_in(self, history: History) -> None:
        if self._is_kept and self.member.profile not in history.profiles():  # forgotten meanwhile, so here, too
            self.member = replace(self.member, sets=(), mastered={}).after(*self._not_kept)
        if self._not_kept:
            history.keep(self._not_kept, self.member.mastered)
            self._not_kept, self._is_kept = (), True

    def _open(self) -> History:
        with ExitStack() as opened:
            history = opened.enter_context(History(self._place))
            history.admit(self.member.profile)
            self._recall(history)
            self._opened = opened.pop_all()
        self._history = history
        return history

    def _look_back(self) -> None:
        """Nothing can be kept; what was kept before still opens levels."""
        with suppress(KioskError), History(self._place, read_only=True) as history:
            self._recall(history)

    def _recall(self, history: History) -> None:
        mastered = {**history.mastered(self.member.profile), **self.member.mastered}
        sets = history.sets(self.member.profile)
        self._is_kept = bool(sets)
        self.member = replace(self.member, sets=(), mastered=mastered).after(*sets, *self._not_kept)
