"""The screen: shows scenes, painting only what changed, and hands back key presses."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pygame

from kiosk.config import ButtonsAt, Display, Presenting
from kiosk.session.events import Action, Press
from kiosk.session.scene import Scene
from kiosk.text import Text
from kiosk.trouble import BadInput, KioskError, Trouble, words_of
from kiosk.ui.dimming import dim
from kiosk.ui.display import HEADLESS, open_display
from kiosk.ui.drawing import Drawing, changed
from kiosk.ui.layout import BELOW
from kiosk.ui.paint import beat, compose, upright

#: Against burn-in everything moves a little each minute: seconds between moves, and the path, in steps whose length is
#: a share of the short side.
SHIFT_EVERY = 60.0
SHIFT_PATH = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
SHIFT_SHARE = 0.005
#: Seconds after which a display that has failed is tried again.
RETRY = 1.0
#: The keyboard's twins of the buttons.
KEYS = {
    pygame.K_LEFT: Action.PREVIOUS,
    pygame.K_UP: Action.PREVIOUS,
    pygame.K_RIGHT: Action.NEXT,
    pygame.K_DOWN: Action.NEXT,
    pygame.K_RETURN: Action.SELECT,
    pygame.K_KP_ENTER: Action.SELECT,
    pygame.K_SPACE: Action.SELECT,
    pygame.K_ESCAPE: Action.BACK,
    pygame.K_BACKSPACE: Action.BACK,
}


class Screen:
    """An open display.  ``name`` says what was opened; ``quit`` turns true when its window is closed.

    A display that fails later ends nothing: ``trouble`` says so for as long as it does, and it is opened anew.

    Use with ``with``; closing twice is harmless.  ``turn`` are degrees clockwise, for a panel hung on its side.  Raises
    KioskError when ``display`` cannot be had; ``auto`` falls back on a screen that nobody sees.  ``light`` (0..1) is
    the share of its brightness at which everything is shown from the next scene on.  Arrows point at the ``buttons``.
    """

    def __init__(
        self,
        display: Display = "auto",
        size: tuple[int, int] | None = None,
        turn: int = 0,
        presenting: Presenting = "surface",
        buttons: ButtonsAt = BELOW,
    ) -> None:
        self._presenter = open_display(display, presenting, size, turn)
        self.name = self._presenter.name
        self._again = partial(open_display, _kind(display, self.name.split()[0]), presenting, size, turn)
        self.light = 1.0
        self._buttons = buttons
        self._turn = turn
        self._size = upright(self._presenter.size, turn)
        self._shown: tuple[Scene, int, tuple[int, int], float] | None = None
        self._drawing: Drawing = ()
        self._t = 0.0
        self._retry = 0.0
        self.trouble: Trouble | None = None
        self.quit = False

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the display back."""
        self._presenter.close()

    def show(self, scene: Scene, t: float) -> bool:
        """Show ``scene`` at ``t`` seconds; True when something had to be painted."""
        self._t = t
        if self.trouble and t < self._retry:
            return False
        try:
            if self.trouble:
                self._open_anew()
            painted = self._paint(scene, t)
            self.trouble = None
        except (pygame.error, KioskError) as error:
            self.trouble = Trouble("no_screen", Text("The screen cannot be painted: {why}.", why=words_of(error)))
            self._shown, self._retry, painted = None, t + RETRY, False
        return painted

    def _open_anew(self) -> None:
        """Give the display back and take it again; it may be another size by now.  Raises KioskError."""
        self._presenter.close()
        self._presenter = self._again()
        self._size = upright(self._presenter.size, self._turn)

    def _paint(self, scene: Scene, t: float) -> bool:
        now = scene, beat(scene, t), self._shift(t), self.light
        if now == self._shown:
            return False
        drawing = dim(compose(scene, self._size, now[1], self._buttons), self.light)
        everywhere = self._shown is None or now[2:] != self._shown[2:]
        where = None if everywhere else changed(self._drawing, drawing)
        self._shown, self._drawing = now, drawing
        if where == []:
            return False
        self._presenter.show(drawing, where, now[2])
        return True

    def presses(self) -> list[Press]:
        """Keys pressed since the last call, as presses of the buttons at the time last shown."""
        if not pygame.display.get_init():
            return []
        presses = []
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                self.quit = True
            elif event.type == pygame.WINDOWEXPOSED:
                self._shown = None
            elif event.type == pygame.KEYDOWN and event.key in KEYS:
                presses.append(Press(self._t, KEYS[event.key]))
        return presses

    def shot(self, path: Path) -> None:
        """Write what is shown, upright, as a PNG to ``path``.  Raises BadInput where it cannot be written."""
        try:
            pygame.image.save(self._presenter.shot(), path)
        except (pygame.error, OSError) as error:
            raise BadInput(f"{path}: cannot be written: {error}") from None

    def _shift(self, t: float) -> tuple[int, int]:
        step = round(min(self._size) * SHIFT_SHARE)
        x, y = SHIFT_PATH[int(t / SHIFT_EVERY) % len(SHIFT_PATH)]
        return x * step, y * step


def _kind(display: Display, driver: str) -> Display:
    """What ``display`` turned out to be, for when it is opened again: never a lesser one than it was."""
    if display != "auto":
        return display
    return "offscreen" if driver in HEADLESS else "fullscreen" if driver == "kmsdrm" else "window"
