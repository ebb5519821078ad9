"""What painting takes: the scenes of whole sets, as often as the mirror's loop asks for them."""

from __future__ import annotations

import itertools
import math
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kiosk.commands.stopwatch import FPS, Milliseconds, performance, round_and_round
from kiosk.config import Presenting
from kiosk.drills import DRILLS
from kiosk.figure.demonstration import Demonstrator
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press, Tick
from kiosk.session.scene import Choosing, Scene
from kiosk.session.states import Summary, drill_of
from kiosk.ui.screen import Screen

#: The mirror's usual screen, in pixels, and the passes of its loop between two poses.
PORTRAIT, PASSES = (1080, 1920), 4
#: Seconds of an empty room before somebody comes.
EMPTY = 2.0
#: Presses that look through the drills and begin the first, one a second.
BROWSING = (*[Action.NEXT] * len(DRILLS), Action.SELECT)
#: Seconds for which a summary and its replays are looked at.
LOOKED_AT = 5.0
#: Poses after which a set that has not come to its end is given up.
LONGEST_SET = 3000


def paints(sets: int, presenting: Presenting) -> tuple[dict[str, Milliseconds], Milliseconds]:
    """Milliseconds of painting and flipping a new scene in portrait, by picture; and from a press to its scene.

    The scenes are those of whole sets, from choosing to the summary, as often as the mirror's loop asks for them.
    Textures are drawn by the processor, too: with a graphics chip nobody can tell when it is done.
    """
    took: defaultdict[str, Milliseconds] = defaultdict(list)
    presses: Milliseconds = []
    with Screen("offscreen", PORTRAIT, presenting=presenting) as screen:
        for _ in range(sets):
            coach, over = Coach.for_mirror(DRILLS[0], 0.0, at_once=False), math.inf
            demonstrator = Demonstrator()
            for event in _set(DRILLS[0]):
                begun = time.perf_counter()
                coach.take(event)
                scene = _scene(coach, demonstrator, event.t)
                moved = time.perf_counter()
                if screen.show(scene, event.t):
                    took[type(scene.picture).__name__].append((time.perf_counter() - moved) * 1e3)
                if isinstance(event, Press):
                    presses.append((time.perf_counter() - begun) * 1e3)
                if isinstance(coach.session, Summary):
                    over = min(over, event.t + LOOKED_AT)
                if event.t > over:
                    break
    return dict(took), presses


def _scene(coach: Coach, demonstrator: Demonstrator, t: float) -> Scene:
    """What the mirror shows of ``coach`` at ``t`` seconds; the drill that is offered is demonstrated."""
    picture = coach.picture(t)
    offered = drill_of(coach.session).key if isinstance(picture, Choosing) else ""
    return Scene(picture, watching=True, demonstration=demonstrator.show(offered))


def _set(drill: Drill) -> Iterator[Press | Pose | Tick]:
    """What happens in a set: drills are looked through, nobody is there, then somebody repeats for long enough."""
    for second, action in enumerate(BROWSING):
        yield Press(float(second), action)
        yield from (Tick(second + step / FPS / PASSES) for step in range(1, int(FPS * PASSES)))
    for pose in itertools.islice(round_and_round(performance(drill)), LONGEST_SET):
        t = len(BROWSING) + pose.t
        if pose.t < EMPTY:
            pose = replace(pose, present=False, points=np.full_like(pose.points, np.nan))
        yield replace(pose, t=t)
        yield from (Tick(t + step / FPS / PASSES) for step in range(1, PASSES))
