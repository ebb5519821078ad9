"""The history: every set done under a profile, in one small database; whoever has no profile is not remembered.

One commit a set, in SQLite's write-ahead log: a power cut takes the set that was being written at most.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

import msgspec

from kiosk.records import database
from kiosk.records.database import Damaged, NoHistory, complaining
from kiosk.session.progress import RECENT, FaultDone, RepDone, SetDone
from kiosk.text import Text

#: Profiles that a mirror keeps, and the latest sets of each: ten years of six a day.
PROFILES, KEPT = 4, 22_000

#: Where the mirror's service keeps its state, and where below a person's own state folder (systemd/README.md).
OF_THE_SERVICE = Path("/var/lib/hinge-mirror")
OF_A_PERSON = "hinge-mirror"
FILE = "history.db"

#: The columns of a set without its repetitions, in the order of its fields; of a repetition, and of a fault in it.
COLUMNS = tuple(each.name for each in fields(SetDone) if each.name != "closed")
_OF_REP = tuple(each.name for each in fields(RepDone) if each.name != "faults")
_OF_FAULT = tuple(each.name for each in fields(FaultDone))


def _insert(table: str, *names: str) -> str:
    return f"insert into {table} ({_listed(names)}) values ({', '.join('?' * len(names))})"


def _listed(names: Sequence[str], table: str = "") -> str:
    return ", ".join(f'{table}"{name}"' for name in names)


_ADD_SET = _insert("sets", *COLUMNS)
_ADD_REP = _insert("reps", "of_set", "n", *_OF_REP)
_ADD_FAULT = _insert("faults", "of_set", "n", "place", *_OF_FAULT)
_NAMED = _listed(COLUMNS, "sets.").replace('sets."profile"', "profiles.name")
_SETS = f"select sets.id, {_NAMED} from sets join profiles on profiles.id = sets.profile"
#: Sets of one profile (null: of all), the latest so many (-1: every one).
_CHOSEN = "where ?1 is null or profiles.name = ?1 order by sets.id desc limit ?2"
_IN_CHOSEN = f"of_set in (select sets.id from sets join profiles on profiles.id = sets.profile {_CHOSEN})"
_REPS = f"select of_set, {_listed(_OF_REP)} from reps where {_IN_CHOSEN} order by of_set, n"
_FAULTS = f"select of_set, n, {_listed(_OF_FAULT)} from faults where {_IN_CHOSEN} order by of_set, n, place"


class History:
    """The history in the file ``path`` from ``with`` on, made when it is not there, brought up to date when it is old.

    ``read_only``: nothing is made and nothing written; without a file it is empty.  Raises NoHistory where the disk is
    full or the place may not be written to, Damaged where the file is no history any more, BadInput where it is another
    program's or a newer one's.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._open = database.open_to_read if read_only else database.open_to_write

    def __enter__(self) -> Self:
        self._database = self._open(self.path)
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def profiles(self) -> dict[str, int]:
        """The profiles kept, oldest first, and how many sets of each."""
        counted = "select name, count(sets.id) from profiles left join sets on profile = profiles.id"
        with complaining(self.path):
            return dict(self._database.execute(f"{counted} group by profiles.id order by profiles.id"))

    def names(self) -> tuple[str, ...]:
        """The profiles kept, oldest first: read at once, however many sets there are."""
        with complaining(self.path):
            return tuple(name for (name,) in self._database.execute("select name from profiles order by id"))

    def admit(self, profile: str) -> None:
        """Raises NoHistory when sets of ``profile`` would be those of one person too many."""
        known = self.names()
        if profile not in known and len(known) >= PROFILES:
            said = Text(
                "{path}: {number} profiles are kept ({names}); kiosk forget one to make room",
                path=self.path,
                number=len(known),
                names=", ".join(known),
            )
            raise NoHistory(said)

    def sets(self, profile: str) -> tuple[SetDone, ...]:
        """The RECENT sets of ``profile``, oldest first, without their repetitions."""
        with complaining(self.path):
            latest = f"{_SETS} where profiles.name = ? order by sets.id desc limit {RECENT}"
            rows = self._database.execute(latest, (profile,)).fetchall()
        return tuple(sorted((_set_done(self.path, row) for row in rows), key=_when))

    def whole_sets(self, profile: str | None = None, latest: int | None = None) -> list[SetDone]:
        """The sets of ``profile`` (None: of everybody), oldest first, with their repetitions: the ``latest`` or all."""
        chosen = (profile, -1 if latest is None else latest)
        with complaining(self.path):
            closed = self._repetitions(chosen)
            rows = self._database.execute(f"{_SETS} {_CHOSEN}", chosen).fetchall()
        return sorted((_set_done(self.path, row, closed[row[0]]) for row in rows), key=_when)

    def mastered(self, profile: str) -> dict[str, float]:
        """Since when ``profile`` has mastered which drills (seconds since 1970, by key)."""
        asked = "select drill, mastered.t from mastered join profiles on profiles.id = profile where name = ?"
        with complaining(self.path):
            return dict(self._database.execute(asked, (profile,)))

    def health(self, profile: str) -> bool | None:
        """Whether one of the health questions applies to ``profile``; None when it was never asked."""
        with complaining(self.path):
            row = self._database.execute("select health from profiles where name = ?", (profile,)).fetchone()
        return None if row is None or row[0] is None else bool(row[0])

    def set_health(self, profile: str, applies: bool) -> None:
        """Keep whether one of the health questions ``applies`` to ``profile``: that alone, not which."""
        self.admit(profile)
        with complaining(self.path), database.commit(self._database):
            self._database.execute("update profiles set health = ? where id = ?", (applies, self._found(profile)))

    def keep(self, done: Sequence[SetDone], mastered: Mapping[str, float]) -> None:
        """Add sets of one profile, and since when it has ``mastered`` which drills: all or nothing, in one commit.

        Beyond KEPT sets of the profile the earliest make room.
        """
        name = done[0].profile
        self.admit(name)
        with complaining(self.path), database.commit(self._database):
            profile = self._found(name)
            for each in done:
                self._add(each, profile)
            passed = [(profile, key, t) for key, t in mastered.items()]
            self._database.executemany("insert or ignore into mastered values (?, ?, ?)", passed)
            too_old = f"select id from sets where profile = ?1 order by id desc limit 1 offset {KEPT}"
            self._database.execute(f"delete from sets where profile = ?1 and id <= ({too_old})", (profile,))

    def forget(self, *profiles: str) -> None:
        """Remove all that is kept of ``profiles``, so that nothing of it is left in the file or in its log."""
        with complaining(self.path), database.commit(self._database):
            self._database.executemany("delete from profiles where name = ?", [(name,) for name in profiles])
        database.wipe(self._database, self.path)

    def back_up(self, to: Path) -> None:
        """Write a copy to the file ``to``, whole or not at all, also while the mirror goes on writing."""
        database.copy_to(self._database, to)

    def damage(self) -> str:
        """What is wrong with the file when all of it is read, "" when nothing."""
        return database.damage(self._database)

    def _found(self, name: str) -> int:
        """The number of the profile called ``name``, which is one of the kept from now on."""
        self._database.execute("insert or ignore into profiles (name) values (?)", (name,))
        (number,) = self._database.execute("select id from profiles where name = ?", (name,)).fetchone()
        return int(number)

    def _add(self, done: SetDone, profile: int) -> None:
        values = {name: getattr(done, name) for name in COLUMNS} | {"profile": profile}
        number = self._database.execute(_ADD_SET, [_plain(value) for value in values.values()]).lastrowid
        for n, rep in enumerate(done.closed, 1):
            self._database.execute(_ADD_REP, (number, n, *(getattr(rep, name) for name in _OF_REP)))
            for place, fault in enumerate(rep.faults):
                values_of = (getattr(fault, name) for name in _OF_FAULT)
                self._database.execute(_ADD_FAULT, (number, n, place, *values_of))

    def _repetitions(self, chosen: tuple[str | None, int]) -> dict[int, list[dict[str, Any]]]:
        """The repetitions of the sets ``chosen`` as plain values, by the number of their set."""
        closed: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for of_set, *row in self._database.execute(_REPS, chosen):
            closed[of_set].append(dict(zip(_OF_REP, row, strict=True)) | {"faults": []})
        for of_set, n, *row in self._database.execute(_FAULTS, chosen):
            closed[of_set][n - 1]["faults"].append(dict(zip(_OF_FAULT, row, strict=True)))
        return closed


def find_history() -> Path:
    """Where this program keeps its history: $STATE_DIRECTORY (systemd), $XDG_STATE_HOME or ~/.local/state."""
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0]) / FILE
    own = os.environ.get("XDG_STATE_HOME")
    return (Path(own) if own else Path.home() / ".local/state") / OF_A_PERSON / FILE


def _plain(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, tuple) else value


def _set_done(path: Path, row: tuple[Any, ...], closed: Sequence[dict[str, Any]] = ()) -> SetDone:
    values = dict(zip(COLUMNS, row[1:], strict=True))
    try:
        lists = {name: msgspec.json.decode(str(values[name])) for name in ("scores", "reds")}
        return msgspec.convert(values | lists | {"closed": closed}, SetDone)
    except msgspec.DecodeError as error:
        drill = values["drill"]
        said = Text("{path}: a set of {drill} cannot be understood: {why}", path=path, drill=drill, why=str(error))
        raise Damaged(said) from None


def _when(done: SetDone) -> float:
    return done.t
