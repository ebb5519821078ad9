"""Scene → drawing → surface.

Nothing here remembers: sprites are kept by the functions that make them, and equal scenes give equal drawings.
"""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from kiosk.config import ButtonsAt
from kiosk.session.scene import (
    Asking,
    Calibrating,
    Choosing,
    Dark,
    Framing,
    GettingReady,
    Glass,
    Leaning,
    Leant,
    Resting,
    Scene,
    Summary,
    Switching,
    Teaching,
    Working,
)
from kiosk.ui import card, marks, pages, pictures, ready, sink, sticks, summary
from kiosk.ui.captions import beside, caption, panel
from kiosk.ui.colours import PAPER, SOFT, VIOLET
from kiosk.ui.drawing import Drawing, Mark, placed
from kiosk.ui.layout import BELOW, Layout, layout
from kiosk.ui.pictograms import person
from kiosk.ui.surfaces import put
from kiosk.ui.words import write

#: Seconds between the two halves of a moving pictogram: slow enough to read, quick enough to be noticed.
BEAT = 0.9


def paint(scene: Scene, surface: pygame.Surface, turn: int = 0, t: float = 0.0) -> None:
    """Paint ``scene`` as it is at ``t`` seconds over the whole ``surface``, turned clockwise by ``turn`` degrees."""
    put(compose(scene, upright(surface.get_size(), turn), beat(scene, t)), surface, turn)


def upright(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Width and height as the person sees them, of a surface of ``size`` that is turned by ``turn`` degrees."""
    return size if turn % 180 == 0 else (size[1], size[0])


def beat(scene: Scene, t: float) -> int:
    """Which half of its movement the picture shows at ``t`` seconds, or which picture of a stick person's; always 0
    when it stands still."""
    match scene.picture:
        case GettingReady():
            return int(t / BEAT) % 2
        case Choosing() if scene.demonstration:
            return int(t * sticks.RATE)
        case Summary(replays=replays, urgent="") if replays:
            return int(t * sticks.RATE)
    return 0


def compose(scene: Scene, size: tuple[int, int], beat: int = 0, buttons: ButtonsAt = BELOW) -> Drawing:
    """The drawing of ``scene`` on an upright screen of ``size`` pixels, at whose edge the ``buttons`` are."""
    at = layout(size, buttons if hasattr(scene.picture, "keys") else BELOW)
    return (*_picture(scene, at, beat), *_overlay(scene, at))


def _picture(scene: Scene, at: Layout, beat: int) -> Iterator[Mark]:
    match picture := scene.picture:
        case Dark():
            return iter(())
        case Choosing():
            return card.choosing(picture, at, beat, scene.demonstration)
        case GettingReady():
            return ready.getting_ready(picture, at, beat)
        case Calibrating():
            return ready.calibrating(picture, at)
        case Working():
            return pictures.working(picture, at)
        case Switching():
            return pictures.switching(picture, at)
        case Resting():
            return pictures.resting(picture, at)
        case Asking():
            return pictures.asking(picture, at)
        case Summary():
            return summary.summary(picture, at, beat)
        case Glass():
            return sink.glass(picture, at)
        case Leaning():
            return sink.leaning(picture, at)
        case Leant():
            return sink.leant(picture, at)
        case Framing():
            return sink.framing(picture, at)
        case Teaching():
            return sink.teaching(picture, at)
        case _:
            return pages.page(picture, at)


def _overlay(scene: Scene, at: Layout) -> Iterator[Mark]:
    """What is laid over every picture; over a dark one only the camera's sign, which is never left out."""
    unit = at.unit
    if scene.watching:
        yield placed(marks.camera(min(at.sign.w, at.sign.h), PAPER), at.sign, "sign", across=1)
    if isinstance(scene.picture, Dark):
        return
    if scene.figure:
        place, words = beside(at.figure, at.figure.h * 0.5)
        yield placed(person(place.h, SOFT), place, "figure")
        yield from write(scene.figure_name, words, "figure", 30 * unit, SOFT, down=0.5)
    if scene.trouble:
        box = at.trouble
        yield panel(box, "trouble", VIOLET, 18 * unit, 5 * unit)
        inner = box.inset(16 * unit, 10 * unit)
        yield from caption(scene.trouble.text, marks.wrench, inner, "trouble", 32 * unit, VIOLET, 64 * unit)
