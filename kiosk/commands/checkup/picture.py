"""What is seen of the mirror: whether it can draw, how large, and when it is dark."""

from __future__ import annotations

import os
import time

from kiosk.commands.checkup import Answer
from kiosk.config import Config
from kiosk.devices.graphics import find_obstacle
from kiosk.devices.panel import METHODS, NoPower
from kiosk.session.placing import Place
from kiosk.session.reflection import STATURE, Wall

#: What makes each way to switch the panel off work.
POWER_CURES = {
    "ddc": "sudo apt-get install ddcutil; echo i2c-dev | sudo tee /etc/modules-load.d/i2c-dev.conf; "
    'sudo usermod -aG i2c $USER, and start anew; or set screen_power = "none"',
    "cec": "sudo apt-get install v4l-utils; switch CEC on in the television's menu",
    "backlight": "sudo make install gives it to the group video (systemd/README.md); then start anew",
}


def check_display(config: Config) -> Answer:
    """How the mirror draws here, with a desktop or without."""
    from kiosk.ui.display import DESKTOPS, connected_card

    if config.display == "offscreen":
        return "ok", "offscreen, as the settings say", ""
    for driver, variable in DESKTOPS.items():
        if os.environ.get(variable):
            return "ok", f"{driver} desktop {os.environ[variable]}", ""
    if obstacle := find_obstacle():
        why, do = obstacle
        return "warning", f"no desktop, and the mirror cannot draw without one: {why}; nothing will be shown", do
    if connected_card() is None:
        return "warning", "KMSDRM could draw, but no screen is plugged in", "plug the screen in before the Pi starts"
    return "ok", f"KMSDRM on card {connected_card()}, no desktop needed", ""


def check_screen(config: Config) -> Answer:
    """Whether what is drawn is large enough, and whose reflection lies on it, by the settings' measures."""
    from kiosk.ui.periphery import LEAST, STANDING, smallest_lamp

    size = config.screen.width_mm, config.screen.height_mm
    span = smallest_lamp((round(size[0] * 4), round(size[1] * 4)), size)  # pixels of a quarter of a millimetre
    low, high = Place(wall=Wall(config.screen, config.camera_at)).reflected
    said = f"{size[0]:g} x {size[1]:g} mm, form lights: {span:.2f} degrees at {STANDING:g} m"
    if span < LEAST:
        return "warning", said, f"the corner of the eye wants {LEAST:g} degrees: a larger screen, or stand nearer"
    if low >= high:
        return "warning", f"{said}; nobody who stands sees themselves on it", "measure `screen` and `camera_at` again"
    return "ok", f"{said}; somebody of {STATURE:.2f} m sees themselves on it from {low:.2f} to {high:.2f} m", ""


def check_screen_power(config: Config) -> Answer:
    """Each way to switch the panel off is asked whether it would work; nothing is switched."""
    if config.screen_power == "none":
        return "ok", "the screen is black, but on, when the mirror is dark, as the settings say", ""
    if config.display in ("window", "offscreen"):
        return "ok", "only a screen that the mirror has to itself is switched off", ""
    wanted = list(METHODS) if config.screen_power == "auto" else [config.screen_power]
    refused = {}
    for name in wanted:
        try:
            METHODS[name].ask()
        except NoPower as error:
            refused[name] = str(error)
        else:
            return "ok", f"the screen goes off when the mirror is dark, by {name}", ""
    why = "; ".join(f"{name}: {said}" for name, said in refused.items())
    return "warning", f"the screen is black, but on, when the mirror is dark: {why}", POWER_CURES[wanted[0]]


def check_night(config: Config) -> Answer:
    """When it is dimmer, and whether it is now: by the clock on the wall, which has to be right for that."""
    night, now = config.night, time.strftime("%H:%M")
    if not night.hours:
        return "ok", "as bright as by day", ""
    is_now = "now" if night.light_at(now) < 1 else f"not now, at {now}"
    return "ok", f"dimmed to {night.light:.0%} from {night.hours.replace('-', ' to ')}: {is_now}", ""
