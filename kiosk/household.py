"""What is remembered at the sink: counts of this week, and the own good lean; of a profile or of the household."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import msgspec

from kiosk.config import Config
from kiosk.records.database import Damaged, set_aside
from kiosk.records.history import find_history
from kiosk.records.leans import LeanHistory
from kiosk.scoring.lean import LeanModel
from kiosk.scoring.verdict import Hold
from kiosk.session.sink.counts import NONE, Lately, LeanTime, lean_time
from kiosk.text import Text
from kiosk.trouble import KioskError, Trouble, words_of


class Household:
    """Whoever ``config`` names as the profile, or without a name the household; ``own`` is their own good lean.

    What cannot be kept now is remembered while the program runs, and kept with the next that can be; ``trouble`` says
    why.  ``clock`` is the wall's.  The file is open only while it is read or written, which is once a lean.
    """

    def __init__(self, config: Config, place: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._profile, self._mount = config.profile, _mount(config)
        self._place, self._clock = place or find_history(), clock
        self._kept: dict[str, LeanTime] = {}
        self._waiting: dict[str, LeanTime] = {}
        self._own_waits = False
        self.own: LeanModel | None = None
        self.trouble: Trouble | None = None
        with suppress(KioskError), LeanHistory(self._place, read_only=True) as history:
            self._kept = history.days(self._profile, self._monday())
            self.own = _read(history.own_lean(self._profile, self._mount))

    @property
    def lately(self) -> Lately:
        """What was counted today and this week."""
        today, monday = self._today().isoformat(), self._monday()
        known = [(day, time) for days in (self._kept, self._waiting) for day, time in days.items() if day >= monday]
        return Lately(sum((time for day, time in known if day == today), NONE), sum((time for _, time in known), NONE))

    def add(self, hold: Hold) -> None:
        """Count the lean ``hold``, which is over now."""
        today = self._today().isoformat()
        self._waiting[today] = self._waiting.get(today, NONE) + lean_time(hold)
        self._keep()

    def learn(self, own: LeanModel) -> None:
        """Their own good lean is ``own`` from now on."""
        self.own, self._own_waits = own, True
        self._keep()

    def _keep(self) -> None:
        """Keep what waits; a damaged file is set aside, and the next begins with what is still known."""
        self.trouble = None
        try:
            try:
                self._write()
            except Damaged:
                aside = set_aside(self._place)
                said = Text("The history was damaged: it is now {place}; another one begins.", place=str(aside))
                self._waiting, self._kept, self._own_waits = self._all(), {}, self.own is not None
                self._write()
                self.trouble = Trouble("history_damaged", said)
        except KioskError as error:
            self.trouble = Trouble("not_kept", Text("Leans are not remembered: {why}.", why=words_of(error)))
            self._waiting = {day: time for day, time in self._waiting.items() if day >= self._monday()}

    def _write(self) -> None:
        monday = self._monday()
        with LeanHistory(self._place) as history:
            history.add_days(self._profile, self._waiting, monday)
            self._waiting = {}
            if self._own_waits and self.own:
                history.keep_own_lean(self._profile, self._mount, msgspec.json.encode(self.own).decode())
            self._own_waits = False
            self._kept = history.days(self._profile, monday)
            self.own = _read(history.own_lean(self._profile, self._mount))  # which may have been forgotten meanwhile

    def _all(self) -> dict[str, LeanTime]:
        """All that is known of this week, in the file or not."""
        days = {*self._kept, *self._waiting}
        return {day: self._kept.get(day, NONE) + self._waiting.get(day, NONE) for day in days}

    def _today(self) -> date:
        return date.fromtimestamp(self._clock())

    def _monday(self) -> str:
        today = self._today()
        return (today - timedelta(days=today.weekday())).isoformat()


def _mount(config: Config) -> str:
    """How the camera hangs, in a few words: what was learnt through another one is good for nothing."""
    at = config.camera_at
    return f"{config.camera_side} {at.height_mm:g} mm {at.pitch:g} {at.fov:g} {config.camera_turn}"


def _read(lean: str | None) -> LeanModel | None:
    """The lean that was kept; None where none was, or it cannot be understood."""
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(lean, type=LeanModel) if lean else None
    return None
