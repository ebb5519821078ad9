"""The ways to switch a panel off beside the program that draws on it: DDC/CI, CEC, and the backlight's files.

While SDL is master of the display nobody else can switch its output off, and a screen without a signal says so in white
(platform 2).  Each way is asked whether it would work without switching anything.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.text import Text, series
from kiosk.trouble import KioskError, words_of

#: Seconds a program may take: a monitor that answers does so in one or two, one that is asleep makes ddcutil try again.
TIMEOUT = 5.0
#: DDC/CI's power mode, VCP feature D6 of MCCS 2.2: on, and off in the way from which it can be switched on again.
POWER, ON, OFF = "D6", "01", "04"
#: Where the kernel says which I2C bus leads to which screen, where CEC adapters are, and where backlights are.
CONNECTORS, ADAPTERS, BACKLIGHTS = Path("/sys/class/drm"), Path("/dev"), Path("/sys/class/backlight")
#: What a backlight's ``bl_power`` calls on and off (Linux, Documentation/ABI/stable/sysfs-class-backlight).
LIT, UNLIT = "0", "4"
#: What cec-ctl says of a message that nobody took; it ends well all the same.
NOT_TAKEN = re.compile(r"Not Acknowledged|Max Retries|Aborted|Timed Out")


class NoPower(KioskError, OSError):
    """The panel cannot be switched in this way, or not now."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to switch the panel.

    ``ask`` raises NoPower where it would not work, and changes nothing.  ``switch`` switches the panel on or off; of
    one that ``dims``, to a share (0..1) of its light.  Raises NoPower when that fails.
    """

    ask: Callable[[], None]
    switch: Callable[[bool, float], None]
    dims: bool = False


def ask_ddc() -> None:
    """Raises NoPower unless a monitor tells its power mode."""
    why: str = Text("no monitor tells its power mode")
    for bus in _buses():
        try:
            if re.search(rf"VCP {POWER} \w+ x", _run("ddcutil", *bus, "--brief", "getvcp", POWER)):
                return
        except NoPower as error:
            why = words_of(error)
    raise NoPower(why)


def switch_ddc(on: bool, light: float) -> None:
    """Tell the first monitor that listens.

    Nothing is read back, which can wake a monitor that has just gone off, nor checked before, which a monitor that is
    off may not answer (rockowitz/ddcutil#482); ddcutil 1 knows no way round its checks.
    """
    why = ""
    for bus in _buses():
        for unchecked in (("--skip-ddc-checks",), ()) if bus else ((),):
            try:
                _run("ddcutil", *bus, *unchecked, "--noverify", "setvcp", POWER, ON if on else OFF)
                return
            except NoPower as error:
                why = words_of(error)
    raise NoPower(why)


def ask_cec() -> None:
    """Raises NoPower unless a television tells its power state."""
    if "pwr-state" not in _tell_television("--give-device-power-status"):
        raise NoPower(Text("cec-ctl: no television answers"))


def switch_cec(on: bool, light: float) -> None:
    """Tell the television to wake up and show us, or to stand by."""
    _tell_television("--image-view-on" if on else "--standby")


def ask_backlight() -> None:
    """Raises NoPower unless there is a backlight whose files may be written."""
    panels = sorted(BACKLIGHTS.glob("*"))
    if not panels:
        raise NoPower(Text("no panel with a backlight of its own in {place}", place=BACKLIGHTS))
    if not any(_may_write(panel / name) for panel in panels for name in ("bl_power", "brightness")):
        raise NoPower(Text("{file} may not be written by this user", file=panels[0] / "brightness"))


def switch_backlight(on: bool, light: float) -> None:
    """Light every panel with a backlight to a share ``light`` of what it can do, or not at all.

    Raspberry Pi OS lets the group video write ``brightness`` only, of which 0 is as good as off.
    """
    ask_backlight()
    for panel in sorted(BACKLIGHTS.glob("*")):
        power, brightness = panel / "bl_power", panel / "brightness"
        try:
            if _may_write(brightness):
                full = int((panel / "max_brightness").read_text())
                brightness.write_text(str(max(round(full * light), 1) if on else 0))
            if _may_write(power):
                power.write_text(LIT if on else UNLIT)
        except (OSError, ValueError) as error:
            raise NoPower(Text("{panel}: cannot be set: {why}", panel=panel, why=words_of(error))) from None


#: Every way, in the order in which they are tried.
METHODS = {
    "ddc": Method(ask_ddc, switch_ddc),
    "cec": Method(ask_cec, switch_cec),
    "backlight": Method(ask_backlight, switch_backlight, dims=True),
}


def _buses() -> list[tuple[str, ...]]:
    """What leads ddcutil to each screen, those plugged in first; nothing where the kernel does not tell.

    A monitor that is off may look unplugged, so those count, too.
    """
    found = sorted(CONNECTORS.glob("card*-*/ddc"), key=lambda ddc: (not _is_plugged_in(ddc.parent), ddc))
    return [("--bus", ddc.resolve().name.removeprefix("i2c-")) for ddc in found] or [()]


def _is_plugged_in(connector: Path) -> bool:
    with suppress(OSError):
        return (connector / "status").read_text().strip() == "connected"
    return False


def _tell_television(message: str) -> str:
    """Send ``message`` by the first adapter whose television takes it, as a player; what was said of it."""
    why: str = Text("there is no {file}", file=ADAPTERS / "cec0")
    for adapter in sorted(ADAPTERS.glob("cec[0-9]*")):
        try:
            said = _run("cec-ctl", "--device", str(adapter), "--skip-info", "--playback", "--to", "0", message)
            if not NOT_TAKEN.search(said):
                return said
            why = Text("cec-ctl: no television answers at {adapter}", adapter=adapter)
        except NoPower as error:
            why = words_of(error)
    raise NoPower(why)


def _may_write(file: Path) -> bool:
    return file.is_file() and os.access(file, os.W_OK)


def _run(*words: str) -> str:
    """What a program says that ends well.  Raises NoPower when it is absent, fails or takes too long."""
    program = words[0]
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        said = Text("{program}: no answer within {seconds:.0f} s", program=program, seconds=TIMEOUT)
        raise NoPower(said) from None
    except OSError as error:
        raise NoPower(Text("{program} cannot be run: {why}", program=program, why=words_of(error))) from None
    if done.returncode:
        failed = Text("failed ({code})", code=done.returncode)
        raise NoPower(series([program, next(_lines(done.stdout + done.stderr), failed)], ": "))
    return done.stdout + done.stderr


def _lines(said: str) -> Iterator[str]:
    return (line.strip() for line in said.splitlines() if line.strip())
