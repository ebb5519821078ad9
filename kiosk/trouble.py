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
    """What was asked cannot be done; its text is one line that names the thing, the place and the rule."""


class BadInput(KioskError, ValueError):
    """A file, key or option that breaks a rule."""


class CameraLost(KioskError, OSError):
    """The camera is absent, or its frames have stopped coming."""


class NoModel(KioskError, FileNotFoundError):
    """The pose model is missing or is not the file the manifest names."""
