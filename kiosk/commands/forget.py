"""``kiosk forget``: what is remembered of somebody, or of everybody, is removed for good."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.prompt import Confirm

from kiosk.commands.history import check_known, choose_history
from kiosk.records.counted import counted
from kiosk.records.database import Damaged, find_aside, remove
from kiosk.records.leans import LeanHistory
from kiosk.session.sink.counts import LeanTime
from kiosk.trouble import BadInput


def run(profile: str | None, sure: bool) -> int:
    """Remove all that is kept of ``profile`` (None: of everybody) and say what that was; 1 when it was not confirmed.

    Damaged histories that were set aside go with it, for nobody can tell whose sets they hold; with everybody goes what
    the sink counted of the household.  Whoever is not ``sure`` is asked, on a terminal.  Raises BadInput for an unknown
    profile, NoHistory where the history cannot be changed.
    """
    path = choose_history()
    aside = find_aside(path)
    try:
        known, household = _known(path, profile)
    except Damaged:
        if profile is not None:
            raise
        aside, known, household = [*aside, path], {}, None
    forgotten = {name: number for name, number in known.items() if profile in (None, name)}
    words = [f"{name} ({counted(number, 'set')})" for name, number in forgotten.items()]
    words += [f"the household ({counted(household.leans, 'lean')} this week)"] if household else []
    words += [str(each) for each in aside]
    if not words:
        print(f"Nothing is kept in {path}.")
        return 0
    if not sure and not _confirmed(", ".join(words)):
        print("Nothing was removed.")
        return 1
    if forgotten or household:
        with LeanHistory(path) as history:
            if household:
                history.forget_household()
            history.forget(*forgotten)
    for each in aside:
        remove(each)
    print(f"Removed: {', '.join(words)}.")
    return 0


def _known(path: Path, profile: str | None) -> tuple[dict[str, int], LeanTime | None]:
    """The profiles kept, with their sets; what is kept of the household, where everybody is to be forgotten."""
    with LeanHistory(path, read_only=True) as history:
        if profile is not None:
            check_known(history, profile)
            return history.profiles(), None
        return history.profiles(), history.household()


def _confirmed(words: str) -> bool:
    if not sys.stdin.isatty():
        raise BadInput(f"{words}: to be removed for good; not asked for want of a terminal: add --yes")
    return Confirm.ask(f"Remove for good: {words}?", default=False)
