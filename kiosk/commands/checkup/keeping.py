"""What the mirror remembers."""

from __future__ import annotations

from kiosk.commands.checkup import Answer
from kiosk.config import Config
from kiosk.records.counted import counted
from kiosk.records.database import Damaged, find_aside
from kiosk.records.history import History, find_history
from kiosk.trouble import KioskError

#: What may still be had of a damaged history.
RECOVER = "`sqlite3 FILE .recover` may save its sets"


def check_history(config: Config) -> Answer:
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
        but = ", but for what the household leant this week" if config.station == "sink" else ""
        return "ok", f"nobody is remembered{but}: there is no profile in the settings", ""
    people = ", ".join(f"{name}: {counted(sets, 'set')}" for name, sets in kept.items())
    return "ok", f"{people} in {path}, {path.stat().st_size / 1e6:.1f} MB", ""
