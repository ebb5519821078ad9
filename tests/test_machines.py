"""The machines that are no plain repetition: lift, swing, jump, alternation and hold, on drivers made from segments."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from bending import bend, drive
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.alternation import AlternationMachine
from kiosk.scoring.drill import Motion
from kiosk.scoring.hold import HoldMachine
from kiosk.scoring.jump import JumpMachine
from kiosk.scoring.lift import LiftMachine
from kiosk.scoring.machine import Machine, Movement, Outcome
from kiosk.scoring.machines import machine_for
from kiosk.scoring.swing import SwingMachine
from kiosk.scoring.verdict import Phase, View

LIFT = Motion(driver="hip", onset=20, least=40, home=20, home_share=0.2, usual=100, held=0.5, slowest=20)
SWING = Motion(driver="trunk", onset=12, least=30, home=15, usual=65, held=0.1, quickest=1.0, slowest=2.5)
JUMP = Motion(
    driver="ankles_rise", onset=0.06, least=0.12, home=0.06, usual=0.5, settled=1.5, quickest=0.1, slowest=1.0
)
NOD = Motion(driver="neck", onset=10, least=20, home=10, usual=35, slowest=30)
LEAN = Motion(driver="lean_near", onset=0.06, least=0.12, home=0.08, usual=0.45, held=0.5, quickest=3.0)
PLANK = Motion(driver="line", onset=0.05, least=0.1, home=0.07, usual=0.1, held=1.0, settled=0.5, kept=True)

Corners = Iterable[tuple[float, float]]


def movements(machine: Machine, corners: Corners, fps: float = 15, stand: float = 1.0) -> list[Movement]:
    times, driver = drive(corners, fps, stand)
    closed = (machine.step(float(t), float(q)) for t, q in zip(times, driver, strict=True))
    return [movement for movement in closed if movement]


def outcomes(machine: Machine, corners: Corners, fps: float = 15) -> list[Outcome]:
    return [movement.outcome for movement in movements(machine, corners, fps)]


def test_a_lift_is_the_pull_from_its_set() -> None:
    (lift,) = movements(LiftMachine(LIFT), bend(100, 1.5, 1.0, 1.5, 1.5))
    assert lift.outcome is Outcome.COUNTED
    assert lift.start == pytest.approx(2.7, abs=0.3)
    assert lift.deep is not None
    assert lift.start <= lift.deep[0] < lift.deep[1] <= 3.9
    assert 4.0 < lift.end < 5.2


@pytest.mark.parametrize("fps", [8, 15, 30])
def test_a_lift_may_begin_at_the_floor(fps: float) -> None:
    times, driver = drive([(2.0, 0.0), (1.5, 0.0)], fps, stand=0.0001)
    driver = np.where(times < 1.0, 100.0, 100 * (1 - np.clip((times - 1.0) / 1.2, 0, 1)))
    machine = LiftMachine(LIFT)
    closed = [machine.step(float(t), float(q)) for t, q in zip(times, driver, strict=True)]
    assert [movement.outcome for movement in closed if movement] == [Outcome.COUNTED]


def test_who_was_set_before_they_were_calibrated_may_pull_at_once() -> None:
    machine = LiftMachine(LIFT)
    machine.begin_bent(0.0, 0.5)
    times = np.arange(0.55, 4, 1 / 15)
    closed = [machine.step(float(t), float(100 * (1 - np.clip((t - 0.7) / 1.2, 0, 1)))) for t in times]
    assert [movement.outcome for movement in closed if movement] == [Outcome.COUNTED]


def test_a_bend_without_a_set_is_no_lift() -> None:
    assert outcomes(LiftMachine(LIFT), bend(100, 1.2, 0.01, 1.2, 1.5)) == [Outcome.PARTIAL]


def test_two_lifts_with_the_bar_put_down_between_are_two() -> None:
    lifts = [*bend(100, 1.5, 0.8, 1.5, 0.8), *bend(100, 1.5, 0.8, 1.5, 1.5)]
    assert outcomes(LiftMachine(LIFT), lifts) == [Outcome.COUNTED] * 2


def test_who_rests_at_the_bar_may_take_their_time_of_which_the_last_second_counts() -> None:
    (lift,) = movements(LiftMachine(LIFT), bend(100, 1.5, 40.0, 1.5, 1.5))
    assert lift.outcome is Outcome.COUNTED
    assert 40 < lift.start < lift.end < 45


def test_a_set_is_still_though_the_model_is_not() -> None:
    times, driver = drive(bend(100, 1.5, 1.0, 1.5, 1.5), 8)
    jitter = np.where(driver > 90, np.resize([4.0, 4.0, -4.0, -4.0], len(times)), 0.0)
    machine = LiftMachine(LIFT)
    closed = [machine.step(float(t), float(q)) for t, q in zip(times, driver + jitter, strict=True)]
    assert [movement.outcome for movement in closed if movement] == [Outcome.COUNTED]


def test_who_straightens_up_at_last_has_not_lifted_again() -> None:
    assert outcomes(LiftMachine(LIFT), [(0.5, 30.0), (1.0, 30.0), (0.5, 0.0), (1.5, 0.0)]) == []


def swings(count: int, half: float = 0.8) -> list[tuple[float, float]]:
    return [corner for _ in range(count) for corner in ((half, 60.0), (half, 0.0))]


@pytest.mark.parametrize("fps", [8, 10, 15, 30])
def test_ten_swings_are_ten(fps: float) -> None:
    counted = movements(SwingMachine(SWING), [*swings(10), (1.0, 0.0)], fps)
    assert [movement.outcome for movement in counted] == [Outcome.COUNTED] * 10
    assert [b.end - a.end for a, b in pairwise(counted)] == pytest.approx([1.6] * 9, abs=0.3)


def test_bending_to_the_bell_and_standing_up_after_it_are_no_swings() -> None:
    down_to_it, up_from_it = [(1.5, 90.0), (1.0, 90.0), (0.6, 60.0)], [(0.8, 60.0), (0.8, 90.0), (2.0, 0.0), (1.0, 0.0)]
    closed = movements(SwingMachine(SWING), [*down_to_it, (0.8, 0.0), *swings(3), *up_from_it])
    assert sum(movement.outcome is Outcome.COUNTED for movement in closed) in (3, 4)
    assert closed[-1].outcome is Outcome.TOO_SLOW


def test_a_swing_is_measured_at_its_top() -> None:
    first, *_ = movements(SwingMachine(SWING), [*swings(3), (1.0, 0.0)])
    assert first.top is not None
    assert first.top[0] < 2.6 < first.top[1]


@pytest.mark.parametrize("fps", [8, 30])
def test_the_top_of_a_swing_is_where_it_is_highest_not_where_it_comes_home(fps: float) -> None:
    for swing in movements(SwingMachine(SWING), [*swings(3), (1.0, 0.0)], fps):
        assert swing.end == pytest.approx(1 + 1.6 * round((swing.end - 1) / 1.6), abs=0.2)
        assert swing.bottom == pytest.approx(swing.end - 0.8, abs=0.3)


def test_a_swing_counts_although_its_bottom_is_hidden() -> None:
    times, driver = drive([*swings(3), (1.0, 0.0)], 15)
    machine = SwingMachine(SWING)
    closed = [machine.step(float(t), float(q) if q < 45 else math.nan) for t, q in zip(times, driver, strict=True)]
    assert [movement.outcome for movement in closed if movement] == [Outcome.COUNTED] * 3


def jump(air: float, height: float = 0.5) -> list[tuple[float, float]]:
    return [(air / 2, height), (air / 2, 0.0)]


def test_a_jump_is_judged_by_its_stick() -> None:
    machine = JumpMachine(JUMP)
    (landed,) = movements(machine, [*jump(0.5), (2.5, 0.0)], 30)
    assert landed.outcome is Outcome.COUNTED
    assert landed.deep is not None
    assert landed.deep[0] == pytest.approx(1.75, abs=0.1)
    assert landed.deep[1] - landed.deep[0] == pytest.approx(1.2, abs=0.1)


def test_a_hop_after_the_landing_is_no_stick() -> None:
    closed = outcomes(JumpMachine(JUMP), [*jump(0.5), (0.4, 0.0), *jump(0.5), (2.5, 0.0)], 30)
    assert closed == [Outcome.PARTIAL, Outcome.COUNTED]


def test_standing_nearer_is_no_flight() -> None:
    assert outcomes(JumpMachine(JUMP), [(0.5, 0.5), (3.0, 0.5), (0.5, 0.0), (2.5, 0.0)], 30) == []


def test_cat_and_cow_make_one_cycle_whichever_comes_first() -> None:
    for sign in (1, -1):
        cycle = [
            (2.0, sign * 35.0),
            (0.5, sign * 35.0),
            (3.0, -sign * 35.0),
            (0.5, -sign * 35.0),
            (2.0, 0.0),
            (1.0, 0.0),
        ]
        assert outcomes(AlternationMachine(NOD), cycle * 3) == [Outcome.COUNTED] * 3


def test_one_end_alone_is_no_cycle_until_the_other_came() -> None:
    one_end = [(2.0, 35.0), (0.5, 35.0), (2.0, 0.0), (3.0, 0.0)]
    other_end = [(2.0, -35.0), (0.5, -35.0), (2.0, 0.0), (1.0, 0.0)]
    assert outcomes(AlternationMachine(NOD), [*one_end, *other_end]) == [Outcome.COUNTED]
    assert outcomes(AlternationMachine(NOD), [*one_end, (30.0, 0.0)]) == [Outcome.PARTIAL]


def test_a_lean_lasts_from_the_drop_until_home() -> None:
    machine = HoldMachine(LEAN)
    (lean,) = movements(machine, bend(0.5, 1.0, 5.0, 1.0, 1.5))
    assert lean.outcome is Outcome.COUNTED
    assert lean.end - lean.start == pytest.approx(6.4, abs=0.5)


def test_rinsing_the_face_is_no_lean() -> None:
    assert outcomes(HoldMachine(LEAN), bend(0.5, 0.7, 0.8, 0.7, 1.5)) == [Outcome.TOO_QUICK]


def test_a_plank_begins_in_line_and_ends_when_the_hips_come_down() -> None:
    machine = HoldMachine(PLANK)
    closed = movements(machine, [(0.5, 0.3), (1.0, 0.3), (1.0, 0.0), (10.0, 0.0), (0.5, 0.3), (1.5, 0.3)], stand=0.01)
    assert [movement.outcome for movement in closed] == [Outcome.COUNTED]
    assert closed[0].end - closed[0].start == pytest.approx(10.9, abs=0.6)


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_a_driver_unseen_in_the_first_frame_is_not_lost(drill) -> None:
    machine = machine_for(drill, drill.view)
    assert machine.step(0.0, math.nan) is None
    assert machine.phase is Phase.SETUP


def test_hips_that_hang_begin_no_plank() -> None:
    assert not movements(HoldMachine(PLANK), [(0.5, 0.09), (5.0, 0.09), (0.5, 0.3), (2.0, 0.3)], stand=0.01)


def test_a_plank_given_up_is_over_until_the_hips_have_been_down() -> None:
    machine, closed, held = HoldMachine(PLANK), [], []
    for k in range(15 * 20):
        t = k / 15
        q = 0.3 if 12 < t < 14 else 0.0
        movement = machine.step(t, q)
        if k == 75:
            movement = machine.give_up(t)
        closed += [movement] if movement else []
        held.append(machine.moving)
    assert len(closed) == 1
    assert held[60]
    assert not any(held[80 : 15 * 14])
    assert held[-1]


def test_a_hold_out_of_sight_counts_for_what_it_was() -> None:
    machine = HoldMachine(PLANK)
    closed = [machine.step(k / 15, 0.0 if k < 150 else math.nan) for k in range(200)]
    (movement,) = [one for one in closed if one]
    assert movement.outcome is Outcome.COUNTED
    assert machine.phase is Phase.PAUSED


@settings(max_examples=200, deadline=None)
@given(
    drill=st.sampled_from([drill.key for drill in DRILLS]),
    view=st.sampled_from([View.SIDE, View.FRONT, View.OBLIQUE]),
    shares=st.lists(st.one_of(st.floats(-3, 3), st.just(math.nan)), min_size=1, max_size=200),
    dt=st.sampled_from([1 / 60, 1 / 30, 0.1, 0.5]),
)
def test_no_machine_ever_raises_and_nothing_counts_without_its_depth(
    drill: str, view: View, shares: list[float], dt: float
) -> None:
    machine = machine_for(find_drill(drill), view)
    motion = find_drill(drill).motion_in(view)
    for k, share in enumerate(shares):
        movement = machine.step(k * dt, share * motion.usual)
        if movement and movement.outcome is Outcome.COUNTED:
            assert movement.start <= movement.end <= k * dt + 1e-9
            assert motion.kept or movement.peak >= machine.least
        if k % 17 == 16:
            machine.interrupt(k * dt)
            assert machine.phase is Phase.PAUSED
