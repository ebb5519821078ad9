"""``kiosk history``: the sets done on this mirror under a profile."""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kiosk.drills import DRILLS
from kiosk.records.history import COLUMNS, FILE, OF_THE_SERVICE, History, find_history
from kiosk.records.page import page
from kiosk.records.whole import written_whole
from kiosk.session.progress import SetDone
from kiosk.trouble import BadInput

#: What is said where nothing is known.
UNKNOWN = "–"


def run(profile: str | None, *, as_json: bool, as_csv: bool, html: Path | None, backup: Path | None) -> None:
    """Print every set that is remembered (of one ``profile``), oldest first, as JSON, as CSV or as a table.

    Or write a page of them to the file ``html``, or a copy of all there is to the file ``backup``.  Raises BadInput
    where the history is no history or the profile is not in it, NoHistory where it cannot be read.
    """
    path = choose_history()
    with History(path, read_only=True) as history:
        if profile is not None:
            check_known(history, profile)
        if backup:
            history.back_up(backup)
            return
        sets = history.whole_sets(profile)
    if html:
        with written_whole(html) as file:
            file.write(page(sets, date.today()))
    elif as_json:
        print(msgspec.json.format(msgspec.json.encode(sets)).decode())
    elif as_csv:
        print_csv(sets)
    else:
        print_table(sets, path, Console(soft_wrap=True))


def check_known(history: History, profile: str) -> None:
    """Raises BadInput, which names those that are, when nothing is kept of ``profile``."""
    known = history.profiles()
    if profile not in known:
        raise BadInput(f"profile {profile!r}: nothing is kept of it; known are: {', '.join(known) or 'none'}")


def choose_history() -> Path:
    """The history of whoever asks; where they have none, that of the mirror's service."""
    own, of_the_service = find_history(), OF_THE_SERVICE / FILE
    return of_the_service if not own.exists() and of_the_service.exists() else own


def print_csv(sets: list[SetDone]) -> None:
    """A row a set: ``t`` in seconds since 1970, several scores or faults in one cell with spaces between."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(COLUMNS)
    for done in sets:
        values = (getattr(done, column) for column in COLUMNS)
        rows.writerow([" ".join(map(str, value)) if isinstance(value, tuple) else value for value in values])


def print_table(sets: list[SetDone], path: Path, console: Console) -> None:
    """A row a set, for people."""
    if not sets:
        console.print(f"No set is remembered in {path}: without a profile the mirror forgets.", highlight=False)
        return
    titles = {drill.key: drill.title for drill in DRILLS}
    table = Table(box=None, pad_edge=False)
    for head in ("when", "who", "drill", "faults in red"):
        table.add_column(head)
    for head in ("count", "score", "range", "seen", "pain"):
        table.add_column(head, justify="right")
    for done in sets:
        table.add_row(
            datetime.fromtimestamp(done.t).strftime("%Y-%m-%d %H:%M"),
            escape(done.profile),
            titles.get(done.drill, done.drill),
            ", ".join(done.reds),
            f"{done.left} + {done.right}" if done.left or done.right else str(done.reps),
            UNKNOWN if done.score is None else str(done.score),
            UNKNOWN if done.range_sd is None else f"± {done.range_sd:.0f}°",
            f"{done.coverage:.0%}",
            UNKNOWN if done.pain is None else str(done.pain),
        )
    console.print(table)
