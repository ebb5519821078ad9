"""The watcher: the thread that turns the newest frame into the newest pose, and brings a lost camera back."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.devices.movenet import PoseModel
from kiosk.devices.stirring import Stirring
from kiosk.frame import GHOST, Camera, Frame, Holding
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.start import STARTS
from kiosk.text import Text
from kiosk.trouble import CameraLost, Trouble, words_of

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

#: Seconds between two glances of a watcher that rests: who walks up to a mirror takes longer.  At what has stirred it
#: goes on looking at once.
GLANCE_EVERY = 1.0

#: Seconds after a camera's first frame in which its exposure and white balance settle and must not be held.
SETTLING = 2.0

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
    """Watches a camera in a thread of its own, from ``with`` to the end of it, but for when it is told to ``rest``.

    ``open_camera`` makes the camera (not yet entered), again after each loss; ``load_model`` is called once, in the
    thread.  Without a model the camera itself must offer ``pose()``, the true pose of the frame last given, as
    the simulated person does.  ``clock`` tells ``pose.t``; ``rest`` waits for an event, so many seconds at most.  Poses
    carry the outline of the back; the empty room that it is seen against is known as long as the watcher lives.

    To be read from any thread: ``frames`` looked at so far, in how many ``passes`` the last one, ``camera`` the open
    camera's name or "", ``trouble``, and ``ended`` once a recording has ended.  To be set from any thread: ``drill``,
    the one offered or under way, by which it knows how the person lies and faces; ``steady``, whether somebody is being
    measured: the camera then holds its exposure, if it can.
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
        self.drill: Drill | None = None
        self.steady = False
        self._open_camera, self._load_model = open_camera, load_model
        self._clock, self._rest = clock, rest
        self._newest: Sighting | None = None
        self._looked: deque[float] = deque(maxlen=RATE_OVER)
        self._death: BaseException | None = None
        self._every = 0.0
        self._back, self._start = Back(), ""
        self._stirring = Stirring()
        self._leaving = False
        self._called = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._alive(OPENING)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._leaving = True
        self._called.set()
        if self._thread.is_alive():
            self._thread.join(LEAVING)

    def rest(self, every: float = math.inf) -> None:
        """From now on look once in ``every`` seconds; by default not at all: the camera is closed, the model idle.

        The camera stays open between glances, for to close it would cost more than it saves.  To open the simulated one
        takes 430 ms of a processor, as long as many looks (measured); a Pi camera takes about a second, and then its
        exposure has to settle (read), while, open, the board's image processor does nearly all of the work.  Looking at
        15 frames a second took 18 to 33 % of a desktop's core, glances 2 to 6 %, rest nothing (measured).

        0 looks at every frame; a lost camera is then tried at once.  To be told again and again is harmless.
        """
        if every != self._every:
            self._every = every
            self._called.set()

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
    def resting(self) -> bool:
        """Whether it was told not to look at all."""
        return self._every == math.inf

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
        while not self._leaving:
            if self.resting:
                self._sleep()
                continue
            before, every = self.frames, self._every
            self._alive(OPENING)
            try:
                self.ended = self._watch(model)
                if self.ended:
                    return
                self._newest, self.camera = None, ""
            except CameraLost as error:
                pause = FIRST_PAUSE if self.frames > before else pause
                self._newest, self.camera = None, ""
                said = Text("{why}. Trying again in {seconds} s.", why=words_of(error), seconds=round(pause))
                self.trouble = Trouble("camera_lost", said)
                self._wait(pause, every)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _sleep(self) -> None:
        """Do nothing until called; with a camera that is not meant to be open nothing can be wrong."""
        self.trouble = None
        self._alive(math.inf)
        self._called.clear()
        if self.resting and not self._leaving:
            self._called.wait()

    def _wait(self, seconds: float, every: float) -> None:
        """Rest for so long, or until called; not at all when the time between looks is no longer ``every``."""
        self._alive(seconds)
        self._called.clear()
        if self._every == every and not self._leaving:
            self._rest(self._called, seconds)

    def _watch(self, model: PoseModel | None) -> bool:
        """One opening of the camera, until told to leave or to rest, or it ends: then True.  Raises CameraLost."""
        with self._open_camera() as camera:
            if model is not None:
                model.forget()
            skew: float | None = None
            settled = 0.0
            glanced = held = False
            for frame in camera:
                if self._leaving or self.resting:
                    return False
                if glanced:  # this frame may be as old as the last glance: USB cameras keep what nobody fetched
                    glanced = False
                    continue
                if skew is None:
                    skew, settled = self._skew(frame), frame.t + SETTLING
                    self.camera, self.trouble = camera.name, None
                if held != (steady := self.steady) and frame.t >= settled and isinstance(camera, Holding):
                    held = steady
                    camera.hold(steady)
                self._look(camera, model, Frame(frame.t + skew, frame.image))
                self._alive()
                every = self._every
                if glanced := 0 < every < math.inf and not self._unsure:
                    self._wait(every, every)
                elif model is not None and (pause := model.pace.pause()):
                    self._wait(pause, every)
        return not self._leaving

    @property
    def _unsure(self) -> bool:
        """Whether something has stirred and nobody is known yet: glance by glance who came would be leaning by then."""
        return self._stirring.further > 0 and not (self._newest and self._newest.pose.present)

    def _skew(self, first: Frame) -> float:
        """What to add to the camera's times to have them on our clock."""
        behind = self._clock() - first.t
        return behind if abs(behind) > OTHER_CLOCK else 0.0

    def _look(self, camera: Camera, model: PoseModel | None, frame: Frame) -> None:
        drill, before = self.drill, self._newest
        stirred = not self._every or self._stirring.step(frame.image)
        if before and not before.pose.present and not stirred:  # an empty room that has looked the same for a while
            pose = replace(before.pose, t=frame.t)
        elif model is None:
            pose = _true_pose(camera, frame.t)
        else:
            model.lying = drill is not None and drill.lying
            model.bust = drill is not None and drill.bust
            pose, self.passes = model.look(frame.image, frame.t), model.passes
        if drill and drill.start != self._start:
            self._start = drill.start
            self._back.begin(STARTS[drill.start])
        # at night glances would learn the dark room in place of the lit one
        if not self._every and (model is None or model.pace.outlines(frame.t)):
            pose = replace(pose, back=self._back.look(frame.image, pose))
        self._newest = Sighting(pose, self.frames + 1)
        self.frames += 1
        self._looked.append(self._clock())


def _true_pose(camera: Camera, t: float) -> Pose:
    """What a simulated person's camera knows of the frame it gave last, told for time ``t``."""
    pose: Pose = camera.pose()  # type: ignore[attr-defined]
    return replace(pose, t=t)
