"""The composition root of ``kiosk run``: open the parts, run the loop, close in reverse."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Config, Sound
from kiosk.darkness import Darkness, power_of
from kiosk.devices.buttons import Buttons, NoButtons
from kiosk.devices.lamps import Lamps
from kiosk.devices.motion import Motion
from kiosk.devices.pins import has_pins
from kiosk.devices.process import since_start
from kiosk.devices.watcher import Watcher
from kiosk.drills import find_drill
from kiosk.eyes import choose_eyes
from kiosk.figure.framing import hung, plan_of
from kiosk.household import Household
from kiosk.language import read_language
from kiosk.memory import Memory
from kiosk.mirror import Mirror, Parts
from kiosk.outcome import Outcome
from kiosk.records.recording import Recorder, RecordingMeta
from kiosk.scoring.drill import Drill
from kiosk.scoring.lean import planar
from kiosk.session.coach import Coach
from kiosk.session.reflection import Wall
from kiosk.session.scene import Scene
from kiosk.session.sink.coach import SinkCoach
from kiosk.sound.speaker import Speaker
from kiosk.text import Text, translated
from kiosk.trouble import BadInput, Trouble, words_of
from kiosk.ui.screen import Screen

#: The drill of the station at the sink, by where its camera hangs.
AT_SINK = {"front": "sink", "left": "sink_side", "right": "sink_side"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks of one run, beyond the mirror's config.  ``seconds`` None: until it is ended."""

    drill: str | None = None
    seconds: float | None = None
    size: tuple[int, int] | None = None
    record: Path | None = None
    shots: Path | None = None


def run(config: Config, wishes: Wishes, trouble: Trouble | None = None) -> Outcome:
    """The mirror, until the time wished for is over, the window is closed or the program is told to end.

    ``trouble``: what was wrong before it began, which is shown until something else is.
    Raises BadInput for an unknown drill, a clip that cannot be read or a place that cannot be written to, KioskError
    for a display that cannot be had; what goes wrong later is shown as trouble.
    """
    drill = _first_drill(config, wishes.drill)
    with ExitStack() as opened:
        screen = opened.enter_context(
            Screen(config.display, wishes.size, config.screen_turn, config.presenter, config.buttons_at)
        )
        power = opened.enter_context(power_of(config, screen))
        language = read_language(config.language)
        coach = _make_coach(config, wishes, drill)
        screen.show(translated(Scene(coach.picture(time.monotonic())), language), time.monotonic())
        first_pixels_s = since_start()
        eyes = choose_eyes(config, drill)
        outcome = Outcome(
            drill=drill.key, camera=eyes.camera, model=eyes.model, display=screen.name, first_pixels_s=first_pixels_s
        )
        for part in ("camera", "model", "display"):
            print(f"{part}: {getattr(outcome, part)}", flush=True)
        outcome.troubles.extend(each for each in (trouble, *eyes.troubles) if each)
        if wishes.shots:
            _make_folder(wishes.shots)
        buttons = _open_buttons(opened, config, outcome)
        lamps = opened.enter_context(Lamps(config.lamps))
        motion = opened.enter_context(Motion(config.motion))
        speaker = opened.enter_context(Speaker(Sound(volume=0) if eyes.replay else config.sound, language=language))
        recorder = None
        if wishes.record:
            meta = RecordingMeta(drill=drill.key, camera=eyes.camera, model=eyes.sha256)
            recorder = opened.enter_context(Recorder(wishes.record, meta))
        memory = opened.enter_context(Memory(config))
        household = Household(config) if isinstance(coach, SinkCoach) else None
        watcher = opened.enter_context(Watcher(eyes.open_camera, eyes.load_model))
        parts = Parts(
            coach=coach,
            screen=screen,
            lamps=lamps,
            speaker=speaker,
            eyes=eyes,
            watcher=watcher,
            memory=memory,
            household=household,
            buttons=buttons,
            recorder=recorder,
            shots=wishes.shots,
            language=language,
            darkness=Darkness(config, watcher, screen, power, motion, replay=eyes.replay),
            greets=eyes.figure is None and not eyes.replay,
            wet=config.station == "sink",
        )
        Mirror(parts, outcome).run(wishes.seconds)
    return outcome


def _first_drill(config: Config, wish: str | None) -> Drill:
    """The drill offered first: the one wished for, else the station's own, else that of the settings."""
    return find_drill(wish or (AT_SINK[config.camera_side] if config.station == "sink" else config.drill))


def _make_coach(config: Config, wishes: Wishes, drill: Drill) -> Coach | SinkCoach:
    """Who coaches here: at the sink the one that asks for nothing, but for who wishes for a set of a drill there."""
    now = time.monotonic()
    if config.station == "sink" and wishes.drill is None:
        place, mount = hung(config)
        lean = planar(mount.height, mount.pitch, mount.distance + place.behind)
        return SinkCoach(drill, now, lean, plan_of(place, mount))
    wall = Wall(config.screen, config.camera_at)
    return Coach.for_mirror(drill, now, at_once=wishes.drill is not None, wall=wall)


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
        said = Text("The buttons cannot be used: {why}.", why=words_of(error))
        outcome.troubles.append(Trouble("no_buttons", said))
        return None
