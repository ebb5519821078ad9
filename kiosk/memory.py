"""What is remembered of whoever uses the mirror: their sets, kept in the history if they have a profile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.config import Config
from kiosk.records.database import Damaged, NoHistory, set_aside
from kiosk.records.history import PROFILES, History, find_history
from kiosk.session.progress import RECENT, Member, SetDone
from kiosk.text import Text
from kiosk.trouble import KioskError, Trouble, words_of

#: What a profile is called that is begun with the buttons, on which no name can be written.
NAMES = ("A", "B", "C", "D")
#: Sets that are looked back on with their repetitions: a month of six a day, which are read without a halt.
LOOKED_BACK = 200


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What of one profile is not kept yet: ``sets``, what was ``mastered`` with them, the answer on ``health``."""

    sets: tuple[SetDone, ...] = ()
    mastered: Mapping[str, float] = field(default_factory=dict)
    health: bool | None = None


class Memory:
    """The ``member`` who is here, from ``with`` on; ``trouble`` while their sets cannot be kept, ``clock`` of the wall.

    Without a profile no set is remembered, not even for the next one: whoever does it may be somebody else.  What they
    said of their health, and what is known of their back, is, until they leave.  What cannot be kept now is remembered
    for as long as the program runs, and kept with the next set that can be.
    """

    def __init__(self, config: Config, place: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._config = config
        self.member = self._newcomer(config.profile)
        self.trouble: Trouble | None = None
        self.clock = clock
        self._place = place or find_history()
        self._history: History | None = None
        self._opened = ExitStack()
        self._waiting: dict[str, _Waiting] = {}
        self._known: set[str] = set()
        self._is_recalled = False

    def __enter__(self) -> Memory:
        self.leave()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @property
    def profiles(self) -> tuple[str, ...]:
        """Those who can be chosen: whose sets are kept, and who is to be.  It is read, so ask once a scene."""
        kept: list[str] = []
        with suppress(KioskError), self._reading() as history:
            kept += history.names()
        names = dict.fromkeys((*kept, self._config.profile, *self._waiting, self.member.profile))
        return tuple(filter(None, names))

    @property
    def free_name(self) -> str:
        """What the next new profile is called; "" when there is room for no more.  It is read, too."""
        taken = self.profiles
        return next((name for name in NAMES if name not in taken), "") if len(taken) < PROFILES else ""

    def become(self, profile: str | None) -> None:
        """Whoever is here from now on has this ``profile``, kept or new, or none ("", None).

        What the one before them did and said without a profile is forgotten.
        """
        name = profile or ""
        waiting = self._waiting.get(name, _Waiting())
        self.member = replace(self._newcomer(name, waiting.health), mastered=waiting.mastered).after(*waiting.sets)
        self._is_recalled, self.trouble = False, None
        if self.member.profile:
            self._keep()
            if self.trouble:
                self._look_back()

    def leave(self) -> None:
        """Nobody is here any more: whoever comes next is the one of the settings, or nobody known."""
        self.become(self._config.profile)

    def answer_health(self, applies: bool) -> None:
        """Remember whether one of the health questions ``applies``, and no more: with a profile for good, else till
        they leave.  What the settings say stays true."""
        profile = self.member.profile
        self._notice_the_forgotten()
        newcomer = self._newcomer(profile, applies)
        self.member = replace(self.member, asked=newcomer.asked, health_box=newcomer.health_box)
        if profile:
            self._waiting[profile] = replace(self._waiting.get(profile, _Waiting()), health=applies)
            self._keep()

    def add(self, done: SetDone) -> None:
        """Remember one more set, done now, of its profile; of a set of nobody's only what it tells of their back."""
        if not done.profile:
            if not self.member.profile:
                self.member = self.member.knowing(done)
            return
        self._notice_the_forgotten()
        done = replace(done, t=self.clock())
        waiting = self._waiting.get(done.profile, _Waiting())
        mastered = waiting.mastered
        if done.profile == self.member.profile:
            self.member = self.member.after(done)
            mastered = self.member.mastered
        self._waiting[done.profile] = replace(waiting, sets=(*waiting.sets, done)[-RECENT:], mastered=mastered)
        self._keep()

    def whole_sets(self) -> tuple[SetDone, ...]:
        """The latest sets of whoever is here with their repetitions, oldest first, at most LOOKED_BACK; () of nobody.

        It is read from the disk, so ask once a scene.
        """
        name = self.member.profile
        if not name:
            return ()
        kept: list[SetDone] = []
        with suppress(KioskError), self._reading() as history:
            kept = history.whole_sets(name, LOOKED_BACK)
        return (*kept, *self._waiting.get(name, _Waiting()).sets)[-LOOKED_BACK:]

    def _newcomer(self, profile: str, health: bool | None = None) -> Member:
        """Somebody of whom nothing is remembered but their answer on ``health``; None: they were not asked."""
        ticked = self._is_ticked(profile)
        asked, applies = ticked or health is not None, ticked or bool(health)
        return Member(profile=profile, unlock=self._config.unlock, asked=asked, health_box=applies)

    def _is_ticked(self, profile: str) -> bool:
        """The settings say that a health question applies to ``profile``, whatever they answer here."""
        return self._config.health_box and profile == self._config.profile

    def _keep(self) -> None:
        """Keep what is not kept yet.  A damaged history is set aside; the next begins with what is still remembered."""
        self.trouble = None
        try:
            try:
                self._keep_in(self._history or self._open())
            except Damaged:
                self._opened.close()
                self._history = None
                aside = set_aside(self._place)
                said = Text("The history was damaged: it is now {place}; another one begins.", place=str(aside))
                self.trouble = Trouble("history_damaged", said)
                self._save_what_is_remembered()
                self._keep_in(self._open())
        except KioskError as error:
            self.trouble = Trouble("not_kept", Text("Sets are not remembered: {why}.", why=words_of(error)))

    def _open(self) -> History:
        self._history = self._opened.enter_context(History(self._place))
        return self._history

    @contextmanager
    def _reading(self) -> Iterator[History]:
        """The history to be read: the one that is open, else without making one."""
        if self._history:
            yield self._history
            return
        with History(self._place, read_only=True) as history:
            yield history

    def _keep_in(self, history: History) -> None:
        """Keep all that waits; that others' cannot be kept is no trouble of whoever is here."""
        self._forget_the_forgotten(history)
        if mine := self.member.profile:
            if not self._is_recalled:
                self._recall(history)
                self._is_recalled = True
            history.admit(mine)
            self._keep_of(mine, history)
        for name in tuple(self._waiting):
            with suppress(NoHistory):
                self._keep_of(name, history)

    def _keep_of(self, name: str, history: History) -> None:
        waiting = self._waiting.get(name, _Waiting())
        if waiting.health is not None:
            history.set_health(name, waiting.health)
        if waiting.sets:
            history.keep(waiting.sets, waiting.mastered)
        if self._waiting.pop(name, None):
            self._known.add(name)

    def _save_what_is_remembered(self) -> None:
        """All that is known of whoever is here has to be kept again."""
        self._known.clear()
        if name := self.member.profile:
            is_answer = self.member.asked and not self._is_ticked(name)
            health = self.member.health_box if is_answer else self._waiting.get(name, _Waiting()).health
            self._waiting[name] = _Waiting(self.member.sets, self.member.mastered, health)

    def _look_back(self) -> None:
        """Nothing can be kept; what was kept before still opens levels."""
        with suppress(KioskError), History(self._place, read_only=True) as history:
            self._recall(history)

    def _recall(self, history: History) -> None:
        name = self.member.profile
        waiting = self._waiting.get(name, _Waiting())
        health = history.health(name) if waiting.health is None else waiting.health
        mastered = {**waiting.mastered, **history.mastered(name)}
        known = replace(self._newcomer(name, health), mastered=mastered)
        self.member = known.after(*history.sets(name), *waiting.sets)
        if name in history.names():
            self._known.add(name)

    def _notice_the_forgotten(self) -> None:
        """Before something new is remembered, for what was done before is not to come back with it."""
        if self._history:
            with suppress(KioskError):
                self._forget_the_forgotten(self._history)

    def _forget_the_forgotten(self, history: History) -> None:
        """Who was kept and is not any more was forgotten by another program (``kiosk forget``), so here, too."""
        for name in self._known - set(history.names()):
            self._known.discard(name)
            self._waiting.pop(name, None)
            if name == self.member.profile:
                self.member = self._newcomer(name)
