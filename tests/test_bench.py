"""``kiosk bench`` measures the real parts; held here is what it measures and how it says so, never how long it took."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from rich.console import Console

from kiosk.commands import bench, decade, looking, painting, stopwatch, trial
from kiosk.config import Presenting
from kiosk.devices import process
from kiosk.drills import DRILLS
from kiosk.records.report import Spread
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.contour import Contour
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.session.scene import Picture
from kiosk.trouble import KioskError

EVEN = Spread(median=1.0, p99=2.0)

MEASURED = bench.Bench(
    inference_ms=EVEN, crop_ms=EVEN, look_us=EVEN, room_us=EVEN, step_us=EVEN,
    frame_to_verdict_ms=EVEN, frame_to_verdict_ratio=1.2,
    two_passes_ms=EVEN, two_passes_ratio=1.1, passes=2,
    paint_ms=EVEN, texture_paint_ms=EVEN, press_to_scene_ms=EVEN, lamp_ms=EVEN, earcon_ms=EVEN, threads=1,
    history_open_ms=EVEN, history_look_back_ms=EVEN, history_mb=27.0,
    first_pixels_s=0.5, ready_s=1.5, scenes_per_s=60.0,
    poses_per_s=15.0, rss_mb=120.0, rss_growth_mb=0.0, figure_rss_mb=90.0,
    glances_percent=1.0, asleep_percent=0.5, step_net_allocation_bytes=0,
    step_us_by_drill={"hinge": EVEN}, drill_ratio=1.0, history_ratio=1.0, paint_ms_by_scene={"Working": EVEN},
    texture_paint_ms_by_scene={"Working": EVEN},
    machine="a board", runtime="a runtime",
)  # fmt: skip


@pytest.fixture
def model(shared: Path) -> Path:
    return next((shared / "models").glob("*.tflite"))


def table(measured: bench.Bench) -> dict[str, str]:
    """The printed table: what was measured → its whole line."""
    told = io.StringIO()
    bench.print_table(measured, Console(file=told, width=160))
    return {line.split("  ")[0]: line for line in told.getvalue().splitlines()}


def test_a_missed_limit_is_marked_and_a_kept_one_too() -> None:
    assert not any("missed" in line for line in table(MEASURED).values())
    late = Spread(median=9.0, p99=17.0)
    slow = table(
        msgspec.structs.replace(
            MEASURED, ready_s=9.0, scenes_per_s=30.0, frame_to_verdict_ratio=1.61, press_to_scene_ms=late
        )
    )
    missed = [said for said, line in slow.items() if "missed" in line]
    assert missed == [
        "frame to verdict / bare inference",
        "press or letting go of select to scene: p99",
        "ready after the start",
        "scenes a second, figure camera",
    ]


def test_the_names_that_others_rely_on_are_there() -> None:
    assert set(bench.Bench.__struct_fields__) >= {
        "inference_ms", "crop_ms", "look_us", "room_us", "step_us",
        "frame_to_verdict_ms", "paint_ms", "press_to_scene_ms", "earcon_ms",
        "threads", "first_pixels_s", "ready_s", "rss_mb", "step_net_allocation_bytes", "machine", "runtime",
    }  # fmt: skip


def test_a_frame_costs_its_inference_and_something_round_it(model: Path) -> None:
    looks = looking.looks(model, looking.film()[:10], rounds=2)
    assert {name: len(values) for name, values in looks.items()} == dict.fromkeys(
        ("invoke", "crop", "whole", "twice"), 20
    )
    assert all(0 < crop < whole for crop, whole in zip(looks["crop"], looks["whole"], strict=True))
    assert sum(looks["twice"]) > sum(looks["whole"])


def test_backs_are_looked_at_by_somebody_who_knows_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Contour | None] = []
    look = Back.look
    monkeypatch.setattr(Back, "look", lambda back, *frame: seen.append(look(back, *frame)) or seen[-1])
    took = looking.backs(looking.film()[:10], rounds=20)
    assert {name: len(values) for name, values in took.items()} == {"look": 20, "room": 20}
    assert [contour.why for contour in seen[-20:] if contour] == [Why.SEEN] * 20, "no look was spared its rays"


def test_every_drill_is_timed_on_every_pose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopwatch, "DRILLS", bench.ONE_OF_A_KIND[:4])
    steps = stopwatch.steps(passes=2)
    assert list(steps) == [drill.key for drill in stopwatch.DRILLS]
    for drill in stopwatch.DRILLS:
        assert len(steps[drill.key]) == len(stopwatch.performance(drill))
        assert 0 < min(steps[drill.key]) <= max(steps[drill.key]) < float("inf")


def test_scoring_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopwatch, "LONG", 2000)
    assert stopwatch.net_allocation(DRILLS[0]) <= bench.SPARE_BYTES


def test_a_scorer_that_keeps_its_poses_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hoarder(Scorer):
        """Remembers every pose it was given."""

        def step(self, pose: Pose) -> object:
            vars(self).setdefault("hoard", []).append(pose)
            return super().step(pose)

    monkeypatch.setattr(stopwatch, "LONG", 300)
    monkeypatch.setattr(stopwatch, "WARM_TRACED", 300)
    monkeypatch.setattr(stopwatch, "Scorer", Hoarder)
    assert stopwatch.net_allocation(DRILLS[0]) > bench.SPARE_BYTES


@pytest.mark.parametrize("presenting", ["surface", "texture"])
def test_every_picture_there_is_is_painted(presenting: Presenting) -> None:
    paints, presses = painting.paints(1, presenting)
    assert set(paints) == {picture.__name__ for picture in get_args(Picture)}
    more = 1 + 3
    assert len(presses) == len(painting.BROWSING) + more, "and that after the switch of sides, and those at the sink"
    assert len(paints["Choosing"]) > 2 * len(presses), "the stick person moves"
    assert len(paints["Summary"]) > 2, "the replays move"


def test_a_repetition_is_signalled_by_lamp_and_sound() -> None:
    before = dict(os.environ)
    lit, begun = stopwatch.signals(reps=2)
    assert len(lit) == len(begun) == 2
    assert all(0 < lamp < earcon for lamp, earcon in zip(lit, begun, strict=True))
    assert dict(os.environ) == before


def test_a_long_history_is_opened_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decade, "DAYS", 30)
    took, looked, megabytes = decade.opening()
    assert len(took) == len(looked) == decade.OPENINGS
    assert min(took) > 0
    assert min(looked) > 0
    assert 0.1 < megabytes < 1


def test_one_json_object_is_all_that_a_program_reads(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started = trial.Trial(
        passes=2, first_pixels_s=0.5, ready_s=1.5, scenes_per_s=60.0, poses_per_s=15.0, rss_mb=120.0,
        rss_growth_mb=0.0, figure_rss_mb=90.0,
    )  # fmt: skip
    monkeypatch.setattr(bench, "find_model", lambda: model)
    monkeypatch.setattr(bench, "run_mirror", lambda seconds: started)
    for name, value in (("BLOCKS", 4), ("POSES", 80), ("SETS", 4), ("REPS", 8), ("ROOMS", 40)):
        monkeypatch.setattr(bench, name, value)
    monkeypatch.setattr(stopwatch, "LONG", 300)
    monkeypatch.setattr(stopwatch, "DRILLS", DRILLS[:3])
    monkeypatch.setattr(decade, "DAYS", 30)
    bench.run(as_json=True, quick=True)
    measured = msgspec.json.decode(capsys.readouterr().out, type=bench.Bench)
    assert measured.threads == 1
    assert (measured.ready_s, measured.passes) == (1.5, 2)
    assert measured.two_passes_ms.median > measured.frame_to_verdict_ms.median
    assert measured.step_us == max(measured.step_us_by_drill.values(), key=lambda step: step.median)
    assert measured.frame_to_verdict_ms.median > measured.crop_ms.median
    assert set(measured.step_us_by_drill) == {drill.key for drill in DRILLS[:3]}
    assert "XNNPACK" in measured.runtime


def test_the_machine_names_itself() -> None:
    machine = bench.describe_machine()
    assert f"{os.cpu_count()} cores" in machine
    assert "Python 3" in machine


def test_memory_is_that_of_the_process_and_of_its_children() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert child.pid in process.children(os.getpid())
        assert 1 < process.resident_mb(child.pid) < 1000
    finally:
        child.communicate(b"\n")
    assert process.resident_mb(child.pid) == 0
    assert child.pid not in process.children(os.getpid())


def test_a_mirror_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "COMMAND", (sys.executable, "-c", "raise SystemExit('no mirror here')"))
    with pytest.raises(KioskError, match=r"^kiosk run ended with 1 in the trial: no mirror here$"):
        trial.run_mirror(1.0)


def test_a_trial_starts_the_real_mirror_and_times_it() -> None:
    seen = trial.run_mirror(6.0)
    assert 0 < seen.first_pixels_s <= seen.ready_s
    assert seen.scenes_per_s > 0
    assert seen.rss_mb > 10
    assert seen.figure_rss_mb > 10
