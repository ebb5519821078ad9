"""What ``kiosk bench`` times: one function for each part of the line, all on the parts that the mirror runs.

Things that are compared take turns, block by block, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import gc
import itertools
import math
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from kiosk.config import LampPins, Sound
from kiosk.devices.lamps import Lamps
from kiosk.drills import DRILLS
from kiosk.figure.film import Film
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.session.coach import Coach
from kiosk.session.lamps import worst_light
from kiosk.session.sounds import Teller
from kiosk.sound.speaker import Speaker
from kiosk.trouble import KioskError

#: Frames a second of the film that is scored: what a Pi 5 reaches (platform 1).
FPS = 15.0
#: Poses scored before any is timed: rings and caches are full then.
WARM = 600
#: Poses scored before memory is compared: the lists of spare objects that Python and numpy keep are full then.
WARM_TRACED = 3000
#: Poses over which scoring must neither slow down nor keep memory.
LONG = 10_000

#: Seconds within which the loudspeaker must be ready, and a signal begin; seconds after which it is over.
READY, LATEST, OVER = 5.0, 2.0, 0.25

Milliseconds = list[float]


@cache
def performance(drill: Drill) -> tuple[Pose, ...]:
    """The true keypoints of three repetitions of ``drill``, at rest before and after."""
    return tuple(Film(drill.key, reps=3, fps=FPS).poses())


def steps(passes: int) -> dict[str, list[float]]:
    """Microseconds of scoring each pose of a performance, by drill: the least of so many passes.

    A scorer does exactly the same whenever it is shown the same poses.  What a pass takes on top of the least is the
    machine's other work; the spread that is left over the poses is the loop's own.
    """
    performances = {drill: performance(drill) for drill in DRILLS}
    least: dict[str, np.ndarray] = {drill.key: np.full(len(poses), np.inf) for drill, poses in performances.items()}
    for _ in range(passes):
        for drill, poses in performances.items():
            np.minimum(least[drill.key], _timed(Scorer(drill), poses), out=least[drill.key])
    return {key: took.tolist() for key, took in least.items()}


def ageing(rounds: int) -> float:
    """How many times longer a pose takes (median) in a scorer that has scored LONG poses than in a new one."""
    old, new, endless = Scorer(DRILLS[0]), Scorer(DRILLS[0]), round_and_round(performance(DRILLS[0]))
    _score(old, endless, LONG)
    for_old, for_new = itertools.tee(endless)
    took = _taking_turns({"old": (old, for_old), "new": (new, for_new)}, rounds)
    return median(took["old"]) / median(took["new"])


def net_allocation(drill: Drill) -> int:
    """Bytes that LONG steps (up to a whole number of performances) of a warm scorer leave allocated, by tracemalloc."""
    poses = performance(drill)
    scorer, endless = Scorer(drill), round_and_round(poses)
    tracemalloc.start()
    try:
        _score(scorer, endless, _whole(WARM_TRACED, poses))
        before = _traced()
        _score(scorer, endless, _whole(LONG, poses))
        return _traced() - before
    finally:
        tracemalloc.stop()


def _whole(count: int, poses: Sequence[Pose]) -> int:
    return math.ceil(count / len(poses)) * len(poses)


def _score(scorer: Scorer, poses: Iterator[Pose], count: int) -> None:
    for pose in itertools.islice(poses, count):
        scorer.step(pose)


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def signals(reps: int) -> tuple[Milliseconds, Milliseconds]:
    """Milliseconds from a pose that closes a repetition until its lamp is told to light, and until its earcon sounds.

    The pins are gpiozero's mock ones.  The loudspeaker is SDL's into a file, in real time; when the file holds what was
    played is at most four buffers (46 ms) late, which is more than a sound card keeps to itself.
    """
    lit: Milliseconds = []
    begun: Milliseconds = []
    coach = Coach.for_replay(DRILLS[0])
    teller = Teller(coach.session, coach.picture(0.0))
    with ExitStack() as opened:
        out = Path(opened.enter_context(TemporaryDirectory()), "played")
        opened.enter_context(
            _environment(GPIOZERO_PIN_FACTORY="mock", SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(out))
        )
        lamps = opened.enter_context(Lamps(LampPins(red=17, amber=27, green=22)))
        speaker = opened.enter_context(Speaker(Sound(volume=1.0, voice=False)))
        _wait(lambda: speaker.ready, READY, "the loudspeaker")
        played = opened.enter_context(out.open("rb"))
        poses = round_and_round(performance(DRILLS[0]))
        while len(begun) < reps:
            pose = next(poses)
            since = time.perf_counter()
            coach.take(pose)
            picture = coach.picture(pose.t)
            lamps.show(worst_light(picture))
            told = time.perf_counter()
            heard = teller.step(coach.session, picture, pose.t)
            speaker.play(heard, pose.t)
            if heard.earcon:
                _wait(lambda: any(played.read()), LATEST, "the earcon")
                lit.append((told - since) * 1e3)
                begun.append((time.perf_counter() - since) * 1e3)
                time.sleep(OVER)
                played.read()
    return lit, begun


def _wait(what: Callable[[], bool], seconds: float, name: str) -> None:
    """Until ``what`` is so.  Raises KioskError when it is not so in ``seconds``."""
    until = time.perf_counter() + seconds
    while not what():
        if time.perf_counter() > until:
            raise KioskError(f"{name} was not to be heard within {seconds:g} s in the trial")
        time.sleep(0.001)


@contextmanager
def _environment(**settings: str) -> Iterator[None]:
    """``settings`` in the environment, and SDL silent about them."""
    before = dict(os.environ)
    os.environ.update(settings, SDL_LOGGING="*=quiet")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _timed(scorer: Scorer, poses: Sequence[Pose]) -> list[float]:
    """Microseconds that each of ``poses`` takes."""
    took = []
    for pose in poses:
        begun = time.perf_counter()
        scorer.step(pose)
        took.append((time.perf_counter() - begun) * 1e6)
    return took


def _taking_turns(scorers: dict[str, tuple[Scorer, Iterator[Pose]]], rounds: int) -> dict[str, list[float]]:
    """Microseconds a pose, by key; every scorer with its own poses."""
    took: dict[str, list[float]] = {key: [] for key in scorers}
    for count in range(WARM + rounds):
        for key, (scorer, poses) in scorers.items():
            pose = next(poses)
            begun = time.perf_counter()
            scorer.step(pose)
            if count >= WARM:
                took[key].append((time.perf_counter() - begun) * 1e6)
    return took


def round_and_round(poses: Sequence[Pose]) -> Iterator[Pose]:
    """The poses over and over, each with a new time."""
    for count, pose in enumerate(itertools.cycle(poses)):
        yield Pose(count / FPS, pose.points, pose.scores, pose.width, pose.height)
