"""What has become of somebody's sets: sessions, what got better, what to work on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from done import DAY, HINGE, REP, USUAL, a_set

from kiosk.scoring.verdict import Light
from kiosk.session.progress import FaultDone
from kiosk.session.trend import trends
from kiosk.text import Language, Text

#: One of the hinge that shows wherever the joints are seen, and one that only the outline of the back shows, amber.
FAULT = next(fault for fault in HINGE.faults if fault.light != "back")
SHOWN = (FaultDone(key=FAULT.key, level=Light.AMBER, value=1.0),)
ROUNDS = (FaultDone(key="F1a", level=Light.AMBER, value=60.0),)


def test_each_drill_has_its_own_trend_in_the_order_of_the_catalogue():
    found = trends([a_set(0, REP, drill="squat"), a_set(1, REP), a_set(2, REP, drill="squat"), a_set(3, drill="gone")])
    assert [(trend.title, len(trend.sessions)) for trend in found] == [("Hip hinge", 1), ("Squat", 2), ("gone", 1)]


def test_sets_close_together_are_one_session():
    (trend,) = trends([a_set(0, REP, REP), a_set(0.01, REP), a_set(1, REP)])
    assert [(one.sets, one.reps) for one in trend.sessions] == [(2, 3), (1, 1)]


def test_a_session_is_its_medians_and_means_and_its_range_a_share_of_the_usual():
    far = replace(REP, side="right", score=90, range=0.5 * USUAL, faults=SHOWN)
    unjudged = replace(REP, score=None, range=None, faults=SHOWN)
    ((one,),) = (trend.sessions for trend in trends([a_set(0, REP, far, unjudged)]))
    assert (one.score, one.judged, one.reps) == (85, 2, 3)
    assert (one.range, one.left, one.right) == (0.75, 1.0, 0.5)
    assert one.spread == pytest.approx(0.25)
    assert one.faults == {FAULT.key: 1}, "in those that were judged"


def test_without_a_range_the_sides_are_compared_by_their_scores():
    unseen = replace(REP, range=None)
    ((one,),) = (trend.sessions for trend in trends([a_set(0, unseen, replace(unseen, side="right", score=60))]))
    assert (one.range, one.spread, one.left, one.right) == (None, None, 80, 60)


def test_ranges_and_scores_are_never_mixed_between_the_sides():
    unseen = replace(REP, range=None)
    trend = trends([a_set(0, REP, replace(REP, side="right")), a_set(1, unseen, replace(unseen, side="right"))])[0]
    assert [(one.left, one.right) for one in trend.sessions] == [(1.0, 1.0), (None, None)]


def test_what_an_older_program_kept_without_repetitions_still_has_its_score():
    ((one,),) = (trend.sessions for trend in trends([replace(a_set(0), reps=3, scores=(70, 80, 90))]))
    assert (one.score, one.range, one.left, one.faults) == (80, None, None, {})


def test_what_got_better_is_said_of_the_latest_sessions_against_the_first():
    early = [a_set(day, *[replace(REP, score=60, faults=SHOWN)] * 4) for day in range(3)]
    late = [a_set(day, *[replace(REP, score=80)] * 4) for day in range(3, 6)]
    (trend,) = trends(early + late)
    assert trend.better == ("Score: 60 to 80", f"{FAULT.title}: in 100% to 0% of the repetitions")
    (back,) = trends([replace(done, t=n * DAY) for n, done in enumerate(late + early)])
    assert back.better == ()
    assert back.work_on == f"{FAULT.title}: in 100% of the repetitions lately"


def test_a_steadier_range_is_better():
    uneven = [a_set(day, REP, replace(REP, range=0.6 * USUAL)) for day in range(2)]
    even = [a_set(day, REP, REP) for day in range(2, 4)]
    (trend,) = trends(uneven + even)
    assert trend.better == ("More even: range ± 20% to ± 0%",)


def test_two_good_days_are_no_progress_and_one_day_is_no_trend():
    assert trends([a_set(0, REP), a_set(1, replace(REP, score=84))])[0].better == ()
    assert trends([a_set(0, REP)])[0].better == ()


def test_what_was_not_judged_mended_nothing():
    faulty = [a_set(day, *[replace(REP, faults=SHOWN)] * 4) for day in range(3)]
    unjudged = [a_set(day, *[replace(REP, score=None)] * 4) for day in range(3, 6)]
    (trend,) = trends(faulty + unjudged)
    assert trend.better == ()


def test_of_pain_the_worst_that_was_told_of_in_a_session_counts():
    hurting = [replace(a_set(0, REP), pain=1), replace(a_set(0.01, REP), pain=4), a_set(0.02, REP)]
    (trend,) = trends([*hurting, a_set(3, REP)])
    assert [one.pain for one in trend.sessions] == [4, None]


def test_what_it_says_can_be_said_in_another_language():
    shout = Language("xx", str.upper, lambda one, many, n: (one if n == 1 else many).upper())
    (trend,) = trends([a_set(day, *[replace(REP, faults=SHOWN)] * 4) for day in range(3)])
    assert shout.say(Text("{title}", title=trend.title)) == "HIP HINGE"
    assert trend.work_on.parts["fault"] == FAULT.title


def test_a_back_that_rounds_is_told_of_the_repetitions_in_which_the_back_was_seen():
    rounded, long = replace(REP, lumbar=30.0, faults=ROUNDS), replace(REP, lumbar=6.0, thoracic=2.0)
    (trend,) = trends([a_set(0, rounded, long, REP, REP)])
    assert trend.work_on == "Lower back rounds: in 50% of the repetitions lately"
    assert trend.sessions[0].back == {"lumbar": 18.0, "thoracic": 2.0}
    early, late = ([a_set(day + n, *[rep] * 4) for n in range(3)] for day, rep in ((0, rounded), (3, long)))
    (mended,) = trends(early + late)
    assert mended.better == ("Lower back rounds: in 100% to 0% of the repetitions",)
    (hidden,) = trends(early + [replace(done, closed=(REP,) * 4) for done in late])
    assert hidden.better == (), "a back that is not seen has not mended"
