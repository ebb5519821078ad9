"""The watcher: the thread that turns the newest frame into the newest pose, and brings a lost camera back."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.devices.movenet import PoseModel
from kiosk.frame import GHOST, Camera, Frame
from kiosk.scoring.pose import Pose
from kiosk.trouble import CameraLost, Trouble

#: Seconds before a lost camera is opened again: doubled from the first to the longest while it stays lost (users.md).
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 20.0

#: Seconds without a sign of life that are no cause for worry while the model loads or a camera opens: importing
#: picamera2 and starting libcamera take several on a Zero 2 W.
OPENING = 15.0

#: Seconds between a camera's clock and ours from which they are different clocks, not a slow camera.
OTHER_CLOCK = 5.0

#: Poses over which the rate is taken.
RATE_OVER = 30

#: Seconds to wait, when leaving, for the thread to close the camera (a camera's own limit is 3 s).
LEAVING = 5.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """One pose, its ``t`` on the watcher's clock.

    ``number`` counts the frames looked at since the watcher began: who has seen this number has seen this sighting.
    """

    pose: Pose
    number: int


class Watcher:
    """Watches a camera in a thread of its own, from ``with`` to the end of it.

    ``open_camera`` makes the camera (not yet entered), again after each loss; ``load_model`` is called once, in the
    thread.  Without a model the camera itself must offer ``pose()``, the true pose of the frame last given, as
    the simulated person does.  ``clock`` tells ``pose.t``; ``rest`` waits for an event, so many seconds at most.

    To be read from any thread: ``frames`` looked at so far, in how many ``passes`` the last one, ``camera`` the open
    camera's name or "", ``trouble``, and ``ended`` once a recording has ended.  To be set from any thread: ``lying``,
    whether the drill is done lying.
    """

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        load_model: Callable[[], PoseModel] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        self.frames = self.passes = 0
        self.camera = ""
        self.trouble: Trouble | None = None
        self.ended = False
        self.lying = False
        self._open_camera, self._load_model = open_camera, load_model
        self._clock, self._rest = clock, rest
        self._newest: Sighting | None = None
        self._looked: deque[float] = deque(maxlen=RATE_OVER)
        self._death: BaseException | None = None
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._alive(OPENING)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._leaving.set()
        if self._thread.is_alive():
            self._thread.join(LEAVING)

    def newest(self) -> Sighting | None:
        """The newest sighting, None when none is younger than a second.  What killed the thread is raised here."""
        if self._death is not None:
            raise self._death
        newest = self._newest
        return newest if newest is not None and self._clock() - newest.pose.t < GHOST else None

    @property
    def poses_per_s(self) -> float:
        """Poses a second, over the last 30; 0 when the last is older than a second."""
        looked = list(self._looked)
        if len(looked) < 2 or self._clock() - looked[-1] > GHOST:
            return 0.0
        return (len(looked) - 1) / max(looked[-1] - looked[0], 1e-9)

    @property
    def watching(self) -> bool:
        """Whether a camera is open and gives frames."""
        return self.camera != ""

    def silent_for(self, now: float) -> float:
        """Seconds a sign of life is overdue; 0 while the thread rests on purpose, opens a camera, or has ended."""
        return 0.0 if self.ended else max(0.0, now - self._alive_until)

    def _alive(self, busy: float = 0.0) -> None:
        """A sign of life; the next one is not due for ``busy`` seconds."""
        self._alive_until = self._clock() + busy

    def _run(self) -> None:
        try:
            model = self._load_model() if self._load_model else None
            self._keep_watching(model)
        except BaseException as error:  # the thread's death is everyone's: newest() raises it again
            self._death = error

    def _keep_watching(self, model: PoseModel | None) -> None:
        """Watch until told to leave or the recording ends; a lost camera is opened again after a pause."""
        pause = FIRST_PAUSE
        while not self._leaving.is_set():
            before = self.frames
            self._alive(OPENING)
            try:
                self._watch(model)
                self.ended = not self._leaving.is_set()
                return
            except CameraLost as error:
                pause = FIRST_PAUSE if self.frames > before else pause
                self.trouble = Trouble("camera_lost", f"{error}. Trying again in {pause:.0f} s.")
            self._newest, self.camera = None, ""
            self._alive(pause)
            self._rest(self._leaving, pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _watch(self, model: PoseModel | None) -> None:
        """One opening of the camera, until told to leave or it ends.  Raises CameraLost."""
        with self._open_camera() as camera:
            if model is not None:
                model.forget()
            skew: float | None = None
            for frame in camera:
                if self._leaving.is_set():
                    return
                if skew is None:
                    skew = self._skew(frame)
                    self.camera, self.trouble = camera.name, None
                self._look(camera, model, Frame(frame.t + skew, frame.image))
                self._alive()

    def _skew(self, first: Frame) -> float:
        """What to add to the camera's times to have them on our clock."""
        behind = self._clock() - first.t
        return behind if abs(behind) > OTHER_CLOCK else 0.0

    def _look(self, camera: Camera, model: PoseModel | None, frame: Frame) -> None:
        if model is None:
            pose = _true_pose(camera, frame.t)
        else:
            model.lying = self.lying
            pose, self.passes = model.look(frame.image, frame.t), model.passes
        self._newest = Sighting(pose, self.frames + 1)
        self.frames += 1
        self._looked.append(self._clock())


def _true_pose(camera: Camera, t: float) -> Pose:
    """What a simulated person's camera knows of the frame it gave last, told for time ``t``."""
    pose: Pose = camera.pose()  # type: ignore[attr-defined]
    return Pose(t, pose.points, pose.scores, pose.width, pose.height, pose.present)
