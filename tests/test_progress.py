"""Which levels are open to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.session.own_back import (
    ALL_KNOWN,
    EXTENDED,
    FLEXED,
    FRESH,
    LONG,
    LONG_KNOWN,
    NOT_KNOWN,
    RANGE_KNOWN,
    own_back,
    what_is_known,
)
from kiosk.session.progress import (
    ANYBODY,
    BACK_NOTE,
    FOUR_WEEKS,
    FREE,
    HEALTH_NOTE,
    RECENT,
    WET,
    Member,
    SetDone,
    gates_for,
    is_back_due,
    is_too_hard,
    locked,
    mastered_at,
    may_override,
    open_level,
)
from kiosk.session.show import show
from kiosk.session.states import Choosing

DAY = 86400.0
GOOD = SetDone(
    t=0.0, profile="me", drill="hinge", reps=8, score=90, scores=(90,) * 8, reds=(), range_sd=4.0, coverage=0.95,
    seconds=60.0,
)  # fmt: skip


def sessions(*days: float, drill: str = "hinge", **changes: object) -> tuple[SetDone, ...]:
    """Two sets of eight, three minutes apart, on each of ``days``."""
    one = replace(GOOD, drill=drill, **changes)
    return tuple(replace(one, t=day * DAY + minutes * 60) for day in days for minutes in (0, 3))


def member(sets: tuple[SetDone, ...] = (), **changes: object) -> Member:
    """Somebody who has done ``sets``."""
    return Member(profile="me", **changes).after(*sets)


def hinge_mastered(sets: tuple[SetDone, ...]) -> bool:
    return mastered_at(sets, "hinge") is not None


MASTERED = sessions(0, 1, 2)
LIFTER = MASTERED + sessions(3, 4, 5, drill="romanian_deadlift")


def test_three_good_sessions_on_two_days_master_the_hinge():
    assert not hinge_mastered(())
    assert not hinge_mastered(sessions(0, 1))
    assert hinge_mastered(MASTERED)
    assert hinge_mastered(sessions(0, 0.1, 1))


def test_three_sessions_on_one_day_do_not():
    assert not hinge_mastered(sessions(0.3, 0.5, 0.7))


def test_sets_close_together_are_one_session():
    assert not hinge_mastered(tuple(replace(GOOD, t=minutes * 60.0) for minutes in range(0, 60, 4)) + sessions(1))


@pytest.mark.parametrize(
    "changes",
    [
        {"scores": (84,) * 8},
        {"scores": ()},
        {"reps": 4},
        {"range_sd": 9.0},
        {"range_sd": None},
        {"coverage": 0.7},
        {"pain": 3},
        {"profile": ""},
        {"drill": "squat"},
        {"reds": ("F3a",)},
        {"reds": ("F10",)},
    ],
)
def test_a_session_that_lacks_something_is_none_of_the_three(changes):
    lacking = tuple(replace(done, **changes) for done in sessions(2))
    assert not hinge_mastered(sessions(0, 1) + lacking)


def test_other_reds_and_a_little_pain_are_no_obstacle():
    assert hinge_mastered(sessions(0, 1, 2, reds=("F14",), pain=2))


def test_an_old_red_is_forgotten_after_twenty_repetitions():
    early = tuple(replace(done, reds=("F10",)) for done in sessions(0))
    assert hinge_mastered(early + sessions(1, 2))
    assert mastered_at(early + sessions(1, 2), "hinge") == sessions(2)[-1].t


def test_what_was_mastered_once_stays_open():
    assert hinge_mastered(MASTERED + sessions(9, scores=(40,) * 8, reds=("F10",)))


def test_the_levels_open_one_after_the_other():
    now = 6 * DAY
    assert open_level(member(), now) == FREE
    assert open_level(member(MASTERED), now) == 4
    assert open_level(member(LIFTER), now) == 5
    assert open_level(member(LIFTER), now + FOUR_WEEKS) == 6
    assert open_level(member(LIFTER, health_box=True), now + FOUR_WEEKS) == FREE
    assert open_level(member(sessions(3, 4, 5, drill="romanian_deadlift")), now) == FREE, "the hinge comes first"


def test_only_the_latest_sets_are_looked_back_on_but_what_was_mastered_is_kept():
    now = 6 * DAY
    much_later = member(LIFTER).after(*(replace(GOOD, t=now, drill="squat") for _ in range(RECENT)))
    assert {done.drill for done in much_later.sets} == {"squat"}
    assert len(much_later.sets) == RECENT
    assert open_level(much_later, now) == 5
    assert much_later.mastered == {"hinge": MASTERED[-1].t, "romanian_deadlift": LIFTER[-1].t}


def test_a_locked_drill_says_what_opens_it():
    swing, lift, squat = (find_drill(key) for key in ("kettlebell_swing", "deadlift", "squat"))
    anybody, beginner, ticked = Member(), Member(profile="me"), Member(profile="me", health_box=True)
    assert locked(squat, anybody, 0.0) == ""
    assert "profile" in locked(lift, anybody, 0.0)
    assert "hip hinge" in locked(lift, beginner, 0.0)
    assert "Romanian deadlift" in locked(lift, member(MASTERED), 6 * DAY)
    assert "four weeks" in locked(swing, member(LIFTER), 6 * DAY)
    assert "health professional" in locked(lift, ticked, 0.0)


def test_a_lock_can_be_overridden_but_not_power_with_a_ticked_box():
    swing, lift = find_drill("kettlebell_swing"), find_drill("deadlift")
    assert not may_override(lift, Member())
    assert may_override(swing, Member(unlock=True))
    assert may_override(lift, Member(unlock=True, health_box=True))
    assert not may_override(swing, Member(unlock=True, health_box=True))


def test_with_a_yes_to_a_health_question_no_load_and_no_jump_opens_whatever_was_mastered():
    careful = member(LIFTER, asked=True, health_box=True)
    gates = gates_for(careful, 6 * DAY + FOUR_WEEKS)
    still_open = [drill for drill, why in zip(DRILLS, gates.why, strict=True) if not why]
    assert {drill.level for drill in still_open} == {0, 1, 2}
    assert {drill.kind for drill in still_open}.isdisjoint({"jump", "swing", "lift"})
    assert not any(drill.alone for drill in still_open)
    assert "health professional" in HEALTH_NOTE
    assert "no load" in HEALTH_NOTE


def test_anybody_may_do_the_first_levels():
    gates = gates_for(Member(), 0.0)
    assert {drill.level for drill, why in zip(DRILLS, gates.why, strict=True) if not why} == {0, 1, 2}


def test_two_poor_sessions_make_it_too_hard_and_one_does_not():
    poor = {"scores": (50,) * 8}
    assert not is_too_hard(sessions(0) + sessions(1, **poor), "hinge")
    assert is_too_hard(sessions(0) + sessions(1, 2, **poor), "hinge")
    assert is_too_hard(sessions(1, 2, pain=4), "hinge")
    assert not is_too_hard(sessions(1, 2, **poor) + sessions(3), "hinge")
    assert not is_too_hard(sessions(1, 2, **poor), "squat")


done = st.builds(
    SetDone,
    t=st.floats(0, 40 * DAY), profile=st.sampled_from(["", "me"]), drill=st.sampled_from(["hinge", "squat"]),
    reps=st.integers(0, 30), score=st.none() | st.integers(0, 100),
    scores=st.lists(st.integers(0, 100), max_size=9).map(tuple),
    reds=st.lists(st.sampled_from(["F10", "F14"])).map(tuple),
    range_sd=st.none() | st.floats(0, 30), coverage=st.floats(0, 1), pain=st.none() | st.integers(0, 10),
    seconds=st.floats(0, 300),
)  # fmt: skip


@given(st.lists(done, max_size=12).map(lambda sets: tuple(sorted(sets, key=lambda each: each.t))))
def test_more_sets_never_close_what_was_open(sets):
    levels = [open_level(member(sets[:n]), 100 * DAY) for n in range(len(sets) + 1)]
    assert levels == sorted(levels)


def test_where_the_floor_may_be_wet_nobody_stands_on_one_leg_whatever_the_settings_say():
    member = Member(profile="me", unlock=True)
    dry, wet = gates_for(member, 0.0), gates_for(member, 0.0, wet=True)
    slips = {drill.key for drill, why in zip(DRILLS, wet.why, strict=True) if why == WET}
    assert slips == {"hip_extension", "one_leg_deadlift"}
    for i, drill in enumerate(DRILLS):
        if drill.key in slips:
            assert not wet.override[i]
        else:
            assert (wet.why[i], wet.override[i]) == (dry.why[i], dry.override[i])


# ---- what is known of somebody's back ------------------------------------------------------------------------------

LONG_HINGE = replace(GOOD, long_back=2, lumbar=-6.0, thoracic=2.0)
CAT_COW = replace(GOOD, drill="cat_cow", flexed=48.0, extended=-22.0)


def test_a_hinge_said_to_be_long_tells_the_neutral_and_cat_and_cow_the_range():
    assert own_back((GOOD,)) == UNKNOWN
    assert own_back((LONG_HINGE, GOOD)) == replace(UNKNOWN, lumbar=-6.0, thoracic=2.0)
    assert own_back((CAT_COW,)) == replace(UNKNOWN, flexed=48.0, extended=-22.0)
    assert own_back((CAT_COW, LONG_HINGE)) == OwnBack(-6.0, 2.0, 48.0, -22.0)


def test_of_a_back_the_newest_counts_that_can_be_believed():
    newer = replace(LONG_HINGE, lumbar=4.0, thoracic=None)
    assert own_back((LONG_HINGE, newer)) == replace(UNKNOWN, lumbar=4.0)
    believed = own_back((LONG_HINGE, CAT_COW))
    for lumbar in (LONG + 1, -LONG - 1, None):
        assert own_back((LONG_HINGE, CAT_COW, replace(LONG_HINGE, lumbar=lumbar))) == believed, "no long back"
    for answer in (None, 0, 1):
        assert own_back((LONG_HINGE, CAT_COW, replace(LONG_HINGE, lumbar=4.0, long_back=answer))) == believed
    for flexed, extended in ((FLEXED[0] - 1, EXTENDED[1] + 1), (FLEXED[1] + 1, EXTENDED[0] - 1), (None, None)):
        halves = replace(CAT_COW, flexed=flexed, extended=extended)
        assert own_back((LONG_HINGE, CAT_COW, halves)) == believed, "a cat done by halves"


def test_who_has_done_more_is_known_better():
    known = member((LONG_HINGE,)).after(CAT_COW)
    assert known.own_back == own_back(known.sets) == OwnBack(-6.0, 2.0, 48.0, -22.0)
    assert known.after(replace(GOOD, drill="plank")).own_back == known.own_back
    told = ANYBODY.knowing(LONG_HINGE, CAT_COW)
    assert (told.own_back, told.sets) == (known.own_back, ())


def test_of_a_long_back_somebody_is_asked_until_it_is_known_and_once_a_month_then():
    assert is_back_due(member(), 0.0)
    assert is_back_due(member((CAT_COW, replace(LONG_HINGE, long_back=0))), 0.0)
    known = member((LONG_HINGE, CAT_COW))
    assert not is_back_due(known, FRESH)
    assert is_back_due(known, FRESH + 1)
    assert not is_back_due(known.after(replace(LONG_HINGE, t=FRESH)), FRESH + 1)
    assert is_back_due(ANYBODY, 0.0)
    assert not is_back_due(ANYBODY.knowing(LONG_HINGE), FRESH + 1), "without a profile it is of this sitting"
    for one in (ANYBODY, known):
        assert gates_for(one, FRESH).asks_back == is_back_due(one, FRESH)


def test_what_is_known_of_a_back_and_what_is_missing_is_said_in_one_line():
    said = [what_is_known(own_back(sets)) for sets in ((), (LONG_HINGE,), (CAT_COW,), (LONG_HINGE, CAT_COW))]
    assert said == [NOT_KNOWN, LONG_KNOWN, RANGE_KNOWN, ALL_KNOWN]


def test_nobody_is_told_that_the_back_cannot_be_checked_where_it_can():
    notes = {drill.key: show(Choosing(i, 0.0), None, 0.0).note for i, drill in enumerate(DRILLS)}
    assert BACK_NOTE in notes.values()
    assert not [drill.key for drill in DRILLS if drill.outlined and notes[drill.key] == BACK_NOTE]
