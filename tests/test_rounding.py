"""The outline of the back through the whole scoring loop: poses that carry one in, what is said of the back out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from bending import drive, hinges, person, poses

from kiosk.accuracy.sets import drill_of
from kiosk.scoring.dorsal.contour import STATIONS, Contour, Shape
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Rep, Verdict

#: Outlines of who stands: hollow below, round above, degrees; and how far a usual back goes.
STANDS = Shape(lumbar=-30, thoracic=35, sagitta=0.02, hollow=0.03, seat=0, blades=0.8, rough=0.005)
OWN = OwnBack(lumbar=5, thoracic=1, flexed=50, extended=-22)
#: Seconds between looks at the back.
LOOK_EVERY = 0.2


def outlined(
    frames: Sequence[Pose], shape: Callable[[float], Shape | None], every: float = LOOK_EVERY, facing: int = 1
) -> list[Pose]:
    """``frames`` with an outline once in ``every`` seconds: the ``shape`` of a trunk in degrees, None unseen."""
    found, looked = [], -math.inf
    for pose in frames:
        contour = None
        if pose.t - looked >= every - 1e-6:
            looked = pose.t
            (hip_x, hip_y), (x, y) = pose.points[LEFT_HIP], pose.points[LEFT_SHOULDER]
            seen = shape(math.degrees(math.atan2(facing * (x - hip_x), hip_y - y)))
            why = Why.SEEN if seen else Why.LIKE_THE_WALL
            heights, chord = np.zeros(STATIONS, np.float32), pose.points[[LEFT_HIP, LEFT_SHOULDER]]
            contour = Contour(pose.t, why, heights, chord, facing, seen or Shape())
        found.append(replace(pose, back=contour))
    return found


def bent(lumbar: float, thoracic: float = 0.0, at: float = 60.0) -> Callable[[float], Shape]:
    """A back that rounds with the trunk, by so many degrees below and above where that leans by ``at``."""
    return lambda trunk: replace(
        STANDS, lumbar=STANDS.lumbar + lumbar * trunk / at, thoracic=STANDS.thoracic + thoracic * trunk / at
    )


def verdicts(frames: Sequence[Pose], own: OwnBack = UNKNOWN, drill: str = "hinge") -> list[Verdict]:
    scorer = Scorer(drill_of(drill), own)
    return [scorer.step(pose) for pose in frames]


def reps(frames: Sequence[Pose], own: OwnBack = UNKNOWN, drill: str = "hinge") -> list[Rep]:
    return [verdict.rep for verdict in verdicts(frames, own, drill) if verdict.rep]


def back_light(frames: Sequence[Pose], own: OwnBack = UNKNOWN, drill: str = "hinge") -> str:
    """The light at the end."""
    return str(verdicts(frames, own, drill)[-1].lights[0])


def found(rep: Rep) -> dict[str, str]:
    return {fault.key: str(fault.level) for fault in rep.faults}


def test_a_long_back_is_green_and_its_bend_is_told_against_the_own_standing() -> None:
    frames = outlined(hinges(3, noise=0.5), bent(8, 3))
    assert back_light(frames) == "green"
    for rep in reps(frames):
        assert found(rep) == {}
        assert rep.measures["lumbar"] == pytest.approx(8, abs=1)
        assert rep.measures["thoracic"] == pytest.approx(3, abs=1)
        assert rep.measures["rounding"] == pytest.approx(100 * 8 / 60, abs=3)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_rounded_back_is_amber_until_its_own_range_is_known_and_red_then(facing: int) -> None:
    frames = outlined(hinges(3, noise=0.5, facing=facing), bent(50), facing=facing)
    assert {level for rep in reps(frames) for level in found(rep).values()} == {"amber"}
    assert back_light(frames) == "amber"
    assert [found(rep) for rep in reps(frames, OWN)] == [{"F1a": "red"}] * 3
    assert back_light(frames, OWN) == "red"
    assert all(rep.score <= 59 for rep in reps(frames, OWN))


def test_what_is_amber_to_a_stiff_back_is_green_to_a_supple_one() -> None:
    frames = outlined(hinges(2, noise=0.5), bent(35))
    assert [found(rep) for rep in reps(frames, replace(OWN, flexed=70))] == [{}, {}]
    assert [found(rep) for rep in reps(frames, OWN)] == [{"F1a": "amber"}] * 2
    assert [found(rep) for rep in reps(frames, replace(OWN, flexed=30))] == [{"F1a": "red"}] * 2


def test_an_arched_back_and_a_hunched_one_are_told_apart_from_a_rounded_one() -> None:
    assert [found(rep) for rep in reps(outlined(hinges(2), bent(-16)), OWN)] == [{"F1b": "red"}] * 2
    assert [found(rep) for rep in reps(outlined(hinges(2), bent(-8)), OWN)] == [{}, {}]
    assert [found(rep) for rep in reps(outlined(hinges(2), bent(6, 25)), OWN)] == [{"F11": "red"}] * 2


def test_a_chest_that_sinks_first_is_told_though_the_back_is_long_at_the_bottom() -> None:
    def sinks(trunk: float) -> Shape:
        return replace(STANDS, thoracic=STANDS.thoracic + (25 if 10 < trunk < 40 else 0))

    frames = outlined(hinges(2, down=3.5, up=0.9), sinks)
    assert [found(rep).get("F18") for rep in reps(frames)] == ["amber"] * 2


def test_a_back_that_is_not_seen_accuses_nobody_and_is_not_green() -> None:
    frames = outlined(hinges(2), lambda trunk: None)
    assert back_light(frames, OWN) == "unseen"
    for rep in reps(frames, OWN):
        assert {"F1a", "F1b", "F11", "F18"} <= set(rep.not_seen)
        assert rep.faults == ()
        assert rep.score == 100
    assert {verdict.back for verdict in verdicts(frames)} == {Why.LIKE_THE_WALL}


def test_a_back_seen_for_too_short_a_time_is_not_judged() -> None:
    frames = outlined(hinges(2), lambda trunk: bent(60)(trunk) if trunk < 32 else None)
    assert back_light(frames, OWN) == "unseen"


def test_one_look_that_goes_wrong_changes_nothing() -> None:
    frames = outlined(hinges(2), bent(8))
    wild = next(i for i, pose in enumerate(frames) if pose.back and pose.back.shape.lumbar > -23.5)
    contour = frames[wild].back
    frames[wild] = replace(frames[wild], back=replace(contour, shape=replace(contour.shape, lumbar=80.0)))
    assert [found(rep) for rep in reps(frames, OWN)] == [{}, {}]


def test_a_look_at_who_faces_the_other_way_is_not_believed() -> None:
    frames = outlined(hinges(2), bent(60))
    turned = [replace(pose, back=replace(pose.back, facing=-1)) if pose.back else pose for pose in frames]
    assert back_light(turned, OWN) == "unseen"


def test_an_outline_first_seen_after_a_repetition_is_measured_from_the_standing_then() -> None:
    frames = outlined(hinges(4, noise=0.5), bent(8))
    late = [replace(pose, back=None) if pose.t < 7 else pose for pose in frames]
    told = [rep.measures["lumbar"] for rep in reps(late)]
    assert told[0] is None
    assert told[-1] == pytest.approx(8, abs=1)
    assert verdicts(late)[30].back is None


def test_who_knows_only_a_neutral_or_only_a_range_is_never_shown_red() -> None:
    frames = outlined(hinges(3), bent(60, 30))
    for own in (OwnBack(lumbar=5, thoracic=1), OwnBack(flexed=50, extended=-20)):
        assert {level for rep in reps(frames, own) for level in found(rep).values()} == {"amber"}


# --- cat and cow ------------------------------------------------------------------------------------------------------


def crawling(sagittas: Sequence[float], neck: Sequence[float]) -> list[Pose]:
    """On hands and knees at 15 frames a second: trunk level, thighs upright; the head nods by ``neck`` degrees."""
    shapes = (person(trunk=90, shin=90, thigh=0, neck=nod, arms=0) for nod in neck)
    return poses(np.arange(len(sagittas)) / 15, shapes, 0.3)


def cats(cycles: int) -> tuple[np.ndarray, np.ndarray]:
    """The driver of so many cycles: cat to +1, cow to -1."""
    return drive([(2.0, 1.0), (0.8, 1.0), (3.0, -1.0), (0.8, -1.0), (2.0, 0.0), (0.8, 0.0)] * cycles, 15, stand=4.0)


def arched(q: np.ndarray) -> list[Pose]:
    """The back arches and sags with ``q``, the head stays."""
    frames = crawling(q, np.zeros(len(q)))
    heights = iter(q)
    found = []
    for n, pose in enumerate(frames):
        up, contour = next(heights), None
        if n % 3 == 0:
            shape = replace(STANDS, sagitta=-0.06 + 0.11 * up, lumbar=-36 + (42 if up > 0 else 24) * up)
            contour = Contour(
                pose.t, Why.SEEN, np.zeros(STATIONS, np.float32), pose.points[[LEFT_HIP, LEFT_SHOULDER]], 1, shape
            )
        found.append(replace(pose, back=contour))
    return found


def test_cat_and_cow_are_counted_by_the_back_and_tell_how_far_it_goes() -> None:
    _, q = cats(6)
    done = reps(arched(q), drill="cat_cow")
    assert len(done) == 6
    for rep in done:
        assert rep.measures["flexed"] == pytest.approx(42, abs=3)
        assert rep.measures["extended"] == pytest.approx(-24, abs=3)


def test_where_the_back_is_not_seen_the_head_tells_cat_from_cow() -> None:
    _, q = cats(3)
    done = reps(crawling(q, 30 * q), drill="cat_cow")
    assert len(done) == 3
    assert {rep.measures["flexed"] for rep in done} == {None}


def test_a_head_that_nods_over_a_still_back_is_no_cat() -> None:
    _, q = cats(3)
    still = [replace(pose, back=look.back) for pose, look in zip(crawling(q, 30 * q), arched(0 * q), strict=True)]
    assert reps(still, drill="cat_cow") == []
