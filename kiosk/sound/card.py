"""The sound card, through SDL's mixer."""

from __future__ import annotations

import os
from pathlib import Path

import pygame

from kiosk.trouble import KioskError

#: What the mixer works with: samples a second (which every card plays, and twice espeak-ng's), bits (signed), one
#: channel, and samples in one go: 12 ms.
RATE, BITS, CHANNELS, BUFFER = 44100, -16, 1, 512

#: Where the kernel lists what can play, and where sound servers listen below $XDG_RUNTIME_DIR.
CARDS, SERVERS = Path("/dev/snd"), ("pulse/native", "pipewire-0")


class NoSound(KioskError, OSError):
    """There is nothing to play sounds on."""


def open_card(device: str = "") -> str:
    """Open the mixer on ALSA's ``device``, or on the usual one, and say what it is.  Raises NoSound.

    Where nothing can play it is not even tried: ALSA would complain about it at length on the error stream.
    """
    if not device and not _can_play():
        raise NoSound("there is no sound card, and no sound server either")
    if device:  # in the environment, for SDL's own list has no such names; what was set there by hand stays
        os.environ.setdefault("SDL_AUDIODRIVER", "alsa")
        os.environ.setdefault("AUDIODEV", device)
    try:
        pygame.mixer.init(RATE, BITS, CHANNELS, BUFFER, allowedchanges=0)
    except pygame.error as error:
        raise NoSound(f"the sound card{device and f' {device}'} cannot be opened: {error}") from error
    return f"{pygame.mixer.get_driver()} {device}".strip()


def players() -> frozenset[str]:
    """What the kernel has to play on at this moment: it changes when a card is plugged in or pulled out."""
    return frozenset(card.name for card in CARDS.glob("pcm*p"))


def close_card() -> None:
    """Give the sound card back; closing twice is harmless."""
    pygame.mixer.quit()


def _can_play() -> bool:
    """Whether there is a card, or something else that SDL is told to play on."""
    driver = os.environ.get("SDL_AUDIODRIVER", "")
    if players() or driver not in ("", "alsa"):
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/run/nowhere"))
    listening = "PULSE_SERVER" in os.environ or any((runtime / server).exists() for server in SERVERS)
    return listening and not driver
