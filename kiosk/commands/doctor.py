"""``kiosk doctor``: every part of the machine, one line each, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from rich.console import Console
from rich.text import Text

from kiosk.commands.checkup import Answer, State, cameras, computer, header, keeping, picture, software, sounds
from kiosk.config import Config

COLOURS = {"ok": "green", "warning": "yellow", "failed": "bold red"}


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


def _look(part: str, look: Callable[[Config], Answer], config: Config) -> Finding:
    try:
        state, said, do = look(config)
        return Finding(part, state, str(said), do)  # which may be a Text, of which msgspec knows nothing
    except Exception as error:  # whatever a broken library throws is a finding too
        return Finding(part, "failed", f"{type(error).__name__}: {error}".splitlines()[0], "")


def _line(finding: Finding) -> Text:
    head = Text(f"{finding.state:8}", COLOURS[finding.state]) + Text(f"{finding.part:13}{finding.said}", "default")
    return head + Text(f"  → {finding.do}" if finding.do else "", "cyan")


#: Every part, in the order of the report.
PARTS: dict[str, Callable[[Config], Answer]] = {
    "board": computer.check_board,
    "python": software.check_python,
    "numpy": software.check_numpy,
    "model": software.check_model,
    "runtime": software.check_runtime,
    "pace": software.check_pace,
    "pi_camera": cameras.check_pi_camera,
    "usb_camera": cameras.check_usb_camera,
    "display": picture.check_display,
    "screen": picture.check_screen,
    "screen_power": picture.check_screen_power,
    "night": picture.check_night,
    "buttons": header.check_buttons,
    "lamps": header.check_lamps,
    "motion": header.check_motion,
    "sound": sounds.check_sound,
    "voice": sounds.check_voice,
    "groups": computer.check_groups,
    "disk": computer.check_disk,
    "history": keeping.check_history,
    "clock": computer.check_clock,
    "systemd": computer.check_service,
}
