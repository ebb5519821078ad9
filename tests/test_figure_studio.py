"""The simulated person as a live camera: a process of its own that films in real time and dies with its parent."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kiosk.drills import DRILLS
from kiosk.figure.course import STAND
from kiosk.figure.stage import REPS, Stage
from kiosk.figure.studio import FigureCamera
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER
from kiosk.trouble import BadInput, CameraLost


def lean(pose):
    """Degrees of the trunk in the picture."""
    dx, dy = pose.points[LEFT_SHOULDER] - pose.points[LEFT_HIP]
    return float(np.degrees(np.arctan2(abs(dx), -dy)))


def has_ended(process: int) -> bool:
    """Gone, or a zombie that nobody has collected yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_until(true, seconds=5.0):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_frames_come_in_order_of_time_with_their_true_keypoints():
    with FigureCamera(fps=30) as camera:
        frames = list(itertools.islice(camera, 6))
        pose = camera.pose()
    times = [frame.t for frame in frames]
    assert times == sorted(set(times))
    assert all(frame.image.shape == (640, 360, 3) for frame in frames)
    assert pose is not None
    assert pose.t >= times[-1]
    assert lean(pose) < 10


def test_closing_twice_is_harmless_and_it_may_be_opened_again():
    camera = FigureCamera()
    for _ in range(2):
        with camera:
            next(iter(camera))
            process = camera._child.pid
        camera.__exit__()
        assert camera.pose() is None
        assert has_ended(process)
    assert list(camera) == []


def test_an_unknown_drill_is_refused_before_anything_starts():
    with pytest.raises(BadInput, match="curtsey"):
        FigureCamera("curtsey")
    with pytest.raises(BadInput, match="curtsey"):
        FigureCamera().perform("curtsey")


def test_a_slow_reader_gets_the_newest_frame():
    with FigureCamera(fps=30) as camera:
        frames = iter(camera)
        first = next(frames)
        time.sleep(0.5)
        second = next(frames)
        assert second.t - first.t > 0.3


def test_a_studio_that_dies_is_a_lost_camera():
    with FigureCamera() as camera:
        frames = iter(camera)
        next(frames)
        os.kill(camera._child.pid, signal.SIGKILL)
        with pytest.raises(CameraLost, match="simulated person"):
            list(frames)


def test_the_studio_ends_when_its_parent_is_killed():
    source = (
        "import time\n"
        "from kiosk.figure.studio import FigureCamera\n"
        "with FigureCamera() as camera:\n"
        "    next(iter(camera)); print(camera._child.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    studio = int(parent.stdout.readline())
    assert not has_ended(studio)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: has_ended(studio))


def test_told_of_another_drill_the_camera_shows_it():
    with FigureCamera("hinge", fps=15) as camera:
        frames = iter(camera)
        empty = next(frames).image.astype(int)
        camera.perform("hinge")
        camera.perform("sit_stand")
        # a stool is brought in
        changed = (np.abs(frame.image.astype(int) - empty).max(axis=2) > 40 for frame in itertools.islice(frames, 60))
        assert any(picture[400:].sum() > 500 for picture in changed)


def test_nobody_is_on_the_stage_at_first_if_asked_and_then_somebody_comes_to_their_place():
    stage, usual = Stage("hinge", empty=3.0), Stage("hinge")
    empty, nobody = stage.at(1.0)
    assert not nobody.present
    assert np.isnan(nobody.points).all()
    coming = [stage.at(t)[1] for t in (3.2, 3.8, 4.3)]
    assert np.ptp([pose.points[LEFT_HIP, 0] for pose in coming]) > 60
    picture, there = stage.at(6.0)
    assert there.present
    assert np.abs(there.points - usual.at(1.6)[1].points).max() < 8
    assert (np.abs(picture.astype(int) - empty).sum(axis=2) > 60).mean() > 0.02


def test_the_stage_stands_then_works_and_goes_on_for_ever():
    stage = Stage("hinge")
    leans = np.array([lean(stage.at(t)[1]) for t in np.arange(0, 120, 0.5)])
    assert (leans[: round(STAND / 0.5)] < 8).all()
    bent = leans > 40
    bends = int(np.sum(bent[1:] & ~bent[:-1]))
    assert REPS < bends <= 3 * REPS


def test_changing_the_drill_in_the_middle_of_a_repetition_is_no_leap():
    stage = Stage("hinge")
    for t in np.arange(0, 8.0, 0.1):
        before = stage.at(t)[1]
    assert lean(before) > 20
    stage.begin("squat", 8.0)
    after = stage.at(8.0)[1]
    assert np.abs(after.points - before.points).max() < 15
    assert lean(stage.at(10.0)[1]) < 8


def test_the_camera_is_hung_anew_for_the_floor_and_the_front():
    with FigureCamera("hinge", fps=30) as camera:
        frames, shapes = iter(camera), []
        for drill in ("hinge", "plank", "banded_squat"):
            camera.perform(drill)
            shown = [next(frames).image.shape for _ in range(30)]
            shapes.append(shown[-1])
            pose = camera.pose()
            assert (pose.height, pose.width) == shapes[-1][:2]
    assert shapes == [(640, 360, 3), (360, 640, 3), (640, 360, 3)]


@pytest.mark.parametrize("drill", [drill.key for drill in DRILLS])
def test_every_drill_of_the_mirror_is_performed_on_stage(drill):
    stage = Stage(drill)
    moments = [stage.at(t) for t in range(16)]
    assert all(image.shape == (pose.height, pose.width, 3) for image, pose in moments)
    assert np.ptp([pose.points for _, pose in moments], axis=0).max() > 10
