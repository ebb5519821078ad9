"""Scenes at the sink, and the longest that they may have to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.drills import DRILLS, find_drill
from kiosk.figure.framing import plan_of
from kiosk.figure.places import MODULES, PLACES, Place
from kiosk.scoring.verdict import Hold, Light, Phase, Rung, Verdict, View
from kiosk.session.cues import Cue
from kiosk.session.scene import Framing, Glass, Leaning, Leant, Picture, Scene, Teaching
from kiosk.session.sink import states
from kiosk.session.sink.counts import Lately, LeanTime
from kiosk.session.sink.flow import LEARNT, NOT_LEARNT, REST_A_HAND
from kiosk.session.sink.lesson import SPOKEN, Lesson
from kiosk.session.sink.show import show
from kiosk.session.sink.states import AtSink
from kiosk.text import Text

SINK = find_drill("sink")
INDEX = DRILLS.index(SINK)
PLACE = PLACES["sink"]
PLAN = plan_of(PLACE, PLACE.mount)
#: A standard camera, level: it loses heads and shoulders.
BAD = plan_of(PLACE, replace(PLACE.mount, module=MODULES["3"], pitch=0.0))
LATELY = Lately(LeanTime(leans=4, good_s=130, judged_s=180), LeanTime(leans=23, good_s=700, judged_s=1130))
FACE = ((0.5, 0.42), (0.47, 0.41), (0.53, 0.41), (0.43, 0.43), (0.57, 0.43), (0.3, 0.56), (0.7, 0.56))


def hold(green: float, amber: float, red: float) -> Hold:
    """A lean of so many seconds in each."""
    return Hold(
        n=1, side="left", start=0.0, end=green + amber + red, green_s=green, amber_s=amber, red_s=red, score=80,
        coverage=1.0, measures={}, faults=(), not_seen=(),
    )  # fmt: skip


def verdict(t: float, phase: Phase = Phase.SETUP, lights: tuple[Light, ...] | None = None, **more: object) -> Verdict:
    """What the scoring loop may say at the sink."""
    lights = lights or (Light.OFF,) * len(SINK.lights)
    given = {"rung": Rung.READY, "view": View.FRONT, "facing": 0, "depth": 0.0, "steady": 1.0, "reps": 0, "partials": 0}
    return Verdict(t=t, phase=phase, lights=lights, **given | more)  # type: ignore[arg-type]


def shown(session: AtSink, seen: Verdict | None = None, t: float = 1.0, plan: object = PLAN) -> Picture:
    return show(session, seen, t, LATELY, plan, dict(enumerate(FACE)))  # type: ignore[arg-type]


def lit(**states_of: Light) -> tuple[Light, ...]:
    """The drill's lights in these states, the others unseen."""
    return tuple(states_of.get(name, Light.UNSEEN) for name in SINK.lights)


LEAN = states.Leaning(INDEX, 0.0)
BOTTOM = verdict(3.0, Phase.BOTTOM, lit(head=Light.RED, hips=Light.GREEN))
CUE = Text("Long neck, and lift your breastbone.")
SINK_SCENES = {
    "sink_glass": Scene(shown(states.Here(INDEX, 0.0)), watching=True),
    "sink_keys": Scene(shown(states.Here(INDEX, 0.0, touched=1.0, note=LEARNT)), watching=True),
    "sink_leaning": Scene(
        shown(LEAN, verdict(1.0, Phase.BOTTOM, lit(head=Light.GREEN, hips=Light.AMBER))), watching=True
    ),
    "sink_leaning_cue": Scene(shown(replace(LEAN, said=(Cue(3.0, "H1", CUE),)), BOTTOM, 3.0), watching=True),
    "sink_leant": Scene(shown(states.Leant(INDEX, 0.0, hold=hold(31, 9, 4))), watching=True),
    "sink_framing": Scene(shown(states.Framing(INDEX, 0.0)), watching=True),
    "sink_framing_lost": Scene(shown(states.Framing(INDEX, 0.0), plan=BAD), watching=True),
    "sink_teaching": Scene(
        shown(states.Teaching(INDEX, 0.0, lesson=Lesson(leans=((),) * 2, ask=SPOKEN[3]))), watching=True
    ),
}


def sink_pictures() -> Iterator[Picture]:
    """All that is said at the sink, where it stands."""
    for picture in (scene.picture for scene in SINK_SCENES.values()):
        match picture:
            case Glass(title=title) if title:
                yield from (replace(picture, note=note) for note in (LEARNT, NOT_LEARNT))
            case Teaching():
                yield from (replace(picture, text=text) for text in SPOKEN)
            case Leaning() | Leant():
                cues = [REST_A_HAND, *(Text(fault.cue) for fault in SINK.faults)]
                field = "cue" if isinstance(picture, Leaning) else "next_step"
                yield from (replace(picture, **{field: cue}) for cue in cues)
            case Framing():
                yield from (replace(picture, plan=plan) for plan in _plans())


def _plans() -> Iterator[object]:
    for name in ("sink", "pod"):
        place: Place = PLACES[name]
        for module in MODULES.values():
            for height in (1.2, 1.8):
                yield plan_of(place, replace(place.mount, module=module, height=height, pitch=0.0))
