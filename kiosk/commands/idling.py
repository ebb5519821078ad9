"""What ``kiosk bench`` times of a mirror at the sink in the night: glances at an empty room, or only a sensor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from kiosk.commands.looking import empty_room
from kiosk.config import Config, LampPins, Sound
from kiosk.darkness import Darkness
from kiosk.devices.lamps import Lamps
from kiosk.devices.motion import Motion
from kiosk.devices.movenet import PoseModel
from kiosk.devices.screen_power import ScreenPower
from kiosk.devices.watcher import Watcher
from kiosk.drills import find_drill
from kiosk.eyes import Eyes
from kiosk.figure.framing import plan_of
from kiosk.figure.places import PLACES
from kiosk.frame import Frame
from kiosk.memory import Memory
from kiosk.mirror import Mirror, Parts
from kiosk.outcome import Outcome
from kiosk.scoring.lean import DEFAULT
from kiosk.session.sink.coach import SinkCoach
from kiosk.session.states import Dark
from kiosk.sound.speaker import Speaker
from kiosk.ui.screen import Screen

#: Seconds until the model is loaded and the mirror dark, and pictures a second that a camera keeps giving.
WARM, PICTURES = 4.0, 30.0
#: Levels by which the pixels of a camera jump (standard deviation): so that no glance finds the very same picture.
NOISE = 4.0


class EmptyRoom:
    """A camera that gives pictures of an empty room from memory: a real one's own work is its image processor's."""

    name = "an empty room"

    def __init__(self) -> None:
        noise = np.random.default_rng(0)
        room = empty_room()
        self._pictures = [
            (room + noise.normal(0, NOISE, room.shape)).clip(0, 255).astype(np.uint8) for _ in range(int(PICTURES) // 3)
        ]

    def __enter__(self) -> EmptyRoom:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def __iter__(self) -> Iterator[Frame]:
        while True:
            for picture in self._pictures:
                time.sleep(1 / PICTURES)
                yield Frame(time.monotonic(), picture)


def share_of_a_core(model: Path, seconds: float, *, glances: bool) -> float:
    """Percent of one core that a dark mirror at the sink takes for so many ``seconds``, looking now and then or not."""
    config, place = Config(station="sink", glance=glances), PLACES["sink"]
    open_camera, load_model = EmptyRoom, partial(PoseModel, model, threads=1)
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory()))
        screen = opened.enter_context(Screen("offscreen"))
        watcher = opened.enter_context(Watcher(open_camera, load_model))
        power = opened.enter_context(ScreenPower("none", folder))
        coach = SinkCoach(find_drill("sink"), time.monotonic(), DEFAULT, plan_of(place, place.mount))
        coach.session = Dark(coach.session.index, time.monotonic())
        parts = Parts(
            coach=coach,
            screen=screen,
            lamps=Lamps(LampPins()),
            speaker=Speaker(Sound(volume=0)),
            eyes=Eyes(EmptyRoom.name, model.name, None, open_camera, load_model),
            watcher=watcher,
            memory=opened.enter_context(Memory(config, folder / "history.db")),
            darkness=Darkness(config, watcher, screen, power, Motion(None)),
        )
        mirror = Mirror(parts, Outcome(drill="sink", camera="", model="", display=screen.name))
        mirror.run(WARM)
        worked, begun = time.process_time(), time.monotonic()
        mirror.run(seconds)
        return 100 * (time.process_time() - worked) / (time.monotonic() - begun)
