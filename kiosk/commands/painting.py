"""What painting takes: every picture there is, as often as the mirror's loop asks for it."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kiosk.commands import decade
from kiosk.commands.stopwatch import FPS, Milliseconds, performance, round_and_round
from kiosk.config import Presenting
from kiosk.drills import DRILLS, find_drill
from kiosk.figure.demonstration import Demonstrator
from kiosk.figure.framing import plan_of
from kiosk.figure.places import PLACES
from kiosk.scoring.drill import Drill
from kiosk.scoring.lean import DEFAULT
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press, Sign, Signal, Tick
from kiosk.session.leafing import PAGES
from kiosk.session.pages import without_eyes
from kiosk.session.progress import Member
from kiosk.session.scene import Choosing, Scene
from kiosk.session.sink.coach import SinkCoach
from kiosk.session.sink.states import Leant
from kiosk.session.states import Page, Summary, Switching
from kiosk.trouble import COMMON, Trouble
from kiosk.ui.screen import Screen

#: The mirror's usual screen, in pixels, and the passes of its loop between two poses.
PORTRAIT, PASSES = (1080, 1920), 4
#: Seconds of an empty room before somebody comes.
EMPTY = 2.0
#: How each page beside the drills is leafed through and left.
LEAFED = {
    Page.WHO: (Action.NEXT, Action.BACK),
    Page.HISTORY: (Action.NEXT, Action.BACK),
    Page.TRYING: (Action.PREVIOUS, Action.NEXT, Action.BACK),
    Page.DARK: (Action.SELECT,),
}
#: Presses, one a second, that look through the drills, open every page, begin the first drill and answer its welcome.
BROWSING = (
    *[Action.NEXT] * len(DRILLS),
    *itertools.chain(
        *((Action.BACK, *[Action.NEXT] * PAGES.index(page), Action.SELECT, *leave) for page, leave in LEAFED.items())
    ),
    *(Action.SELECT, Action.NEXT),
)
#: A drill in which each leg has its turn, the sooner the fewer repetitions there are.
SIDED = find_drill("one_leg_glute_bridge")
#: The drill that is done before a mirror of its own.
SINK = find_drill("sink")
#: Whoever browses, and how many days of their history are looked back on.
WHO, DAYS = Member(profile=decade.WHO), 30
#: Seconds for which a picture is looked at that would not go by itself.
LOOKED_AT = 5.0
#: Poses after which a set that has not come to its end is given up.
LONGEST_SET = 3000


@dataclass(frozen=True, slots=True)
class Blind:
    """At ``t`` seconds the camera gives no pictures."""

    t: float


Event = Press | Pose | Tick | Signal | Blind
LOST = Trouble("camera_lost", COMMON["No such device"])


def paints(sets: int, presenting: Presenting) -> tuple[dict[str, Milliseconds], Milliseconds]:
    """Milliseconds of painting and flipping a new scene in portrait, by picture; and from a press to its scene.

    The scenes are those of browsing and of whole sets, with all that may come between, as often as the mirror's loop
    asks for them.  A press counts from when it asks for something: its first touch, or for select, which means
    something else when it is held, once the contact has been let go and debounced (kiosk.session.buttons).  Textures
    are drawn by the processor, too: with a graphics chip nobody can tell when it is done.
    """
    took: defaultdict[str, Milliseconds] = defaultdict(list)
    presses: Milliseconds = []
    with Screen("offscreen", PORTRAIT, presenting=presenting) as screen:
        for _ in range(sets):
            for coach, walk in _walks():
                demonstrator = Demonstrator()
                for event in walk:
                    begun = time.perf_counter()
                    scene = _scene(coach, demonstrator, event)
                    moved = time.perf_counter()
                    if screen.show(scene, event.t):
                        took[type(scene.picture).__name__].append((time.perf_counter() - moved) * 1e3)
                    if isinstance(event, Press):
                        presses.append((time.perf_counter() - begun) * 1e3)
    return dict(took), presses


def _walks() -> Iterator[tuple[Coach | SinkCoach, Iterator[Event]]]:
    """Coaches and what befalls them, which leads to every picture there is."""
    coach = Coach.for_mirror(DRILLS[0], 0.0, at_once=False)
    coach.meet(WHO, 0.0, profiles=(decade.WHO,), room=True, greet=True)
    coach.look_back(tuple(itertools.chain(*map(decade.one_day, range(DAYS)))))
    yield coach, _browsing_and_a_set(coach)
    coach = Coach.for_mirror(SIDED, 0.0, at_once=True)
    yield coach, _mishaps(coach)
    at_sink = SinkCoach(SINK, 0.0, DEFAULT, plan_of(PLACES["sink"], PLACES["sink"].mount))
    yield at_sink, _washing(at_sink)


def _scene(coach: Coach | SinkCoach, demonstrator: Demonstrator, event: Event) -> Scene:
    """What the mirror shows of ``coach`` after ``event``; the drill that is offered is demonstrated."""
    if isinstance(event, Blind):
        return Scene(without_eyes(coach.picture(event.t), LOST))
    coach.take(event)
    picture = coach.picture(event.t)
    offered = DRILLS[coach.session.index].key if isinstance(picture, Choosing) else ""
    return Scene(picture, watching=True, demonstration=demonstrator.show(offered))


def _browsing_and_a_set(coach: Coach) -> Iterator[Event]:
    """Everything is looked through, nobody is there, then somebody repeats for long enough, and reads the summary."""
    for second, action in enumerate(BROWSING):
        yield Press(float(second), action)
        yield from _ticks(float(second), 1.0)
    for pose in _poses(DRILLS[0], float(len(BROWSING))):
        yield from _seen(pose)
        if isinstance(coach.session, Summary) and pose.t - coach.session.since > LOOKED_AT:
            break


def _mishaps(coach: Coach) -> Iterator[Event]:
    """One leg has its turn, then the other; the camera is lost in the middle of that, and the person falls."""
    t = 0.0
    for pose in _poses(SIDED, 0.0):
        t = pose.t
        yield from _seen(pose)
        if isinstance(coach.session, Switching):
            break
    yield from _ticks(t, LOOKED_AT)
    yield Press(t + LOOKED_AT, Action.SELECT)
    t += LOOKED_AT
    yield from (Blind(tick.t) for tick in _ticks(t, LOOKED_AT))
    yield Signal(t + LOOKED_AT, Sign.FELL)
    yield from _ticks(t + LOOKED_AT, LOOKED_AT)


def _washing(coach: SinkCoach) -> Iterator[Event]:
    """Somebody leans, stands up, looks at what the camera sees, and begins the lesson."""
    t = 0.0
    for pose in _poses(SINK, 0.0):
        t = pose.t
        yield from _seen(pose)
        if isinstance(coach.session, Leant) and pose.t - coach.session.since > 1.0:
            break
    for second in range(3):  # what the buttons do, the camera's picture, the lesson
        yield Press(t + second, Action.SELECT)
        for pose in itertools.islice(performance(SINK), int(FPS)):
            yield from _seen(replace(pose, t=t + second + pose.t))


def _poses(drill: Drill, begun: float) -> Iterator[Pose]:
    """Nobody, then somebody who repeats ``drill`` over and over, from ``begun`` seconds on."""
    for pose in itertools.islice(round_and_round(performance(drill)), LONGEST_SET):
        if pose.t < EMPTY:
            pose = replace(pose, present=False, points=np.full_like(pose.points, np.nan))
        yield replace(pose, t=begun + pose.t)


def _seen(pose: Pose) -> Iterator[Event]:
    """``pose`` and the passes of the loop until the next one."""
    yield pose
    yield from (Tick(pose.t + step / FPS / PASSES) for step in range(1, PASSES))


def _ticks(t: float, seconds: float) -> Iterator[Tick]:
    """The passes of the loop in so many ``seconds`` after ``t``."""
    return (Tick(t + step / FPS / PASSES) for step in range(1, int(seconds * FPS * PASSES)))
