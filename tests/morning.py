"""A morning at the sink: six hours, twelve visits of two people, lights on and off, and steam.

``python tests/morning.py`` films it and looks with the real model; the test does it with the true keypoints, shaken.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import numpy as np

from kiosk.config import Config, LampPins, Sound
from kiosk.darkness import Darkness
from kiosk.devices.lamps import Lamps
from kiosk.devices.process import resident_mb
from kiosk.devices.stirring import Stirring
from kiosk.devices.watcher import Sighting
from kiosk.drills import find_drill
from kiosk.figure.basin import edge_before
from kiosk.figure.bones import lengths
from kiosk.figure.events import Events
from kiosk.figure.film import Film
from kiosk.figure.framing import plan_of
from kiosk.figure.lens import BASIN
from kiosk.figure.places import PLACES
from kiosk.figure.washing import Lean, Washing, good_lean, hunch
from kiosk.household import Household
from kiosk.memory import Memory
from kiosk.mirror import Mirror, Parts
from kiosk.outcome import Outcome
from kiosk.scoring.lean import DEFAULT
from kiosk.scoring.pose import Pose
from kiosk.session.sink.coach import SinkCoach
from kiosk.session.states import Dark
from kiosk.sound.speaker import Speaker
from kiosk.ui.screen import Screen

#: Seconds of the morning, poses a second while it looks, and visits.
LASTS, FPS, VISITS = 6 * 3600.0, 10.0, 12
#: Two people of the household, by their seeds: a shorter and a taller one.
PEOPLE = (3, 6)
#: Seconds after somebody has come until they switch on the light.
LIGHT_AFTER = 0.5
#: Pixels by which keypoints jump from pose to pose (standard deviation; biomechanics 0.5: 3 of the network's input).
JITTER = 1.5
#: What is left of the light when it is off.
DARK = 0.02
#: Scores of a seen point, and of one in the dark.
SEEN, LOST = 0.8, 0.05
#: Monday, 2026-03-30, six o'clock.
SIX = time.mktime((2026, 3, 30, 6, 0, 0, 0, 0, -1))


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody of ``seed`` comes at ``t`` seconds and does ``what``, or leans over the basin, ``leans``.

    ``steam``: the contrast falls to this share from the first lean to the last; ``dark``: from when to when, in seconds
    of the visit, the light is off beside its beginning.
    """

    t: float
    seed: int
    what: str = "sink"
    leans: tuple[Lean, ...] = ()
    steam: float = 1.0
    dark: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def film(self) -> Film:
        """All of it, from the moment at which they are there."""
        washing = Washing(lengths(self.seed), self.leans, edge_before(BASIN)) if self.leans else None
        return Film(self.what, fps=FPS, seed=self.seed, reps=1, performed=washing)

    @cached_property
    def poses(self) -> list[Pose]:
        """The true keypoints."""
        return list(self.film.poses())

    @property
    def seconds(self) -> float:
        return len(self.film) / FPS

    def lit(self, into: float) -> bool:
        return into >= LIGHT_AFTER and not self.dark[0] <= into < self.dark[1]

    def contrast(self, into: float) -> float:
        return 1 - (1 - self.steam) * min(into / self.seconds, 1.0)

    @property
    def counted(self) -> int:
        """Leans that are to be counted: each in the light, and not in steam that hides the person."""
        clear = [rep for rep in self.film.course.reps if self.contrast(rep.end) > 0.6]
        return sum(self.lit(rep.start) and self.lit(rep.end) for rep in clear) if self.leans else 0


def visits() -> tuple[Visit, ...]:
    """The twelve visits: three without a lean, one in the dark for a while, one in steam."""
    rng = np.random.default_rng(30)
    no_lean = {2: "comb", 5: "brush_teeth", 9: "cabinet"}
    found = []
    for n in range(VISITS):
        t, seed = (n + 0.5) * LASTS / VISITS, PEOPLE[n % 2]
        if n in no_lean:
            found.append(Visit(t=t, seed=seed, what=no_lean[n]))
            continue
        leans = tuple((hunch if k == 1 else good_lean)(rng) for k in range(3))
        leans = tuple(replace(lean, stays=lean.stays + 4.0) for lean in leans)
        found.append(
            Visit(t=t, seed=seed, leans=leans, steam=0.1 if n == 7 else 1.0, dark=(15, 18) if n == 4 else (0, 0))
        )
    return tuple(found)


