"""What the history holds, for the tests of whatever is to be in it."""

from __future__ import annotations

from pathlib import Path

from kiosk.records.history import History
from kiosk.session.progress import SetDone


def read_history(path: Path, profile: str | None = None) -> list[SetDone]:
    """Every set in the history at ``path``, of ``profile`` or of all, oldest first; none where there is no file."""
    with History(path, read_only=True) as history:
        return history.whole_sets(profile)
