"""The graphics chip's presenter: sprites are handed to it once, and it draws and turns them at no cost.

``pygame._render`` is still marked experimental in pygame-ce 2.5: it is imported here only.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import pygame
from pygame._render import Renderer, Texture

from kiosk.ui.colours import BLACK
from kiosk.ui.drawing import Box, Drawing, on_panel
from kiosk.ui.presenters import TITLE


class Textures:
    """A window drawn by SDL's renderer: a `Presenter`.  Each texture lives as long as the sprite it was made of."""

    def __init__(self, driver: str, size: tuple[int, int] | None, turn: int) -> None:
        """``size`` of the window in pixels; None takes the whole screen.

        Raises pygame.error, also where the processor would have to do it all (SDL_RENDER_DRIVER=software allows that).
        """
        self._turn = turn
        self._textures: WeakKeyDictionary[pygame.Surface, Texture] = WeakKeyDictionary()
        whole = size or pygame.display.get_desktop_sizes()[0]
        self._window = pygame.Window(TITLE, whole, fullscreen_desktop=size is None)
        try:
            self._renderer = Renderer(self._window, accelerated=1, vsync=size is None)
        except pygame.error:
            self._window.destroy()
            raise
        self.size = self._window.size
        self.name = f"{driver} {self.size[0]}×{self.size[1]}, textures"

    def show(self, drawing: Drawing, changed: Sequence[Box] | None, shift: tuple[int, int]) -> None:
        """Draw all of it: what a chip with two buffers has in the other one is the drawing before the last."""
        try:
            self._renderer.draw_color = (*BLACK, 255)
            self._renderer.clear()
            for what, box in ((mark.what, on_panel(mark.box, self.size, self._turn, shift)) for mark in drawing):
                if isinstance(what, pygame.Surface):
                    self._draw(what, box)
                else:
                    self._renderer.draw_color = (*what, 255)
                    self._renderer.fill_rect(box)
            self._renderer.present()
        except pygame.error:
            self._textures.clear()  # they may be what is wrong: the chip's memory is small
            raise

    def _draw(self, sprite: pygame.Surface, place: pygame.Rect) -> None:
        """``sprite`` turned to lie at ``place``: turned about its corner, whole pixels stay whole."""
        texture = self._textures.get(sprite)
        if texture is None:
            texture = self._textures[sprite] = Texture.from_surface(self._renderer, sprite)
            see_through = sprite.get_flags() & pygame.SRCALPHA
            texture.blend_mode = pygame.BLENDMODE_BLEND if see_through else pygame.BLENDMODE_NONE
        corner = {0: place.topleft, 90: place.topright, 180: place.bottomright, 270: place.bottomleft}[self._turn]
        texture.draw(None, (*corner, *sprite.get_size()), self._turn, (0, 0))

    def shot(self) -> pygame.Surface:
        """What is shown, upright."""
        return pygame.transform.rotate(self._renderer.to_surface(), self._turn)

    def close(self) -> None:
        """Give the display back: what was made on it first."""
        self._textures.clear()
        self._window.destroy()
        pygame.display.quit()
