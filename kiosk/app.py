"""The composition root of ``kiosk run``: open the parts, run the loop, close in reverse."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Config, Sound
from kiosk.devices.buttons import Buttons, NoButtons
from kiosk.devices.lamps import Lamps
from kiosk.devices.notify import Notifier
from kiosk.devices.pins import has_pins
from kiosk.devices.process import resident_mb, since_start
from kiosk.devices.watcher import Watcher
from kiosk.drills import find_drill
from kiosk.eyes import Eyes, choose_eyes
from kiosk.memory import Memory
from kiosk.outcome import Outcome
from kiosk.records.recording import Recorder, RecordingMeta
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Press, Tick
from kiosk.session.lamps import worst_light
from kiosk.session.scene import Picture, Scene
from kiosk.session.sounds import Teller
from kiosk.session.states import Working, drill_of
from kiosk.sound.speaker import Speaker
from kiosk.trouble import BadInput, Trouble
from kiosk.ui.screen import Screen

#: Stations that are there for one drill.
OWN_DRILL = {"sink": "sink"}
#: Passes of the loop a second: as often as a screen can show something new.
RATE = 60.0
#: Seconds of passes that are made up for after a long one; what is further behind is let go.
CATCH_UP = 0.1
#: Seconds without a sign of life from the watcher after which systemd is no longer told that all is well.
SILENT_FOR = 5.0
#: Seconds between two signs of life to systemd, a tenth of what its watchdog waits (systemd/hinge-mirror.service).
ALIVE_EVERY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks of one run, beyond the mirror's config.  ``seconds`` None: until it is ended."""

    drill: str | None = None
    seconds: float | None = None
    size: tuple[int, int] | None = None
    record: Path | None = None
    shots: Path | None = None


def run(config: Config, wishes: Wishes) -> Outcome:
    """The mirror, until the time wished for is over, the window is closed or the program is told to end.

    Raises BadInput for an unknown drill, a clip that cannot be read or a place that cannot be written to, KioskError
    for a display that cannot be had; what goes wrong later is shown as trouble.
    """
    drill = _first_drill(config, wishes.drill)
    with ExitStack() as opened:
        screen = opened.enter_context(Screen(config.display, wishes.size, config.screen_turn))
        coach = Coach.for_mirror(drill, time.monotonic(), at_once=wishes.drill is not None)
        screen.show(Scene(coach.picture(time.monotonic())), time.monotonic())
        first_pixels_s = since_start()
        eyes = choose_eyes(config, drill)
        outcome = Outcome(
            drill=drill.key, camera=eyes.camera, model=eyes.model, display=screen.name, first_pixels_s=first_pixels_s
        )
        for part in ("camera", "model", "display"):
            print(f"{part}: {getattr(outcome, part)}", flush=True)
        outcome.troubles.extend(eyes.troubles)
        if wishes.shots:
            _make_folder(wishes.shots)
        buttons = _open_buttons(opened, config, outcome)
        lamps = opened.enter_context(Lamps(config.lamps))
        speaker = opened.enter_context(Speaker(Sound(volume=0) if eyes.replay else config.sound))
        recorder = None
        if wishes.record:
            meta = RecordingMeta(drill=drill.key, camera=eyes.camera, model=eyes.sha256)
            recorder = opened.enter_context(Recorder(wishes.record, meta))
        memory = opened.enter_context(Memory(config))
        coach.meet(memory.member, memory.clock())
        watcher = opened.enter_context(Watcher(eyes.open_camera, eyes.load_model))
        mirror = Mirror(coach, screen, lamps, speaker, eyes, watcher, memory, buttons, recorder, outcome, wishes.shots)
        mirror.run(wishes.seconds)
    return outcome


def _first_drill(config: Config, wish: str | None) -> Drill:
    """The drill offered first: the one wished for, else the station's own, else that of the settings."""
    return find_drill(wish or OWN_DRILL.get(config.station, config.drill))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder}: cannot be made a folder: {error.strerror}") from None


def _open_buttons(opened: ExitStack, config: Config, outcome: Outcome) -> Buttons | None:
    """The buttons; None where there is no header for them, or with a trouble: the keyboard still works."""
    if not has_pins():
        return None
    try:
        return opened.enter_context(Buttons(config.pins))
    except NoButtons as error:
        outcome.troubles.append(Trouble("no_buttons", str(error)))
        return None


