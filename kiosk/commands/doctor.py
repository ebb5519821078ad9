"""``kiosk doctor``: every part of the machine, one line each, and what to do about it."""

from __future__ import annotations

import grp
import importlib
import os
import platform
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from rich.console import Console
from rich.text import Text

from kiosk.commands import causes
from kiosk.commands.causes import MAKE_ANEW, SERVICE
from kiosk.config import Config
from kiosk.devices import runtime
from kiosk.devices.board import board_name, is_raspberry_pi
from kiosk.devices.buttons import Buttons, NoButtons
from kiosk.devices.graphics import find_obstacle
from kiosk.devices.lamps import Lamps
from kiosk.devices.model_file import FOLDER, find_model, read_manifest
from kiosk.devices.motion import Motion
from kiosk.devices.movenet import PoseModel
from kiosk.devices.pace import OVER, PICTURE_MS, PLANNED_MS, PLANNED_PER_S, ROOM
from kiosk.devices.panel import METHODS, NoPower
from kiosk.devices.picamera import find_pi_camera
from kiosk.devices.pins import has_pins
from kiosk.devices.usb import find_usb_cameras
from kiosk.language import read_language
from kiosk.records.counted import counted
from kiosk.records.database import Damaged, find_aside
from kiosk.records.history import History, find_history
from kiosk.session.placing import Place
from kiosk.session.reflection import STATURE, Wall
from kiosk.session.sounds import BEGIN
from kiosk.sound.card import NoSound, close_card, open_card
from kiosk.sound.voice import PROGRAM, NoVoice, find_speech, speak
from kiosk.trouble import KioskError, NoModel

State = Literal["ok", "warning", "failed"]
COLOURS = {"ok": "green", "warning": "yellow", "failed": "bold red"}

#: The groups that own what the mirror opens on a Pi: camera, screen, graphics, keyboard, pins, sound card.
GROUPS = ("video", "render", "input", "gpio", "audio")
#: Left by systemd's own time service once it has heard from a time server.
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
#: What gets the pose model: where it is developed, and where it is installed.
GET_MODEL = "make models" if (FOLDER.parent / "Makefile").exists() else f"sudo {sys.prefix}/bin/kiosk models"
#: What makes each way to switch the panel off work.
POWER_CURES = {
    "ddc": "sudo apt-get install ddcutil; echo i2c-dev | sudo tee /etc/modules-load.d/i2c-dev.conf; "
    'sudo usermod -aG i2c $USER, and start anew; or set screen_power = "none"',
    "cec": "sudo apt-get install v4l-utils; switch CEC on in the television's menu",
    "backlight": "sudo make install gives it to the group video (systemd/README.md); then start anew",
}
#: What may still be had of a damaged history.
RECOVER = "`sqlite3 FILE .recover` may save its sets"


class Finding(msgspec.Struct, frozen=True):
    """One part of the machine: how it is, what it ``said`` for itself, what to ``do`` ("" when nothing)."""

    part: str
    state: State
    said: str
    do: str = ""


def run(as_json: bool, config: Config) -> int:
    """Look at every part and print a line for each; 1 when one of them failed, else 0."""
    findings = [_look(part, look, config) for part, look in PARTS.items()]
    if as_json:
        print(msgspec.json.encode(findings).decode())
    else:
        console = Console(soft_wrap=True)
        for finding in findings:
            console.print(_line(finding))
    return int(any(finding.state == "failed" for finding in findings))


def _look(part: str, look: Callable[[Config], tuple[State, str, str]], config: Config) -> Finding:
    try:
        state, said, do = look(config)
        return Finding(part, state, str(said), do)  # which may be a Text, of which msgspec knows nothing
    except Exception as error:  # whatever a broken library throws is a finding too
        return Finding(part, "failed", f"{type(error).__name__}: {error}".splitlines()[0], "")


def _line(finding: Finding) -> Text:
    head = Text(f"{finding.state:8}", COLOURS[finding.state]) + Text(f"{finding.part:13}{finding.said}", "default")
    return head + Text(f"  → {finding.do}" if finding.do else "", "cyan")


def _board(config: Config) -> tuple[State, str, str]:
    name = board_name() or f"{platform.machine()} computer, {os.cpu_count()} cores"
    if strain := causes.why_strained():
        return "warning", f"{name}: {strain[0]}", strain[1]
    return "ok", name, ""


def _python(config: Config) -> tuple[State, str, str]:
    version = platform.python_version()
    if not (3, 11) <= sys.version_info < (3, 14):
        return "failed", f"{version} at {sys.executable}", "the mirror needs Python 3.11, 3.12 or 3.13"
    if is_raspberry_pi() and not any("dist-packages" in folder for folder in sys.path):
        return "failed", f"{version}, without the system's packages, so without picamera2", MAKE_ANEW
    return "ok", version, ""


