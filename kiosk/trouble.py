"""Trouble: what is wrong with the machine (a *fault* is what is wrong with the person's movement).

A :class:`Trouble` is shown on the mirror and written into reports; a :class:`KioskError` ends a command with one line.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with the machine: ``key`` for programs (snake_case), ``text`` for people (one plain sentence)."""

    key: str
    text: Text


class KioskError(Exception):
    """What was asked cannot be done; its text is one line that names the thing, the place and the rule.

    Where it may come to be shown on the mirror it is raised with a Text.
    """


class BadInput(KioskError, ValueError):
    """A file, key or option that breaks a rule."""


class CameraLost(KioskError, OSError):
    """The camera is absent, or its frames have stopped coming."""


class NoModel(KioskError, FileNotFoundError):
    """The pose model is missing or is not the file the manifest names."""


#: What the kernel and SQLite say most often, of cameras, pins and files, so that it can be told in every language.
COMMON = {
    str(said): said
    for said in (
        Text("Device or resource busy"),
        Text("Input/output error"),
        Text("No space left on device"),
        Text("No such device"),
        Text("No such file or directory"),
        Text("Permission denied"),
        Text("Read-only file system"),
        Text("attempt to write a readonly database"),
        Text("database is locked"),
        Text("database or disk is full"),
        Text("disk I/O error"),
        Text("unable to open database file"),
    )
}


def words_of(error: Exception) -> str:
    """What ``error`` says, never "": a Text where that is ours or COMMON, else quoted from whoever said it."""
    if isinstance(error, KioskError) and isinstance(said := error.args[0], Text):
        return said
    words = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return COMMON.get(words, words)
