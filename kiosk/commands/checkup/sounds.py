"""What is heard of the mirror."""

from __future__ import annotations

from kiosk.commands.checkup import Answer, causes
from kiosk.config import Config
from kiosk.language import read_language
from kiosk.session.sounds import BEGIN
from kiosk.sound.card import NoSound, close_card, open_card
from kiosk.sound.voice import PROGRAM, NoVoice, find_speech, speak


def check_sound(config: Config) -> Answer:
    """Whether the sound card can be opened."""
    if not config.sound.volume:
        return "ok", "silent, as the settings say", ""
    try:
        card = open_card(config.sound.device)
    except NoSound as error:
        do = "plug one in, name it in the settings (aplay -L lists them), or set volume = 0 there"
        if "busy" in str(error).lower():
            do = causes.STOP
        return "warning", f"{error}; nothing will be heard", do
    finally:
        close_card()
    quiet = f", quiet {config.sound.quiet}" if config.sound.quiet else ""
    return "ok", f"{card}, volume {config.sound.volume:g}{quiet}", ""


def check_voice(config: Config) -> Answer:
    """Whether the voice speaks."""
    if not (config.sound.voice and config.sound.volume):
        return "ok", "silent, as the settings say", ""
    try:
        spoken = speak(read_language(config.language).say(BEGIN), find_speech(), config.language)
    except NoVoice as error:
        do = "sudo apt-get install espeak-ng, or set voice = false in the settings"
        return "warning", f"{error}; cues are not spoken", do
    return "ok", f"{PROGRAM}, {len(list(spoken.parent.glob('*.wav')))} sentences in {spoken.parent}", ""
