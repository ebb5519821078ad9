"""The mirror's own loop, gone round by hand in the time that the poses tell: poses in; lamps, sounds and screen out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from kiosk.config import Config, LampPins, Sound
from kiosk.devices.lamps import Lamps
from kiosk.devices.watcher import Sighting
from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.memory import Memory
from kiosk.mirror import Mirror, Parts
from kiosk.outcome import Outcome
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.sound.speaker import Speaker
from kiosk.ui.screen import Screen

FPS = 12.0


def performance(drill: str, reps: int, **faults: float) -> list[Pose]:
    """The true keypoints of the simulated person in ``reps`` repetitions with ``faults`` of that size."""
    return list(Film(drill, faults=faults, reps=reps, fps=FPS, seed=1).poses())


def make_mirror(drill: str, screen: Screen, lamps: Lamps | None = None, speaker: Speaker | None = None) -> Mirror:
    """A mirror that has begun a set of ``drill``; its watcher sees what ``go_round`` shows it."""
    watcher: Any = SimpleNamespace(trouble=None, watching=True, lying=False, silent_for=lambda now: 0.0)
    eyes: Any = SimpleNamespace(figure=None, perform=lambda key: None)
    parts = Parts(
        coach=Coach.for_mirror(find_drill(drill), 0.0, at_once=True),
        screen=screen,
        lamps=lamps or Lamps(LampPins()),
        speaker=speaker or Speaker(Sound(volume=0)),
        eyes=eyes,
        watcher=watcher,
        memory=Memory(Config()),
    )
    return Mirror(parts, Outcome(drill=drill, camera="", model="", display=screen.name))


def go_round(mirror: Mirror, poses: Iterable[Pose]) -> Iterator[float]:
    """One pass of the loop for each pose; yields its time before the pass, and lets it be looked at after it."""
    for number, pose in enumerate(poses, 1):
        sighting = Sighting(pose, number)
        mirror.parts.watcher.newest = lambda sighting=sighting: sighting  # type: ignore[method-assign]
        mirror._go_round(pose.t)
        yield pose.t
