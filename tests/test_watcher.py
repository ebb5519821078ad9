"""The watcher with scripted cameras: what it sees, how it loses a camera and gets it back, how it dies and hangs."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.clip import read_picture
from kiosk.devices.movenet import PoseModel
from kiosk.devices.pace import Pace
from kiosk.devices.turned import Turned
from kiosk.devices.watcher import GLANCE_EVERY, LEAVING, OPENING, SETTLING, Watcher
from kiosk.drills import find_drill
from kiosk.figure.events import Events
from kiosk.figure.film import Film, Filmed
from kiosk.figure.studio import FigureCamera
from kiosk.frame import GHOST, Camera, Frame
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.contour import Contour
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose
from kiosk.scoring.start import STARTS, Start
from kiosk.trouble import CameraLost, KioskError

IMAGE = np.zeros((48, 64, 3), np.uint8)

#: One step of a scripted camera: a frame at this time, an error, or something to wait for.
Step = float | Exception | threading.Event


class Scripted:
    """A camera that does what its script says; its poses' scores tell which frame they are of."""

    name = "scripted"

    def __init__(self, *script: Step, on_close: Exception | None = None) -> None:
        self.script, self.on_close = script, on_close
        self.opened = self.closed = 0
        self.given = 0

    def __enter__(self) -> Scripted:
        self.opened += 1
        return self

    def __exit__(self, *exc: object) -> None:
        self.closed += 1
        if self.on_close:
            raise self.on_close

    def __iter__(self) -> Iterator[Frame]:
        for step in self.script:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, threading.Event):
                step.wait(5)
                continue
            self.given += 1
            yield Frame(step, IMAGE)

    def pose(self) -> Pose:
        return Pose(-1.0, np.zeros((17, 2), np.float32), np.full(17, self.given, np.float32), 64, 48)


class Absent(Scripted):
    def __enter__(self) -> Scripted:
        raise CameraLost("Pi camera: cannot be opened (no cameras)")