def _numpy(config: Config) -> tuple[State, str, str]:
    """numpy, and whether apt's picamera2 can live with it: simplejpeg is the part of it that breaks."""
    if find_spec("simplejpeg") is not None:
        try:
            importlib.import_module("simplejpeg")
        except ValueError as error:
            return "failed", f"{np.__version__}, but picamera2 was built for another: {error}", MAKE_ANEW
    return "ok", np.__version__, ""


def _model(config: Config) -> tuple[State, str, str]:
    try:
        manifest, place = read_manifest(), find_model()
    except NoModel as error:
        absent = not (FOLDER / read_manifest().file).exists()
        return ("warning" if absent else "failed"), f"{error}; the simulated person will be shown", GET_MODEL
    return "ok", f"{manifest.name} {manifest.version}, {place.stat().st_size / 1e6:.1f} MB, SHA-256 right", ""


def _runtime(config: Config) -> tuple[State, str, str]:
    try:
        started = runtime.start(find_model(), config.threads)
    except NoModel:
        return "warning", "not tried: there is no right model", GET_MODEL
    except KioskError as error:
        return "failed", str(error), MAKE_ANEW
    said = f"{started.name}, threads {started.threads}, XNNPACK runs {started.delegated} parts of the model"
    if not started.delegated:
        why, do = causes.why_no_xnnpack(started.name)
        return "warning", f"{said}, so it is slow: {why}", do
    return "ok", said, ""


def _pace(config: Config) -> tuple[State, str, str]:
    """Whether every picture is looked at twice here: decided by the model itself, as in the mirror."""
    try:
        eye = PoseModel(find_model(), config.threads, passes=None)
    except NoModel:
        return "warning", "not tried: there is no right model", GET_MODEL
    blank = np.zeros((eye.input_size, eye.input_size, 3), np.uint8)
    for _ in range(OVER):
        eye.look(blank, 0.0)
    took, enough = f"{eye.pace.median_ms:.1f} ms a pass", f"{PICTURE_MS * ROOM / 2:.0f} ms"
    if eye.pace.lean:
        why = "the board is held back" if eye.pace.spared else f"slower than the planned {PLANNED_MS:.0f} ms"
        said = f"{took}: {why}, so at most {PLANNED_PER_S:.0f} poses a second, one look each, the back twice a second"
        return "warning", said, "a cooler place, a stronger power supply, a faster board; see the line `board`"
    if eye.passes == 2:
        return "ok", f"{took}: looks at every picture twice, straight and mirrored (a pass within {enough})", ""
    return "ok", f"{took}: looks at every picture once; for a second, mirrored look it must be within {enough}", ""


def _pi_camera(config: Config) -> tuple[State, str, str]:
    """Whether there is one, and whether a picture comes of it: it is opened for a moment."""
    if camera := find_pi_camera():
        trouble = causes.why_no_frame()
        return ("warning", f"{camera}: {trouble[0]}", trouble[1]) if trouble else ("ok", camera, "")
    if not is_raspberry_pi():
        return "ok", "none, this is not a Raspberry Pi", ""
    return "warning", *causes.why_no_camera()


def _usb_camera(config: Config) -> tuple[State, str, str]:
    cameras = find_usb_cameras()
    shut = [camera for camera in cameras if not os.access(camera, os.R_OK | os.W_OK)]
    if shut:
        return "failed", f"{shut[0]} may not be opened by this user", "sudo usermod -aG video $USER, and log in again"
    if cameras:
        return "ok", ", ".join(map(str, cameras)), ""
    if find_pi_camera():
        return "ok", "none", ""
    return "warning", "no camera at all: the simulated person will be used", "plug one in, or go on without"


def _display(config: Config) -> tuple[State, str, str]:
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


def _screen_power(config: Config) -> tuple[State, str, str]:
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


def _night(config: Config) -> tuple[State, str, str]:
    """When it is dimmer, and whether it is now: by the clock on the wall, which has to be right for that."""
    night, now = config.night, time.strftime("%H:%M")
    if not night.hours:
        return "ok", "as bright as by day", ""
    is_now = "now" if night.light_at(now) < 1 else f"not now, at {now}"
    return "ok", f"dimmed to {night.light:.0%} from {night.hours.replace('-', ' to ')}: {is_now}", ""


def _screen(config: Config) -> tuple[State, str, str]:
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


def _buttons(config: Config) -> tuple[State, str, str]:
    if not is_raspberry_pi():
        return "warning", "no 40-pin header here", "use the keyboard: arrows, enter, escape"
    try:
        with Buttons(config.pins) as buttons:
            return "ok", f"{buttons.name}, read by gpiozero through lgpio", ""
    except NoButtons as error:
        return _without_pins(str(error))


def _lamps(config: Config) -> tuple[State, str, str]:
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


def _motion(config: Config) -> tuple[State, str, str]:
    if config.motion is None:
        wakes = "one look a second and any button wake" if config.glance else "a button wakes"
        return "ok", f"there is none in the settings: {wakes} the mirror", ""
    with Motion(config.motion) as motion:
        trouble = motion.trouble
    if trouble is None:
        return "ok", f"{motion.name}: it wakes the mirror", ""
    if not has_pins():
        return "warning", trouble.text, "take it out of the settings, or use a Raspberry Pi"
    return _without_pins(trouble.text)


