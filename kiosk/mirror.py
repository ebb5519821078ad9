"""The mirror's loop: 60 times a second take what came in, let the coach move on, show what came of it, tell systemd."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.darkness import Darkness
from kiosk.devices.buttons import Buttons
from kiosk.devices.lamps import Lamps
from kiosk.devices.notify import Notifier
from kiosk.devices.process import resident_mb, since_start
from kiosk.devices.watcher import Watcher
from kiosk.drills import DRILLS
from kiosk.eyes import Eyes
from kiosk.figure.demonstration import Demonstrator
from kiosk.household import Household
from kiosk.memory import Memory
from kiosk.outcome import Outcome
from kiosk.records.recording import Recorder
from kiosk.scoring.dorsal.own import UNKNOWN
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Press, Signal, Tick
from kiosk.session.lamps import worst_light
from kiosk.session.leafing import NEW, Decision
from kiosk.session.own_back import Learnt
from kiosk.session.pages import without_eyes
from kiosk.session.scene import Choosing, Failing, Picture, Scene
from kiosk.session.sink.coach import SinkCoach
from kiosk.session.sink.sounds import PHRASES, SinkTeller
from kiosk.session.sink.states import AtSink, Here, Leaning, Teaching
from kiosk.session.sounds import Heard, Teller
from kiosk.session.states import Calibrating, Dark, LookingBack, Session, Switching, Working
from kiosk.sound.speaker import Speaker
from kiosk.text import ENGLISH, Language, translated
from kiosk.ui.screen import Screen

#: Passes of the loop a second: as often as a screen can show something new; in the dark, where nothing is shown, as
#: often as a press has to be felt.  60 took 1.8 % of a desktop's core all night, 10 take 0.4 % (measured).
RATE, DARK_RATE = 60.0, 10.0
#: Seconds of passes that are made up for after a long one; what is further behind is let go.
CATCH_UP = 0.1
#: Seconds without a sign of life from the watcher after which systemd is no longer told that all is well.
SILENT_FOR = 5.0
#: While somebody is measured the camera holds its exposure (biomechanics 3.3).  Not while they rest: a set is paused
#: when they are hardly seen, and should that be because the light is another one, the camera must follow it.
MEASURED = Calibrating | Working | Switching | Leaning | Teaching
#: Repetitions and holds that end now were done on purpose.
COUNTED = Working | Here | Leaning
#: Seconds between two signs of life to systemd, a tenth of what its watchdog waits (systemd/kiosk.service).
ALIVE_EVERY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a mirror is put together of, each part opened by whoever made it.

    ``buttons``, ``recorder``: None where there are none.  ``shots``: the folder for a picture of every scene entered.
    ``greets``: who is watched is somebody who can be asked about their health.  ``wet``: the floor here may be.
    ``household``: what is remembered at the sink; None elsewhere.
    """

    coach: Coach | SinkCoach
    screen: Screen
    lamps: Lamps
    speaker: Speaker
    eyes: Eyes
    watcher: Watcher
    memory: Memory
    household: Household | None = None
    buttons: Buttons | None = None
    recorder: Recorder | None = None
    shots: Path | None = None
    language: Language = ENGLISH
    darkness: Darkness | None = None
    greets: bool = False
    wet: bool = False


