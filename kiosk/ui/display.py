"""Which display there is, and how to open it: a desktop's window, the bare screen (KMSDRM), or none at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pygame

from kiosk.config import Display, Presenting
from kiosk.trouble import KioskError
from kiosk.ui.presenters import Presenter
from kiosk.ui.surfaces import Surfaces

#: The mirror as most people hang it.
PORTRAIT = (1080, 1920)
#: SDL's drivers that show nothing; tests and headless machines use them.
HEADLESS = ("offscreen", "dummy")
#: A desktop's driver and the variable that says its desktop is there.
DESKTOPS = {"wayland": "WAYLAND_DISPLAY", "x11": "DISPLAY"}
#: Share of the desktop that a window may take: its bars need the rest.
WINDOW_SHARE = 0.9
#: Where the kernel says which card has a screen plugged in.
CARDS = Path("/sys/class/drm")


def open_display(display: Display, wanted: Presenting, size: tuple[int, int] | None, turn: int) -> Presenter:
    """What presents drawings on ``display`` in the way that is ``wanted``; on surfaces where textures cannot be had.

    ``size`` counts for a window and offscreen only (a full screen has its own); it is the panel's, before the picture
    is turned by ``turn`` degrees.  Raises KioskError when ``display`` cannot be had.
    """
    refused = []
    for driver in drivers(display, os.environ):
        try:
            with _environment(driver):
                return _open(driver, wanted, _is_window(display, driver), size, turn)
        except pygame.error as error:
            pygame.display.quit()
            refused.append(f"{driver}: {error}")
    why = "; ".join(refused) or "no desktop here (neither WAYLAND_DISPLAY nor DISPLAY is set)"
    raise KioskError(f"display {display}: cannot be opened: {why}")


def drivers(display: Display, environment: Mapping[str, str]) -> list[str]:
    """SDL's video drivers to try for ``display``, the best first.  SDL_VIDEODRIVER in the ``environment`` is obeyed."""
    named = environment.get("SDL_VIDEODRIVER")
    desktops = [driver for driver, variable in DESKTOPS.items() if environment.get(variable)]
    match display:
        case "offscreen":
            return [named if named in HEADLESS else "offscreen"]
        case _ if named:
            return [named]
        case "window":
            return desktops
        case "fullscreen":
            return desktops or ["kmsdrm"]
    return [*(desktops or ["kmsdrm"]), "offscreen"]


def connected_card(cards: Path = CARDS) -> int | None:
    """Number N of the first /dev/dri/cardN with a screen plugged in; None when the kernel names none.

    A Pi 5 has several cards whose order changes between boots, and SDL tries only one (platform 2).
    """
    for status in sorted(cards.glob("card*-*/status")):
        card = re.match(r"card(\d+)-", status.parent.name)
        if card and status.read_text().strip() == "connected":
            return int(card[1])
    return None


def _is_window(display: Display, driver: str) -> bool:
    return display == "window" or driver in HEADLESS or (display == "auto" and driver in DESKTOPS)


def _open(driver: str, wanted: Presenting, window: bool, size: tuple[int, int] | None, turn: int) -> Presenter:
    pygame.display.init()
    pygame.mouse.set_visible(False)
    size = (size or _window_size(driver, turn)) if window else None
    if wanted == "surface":
        return Surfaces(driver, size, turn)
    try:
        from kiosk.ui.textures import Textures  # what they are made of is experimental: the mirror runs without it

        return Textures(driver, size, turn)
    except (ImportError, pygame.error) as error:
        surfaces = Surfaces(driver, size, turn)
        surfaces.name += f", no textures: {error}"
        return surfaces


@contextmanager
def _environment(driver: str) -> Iterator[None]:
    """What SDL reads from the environment while it opens ``driver``; what was set by hand stays as it was."""
    wanted = {"SDL_VIDEODRIVER": driver}
    if driver in HEADLESS:
        # Nobody looks: no detour through a graphics library, which costs 7 ms a flip.
        wanted["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
        wanted["SDL_RENDER_DRIVER"] = "software"
    if driver == "kmsdrm":
        # Without waiting for the screen, KMSDRM drops a flip that comes too early; ours would not come again.
        wanted["SDL_RENDER_VSYNC"] = "1"
        # SDL's first choice is desktop OpenGL; where its library is not installed, nothing fails and all stays black.
        wanted["SDL_RENDER_DRIVER"] = "opengles2"
        if (card := connected_card()) is not None:
            wanted["SDL_KMSDRM_DEVICE_INDEX"] = str(card)
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def _window_size(driver: str, turn: int) -> tuple[int, int]:
    """A mirror in portrait, as large as the desktop allows."""
    w, h = PORTRAIT if turn % 180 == 0 else PORTRAIT[::-1]
    if driver in HEADLESS:
        return w, h
    desktop = pygame.display.get_desktop_sizes()[0]
    share = min(1.0, desktop[0] * WINDOW_SHARE / w, desktop[1] * WINDOW_SHARE / h)
    return int(w * share), int(h * share)
