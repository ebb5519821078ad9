"""Whatever befalls the camera, the mirror says so, goes on, and sees again as soon as there is something to be seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from bystander import Bystander, performance, run_beside

from kiosk.devices.movenet import PoseModel
from kiosk.devices.virtual import FPS, STARVED_FPS, Mishap, VirtualCamera
from kiosk.devices.watcher import FIRST_PAUSE, LONGEST_PAUSE
from kiosk.figure.film import Film
from kiosk.frame import STALLED
from kiosk.mirror import SILENT_FOR
from kiosk.scoring.pose import Pose
from kiosk.session.states import Dark
from kiosk.trouble import CameraLost, KioskError

#: Seconds within which frames are to come again once a camera gives some (users.md; the pause before the next try).
AGAIN = 5.0


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    return partial(run_beside, monkeypatch=monkeypatch)


@pytest.mark.parametrize("seconds", [0.5, 3.0, 8.0])
def test_frames_that_stop_come_again(seconds: float, beside: Callable, told: Callable) -> None:
    def stall(by: Bystander) -> None:
        by.frames()
        by.camera.mishap = Mishap.STALLED
        if seconds > STALLED:
            assert by.until(lambda: "camera_lost" in by.troubles) < STALLED + 0.5
            by.until(lambda: by.scene == "Failing")
        took = by.suffer(Mishap.STALLED, seconds - STALLED if seconds > STALLED else seconds)
        by.until(lambda: not by.troubles)
        assert took < (LONGEST_PAUSE if seconds > AGAIN else AGAIN)
        told(
            f"camera stalls for {seconds:g} s", "said on the screen, opened anew" if seconds > 1 else "waited for", took
        )

    beside(stall)


def test_a_camera_that_starves_is_watched_as_it_is(beside: Callable, told: Callable) -> None:
    def starve(by: Bystander) -> None:
        by.frames()
        watcher = by.mirror.parts.watcher
        by.camera.mishap = Mishap.STARVED
        time.sleep(1.0)
        before = watcher.frames
        time.sleep(3.0)
        assert watcher.frames - before == pytest.approx(3 * STARVED_FPS, abs=1)
        assert not by.troubles
        told("camera starves (2 frames a second)", "fewer poses, no trouble", by.suffer(Mishap.STARVED, 0.0))

    beside(starve)


def test_a_camera_that_is_unplugged_is_used_again_once_it_is_plugged_in(beside: Callable, told: Callable) -> None:
    def unplug(by: Bystander) -> None:
        by.frames()
        by.camera.mishap = Mishap.GONE
        assert by.until(lambda: "camera_lost" in by.troubles) < 0.5
        assert by.mirror.parts.watcher.newest() is None, "no ghost of what was last seen"
        took = by.suffer(Mishap.GONE, 1.0)
        assert took < AGAIN
        told("camera is unplugged for 1 s", "said on the screen, opened anew", took)

    beside(unplug)


def test_a_camera_that_is_absent_at_first_is_waited_for(beside: Callable, told: Callable) -> None:
    def plug_in(by: Bystander) -> None:
        by.until(lambda: by.scene == "Failing")
        by.until(lambda: by.mirror.outcome.ready_s is not None)  # systemd is told that it is up
        took = by.suffer(Mishap.GONE, 0.5)
        assert took < AGAIN
        told("camera is absent at the start", "up all the same, opened when it comes", took)

    camera = VirtualCamera(performance())
    camera.mishap = Mishap.GONE
    beside(plug_in, camera=camera)


def test_a_loose_plug_is_no_flood_of_tries(beside: Callable, told: Callable) -> None:
    def wiggle(by: Bystander) -> None:
        for _ in range(5):
            by.frames()
            by.camera.mishap = Mishap.GONE
            by.until(lambda: "camera_lost" in by.troubles)
            by.camera.mishap = None
        took = by.frames()
        assert took < FIRST_PAUSE + 1, "who gives frames at all is tried soon again"
        told("camera is unplugged five times in a row", "opened anew each time", took)

    beside(wiggle)


def test_frames_of_another_size_are_looked_at_afresh(shared: Path, beside: Callable, told: Callable) -> None:
    film = [(shot.frame.image, shot.pose) for shot in list(Film("hinge", reps=1, fps=5.0, seed=1))[:20]]
    begun = time.monotonic()

    def view(t: float) -> tuple[np.ndarray, Pose]:
        return film[int((t - begun) * 5) % len(film)]

    def resize(by: Bystander) -> None:
        watcher = by.mirror.parts.watcher

        def width() -> int:
            seen = watcher.newest()
            return seen.pose.width if seen and seen.pose.present else 0

        by.until(lambda: width() == film[0][1].width)
        by.camera.mishap = Mishap.RESIZED
        took = by.until(lambda: width() == film[0][1].width // 2)
        assert not by.troubles
        by.camera.mishap = None
        by.until(lambda: width() == film[0][1].width)
        told("camera gives frames of half the size", "the person is found in them", took)

    model = shared / "models/movenet_singlepose_lightning_int8_4.tflite"
    beside(resize, camera=VirtualCamera(view), load_model=lambda: PoseModel(model))


def test_a_covered_lens_counts_nothing_and_is_no_ghost(beside: Callable, told: Callable) -> None:
    def cover(by: Bystander) -> None:
        by.until(lambda: by.scene == "Working", 20.0)
        by.camera.mishap = Mishap.COVERED
        by.until(lambda: by.mirror.coach.verdict.phase.name == "NO_PERSON")
        reps = by.mirror.outcome.reps
        time.sleep(2.0)
        assert by.mirror.outcome.reps == reps
        by.camera.mishap = None
        took = by.until(lambda: by.mirror.coach.verdict.phase.name != "NO_PERSON")
        told("a hand covers the lens for 2 s", "nothing counted meanwhile, the set goes on", took)

    beside(cover)


def test_a_read_that_never_comes_back_is_found_out_by_the_watchdog(beside: Callable, told: Callable) -> None:
    def block(by: Bystander) -> None:
        by.frames()
        alive: list[float] = []
        by.mirror.systemd.alive = lambda: alive.append(time.monotonic())
        begun = time.monotonic()
        by.camera.mishap = Mishap.BLOCKED
        by.until(lambda: time.monotonic() - begun > SILENT_FOR + 2.0, 20.0)
        assert alive, "for as long as it may still come back"
        last = alive[-1] - begun
        assert last < SILENT_FOR + 1.0, "systemd restarts it WatchdogSec after the last sign of life"
        by.camera.mishap = None
        by.frames()
        by.until(lambda: alive[-1] - begun > last + 1)
        told("camera read blocks in the kernel", "signs of life end: restarted WatchdogSec (10 s) later", last)

    beside(block)


def test_a_camera_that_never_closes_ends_the_program(beside: Callable, told: Callable) -> None:
    stopped: list[float] = []

    def hang(by: Bystander) -> None:
        by.frames()
        by.camera.mishap = Mishap.HUNG
        by.mirror.coach.session = Dark(0, time.monotonic())  # in which the camera is closed
        stopped.append(time.monotonic())
        by.until(lambda: by.mirror.parts.watcher._death)
        time.sleep(0.5)  # and it is raised in the loop

    camera = VirtualCamera(performance())
    with pytest.raises(KioskError, match="did not close within 3 s; the program must start anew"):
        beside(hang, camera=camera)
    took = time.monotonic() - stopped[0]
    assert took < 5
    with pytest.raises(CameraLost, match="busy"):
        camera.__enter__()
    told("camera hangs in close", "ends with one line: systemd starts it anew", took)


def test_the_virtual_camera_keeps_the_rules_of_the_real_ones(told: Callable) -> None:
    camera = VirtualCamera(performance(), fps=FPS)
    with camera:
        with pytest.raises(CameraLost, match="Device or resource busy"):
            camera.__enter__()
        frames = iter(camera)
        times = [next(frames).t for _ in range(5)]
        assert np.diff(times) == pytest.approx(1 / FPS, abs=1e-6)
        time.sleep(0.5)
        late = next(frames)
        assert time.monotonic() - late.t < 2 / FPS, "no old frame for who was slow"
        late.image[:] = 7
        assert not next(frames).image.any(), "each frame is its own"
        camera.mishap = Mishap.STALLED
        begun = time.monotonic()
        with pytest.raises(CameraLost, match="no frame for 1 s"):
            next(frames)
        assert time.monotonic() - begun == pytest.approx(STALLED, abs=0.2)
    camera.__exit__()
    camera.mishap = None
    with camera:
        assert next(iter(camera)).t > late.t
