"""The screen: shows scenes, painting only what changed, and hands back key presses."""

from __future__ import annotations

from pathlib import Path

import pygame

from kiosk.config import Display
from kiosk.session.events import Action, Press
from kiosk.session.scene import Scene
from kiosk.trouble import BadInput, Trouble
from kiosk.ui.display import open_display
from kiosk.ui.drawing import Drawing, changed, put
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

    A display that fails later ends nothing: ``trouble`` says so for as long as it does.

    Use with ``with``; closing twice is harmless.  ``turn`` are degrees clockwise, for a panel hung on its side.  Raises
    KioskError when ``display`` cannot be had; ``auto`` falls back on a screen that nobody sees.
    """

    def __init__(self, display: Display = "auto", size: tuple[int, int] | None = None, turn: int = 0) -> None:
        self._surface, self.name = open_display(display, size, turn)
        self._turn = turn
        self._size = upright(self._surface.get_size(), turn)
        self._shown: tuple[Scene, int, tuple[int, int]] | None = None
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
        pygame.display.quit()

    def show(self, scene: Scene, t: float) -> bool:
        """Show ``scene`` at ``t`` seconds; True when something had to be painted."""
        self._t = t
        if self.trouble and t < self._retry:
            return False
        try:
            painted = self._paint(scene, t)
            self.trouble = None
        except pygame.error as error:
            self.trouble = Trouble("no_screen", f"The screen cannot be painted: {error}.")
            self._shown, self._retry, painted = None, t + RETRY, False
        return painted

    def _paint(self, scene: Scene, t: float) -> bool:
        now = scene, beat(scene, t), self._shift(t)
        if now == self._shown:
            return False
        drawing = compose(scene, self._size, now[1])
        moved = self._shown is None or now[2] != self._shown[2]
        where = None if moved else changed(self._drawing, drawing)
        self._shown, self._drawing = now, drawing
        if where == []:
            return False
        pygame.display.update(put(drawing, self._surface, self._turn, now[2], where))
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
                pygame.display.flip()
            elif event.type == pygame.KEYDOWN and event.key in KEYS:
                presses.append(Press(self._t, KEYS[event.key]))
        return presses

    def shot(self, path: Path) -> None:
        """Write what is shown, upright, as a PNG to ``path``.  Raises BadInput where it cannot be written."""
        try:
            pygame.image.save(pygame.transform.rotate(self._surface, self._turn), path)
        except (pygame.error, OSError) as error:
            raise BadInput(f"{path}: cannot be written: {error}") from None

    def _shift(self, t: float) -> tuple[int, int]:
        step = round(min(self._size) * SHIFT_SHARE)
        x, y = SHIFT_PATH[int(t / SHIFT_EVERY) % len(SHIFT_PATH)]
        return x * step, y * step
