"""What people do at a basin that is no lean over it, or none to be judged."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.figure.beats import Beat, Script

#: An arm up with the hand at the head; it goes on to the back of it and returns.
_COMBING = {"trunk": 2, "nod": 8, "arm_more": 106, "elbow_more": 98, "across_more": 30}
#: One hand at the mouth, the elbow out; the hand goes to and fro by little.
_BRUSHING = {"trunk": 3, "nod": 4, "arm_more": 36, "elbow_more": 112, "across_more": 42, "apart": 14}
#: Both hands scoop water to a face low over the bowl.
_RINSING = {"trunk": 46, "knee": 18, "lumbar": 16, "thoracic": 10, "neck": 26, "apart": 6, "across": 20}
#: Forward and up, over the tap, to what is behind the mirror.
_REACHING = {"trunk": 5, "arm_more": 118, "elbow_more": -4, "heel": 8, "forward": 0.03}


def _done(key: str, *beats: Beat) -> Script:
    return Script(drill=key, yaw=90, beats=beats, counted=False)


def _to_and_fro(name: str, at: Mapping[str, float], angle: str, by: float, strokes: int, seconds: float) -> list[Beat]:
    """So many strokes about the posture ``at``, each of so many ``seconds``."""
    return [
        Beat(key=f"{name} {n}", seconds=seconds, stay=0, angles={**at, angle: at[angle] + by * (n % 2)})
        for n in range(strokes)
    ]


COMB = _done(
    "comb",
    Beat(key="up", seconds=1.0, stay=0.3, angles=_COMBING),
    *_to_and_fro("stroke", _COMBING, "arm_more", 30, 12, 0.6),
    Beat(key="tall", seconds=1.0, stay=1.5),
)
CABINET = _done(
    "cabinet",
    Beat(key="up", seconds=1.0, stay=3.0, angles=_REACHING),
    Beat(key="down", seconds=1.0, stay=1.0),
    Beat(key="up again", seconds=1.1, stay=3.5, angles=_REACHING | {"arm_more": 132}),
    Beat(key="tall", seconds=1.0, stay=1.5),
)
BRUSH_TEETH = _done(
    "brush_teeth",
    Beat(key="up", seconds=0.9, stay=0.2, angles=_BRUSHING),
    *_to_and_fro("stroke", _BRUSHING, "elbow_more", 9, 24, 0.4),
    Beat(key="tall", seconds=0.9, stay=1.5),
)
TOWEL = _done(
    "towel",
    Beat(key="turned", seconds=1.2, stay=0.4, angles={"heading": 80}),
    Beat(key="takes it", seconds=0.9, stay=1.5, angles={"heading": 80, "arm_more": 60, "trunk": 4}),
    Beat(key="back", seconds=1.2, stay=0.8, angles={"elbow": 70, "arm": 20}),
    Beat(key="the other way", seconds=1.3, stay=3.2, angles={"heading": -80, "elbow": 60}),
    Beat(key="tall", seconds=1.3, stay=1.5),
)
SPIT = _done(
    "spit",
    *(
        beat
        for n in range(3)
        for beat in (
            Beat(key=f"down {n}", seconds=0.7, stay=1.0, angles={"trunk": 34, "lumbar": 12, "thoracic": 8, "neck": 20}),
            Beat(key=f"up {n}", seconds=0.8, stay=2.5),
        )
    ),
)
RINSE_FACE = _done(
    "rinse_face",
    Beat(key="down", seconds=1.2, stay=0.2, angles=_RINSING | {"arm": 40, "elbow": 60}),
    *(
        beat
        for n in range(4)
        for beat in (
            Beat(key=f"face {n}", seconds=0.6, stay=0.6, angles=_RINSING | {"arm": 42, "elbow": 118}),
            Beat(key=f"scoop {n}", seconds=0.6, stay=0.3, angles=_RINSING | {"arm": 40, "elbow": 60}),
        )
    ),
    Beat(key="tall", seconds=1.4, stay=1.5),
)
#: A step to the glass, to look at a tooth, and back.
STEP_NEARER = _done(
    "step_nearer",
    Beat(key="near", seconds=0.9, stay=4.0, angles={"ahead": 0.07}),
    Beat(key="back", seconds=0.9, stay=2.0),
)

#: What is no lean, however long it lasts; and what is one, but too short, or with the head hidden, or looks like one to
#: a camera that does not see the hips.
NO_LEANS = (COMB, CABINET, BRUSH_TEETH, TOWEL)
AT_BASIN = (*NO_LEANS, SPIT, RINSE_FACE, STEP_NEARER)
