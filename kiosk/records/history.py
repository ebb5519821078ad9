"""The history: every set done under a profile, in one small database; whoever has no profile is not remembered.

One commit a set, in SQLite's write-ahead log: a power cut takes the set that was being written at most.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kiosk.session.progress import SetDone
from kiosk.trouble import BadInput, KioskError

#: The version of the table below, kept in the database itself (``user_version``); a reader refuses any other.
VERSION = 1
SCHEMA = """
create table sets (
    t real not null, profile text not null, drill text not null, "left" integer not null, "right" integer not null,
    reps integer not null, score integer, scores text not null, reds text not null, range_sd real,
    coverage real not null, pain integer, seconds real not null
);
create index sets_by_profile on sets (profile, t);
"""
COLUMNS = SetDone.__dataclass_fields__.keys()
_NAMES = ", ".join(f'"{column}"' for column in COLUMNS)
_SELECT = f"select {_NAMES} from sets"
_INSERT = f"insert into sets ({_NAMES}) values ({', '.join('?' * len(COLUMNS))})"

#: Where the mirror's service keeps its state, and where below a person's own state folder (systemd/README.md).
OF_THE_SERVICE = Path("/var/lib/hinge-mirror")
OF_A_PERSON = "hinge-mirror"
FILE = "history.db"

#: Seconds to wait while another program reads or writes.
PATIENCE = 2.0


class NoHistory(KioskError, OSError):
    """The history cannot be opened, read or added to."""


class History:
    """The history in the file ``path``, made when it is not there, from ``with`` on.

    Raises NoHistory where the disk is full or the place may not be written to, BadInput where the file is no history.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> History:
        with _complaining(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            with _complaining(self.path):
                if _version(self._database, self.path) == 0:
                    self._make()
        except BaseException:
            self._database.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def sets(self, profile: str) -> tuple[SetDone, ...]:
        """The sets of ``profile``, oldest first."""
        with _complaining(self.path):
            rows = self._database.execute(f"{_SELECT} where profile = ? order by t", (profile,)).fetchall()
            return tuple(_set_done(self.path, row) for row in rows)

    def keep(self, done: SetDone) -> None:
        """Add one set."""
        values = [getattr(done, column) for column in COLUMNS]
        plain = [msgspec.json.encode(value).decode() if isinstance(value, tuple) else value for value in values]
        with _complaining(self.path):
            self._database.execute(_INSERT, plain)

    def _make(self) -> None:
        self._database.execute("pragma journal_mode = wal")
        self._database.executescript(f"begin; {SCHEMA} pragma user_version = {VERSION}; commit;")


def find_history() -> Path:
    """Where this program keeps its history: $STATE_DIRECTORY (systemd), $XDG_STATE_HOME or ~/.local/state."""
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0]) / FILE
    own = os.environ.get("XDG_STATE_HOME")
    return (Path(own) if own else Path.home() / ".local/state") / OF_A_PERSON / FILE


def read_history(path: Path) -> list[SetDone]:
    """Every set in the history at ``path``, of all profiles, oldest first; none where there is no such file.

    Nothing is written and nothing is made.  Raises NoHistory where it cannot be read, BadInput where it is no history.
    """
    with _complaining(path):
        if not path.exists():
            return []
        if not path.is_file():
            raise BadInput(f"{path}: is not a file, so no history of this mirror")
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
    try:
        with _complaining(path):
            if _version(database, path) == 0:
                return []
            return [_set_done(path, row) for row in database.execute(f"{_SELECT} order by t")]
    finally:
        database.close()


def _version(database: sqlite3.Connection, path: Path) -> int:
    """The version of the history, 0 of an empty file.  Raises BadInput when it is another program's or another's."""
    (version,) = database.execute("pragma user_version").fetchone()
    (tables,) = database.execute("select count(*) from sqlite_master").fetchone()
    if version == 0 and tables:
        raise BadInput(f"{path}: is the database of another program, not a history of this mirror")
    if version not in (0, VERSION):
        raise BadInput(f"{path}: history of version {version}; this program reads version {VERSION}")
    return int(version)


def _set_done(path: Path, row: Iterable[object]) -> SetDone:
    values = dict(zip(COLUMNS, row, strict=True))
    try:
        lists = {name: msgspec.json.decode(str(values[name])) for name in ("scores", "reds")}
        return msgspec.convert(values | lists, SetDone)
    except msgspec.DecodeError as error:
        raise BadInput(f"{path}: a set of {values['drill']} cannot be understood: {error}") from None


@contextmanager
def _complaining(path: Path) -> Iterator[None]:
    """What sqlite and the file system say, in one line that names the file."""
    try:
        yield
    except sqlite3.OperationalError as error:  # full, read-only, locked, a folder that may not be entered
        raise NoHistory(f"{path}: {error}") from None
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{path}: is not a history of this mirror: {error}") from None
    except KioskError:
        raise
    except OSError as error:
        raise NoHistory(f"{path}: {error.strerror}") from None
