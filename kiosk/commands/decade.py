"""Ten years of six sets a day: what the history is measured with."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.drills import DRILLS
from kiosk.memory import LOOKED_BACK
from kiosk.records.history import FILE, History
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light
from kiosk.session.lookback import trend_rows
from kiosk.session.progress import FaultDone, RepDone, SetDone

#: Sets a day, in seconds one after the other, days, and repetitions of a set: more than most doses ask for.
SETS, APART, DAYS, REPS = 6, 600, 3650, 10
#: Seconds since 1970 of the first, and in a day.
BEGUN, DAY = 1_700_000_000, 86_400
#: Whose they are.
WHO = "Ann"
#: Times the history is opened, of which the median counts.
OPENINGS = 9


def ten_years() -> list[SetDone]:
    """The sets, oldest first: every drill in its turn, every repetition with a fault and all else that can be known."""
    return [done for day in range(DAYS) for done in one_day(day)]


def one_day(day: int) -> list[SetDone]:
    """The sets of the ``day``-th day."""
    return [_set_done(DRILLS[(day + n) % len(DRILLS)], BEGUN + day * DAY + n * APART) for n in range(SETS)]


def opening() -> tuple[list[float], list[float], float]:
    """Milliseconds that each opening of such a history takes, as the mirror does at its start, and each look back on
    the latest sets as on its history page; and its megabytes."""
    took, looked = [], []
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        with History(path) as history:
            history.keep(ten_years(), {})
        for _ in range(OPENINGS):
            begun = time.perf_counter()
            with History(path) as history:
                history.sets(WHO)
                history.mastered(WHO)
                history.health(WHO)
                opened = time.perf_counter()
                trend_rows(history.whole_sets(WHO, LOOKED_BACK))
                took.append((opened - begun) * 1e3)
                looked.append((time.perf_counter() - opened) * 1e3)
        return took, looked, path.stat().st_size / 1e6


def _set_done(drill: Drill, t: float) -> SetDone:
    """One set that gets a little better with the years."""
    better = (t - BEGUN) / DAY / DAYS
    closed = tuple(_rep_done(drill, better, n) for n in range(REPS))
    scores = tuple(rep.score for rep in closed if rep.score is not None)
    reds = [fault.key for rep in closed for fault in rep.faults if fault.level is Light.RED]
    return SetDone(
        t=float(t),
        profile=WHO,
        drill=drill.key,
        left=REPS // 2 if drill.side_by else 0,
        right=REPS // 2 if drill.side_by else 0,
        reps=REPS,
        score=sorted(scores)[len(scores) // 2],
        scores=scores,
        reds=tuple(dict.fromkeys(reds)),
        range_sd=round(4.0 - better, 2),
        coverage=0.97,
        felt=2,
        long_back=2,
        lumbar=6.25,
        thoracic=2.5,
        seconds=61.2,
        trunk_px=210.5,
        thigh_px=160.2,
        shin_px=170.1,
        closed=closed,
    )


def _rep_done(drill: Drill, better: float, n: int) -> RepDone:
    wobble = (n * 7 % REPS) / REPS
    key = drill.faults[n % len(drill.faults)].key if drill.faults else "F10"
    level = Light.RED if wobble > better else Light.AMBER
    return RepDone(
        side="left" if n < REPS // 2 else "right",
        score=round(55 + 30 * better + 10 * wobble),
        coverage=0.97,
        seconds=4.2,
        range=round(drill.motion.usual * (0.8 + 0.2 * better + 0.05 * wobble), 2),
        trunk=round(48.5 + 5 * wobble, 2),
        knee=round(18.25 + wobble, 2),
        hip_retreat=round(0.4 + wobble / 10, 2),
        lumbar=round(6.25 + wobble, 2),
        thoracic=round(2.5 + wobble, 2),
        faults=(FaultDone(key=key, level=level, value=round(0.31 + wobble, 3)),),
    )
