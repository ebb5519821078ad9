"""How well sets of the simulated person are counted and judged through the real pose model: a grid small enough to be
filmed every time.  The whole one is ``kiosk accuracy``.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from kiosk.accuracy.capabilities import LEAST_F1, LEAST_SPECIFICITY
from kiosk.accuracy.card import FaultRow, spread
from kiosk.accuracy.confusion import fault_rows
from kiosk.accuracy.filmed import Scored, score
from kiosk.accuracy.measuring import AT_MOST
from kiosk.accuracy.sets import Plan, Set
from kiosk.drills.capabilities import REMINDERS_ONLY
from kiosk.scoring.verdict import View

MODEL = "models/movenet_singlepose_lightning_int8_4.tflite"

#: Good sets, and faults of these drills, a set each.
GOOD = ("hinge", "squat", "pick_up", "sit_stand", "glute_bridge", "kettlebell_swing")
FAULTY = {"hinge": ("F10", "F13", "F17", "F12", "F2a", "F9a", "F14"), "squat": ("S2", "S3", "S1")}
#: Beyond this turn from side-on the mirror says that it cannot judge.
JUDGED_YAW = 15.0


def grid() -> list[Set]:
    wanted = {(drill, "", View.SIDE) for drill in GOOD} | {
        (drill, key) for drill, keys in FAULTY.items() for key in keys
    }
    found = {}
    for each in Plan(good=2, faulty=2, reps=2, fps=10).sets():
        judged = each.view is View.FRONT or each.yaw <= JUDGED_YAW
        what = (each.drill, each.fault) if each.fault else (each.drill, "", each.view)
        if what in wanted and judged:
            found.setdefault((*what, each.style), each)
    return list(found.values())


@pytest.fixture(scope="module")
def scored(shared: Path) -> list[Scored]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(score, model=shared / MODEL), grid()))


def test_repetitions_are_counted_exactly(scored: list[Scored]) -> None:
    wrong = [each.set for each in scored if len(each.watched.told) != each.expected]
    assert len(wrong) <= 1, wrong  # one in twenty is allowed, and there are not twenty
    assert all(abs(len(each.watched.told) - each.expected) <= 1 for each in scored)


def test_angles_are_near_the_truth(scored: list[Scored]) -> None:
    for name, most in AT_MOST.items():
        error = spread([error for each in scored for error in each.errors.get(name, ())])
        assert error.n
        assert error.mean <= most, name


def test_faults_are_told_and_others_are_not(scored: list[Scored]) -> None:
    lit = [
        row
        for row in fault_rows(scored, {(e.set.drill, e.set.fault) for e in scored})
        if (row.drill, row.key) not in REMINDERS_ONLY
    ]
    for grade, least in LEAST_F1.items():
        total = added([row for row in lit if row.grade == grade], grade)
        assert total.put_in >= 4
        assert total.f1 >= least, [(row.drill, row.key, row.hits, row.misses, row.false) for row in lit]
        assert total.specificity >= LEAST_SPECIFICITY


def added(rows: list[FaultRow], grade: str) -> FaultRow:
    counts = ("hits", "misses", "false", "border", "clean", "false_reds")
    return FaultRow(
        drill="all", key="all", grade=grade, **{name: sum(getattr(r, name) for r in rows) for name in counts}
    )


def test_a_good_set_never_shows_red(scored: list[Scored]) -> None:
    assert [each.set for each in scored if not each.set.fault and each.watched.reds] == []


def test_every_way_of_picking_up_gets_its_name(scored: list[Scored]) -> None:
    for each in scored:
        if each.set.drill == "pick_up" and each.set.view is View.SIDE:
            told = {one.strategy for one in each.watched.told}
            assert told == {"squat" if each.set.style == "squat" else "hinge"}
