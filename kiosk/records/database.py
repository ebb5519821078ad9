"""The database that holds the history: opened, brought up to date, copied, checked, set aside when it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from kiosk.records.schema import APPLICATION, STEPS
from kiosk.text import Text, series
from kiosk.trouble import BadInput, KioskError, words_of

#: The version of the tables, kept in the database itself (``user_version``): how many of the STEPS it has been through.
VERSION = len(STEPS)
#: What only the tables of version 1 have, which were not marked as APPLICATION yet.
MARK_OF_FIRST = "sets_by_profile"

#: Seconds to wait while another program reads or writes.
PATIENCE = 2.0
#: What SQLite keeps beside a database, its log first.
BESIDE = ("-wal", "-shm")
#: What SQLite says (its primary result codes) of a file that is damaged, and of one in a place it may not write to.
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
READ_ONLY = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class NoHistory(KioskError, OSError):
    """The history cannot be opened, read or added to."""


class Damaged(BadInput):
    """The file is no history, or can no longer be understood."""


def open_to_write(path: Path) -> sqlite3.Connection:
    """The database at ``path``, made when it is not there, of this VERSION; every commit is on the disk when it ends.

    Raises NoHistory where the place may not be written to, Damaged or BadInput where the file is no history or a newer
    one.
    """
    with complaining(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600)  # nobody else's business
        database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            for setting in ("synchronous = full", "foreign_keys = on", "secure_delete = on"):
                database.execute(f"pragma {setting}")
            version = _version(database, path)
            database.execute("pragma journal_mode = wal")  # a backup that was put back has none
            if version < VERSION:
                _bring_up_to_date(database, path)
        except BaseException:
            database.close()
            raise
    return database


def open_to_read(path: Path) -> sqlite3.Connection:
    """The same without writing: what is older is brought up to date in memory, what is not there is empty.

    Raises as open_to_write does.
    """
    with complaining(path):
        database = _connect_to_read(path)
        try:
            if _version(database, path) < VERSION:
                older, database = database, sqlite3.connect(":memory:", isolation_level=None)
                with closing(older):
                    older.backup(database)
                _bring_up_to_date(database, path)
        except BaseException:
            database.close()
            raise
    return database


def _connect_to_read(path: Path) -> sqlite3.Connection:
    if not path.exists():
        return sqlite3.connect(":memory:")
    if not path.is_file():
        raise BadInput(Text("{path}: is not a file, so no history of this mirror", path=path))
    place = path.absolute().as_uri()
    database = sqlite3.connect(f"{place}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("pragma user_version").fetchone()
    except sqlite3.DatabaseError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF not in READ_ONLY:
            raise
        # Not even a log can be written there, so nobody does: the file stays as it is.
        return sqlite3.connect(f"{place}?immutable=1", uri=True, isolation_level=None)
    return database


def _version(database: sqlite3.Connection, path: Path) -> int:
    """The version of the history, 0 of an empty file.  Raises BadInput when it is another program's or a newer."""
    (version,) = database.execute("pragma user_version").fetchone()
    (application,) = database.execute("pragma application_id").fetchone()
    tables = {name for (name,) in database.execute("select name from sqlite_master")}
    if tables and application != APPLICATION and MARK_OF_FIRST not in tables:
        raise BadInput(Text("{path}: is the database of another program, not a history of this mirror", path=path))
    if version > VERSION:
        raise BadInput(
            Text(
                "{path}: history of version {version}; this program reads up to version {known}",
                path=path,
                version=version,
                known=VERSION,
            )
        )
    return int(version)


def _bring_up_to_date(database: sqlite3.Connection, path: Path) -> None:
    with commit(database):
        for step in STEPS[_version(database, path) :]:
            for statement in step:
                database.execute(statement)
        database.execute(f"pragma application_id = {APPLICATION}")
        database.execute(f"pragma user_version = {VERSION}")


@contextmanager
def commit(database: sqlite3.Connection) -> Iterator[None]:
    """What is done in the block is kept as a whole or not at all."""
    database.execute("begin immediate")
    try:
        yield
        database.execute("commit")
    finally:
        if database.in_transaction:
            database.execute("rollback")


def copy_to(database: sqlite3.Connection, to: Path) -> None:
    """Write a compact copy of the ``database`` to the file ``to``, whole or not at all, also while others write."""
    part = to.with_name(to.name + ".part")
    with complaining(to):
        part.unlink(missing_ok=True)
        try:
            part.touch(0o600)
            database.execute("vacuum into ?", (str(part),))
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)


def wipe(database: sqlite3.Connection, path: Path) -> None:
    """Leave nothing of what was deleted in the file ``path`` or in its log.  Raises NoHistory when others hold it."""
    with complaining(path):
        for pragma in ("pragma wal_checkpoint(truncate)", "vacuum", "pragma wal_checkpoint(truncate)"):
            answer = database.execute(pragma).fetchone()
            if answer and answer[0]:
                raise NoHistory(
                    f"{path}: its log still holds what was deleted, for another program reads it: try again"
                )


def damage(database: sqlite3.Connection) -> str:
    """What SQLite finds wrong when it reads the whole ``database``, "" when nothing."""
    try:
        (found,) = database.execute("pragma quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else " ".join(found.split())


def set_aside(path: Path) -> Path:
    """Take the damaged database at ``path`` out of the way, with its log; tells where it is now.  Raises NoHistory."""
    places = (path.with_name(f"{path.stem}.damaged-{n}{path.suffix}") for n in count(1))
    place = next(place for place in places if not place.exists())
    with complaining(path):
        for ending in (*BESIDE, ""):  # the log first: it must never meet the new file
            here = path.with_name(path.name + ending)
            if here.exists():
                here.rename(place.with_name(place.name + ending))
    return place


def find_aside(path: Path) -> list[Path]:
    """The damaged databases that were set aside from ``path``."""
    return sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}"))


def remove(path: Path) -> None:
    """Remove the file ``path`` with its log.  Raises NoHistory."""
    with complaining(path):
        for ending in (*BESIDE, ""):
            path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def complaining(path: Path) -> Iterator[None]:
    """What sqlite and the file system say, in one line that names the file ``path``."""
    try:
        yield
    except sqlite3.Error as error:  # full, read-only, locked, a folder that may not be entered
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED:
            said = Text("{path}: is damaged, or no history of this mirror: {why}", path=path, why=words_of(error))
            raise Damaged(said) from None
        raise NoHistory(series([str(path), words_of(error)], ": ")) from None
    except KioskError:
        raise
    except UnicodeDecodeError as error:  # sqlite quotes what is damaged, and Python cannot read it
        said = Text("{path}: is damaged, or no history of this mirror: {why}", path=path, why=words_of(error))
        raise Damaged(said) from None
    except OSError as error:
        raise NoHistory(series([str(path), words_of(error)], ": ")) from None
