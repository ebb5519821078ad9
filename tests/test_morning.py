"""A whole morning at the sink, at any speed: it never fails, never grows, and counts what there was."""

from __future__ import annotations

from pathlib import Path

import pytest
from morning import LASTS, live, visits

from kiosk.records.history import FILE
from kiosk.session.states import Dark

#: Megabytes that may come and go in half a morning.
GROWTH = 2.0
#: Bytes of a household's counts, whatever it has done.
KEPT = 150_000


@pytest.mark.parametrize("sensor", [False, True], ids=["glances", "sensor"])
def test_a_morning_of_twelve_visits(sensor: bool, tmp_path: Path) -> None:
    lived = live(tmp_path / FILE, sensor=sensor)
    certain = sum(visit.counted for visit in visits())
    hidden = sum(len(visit.leans) - visit.counted for visit in visits() if visit.steam < 1)
    today = lived.household.lately.today
    assert certain <= today.leans <= certain + hidden
    assert 3 * today.leans < today.judged_s < 12 * today.leans
    assert today.share is not None
    assert 20 < today.share < 90, "one lean in three was a hunch"
    assert isinstance(lived.mirror.coach.session, Dark)
    assert lived.late_mb - lived.half_mb < GROWTH
    assert (tmp_path / FILE).stat().st_size < KEPT
    asleep = LASTS - sum(visit.seconds for visit in visits())
    assert lived.watcher.dark_looks == 0 if sensor else 0.9 * asleep < lived.watcher.dark_looks < 1.1 * asleep
    assert not lived.mirror.outcome.troubles