def _without_pins(said: str) -> tuple[State, str, str]:
    """A header is there, but pins cannot be had, as was ``said``."""
    why, do = causes.why_no_pins(said)
    return "warning" if do == causes.STOP else "failed", said if why == said else f"{said} ({why})", do


def _sound(config: Config) -> tuple[State, str, str]:
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


def _voice(config: Config) -> tuple[State, str, str]:
    if not (config.sound.voice and config.sound.volume):
        return "ok", "silent, as the settings say", ""
    try:
        spoken = speak(read_language(config.language).say(BEGIN), find_speech(), config.language)
    except NoVoice as error:
        do = "sudo apt-get install espeak-ng, or set voice = false in the settings"
        return "warning", f"{error}; cues are not spoken", do
    return "ok", f"{PROGRAM}, {len(list(spoken.parent.glob('*.wav')))} sentences in {spoken.parent}", ""


def _groups(config: Config) -> tuple[State, str, str]:
    user = pwd.getpwuid(os.geteuid()).pw_name
    mine = {grp.getgrgid(group).gr_name for group in os.getgroups()}
    missing = [group for group in GROUPS if group not in mine]
    if is_raspberry_pi() and os.geteuid() and missing:
        do = f"sudo usermod -aG {','.join(missing)} {user}, and log in again"
        return "warning", f"{user} is not in {', '.join(missing)}", do
    return "ok", user, ""


def _disk(config: Config) -> tuple[State, str, str]:
    """The disk that sets are kept on."""
    place = find_history().parent
    if trouble := causes.why_no_room(place):
        return "warning", *trouble
    return "ok", f"{shutil.disk_usage(FOLDER).free / 1e9:.1f} GB free", ""


def _history(config: Config) -> tuple[State, str, str]:
    """Whether sets can be kept, whether all of the file can be read, and what had to be set aside."""
    path = find_history()
    try:
        with History(path, read_only=not config.profile and not path.exists()) as history:
            damage, kept = history.damage(), history.profiles()
    except Damaged as error:
        return "warning", str(error), f"put a backup in its place; else the mirror begins another. {RECOVER}"
    except KioskError as error:
        return "warning", f"sets are not remembered: {error}", f"may this user write in {path.parent}?"
    if damage:
        return "warning", f"{path} is damaged: {damage}", f"put a backup in its place. {RECOVER}"
    if aside := find_aside(path):
        return (
            "warning",
            f"damaged, set aside: {', '.join(map(str, aside))}",
            f"{RECOVER}; kiosk forget --all removes it",
        )
    if config.profile:
        kept = {config.profile: 0} | kept
    if not kept:
        return "ok", "nobody is remembered: there is no profile in the settings", ""
    people = ", ".join(f"{name}: {counted(sets, 'set')}" for name, sets in kept.items())
    return "ok", f"{people} in {path}, {path.stat().st_size / 1e6:.1f} MB", ""


def _clock(config: Config) -> tuple[State, str, str]:
    """The mirror measures with the monotonic clock; the date only matters to whoever reads logs and recordings."""
    today = time.strftime("%Y-%m-%d")
    if time.time() < (FOLDER / "manifest.json").stat().st_mtime:
        return "warning", *causes.why_no_time(today)
    return "ok", today + (", set by a time server" if SYNCHRONISED.exists() else ""), ""


def _service(config: Config) -> tuple[State, str, str]:
    if not shutil.which("systemctl"):
        return "ok", "no systemd here", ""
    command = ["systemctl", "show", SERVICE, "--property=LoadState,ActiveState,UnitFileState,WatchdogUSec"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=5)
    said = dict(line.split("=", 1) for line in answer.stdout.splitlines() if "=" in line)
    if said.get("LoadState") != "loaded":
        words = "does not start with the machine"
        return ("warning", words, "sudo make install") if is_raspberry_pi() else ("ok", words, "")
    words = f"{said['UnitFileState']}, {said['ActiveState']}, watchdog {said['WatchdogUSec']}"
    if said["ActiveState"] == "failed":
        return "failed", words, f"journalctl -u {SERVICE} -b"
    return "ok", words, ""


#: Every part, in the order of the report.
PARTS: dict[str, Callable[[Config], tuple[State, str, str]]] = {
    "board": _board,
    "python": _python,
    "numpy": _numpy,
    "model": _model,
    "runtime": _runtime,
    "pace": _pace,
    "pi_camera": _pi_camera,
    "usb_camera": _usb_camera,
    "display": _display,
    "screen": _screen,
    "screen_power": _screen_power,
    "night": _night,
    "buttons": _buttons,
    "lamps": _lamps,
    "motion": _motion,
    "sound": _sound,
    "voice": _voice,
    "groups": _groups,
    "disk": _disk,
    "history": _history,
    "clock": _clock,
    "systemd": _service,
}
