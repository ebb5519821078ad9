"""The processor's presenter: sprites are put on the display's surface, and only where something changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import pygame

from kiosk.ui.colours import BLACK
from kiosk.ui.drawing import Box, Drawing, on_panel
from kiosk.ui.presenters import TITLE

#: Sprites turned by so many degrees, each for as long as it is kept by whoever made it.
_TURNED: dict[int, WeakKeyDictionary[pygame.Surface, pygame.Surface]] = {
    turn: WeakKeyDictionary() for turn in (90, 180, 270)
}


class Surfaces:
    """The display's own surface, painted by the processor: a `Presenter`."""

    def __init__(self, driver: str, size: tuple[int, int] | None, turn: int) -> None:
        """``size`` of the window in pixels; None takes the whole screen.  Raises pygame.error."""
        self._turn = turn
        pygame.display.set_caption(TITLE)
        self._surface = pygame.display.set_mode(size or (0, 0), 0 if size else pygame.FULLSCREEN)
        self.size = self._surface.get_size()
        self.name = f"{driver} {self.size[0]}×{self.size[1]}"

    def show(self, drawing: Drawing, changed: Sequence[Box] | None, shift: tuple[int, int]) -> None:
        """Paint what changed; SDL hands on the rows between the first and the last of it (platform 2)."""
        pygame.display.update(put(drawing, self._surface, self._turn, shift, changed))

    def shot(self) -> pygame.Surface:
        """What is shown, upright."""
        return pygame.transform.rotate(self._surface, self._turn)

    def close(self) -> None:
        """Give the display back."""
        pygame.display.quit()


def put(
    drawing: Drawing,
    surface: pygame.Surface,
    turn: int = 0,
    shift: tuple[int, int] = (0, 0),
    changed: Sequence[Box] | None = None,
) -> list[pygame.Rect]:
    """Paint ``drawing`` on ``surface``, turned clockwise by ``turn`` degrees; only where it ``changed``, if given.

    Returns the rectangles of ``surface`` that were painted.  Sprites are turned, never the whole picture: that would
    cost 2 ms here and ten times as much on a Pi 4 (platform 2).
    """
    size = surface.get_size()
    places = [on_panel(mark.box, size, turn, shift) for mark in drawing]
    bands = [surface.get_rect()]
    if changed is not None:
        bands = _bands(on_panel(box, size, turn, shift) for box in changed)
    for band in bands:
        surface.set_clip(band)
        surface.fill(BLACK)
        for i in band.collidelistall(places):
            what = drawing[i].what
            if isinstance(what, pygame.Surface):
                surface.blit(_turned(what, turn) if turn else what, places[i])
            else:
                surface.fill(what, places[i])
    surface.set_clip(None)
    return bands


def _bands(places: Iterable[pygame.Rect]) -> list[pygame.Rect]:
    """``places`` that share rows of the panel, as one; none of the bands shares a row with another.

    SDL hands on all the rows from the first band to the last, whatever their width (platform 2), so that width is only
    painting: bands as wide as the panel, or each place by itself, took nearly twice as long (measured over
    whole sets), for many lie over each other.
    """
    bands: list[pygame.Rect] = []
    for place in sorted(places, key=lambda place: place.top):
        if bands and place.top <= bands[-1].bottom:
            bands[-1].union_ip(place)
        else:
            bands.append(place)
    return bands


def _turned(sprite: pygame.Surface, turn: int) -> pygame.Surface:
    kept = _TURNED[turn]
    if sprite not in kept:
        kept[sprite] = pygame.transform.rotate(sprite, -turn)
    return kept[sprite]