class Mirror:
    """The loop over ``parts``; what it comes to is told to ``outcome``."""

    def __init__(self, parts: Parts, outcome: Outcome) -> None:
        self.parts, self.outcome = parts, outcome
        self.coach = parts.coach
        self.systemd = Notifier()
        self._ended = False
        self._alive_due = 0.0
        self._shots_taken = 0
        self._pose_number = 0
        self._standing_trouble = outcome.troubles[0] if outcome.troubles else None
        self._shown = self._said = Scene(self.coach.picture(0.0))
        self._entered = ""
        self._demonstrator = Demonstrator()
        self._noted_back = UNKNOWN
        self._tell_of = _teller(self.coach, self._shown.picture)
        self._meet()

    def run(self, seconds: float | None) -> None:
        """Go round until ``seconds`` are over, the clip has ended, the window is closed or a signal says so."""
        before = {name: signal.signal(name, self._end) for name in (signal.SIGINT, signal.SIGTERM)}
        begun = due = time.monotonic()
        try:
            over = False
            while not (self._ended or self.parts.screen.quit or over):
                now = time.monotonic()
                if seconds is not None and now - begun >= seconds:
                    break
                over = self.parts.watcher.ended  # asked before the round that takes its last pose
                self._go_round(now)
                rate = DARK_RATE if isinstance(self.coach.session, Dark) else RATE
                due = max(due + 1 / rate, time.monotonic() - CATCH_UP)
                time.sleep(max(0.0, due - time.monotonic()))
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        self.systemd.stopping()
        if self.parts.darkness:
            self.parts.darkness.leave()
        if isinstance(self.coach, Coach) and (done := self.coach.finish(time.monotonic())):
            self.parts.memory.add(done)
        self._sum_up(time.monotonic() - begun)

    def _go_round(self, now: float) -> None:
        for event in self._heard(now):
            self._take(event)
        if self.parts.darkness:
            self.parts.darkness.follow(self.coach.session)
        drill = self._drill
        self.parts.watcher.drill = drill
        self.parts.watcher.steady = isinstance(self.coach.session, MEASURED)
        self.parts.eyes.perform(drill.key)
        self.parts.speaker.expect(drill, PHRASES if isinstance(self.coach, SinkCoach) else ())
        picture = self.coach.picture(now)
        if self.parts.watcher.trouble:
            picture = without_eyes(picture, self.parts.watcher.trouble)
        self._signal(picture, now)
        self._show(picture, now)
        self._tell(now)

    def _heard(self, now: float) -> list[Pose | Press | Signal | Tick]:
        """What has come in since the last round: presses in their order, the newest pose, the time."""
        events: list[Pose | Press | Signal | Tick] = [*self.parts.screen.presses()]
        if self.parts.buttons:
            events += self.parts.buttons.presses(now)
        sighting = self.parts.watcher.newest()
        if sighting and sighting.number != self._pose_number:
            self._pose_number = sighting.number
            events.append(sighting.pose)
        if self.parts.darkness:
            events += self.parts.darkness.heard(now)
        return [*events, Tick(now)]

    def _take(self, event: Pose | Press | Signal | Tick) -> None:
        before = self.coach.session
        self.coach.take(event)
        if self.parts.recorder and isinstance(event, Pose | Press):
            self.parts.recorder.take(event)
        verdict = self.coach.verdict
        if isinstance(event, Pose) and isinstance(before, COUNTED) and verdict:
            self.outcome.count(verdict)
        if isinstance(self.coach, Coach):
            self._remember(self.coach, before)
        elif self.parts.household:
            self._count(self.coach, self.parts.household)

    def _count(self, coach: SinkCoach, household: Household) -> None:
        """What the last event means for the household: a lean to be counted, or learnt."""
        if coach.leant:
            household.add(coach.leant)
        if coach.learnt:
            household.learn(coach.learnt)
        if coach.leant or coach.learnt:
            self._meet()

    def _remember(self, coach: Coach, before: Session | AtSink) -> None:
        """What the last event means for the memory: a set done, an answer, somebody else, nobody any more."""
        memory, session = self.parts.memory, coach.session
        done, decision = coach.done, coach.decision
        gone = isinstance(session, Dark) and not isinstance(before, Dark)
        if done:
            memory.add(done)
        match decision:
            case Decision(health=bool() as applies):
                memory.answer_health(applies)
            case Decision(profile=str() as name):
                memory.become(memory.free_name if name == NEW else name)
        if gone:
            memory.leave()
        if done or decision or gone:
            self._meet()
        if isinstance(session, LookingBack) and not isinstance(before, LookingBack):
            coach.look_back(memory.whole_sets())

    @property
    def _drill(self) -> Drill:
        """The drill offered, under way or just done."""
        return DRILLS[self.coach.session.index]

    def _meet(self) -> None:
        """Tell the coach who is here, and who they could say they are; at the sink what is known of the household.

        The recording is told what is known of their back.
        """
        memory, household = self.parts.memory, self.parts.household
        if isinstance(self.coach, SinkCoach):
            if household:
                self.coach.know(household.own, household.lately)
            return
        if self.parts.recorder and memory.member.own_back != self._noted_back:
            self._noted_back = memory.member.own_back
            self.parts.recorder.take(Learnt(time.monotonic(), self._noted_back))
        self.coach.meet(
            memory.member,
            memory.clock(),
            profiles=memory.profiles,
            room=bool(memory.free_name),
            greet=self.parts.greets,
            wet=self.parts.wet,
        )

    def _signal(self, picture: Picture, now: float) -> None:
        """Lamps and sounds, before the screen and whatever becomes of it: they are for whoever cannot look at it."""
        self.parts.lamps.show(worst_light(picture))
        self.parts.speaker.play(self._tell_of(picture, now), now)

    def _show(self, picture: Picture, now: float) -> None:
        parts = self.parts
        able = (parts.watcher, parts.memory, parts.household, parts.lamps, parts.darkness, parts.screen)
        troubles = [part.trouble for part in able if part and part.trouble]
        self.outcome.troubles.extend(trouble for trouble in troubles if trouble not in self.outcome.troubles)
        trouble = None if isinstance(picture, Failing) else next(iter(troubles), self._standing_trouble)
        offered = self._drill.key if isinstance(picture, Choosing) else ""
        demonstration = self._demonstrator.show(offered)
        scene = Scene(picture, trouble, parts.watcher.watching, parts.eyes.figure is not None, demonstration)
        if scene != self._shown:
            self._shown, self._said = scene, translated(scene, parts.language)
        parts.screen.show(self._said, now)
        self.outcome.scenes += 1
        self._note(type(picture).__name__)

    def _note(self, name: str) -> None:
        """Note the scene of this ``name``, when it is entered, for whoever watches the machine."""
        if name == self._entered:
            return
        self._entered = name
        self.outcome.entered.append(name)
        self.systemd.status(f"{name}: {self._drill.title}, {self.outcome.reps} reps so far")
        if self.parts.shots:
            self._shots_taken += 1
            self.parts.screen.shot(self.parts.shots / f"{self._shots_taken:02}-{name.lower()}.png")

    def _tell(self, now: float) -> None:
        """READY once something can be seen or it is known why not; then signs of life while the watcher gives some."""
        watcher = self.parts.watcher
        if self.outcome.ready_s is None and (self._pose_number or watcher.trouble or watcher.resting):
            self.outcome.ready_s = since_start()
            self.systemd.ready()
        if now >= self._alive_due and watcher.silent_for(now) < SILENT_FOR:
            self._alive_due = now + ALIVE_EVERY
            self.systemd.alive()

    def _sum_up(self, seconds: float) -> None:
        outcome, watcher = self.outcome, self.parts.watcher
        outcome.seconds = round(seconds, 2)
        outcome.frames, outcome.passes = watcher.frames, watcher.passes
        outcome.poses_per_s = round(watcher.poses_per_s, 1)
        outcome.rss_mb = resident_mb()

    def _end(self, *_: object) -> None:
        self._ended = True


def _teller(coach: Coach | SinkCoach, picture: Picture) -> Callable[[Picture, float], Heard]:
    """What tells of each picture of ``coach``, at its time, what is to be heard; the first one was ``picture``."""
    if isinstance(coach, SinkCoach):
        at_sink = SinkTeller(coach.session, picture)
        return lambda shown, now: at_sink.step(coach.session, shown, now)
    teller = Teller(coach.session, picture)
    return lambda shown, now: teller.step(coach.session, shown, now)