class Clock:
    """Time that moves only when somebody rests."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.rests: list[float] = []

    def __call__(self) -> float:
        return self.now

    def rest(self, leaving: threading.Event, seconds: float) -> bool:
        self.rests.append(seconds)
        self.now += seconds
        return leaving.is_set()


def one_after_another(*cameras: Scripted) -> Callable[[], Scripted]:
    """Opens each camera once, in order."""
    waiting = iter(cameras)
    return lambda: next(waiting)


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(clock: Clock) -> Iterator[Callable[..., Watcher]]:
    with ExitStack() as opened:
        yield lambda *cameras: opened.enter_context(Watcher(one_after_another(*cameras), clock=clock, rest=clock.rest))


@pytest.fixture
def pause() -> Iterator[threading.Event]:
    """Holds a camera between two frames until the test lets it go on."""
    event = threading.Event()
    yield event
    event.set()


def test_the_newest_frame_becomes_the_newest_sighting(watch: Callable[..., Watcher], pause: threading.Event) -> None:
    watcher = watch(Scripted(1000.0, 1000.1, 1000.2, pause))
    until(lambda: watcher.frames == 3)
    sighting = watcher.newest()
    assert sighting is not None
    assert (sighting.number, sighting.pose.t, sighting.pose.scores[0], watcher.camera) == (3, 1000.2, 3, "scripted")
    assert watcher.newest() is sighting, "asking again is no new sighting"
    assert watcher.watching


def test_nothing_is_seen_before_the_first_frame(watch: Callable[..., Watcher], pause: threading.Event) -> None:
    watcher = watch(Scripted(pause))
    assert watcher.newest() is None
    assert not watcher.watching
    assert watcher.poses_per_s == 0


def test_a_sighting_grows_old_and_is_a_ghost(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    watcher = watch(Scripted(1000.0, pause))
    until(lambda: watcher.frames == 1)
    assert watcher.newest() is not None
    clock.now += GHOST
    assert watcher.newest() is None


def test_a_camera_whose_clock_began_at_zero_is_told_on_ours(
    watch: Callable[..., Watcher], pause: threading.Event
) -> None:
    watcher = watch(Scripted(0.0, 0.5, pause))
    until(lambda: watcher.frames == 2)
    sighting = watcher.newest()
    assert sighting is not None
    assert sighting.pose.t == pytest.approx(1000.5)


def test_a_camera_on_our_clock_keeps_its_own_stamps(watch: Callable[..., Watcher], pause: threading.Event) -> None:
    watcher = watch(Scripted(999.9, pause))
    until(lambda: watcher.frames == 1)
    sighting = watcher.newest()
    assert sighting is not None
    assert sighting.pose.t == 999.9


def test_a_lost_camera_is_closed_and_opened_again_while_the_mirror_says_so(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    stalling = Scripted(1000.0, CameraLost("USB camera: no frame for 1 s"))
    back = Scripted(pause, 1002.0, pause)
    watcher = watch(stalling, back)
    until(lambda: back.opened)
    assert stalling.closed == 1
    assert watcher.trouble is not None
    assert watcher.trouble.key == "camera_lost"
    assert watcher.trouble.text == "USB camera: no frame for 1 s. Trying again in 2 s."
    assert watcher.newest() is None, "no ghost of the lost camera"
    assert not watcher.watching
    pause.set()
    until(lambda: watcher.frames == 2)
    assert watcher.trouble is None, "said no longer once a frame has come"


def test_pauses_double_up_to_twenty_seconds_and_begin_anew_once_frames_have_come(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    lost = CameraLost("no frame")
    last = Scripted(pause)
    watch(Absent(), Absent(), Absent(), Absent(), Absent(), Scripted(1062.0, lost), Absent(), last)
    until(lambda: last.opened)
    assert clock.rests == [2, 4, 8, 16, 20, 2, 4]


def test_while_resting_or_opening_silence_is_no_worry_but_a_hung_camera_is(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    watcher = watch(Absent(), Scripted(1002.0, pause))
    until(lambda: watcher.frames == 1)
    assert watcher.silent_for(clock.now) == 0
    assert watcher.silent_for(clock.now + 7) == pytest.approx(7)


def test_a_recording_ends_and_that_is_no_trouble(watch: Callable[..., Watcher], clock: Clock) -> None:
    clip = Scripted(0.0, 0.1)
    watcher = watch(clip)
    until(lambda: watcher.ended)
    assert clip.closed == 1
    assert watcher.trouble is None
    assert watcher.silent_for(clock.now + 100) == 0


@pytest.mark.parametrize(
    "death",
    [Scripted(1000.0, ZeroDivisionError("a bug")), Scripted(CameraLost("no frame"), on_close=KioskError("hung"))],
    ids=["a bug", "a camera that cannot be closed"],
)
def test_what_kills_the_thread_is_raised_in_whoever_asks(watch: Callable[..., Watcher], death: Scripted) -> None:
    watcher = watch(death)
    with pytest.raises((ZeroDivisionError, KioskError)):
        until(watcher.newest)
    with pytest.raises((ZeroDivisionError, KioskError)):
        watcher.newest()


def test_a_model_that_cannot_be_loaded_is_raised_in_whoever_asks() -> None:
    def load() -> PoseModel:
        raise KioskError("no runtime")

    with Watcher(one_after_another(Scripted(0.0)), load) as watcher, pytest.raises(KioskError, match="no runtime"):
        until(watcher.newest)


# --- resting ----------------------------------------------------------------------------------------------------------


def endless(since: float = 1000.0) -> Iterator[float]:
    """Times of frames, as many as are asked for, a hundred a second."""
    return (since + n / 100 for n in range(1_000_000))


def test_a_watcher_told_to_rest_closes_its_camera_and_one_told_to_wake_opens_it_again(
    watch: Callable[..., Watcher], clock: Clock
) -> None:
    evening, morning = Scripted(*endless()), Scripted(*endless())
    watcher = watch(evening, morning)
    until(lambda: watcher.frames > 10)
    watcher.rest()
    until(lambda: not watcher.watching)
    seen = watcher.frames
    assert (evening.opened, evening.closed, morning.opened) == (1, 1, 0)
    assert watcher.newest() is None, "no ghost of who was there when it went dark"
    assert watcher.trouble is None
    assert not watcher.ended
    assert watcher.silent_for(clock.now + 100_000) == 0, "a watcher that rests on purpose is not silent"
    watcher.rest()
    watcher.rest(0.0)
    until(lambda: watcher.frames > seen)
    assert watcher.watching
    assert (morning.opened, evening.opened) == (1, 1)
    assert (sighting := watcher.newest()) is None or sighting.number > seen, "frames are counted on"


def test_a_woken_watcher_whose_camera_hangs_is_silent(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    watcher = watch(Scripted(*endless()), Scripted(pause))
    until(lambda: watcher.frames)
    watcher.rest()
    until(lambda: not watcher.watching)
    watcher.rest(0.0)
    until(lambda: watcher.silent_for(clock.now + OPENING + 7))
    assert watcher.silent_for(clock.now + OPENING - 1) == 0, "a camera may take its time to open"


def test_a_lost_camera_is_no_trouble_while_none_is_meant_to_be_open_and_is_tried_at_once_on_waking() -> None:
    back = Scripted(*endless())
    with Watcher(one_after_another(Absent(), back)) as watcher:
        until(lambda: watcher.trouble)
        watcher.rest()
        until(lambda: watcher.trouble is None)
        assert (watcher.watching, back.opened) == (False, 0)
        watcher.rest(0.0)
        until(lambda: watcher.watching)


def test_a_watcher_that_rests_from_the_start_opens_nothing(clock: Clock) -> None:
    camera = Scripted(*endless())
    watcher = Watcher(one_after_another(camera), clock=clock, rest=clock.rest)
    watcher.rest()
    with watcher:
        until(lambda: watcher.silent_for(clock.now + 100_000) == 0)
        assert watcher.resting
    assert camera.opened == 0


def test_glances_keep_the_camera_open_and_take_one_fresh_frame_each(
    watch: Callable[..., Watcher], clock: Clock
) -> None:
    camera = Scripted(*endless())
    watcher = watch(camera)
    watcher.rest(GLANCE_EVERY)
    until(lambda: len(clock.rests) > 4)
    seen, given, rests = watcher.frames, camera.given, len(clock.rests)
    until(lambda: watcher.frames > seen + 10)
    assert camera.given - given >= 2 * (watcher.frames - seen) - 2, "the frame that waited since the last is let go"
    assert abs((watcher.frames - seen) - (len(clock.rests) - rests)) <= 2, "a rest between any two looks"
    assert set(clock.rests) == {GLANCE_EVERY}
    assert watcher.watching, "whoever is glanced at sees that they are"
    assert (camera.opened, camera.closed) == (1, 0)
    watcher.rest(0.0)
    until(lambda: watcher.frames > seen + 1000)
    assert (camera.opened, camera.closed) == (1, 0), "waking from glances reopens nothing"


def test_between_glances_silence_is_no_worry_but_longer_is(
    watch: Callable[..., Watcher], clock: Clock, pause: threading.Event
) -> None:
    hung = threading.Event()
    watcher = watch(Scripted(pause, 1000.0, hung))
    watcher.rest(30.0)
    pause.set()
    until(lambda: 30.0 in clock.rests)
    assert watcher.silent_for(clock.now) == 0
    assert watcher.silent_for(clock.now + 7) == pytest.approx(7)
    hung.set()


@pytest.mark.parametrize("every", [30.0, math.inf], ids=["glancing", "closed"])
def test_leaving_and_waking_do_not_wait_for_the_end_of_a_rest(every: float) -> None:
    cameras = (Scripted(*(time.monotonic() + n / 100 for n in range(100_000))) for _ in range(2))
    with Watcher(one_after_another(*cameras)) as watcher:
        until(lambda: watcher.frames)
        watcher.rest(every)
        until(lambda: not watcher._called.is_set())
        seen = watcher.frames
        watcher.rest(0.0)
        until(lambda: watcher.frames > seen + 3)
        watcher.rest(every)
        seen = watcher.frames
    assert not watcher._thread.is_alive()


def test_the_simulated_person_comes_back_from_a_rest() -> None:
    person = FigureCamera("hinge")
    with Watcher(lambda: person) as watcher:
        until(lambda: watcher.frames > 2, 30)
        watcher.rest()
        until(lambda: not watcher.watching)
        assert person.pose() is None, "its process has ended"
        seen = watcher.frames
        watcher.rest(0.0)
        until(lambda: watcher.frames > seen + 2, 30)
        assert watcher.newest() is not None
        assert watcher.trouble is None


def test_leaving_closes_the_camera_and_ends_the_thread(clock: Clock) -> None:
    camera = Scripted(*(1000 + n / 1000 for n in range(100_000)))
    watcher = Watcher(one_after_another(camera), clock=clock, rest=clock.rest)
    with watcher:
        until(lambda: watcher.frames > 10)
    assert camera.closed == 1
    assert not watcher.ended
    watcher.__exit__()


def test_leaving_during_a_pause_does_not_wait_for_its_end() -> None:
    with Watcher(lambda: Absent()) as watcher:
        until(lambda: watcher.trouble)
        began = time.monotonic()
    assert time.monotonic() - began < 1


def test_leaving_does_not_wait_for_ever_for_a_hung_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.devices.watcher.LEAVING", 0.05)
    hung = threading.Event()
    with Watcher(one_after_another(Scripted(0.0, hung))) as watcher:
        until(lambda: watcher.frames)
    hung.set()
    assert LEAVING > 3, "in earnest it outlasts a camera's own limit for closing"


def test_the_rate_is_of_poses_in_the_last_frames(clock: Clock, pause: threading.Event) -> None:
    class Ticking(Scripted):
        def __iter__(self) -> Iterator[Frame]:
            for frame in super().__iter__():
                clock.now = frame.t
                yield frame

    camera = Ticking(*(1000 + n / 20 for n in range(100)), pause)
    with Watcher(one_after_another(camera), clock=clock, rest=clock.rest) as watcher:
        until(lambda: watcher.frames == 100)
        assert watcher.poses_per_s == pytest.approx(20)
        clock.now += GHOST + 0.1
        assert watcher.poses_per_s == 0
        pause.set()


def test_nothing_grows_with_the_frames(clock: Clock, pause: threading.Event) -> None:
    with Watcher(one_after_another(Scripted(*[1000.0] * 5000, pause)), clock=clock, rest=clock.rest) as watcher:
        until(lambda: watcher.frames == 5000)
        assert len(watcher._looked) == 30
        pause.set()


def test_the_real_model_looks_in_the_thread_and_forgets_the_person_when_the_camera_is_lost(shared: Path) -> None:
    image = read_picture(shared / "photos/images/coral_squat.bmp")
    before_reopening = threading.Event()
    models: list[PoseModel] = []

    class Real(Scripted):
        def __iter__(self) -> Iterator[Frame]:
            for frame in super().__iter__():
                yield Frame(frame.t, image)

    def load() -> PoseModel:
        models.append(PoseModel(shared / "models/movenet_singlepose_lightning_int8_4.tflite"))
        return models[0]

    cameras = one_after_another(Real(*(n / 10 for n in range(6)), before_reopening, CameraLost("gone")), Real(0.0))
    with Watcher(cameras, load, rest=lambda leaving, _: leaving.is_set()) as watcher:
        until(lambda: watcher.frames == 6)
        sighting = watcher.newest()
        assert sighting is not None
        assert sighting.pose.present
        assert (sighting.pose.width, sighting.pose.height) == (image.shape[1], image.shape[0])
        assert models[0].cropped
        before_reopening.set()
        until(lambda: watcher.ended)
        assert watcher.frames == 7
        assert not models[0].cropped


def test_the_model_is_told_whether_the_drill_is_done_lying_and_its_passes_are_told(pause: threading.Event) -> None:
    class Eye:
        """Looks as often as it is told to, and notes how the person lies."""

        def __init__(self) -> None:
            self.lying, self.passes, self.pace, self.seen = False, 1, Pace(), list[bool]()

        def forget(self) -> None: ...

        def look(self, image: np.ndarray, t: float) -> Pose:
            self.seen.append(self.lying)
            self.passes = len(self.seen)
            return Pose(t, np.zeros((17, 2), np.float32), np.ones(17, np.float32), 64, 48)

    eye, end = Eye(), threading.Event()
    with Watcher(lambda: Scripted(1.0, 1.1, pause, 1.2, 1.3, end), lambda: eye) as watcher:
        until(lambda: watcher.frames == 2)
        watcher.drill = find_drill("glute_bridge")
        pause.set()
        until(lambda: watcher.frames == 4)
        assert watcher.passes == 4
        end.set()
    assert eye.seen == [False, False, True, True]


# --- the back ---------------------------------------------------------------------------------------------------------


class Filming(Scripted):
    """Films the simulated person; waits where an event stands among the frames."""

    def __init__(self, *script: Filmed | threading.Event | Exception) -> None:
        super().__init__()
        self.filmed = script

    def __iter__(self) -> Iterator[Frame]:
        for step in self.filmed:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, threading.Event):
                step.wait(5)
                continue
            self.true = step.pose
            yield step.frame

    def pose(self) -> Pose:
        return self.true


class Noting(Watcher):
    """Keeps the outline of every pose."""

    def _look(self, *frame: object) -> None:
        super()._look(*frame)  # type: ignore[arg-type]
        newest = self.newest()
        assert newest is not None
        vars(self).setdefault("outlines", []).append((newest.pose.t, newest.pose.present, newest.pose.back))

    @property
    def contours(self) -> list[Contour]:
        return [contour for _, _, contour in vars(self)["outlines"] if contour]


@pytest.fixture(scope="module")
def filmed() -> list[Filmed]:
    """Seven seconds of an empty room, then somebody hinges."""
    return list(Film("hinge", reps=1, fps=5.0, events=Events(empty=7.0)))


def test_poses_carry_the_outline_of_the_back_once_the_room_has_been_seen_empty(
    filmed: list[Filmed], pause: threading.Event
) -> None:
    with Noting(lambda: Filming(*filmed, pause)) as watcher:
        until(lambda: watcher.frames == len(filmed), 30)
        pause.set()
        outlines = vars(watcher)["outlines"]
    assert all(contour is None for _, present, contour in outlines if not present)
    seen = [contour for _, present, contour in outlines if present]
    assert all(contour is not None and contour.why is Why.SEEN for contour in seen[2:])
    assert all(contour.t == t for t, _, contour in outlines if contour)


def test_somebody_who_was_there_from_the_first_is_told_why_their_back_is_unseen(
    filmed: list[Filmed], pause: threading.Event
) -> None:
    there = [one for one in filmed if one.pose.present]
    with Noting(lambda: Filming(*there[:20], pause)) as watcher:
        until(lambda: watcher.frames == 20, 30)
        pause.set()
    assert {contour.why for contour in watcher.contours} == {Why.NO_BACKGROUND}


def test_the_room_is_still_known_after_the_dark_and_after_a_camera_was_lost(filmed: list[Filmed]) -> None:
    empty = [one for one in filmed if not one.pose.present]
    there = [one for one in filmed if one.pose.present][:10]
    lit, dark = threading.Event(), threading.Event()
    lost, evening, morning = Filming(*empty, CameraLost("gone")), Filming(empty[-1], dark, *empty), Filming(*there, lit)
    with Noting(one_after_another(lost, evening, morning), rest=lambda called, _: called.is_set()) as watcher:
        until(lambda: watcher.frames == len(empty) + 1, 30)
        watcher.rest()
        dark.set()
        until(lambda: not watcher.watching)
        watcher.rest(0.0)
        until(lambda: watcher.frames == len(empty) + 1 + len(there), 30)
        lit.set()
    assert {contour.why for contour in watcher.contours[2:]} == {Why.SEEN}


def test_while_it_only_glances_no_room_is_learned(
    filmed: list[Filmed], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    looked: list[float] = []
    monkeypatch.setattr(Back, "look", lambda back, image, pose: looked.append(pose.t))
    camera = Scripted(*endless())
    watcher = Watcher(one_after_another(camera), clock=clock, rest=clock.rest)
    watcher.rest(GLANCE_EVERY)
    with watcher:
        until(lambda: watcher.frames > 5)
        assert looked == []
        watcher.rest(0.0)
        until(lambda: looked)


def test_the_back_is_told_in_which_posture_a_drill_begins_and_only_when_it_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Start] = []
    monkeypatch.setattr(Back, "begin", lambda back, start: begun.append(start))
    monkeypatch.setattr(Back, "look", lambda *frame: None)
    with Watcher(lambda: Scripted(*endless(time.monotonic()))) as watcher:
        for drill in ("hinge", "romanian_deadlift", "cat_cow", "hinge"):
            watcher.drill = find_drill(drill)
            seen = watcher.frames
            until(lambda seen=seen: watcher.frames > seen + 2)
    assert begun == [STARTS[name] for name in ("standing", "standing", "all_fours", "standing")], "the first is its own"


# --- exposure ---------------------------------------------------------------------------------------------------------


class Steady(Scripted):
    """A camera that can hold its exposure, and notes after how many frames it is told to."""

    def __init__(self, *script: Step) -> None:
        super().__init__(*script)
        self.told: list[tuple[int, bool]] = []

    def hold(self, steady: bool) -> None:
        self.told.append((self.given, steady))


@pytest.mark.parametrize("turned", [False, True])
def test_the_exposure_is_held_while_somebody_is_measured_and_only_then(turned: bool, pause: threading.Event) -> None:
    end, camera = threading.Event(), Steady()
    camera.script = (0.0, SETTLING, SETTLING + 1, pause, SETTLING + 2, SETTLING + 3, end)
    mounted: Camera = Turned(camera, 0) if turned else camera
    watcher = Watcher(lambda: mounted, Eyeless)
    watcher.steady = True
    with watcher:
        until(lambda: watcher.frames == 3)
        assert camera.told == [(2, True)], "once, and not before it has settled"
        watcher.steady = False
        pause.set()
        until(lambda: watcher.frames == 5)
        end.set()
    assert camera.told == [(2, True), (4, False)]


def test_a_camera_opened_again_settles_anew(pause: threading.Event) -> None:
    first = Steady(0.0, SETTLING, CameraLost("gone"))
    second = Steady(50.0, 50.0 + SETTLING / 2, 50.0 + SETTLING, pause)
    cameras = one_after_another(first, second)
    watcher = Watcher(cameras, rest=lambda called, _: called.is_set())
    watcher.steady = True
    with watcher:
        until(lambda: watcher.frames == 5)
        pause.set()
    assert (first.told, second.told) == ([(2, True)], [(3, True)])


@pytest.mark.parametrize("turn", [0, 90])
def test_a_camera_that_cannot_hold_its_exposure_is_not_asked_to(turn: int, pause: threading.Event) -> None:
    watcher = Watcher(lambda: Turned(Scripted(0.0, SETTLING, SETTLING + 1, pause), turn), Eyeless)
    watcher.steady = True
    with watcher:
        until(lambda: watcher.frames == 3)
        pause.set()


class Eyeless:
    """A model that sees nobody."""

    lying, passes, pace = False, 1, Pace()

    def forget(self) -> None: ...

    def look(self, image: np.ndarray, t: float) -> Pose:
        return Pose(t, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 64, 48, present=False)
