"""Which simulated sets are filmed: every drill without a fault and with each of its own, spread over places evenly."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product

from kiosk.drills import CATALOGUE
from kiosk.figure.beats import Script
from kiosk.figure.lens import FRONT, SIDE, Lens
from kiosk.figure.script import SCRIPTS
from kiosk.figure.setting import usual_lens
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import View

#: Three people whom nothing was adjusted to (the figure's faults and the limits were looked at on seeds 0 to 8).
BODIES = (31, 32, 33)
#: Dark and fitted, light and loose, shorts and bare arms before a cluttered wall.
LOOKS = (0, 1, 2)
#: Shares of the usual distance: at the gym 2.3 to 3.0 m.
DISTANCES = (0.9, 1.0, 1.15)
#: Degrees turned from side-on, or from facing the camera to either side.
SIDE_YAWS, FRONT_YAWS = (0.0, 10.0, 5.0, 15.0, 20.0), (0.0, -10.0, 5.0, 10.0, -5.0)
#: A step through the 27 places that visits all of them and changes body, look and distance each time.
STRIDE = 13

PLACES = tuple(product(BODIES, LOOKS, DISTANCES))


@dataclass(frozen=True, slots=True)
class Set:
    """One set to be filmed: ``fault`` full-blown, or "" for a good one; ``view`` from which it is filmed."""

    drill: str
    style: str
    fault: str
    view: View
    body: int
    look: int
    distance: float
    yaw: float
    reps: int
    fps: float

    @property
    def straight(self) -> Lens:
        """The camera exactly side-on, or exactly in front, at the usual distance."""
        usual = usual_lens(next(script for script in SCRIPTS if script.drill == self.drill))
        if (usual.yaw >= FRONT.yaw) == (self.view is View.FRONT):
            return usual
        return FRONT if self.view is View.FRONT else SIDE

    @property
    def lens(self) -> Lens:
        """Where the camera is."""
        straight = self.straight
        return replace(straight, distance=straight.distance * self.distance, yaw=straight.yaw + self.yaw)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many sets: ``good`` ones of every drill in every style, ``faulty`` ones of every fault (of holds twice)."""

    good: int
    faulty: int
    reps: int
    fps: float

    def sets(self) -> list[Set]:
        """The sets, over places that follow each other."""
        wanted = [(script, "", view) for script in _scripts() for view in _views(script) for _ in range(self.good)]
        wanted += [one for one in acted() for _ in range(self.faulty * (2 if one[0].held else 1))]
        return [self._place(n, *each) for n, each in enumerate(wanted)]

    def more_sets(self, faults: Collection[tuple[str, str]], begun: int) -> list[Set]:
        """As many sets again with the ``faults``, (drill, fault) each, at the places after the ``begun`` first."""
        wanted = [one for one in acted() if (one[0].drill, one[1]) in faults for _ in range(self.faulty)]
        return [self._place(n, *each) for n, each in enumerate(wanted, begun)]

    def _place(self, n: int, script: Script, fault: str, view: View) -> Set:
        body, look, distance = PLACES[n * STRIDE % len(PLACES)]
        yaws = FRONT_YAWS if view is View.FRONT else SIDE_YAWS
        yaw = yaws[n % len(yaws)]
        # of a drill with sides so many are done with each; a hold takes as long as two repetitions, and is one
        reps = 1 if script.sides or script.held else self.reps
        return Set(script.drill, script.style, fault, view, body, look, distance, yaw, reps, self.fps)


def acted() -> Iterator[tuple[Script, str, View]]:
    """Every fault that drill and figure both know, in the drill's usual style, with the view it is judged from."""
    for drill in CATALOGUE:
        script = next((script for script in SCRIPTS if script.drill == drill.key), None)
        if script:
            views = {fault.key: fault.view for fault in reversed(drill.faults)}
            yield from ((script, key, view) for key, view in views.items() if key in script.faults)


def _scripts() -> list[Script]:
    known = {drill.key for drill in CATALOGUE}
    return [script for script in SCRIPTS if script.drill in known]


def _views(script: Script) -> tuple[View, ...]:
    return drill_of(script.drill).views


def drill_of(key: str) -> Drill:
    """The drill of that key, of the whole catalogue."""
    return next(drill for drill in CATALOGUE if drill.key == key)