class Mirror:
    """The loop: 60 times a second take what came in, let the coach move on, show what came of it, tell systemd."""

    def __init__(
        self,
        coach: Coach,
        screen: Screen,
        lamps: Lamps,
        speaker: Speaker,
        eyes: Eyes,
        watcher: Watcher,
        memory: Memory,
        buttons: Buttons | None,
        recorder: Recorder | None,
        outcome: Outcome,
        shots: Path | None,
    ) -> None:
        self.coach, self.eyes, self.watcher = coach, eyes, watcher
        self.screen, self.lamps, self.speaker = screen, lamps, speaker
        self.memory, self.buttons, self.recorder = memory, buttons, recorder
        self.outcome, self.shots = outcome, shots
        self.systemd = Notifier()
        self._ended = False
        self._alive_due = 0.0
        self._shots_taken = 0
        self._pose_number = 0
        self._standing_trouble = outcome.troubles[0] if outcome.troubles else None
        self._shown: Scene | None = None
        self._teller = Teller(coach.session, coach.picture(0.0))

    def run(self, seconds: float | None) -> None:
        """Go round until ``seconds`` are over, the clip has ended, the window is closed or a signal says so."""
        before = {name: signal.signal(name, self._end) for name in (signal.SIGINT, signal.SIGTERM)}
        begun = due = time.monotonic()
        try:
            over = False
            while not (self._ended or self.screen.quit or over):
                now = time.monotonic()
                if seconds is not None and now - begun >= seconds:
                    break
                over = self.watcher.ended  # asked before the round that takes its last pose
                self._go_round(now)
                due = max(due + 1 / RATE, time.monotonic() - CATCH_UP)
                time.sleep(max(0.0, due - time.monotonic()))
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        self.systemd.stopping()
        self._sum_up(time.monotonic() - begun)

    def _go_round(self, now: float) -> None:
        for press in (*self.screen.presses(), *(self.buttons.presses(now) if self.buttons else ())):
            self._take(press)
        sighting = self.watcher.newest()
        if sighting and sighting.number != self._pose_number:
            self._pose_number = sighting.number
            self._take(sighting.pose)
        self._take(Tick(now))
        drill = drill_of(self.coach.session)
        self.watcher.lying = drill.lying
        self.eyes.perform(drill.key)
        self.speaker.expect(drill)
        picture = self.coach.picture(now)
        self._signal(picture, now)
        self._show(picture, now)
        self._tell(now)

    def _take(self, event: Pose | Press | Tick) -> None:
        before = self.coach.session
        self.coach.take(event)
        if self.recorder and not isinstance(event, Tick):
            self.recorder.take(event)
        verdict = self.coach.verdict
        if isinstance(event, Pose) and isinstance(before, Working) and verdict:
            self.outcome.count(verdict)
        if self.coach.done:
            self.memory.add(self.coach.done)
            self.coach.meet(self.memory.member, self.memory.clock())

    def _signal(self, picture: Picture, now: float) -> None:
        """Lamps and sounds, before the screen and whatever becomes of it: they are for whoever cannot look at it."""
        self.lamps.show(worst_light(picture))
        self.speaker.play(self._teller.step(self.coach.session, picture, now), now)

    def _show(self, picture: Picture, now: float) -> None:
        parts = (self.watcher, self.memory, self.lamps, self.screen)
        troubles = [part.trouble for part in parts if part.trouble]
        self.outcome.troubles.extend(trouble for trouble in troubles if trouble not in self.outcome.troubles)
        trouble = next(iter(troubles), self._standing_trouble)
        scene = Scene(picture, trouble, self.watcher.watching, self.eyes.figure is not None)
        self.screen.show(scene, now)
        self.outcome.scenes += 1
        name = type(scene.picture).__name__
        if self._shown is None or name != type(self._shown.picture).__name__:
            self.outcome.entered.append(name)
            self.systemd.status(f"{name}: {drill_of(self.coach.session).title}, {self.outcome.reps} reps so far")
            if self.shots:
                self._shots_taken += 1
                self.screen.shot(self.shots / f"{self._shots_taken:02}-{name.lower()}.png")
        self._shown = scene

    def _tell(self, now: float) -> None:
        """READY once something can be seen or it is known why not; then signs of life while the watcher gives some."""
        if self.outcome.ready_s is None and (self._pose_number or self.watcher.trouble):
            self.outcome.ready_s = since_start()
            self.systemd.ready()
        if now >= self._alive_due and self.watcher.silent_for(now) < SILENT_FOR:
            self._alive_due = now + ALIVE_EVERY
            self.systemd.alive()

    def _sum_up(self, seconds: float) -> None:
        outcome = self.outcome
        outcome.seconds = round(seconds, 2)
        outcome.frames, outcome.passes = self.watcher.frames, self.watcher.passes
        outcome.poses_per_s = round(self.watcher.poses_per_s, 1)
        outcome.rss_mb = resident_mb()

    def _end(self, *_: object) -> None:
        self._ended = True
