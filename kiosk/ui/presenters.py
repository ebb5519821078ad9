"""A presenter: an open display, and the way in which a drawing comes to be seen on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pygame

from kiosk.ui.drawing import Box, Drawing

#: What a desktop calls the window.
TITLE = "Hinge Mirror"


class Presenter(Protocol):
    """An open display.

    ``name`` says what was opened, ``size`` is the panel's width and height in pixels, before the picture is turned.
    """

    name: str
    size: tuple[int, int]

    def show(self, drawing: Drawing, changed: Sequence[Box] | None, shift: tuple[int, int]) -> None:
        """Show ``drawing``, moved by ``shift`` pixels.

        ``changed`` is where it differs from the one shown before, None for everywhere.  Raises pygame.error when the
        display is lost.
        """

    def shot(self) -> pygame.Surface:
        """What is shown, upright.  Raises pygame.error when the display is lost."""

    def close(self) -> None:
        """Give the display back; twice is harmless."""