class Watcher:
    """Stands in for the watcher: it is told how often to look, and looks at ``all_visits`` when asked to.

    With a ``model`` it sees pictures, of the empty room too, and like the watcher asks nothing of one that has not
    stirred.  ``asked`` counts what it asked of the model in the dark.
    """

    trouble, ended, resting, drill, steady = None, False, False, None, False

    def __init__(self, all_visits: tuple[Visit, ...], model: Any = None) -> None:
        self.every, self.looks, self.dark_looks, self.asked = 0.0, 0, 0, 0
        self._visits, self._model, self._noise = all_visits, model, np.random.default_rng(1)
        self._frames: dict[int, list[np.ndarray]] = {}
        self.stirring = Stirring()
        self._newest: Sighting | None = None

    @property
    def watching(self) -> bool:
        return self.every < math.inf

    def rest(self, every: float = math.inf) -> None:
        self.every = every

    def silent_for(self, now: float) -> float:
        return 0.0

    def newest(self) -> Sighting | None:
        return self._newest

    def look(self, t: float) -> None:
        """Have a look at what there is to be seen at ``t`` seconds."""
        self.looks += 1
        self.dark_looks += self.every > 0
        visit = next((v for v in self._visits if v.t <= t < v.t + v.seconds), None)
        if visit is None:
            self._frames = {}
        see = self._through_the_model if self._model else self._see
        self._newest = Sighting(see(visit, t - visit.t if visit else 0.0, t), self.looks)

    def _see(self, visit: Visit | None, into: float, t: float) -> Pose:
        if not visit or not visit.lit(into):
            return self._nobody(t)
        true, contrast = visit.poses[_at(visit, into)], visit.contrast(into)
        points = true.points + self._noise.normal(0, JITTER / contrast, (17, 2)).astype(np.float32)
        return replace(true, t=t, points=points, scores=true.scores * np.float32(SEEN * contrast))

    def _through_the_model(self, visit: Visit | None, into: float, t: float) -> Pose:
        image = self._picture(visit, into) if visit else self._empty
        before = self._newest
        stirred = not self.every or self.stirring.step(image)
        if before and not before.pose.present and not stirred:
            return replace(before.pose, t=t)
        self.asked += self.every > 0
        return self._model.look(image, t)

    def _picture(self, visit: Visit, into: float) -> np.ndarray:
        if id(visit) not in self._frames:
            self._frames = {id(visit): [filmed.frame.image for filmed in visit.film]}
        image = self._frames[id(visit)][_at(visit, into)].astype(np.float32)
        image = 128 + (image - 128) * visit.contrast(into) if visit.lit(into) else image * DARK
        return image.clip(0, 255).astype(np.uint8)

    @cached_property
    def _empty(self) -> np.ndarray:
        """The room with nobody in it: whoever goes switches off the light."""
        image = next(iter(Film("sink", fps=FPS, reps=1, events=Events(empty=1.0)))).frame.image
        return (image * DARK).astype(np.uint8)

    def _nobody(self, t: float) -> Pose:
        points = self._noise.uniform(0, 300, (17, 2)).astype(np.float32)
        return Pose(t, points, np.full(17, LOST, np.float32), 360, 640, present=False)


def _at(visit: Visit, into: float) -> int:
    """Which pose of the visit it is."""
    return min(int(into * FPS + 1e-6), len(visit.poses) - 1)


class Sensor:
    """Stands in for a motion sensor: it notices whoever comes."""

    def __init__(self, all_visits: tuple[Visit, ...] = ()) -> None:
        self.name, self.trouble = "sensor" if all_visits else "", None
        self._coming, self.now = [visit.t for visit in all_visits], 0.0

    def moved(self) -> list[float]:
        came = [t for t in self._coming if t <= self.now]
        self._coming = self._coming[len(came) :]
        return came


@dataclass
class Lived:
    """What became of a morning: the household's counts, megabytes after half of it and at its end."""

    household: Household
    mirror: Mirror
    watcher: Watcher
    half_mb: float = 0.0
    late_mb: float = 0.0


def live(place: Path, model: Any = None, *, sensor: bool = False) -> Lived:
    """The whole morning before the mirror's own loop, as fast as can be; what is kept goes into the file ``place``."""
    all_visits = visits()
    for visit in all_visits:
        assert visit.poses, "they are made before anything is measured"
    watcher, motion, now = Watcher(all_visits, model), Sensor(all_visits if sensor else ()), [0.0]
    config = Config(station="sink")
    sink = PLACES["sink"]
    household = Household(config, place, lambda: SIX + now[0])
    with Screen("offscreen", (480, 800)) as screen:
        power: Any = SimpleNamespace(wish=lambda *_: None, dims=False, trouble=None)
        parts: Any = (watcher, screen, power, motion)
        mirror = Mirror(
            Parts(
                coach=SinkCoach(find_drill("sink"), 0.0, DEFAULT, plan_of(sink, sink.mount)),
                screen=screen,
                lamps=Lamps(LampPins()),
                speaker=Speaker(Sound(volume=0)),
                eyes=SimpleNamespace(figure=None, perform=lambda key: None),  # type: ignore[arg-type]
                watcher=watcher,  # type: ignore[arg-type]
                memory=Memory(config, place),
                household=household,
                darkness=Darkness(config, *parts),
                wet=True,
            ),
            Outcome(drill="sink", camera="", model="", display=screen.name),
        )
        lived = Lived(household, mirror, watcher)
        for t in _rounds(watcher):
            now[0] = motion.now = t
            mirror._go_round(t)
            if not lived.half_mb and t > LASTS / 2:
                lived.half_mb = resident_mb()
        lived.late_mb = resident_mb()
    return lived


def _rounds(watcher: Watcher) -> Iterator[float]:
    """The times at which the loop goes round: with every pose, or in the dark once a second while nothing stirs."""
    t = 0.0
    while t < LASTS:
        if watcher.every < math.inf:
            watcher.look(t)
        yield t
        t = round(t + (1 / FPS if watcher.every == 0 or watcher.stirring.further else 1.0), 3)


def main() -> None:
    """With pictures, and the real model."""
    from kiosk.devices.model_file import find_model
    from kiosk.devices.movenet import PoseModel

    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        lived = live(Path(folder) / "history.db", PoseModel(find_model(), passes=1), sensor="sensor" in sys.argv)
    today, wanted = lived.household.lately.today, sum(visit.counted for visit in visits())
    print(
        f"{LASTS / 3600:g} h in {time.monotonic() - begun:.0f} s: {today.leans} leans counted of {wanted}, "
        f"{today.share} % of {today.judged_s:.0f} s good; {lived.watcher.looks} looks, "
        f"{lived.watcher.dark_looks} of them in the dark, {lived.watcher.asked} of those by the model; "
        f"{lived.late_mb - lived.half_mb:+.1f} MB; "
        f"ends {'dark' if isinstance(lived.mirror.coach.session, Dark) else 'awake'}"
    )


if __name__ == "__main__":
    main()
