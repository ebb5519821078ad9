"""What is wired to the 40-pin header: buttons, lamps, motion sensor."""

from __future__ import annotations

from kiosk.commands.checkup import Answer, causes
from kiosk.config import Config
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.buttons import Buttons, NoButtons
from kiosk.devices.lamps import Lamps
from kiosk.devices.motion import Motion
from kiosk.devices.pins import has_pins


def check_buttons(config: Config) -> Answer:
    """Whether their pins can be read."""
    if not is_raspberry_pi():
        return "warning", "no 40-pin header here", "use the keyboard: arrows, enter, escape"
    try:
        with Buttons(config.pins) as buttons:
            return "ok", f"{buttons.name}, read by gpiozero through lgpio", ""
    except NoButtons as error:
        return _without_pins(str(error))


def check_lamps(config: Config) -> Answer:
    """The lamps; they are dark meanwhile."""
    if not config.lamps.named:
        return "ok", "there are none in the settings", ""
    with Lamps(config.lamps) as lamps:
        trouble = lamps.trouble
    if trouble is None:
        return "ok", lamps.name, ""
    if not has_pins():
        return "warning", trouble.text, "take them out of the settings, or use a Raspberry Pi"
    return _without_pins(trouble.text)


def check_motion(config: Config) -> Answer:
    """The motion sensor, or what else wakes the mirror."""
    if config.motion is None:
        wakes = "one look a second and any button wake" if config.glances else "a button wakes"
        return "ok", f"there is none in the settings: {wakes} the mirror", ""
    with Motion(config.motion) as motion:
        trouble = motion.trouble
    if trouble is None:
        return "ok", f"{motion.name}: it wakes the mirror", ""
    if not has_pins():
        return "warning", trouble.text, "take it out of the settings, or use a Raspberry Pi"
    return _without_pins(trouble.text)


def _without_pins(said: str) -> Answer:
    """A header is there, but pins cannot be had, as was ``said``."""
    why, do = causes.why_no_pins(said)
    return "warning" if do == causes.STOP else "failed", said if why == said else f"{said} ({why})", do
