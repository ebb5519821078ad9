"""Sample scenes: one of every picture, in the words the session uses, and the longest it may have to say."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import LIGHTS
from kiosk.scoring.verdict import Light, Rung
from kiosk.session.scene import (
    Calibrating,
    Choosing,
    Dark,
    FormLight,
    GettingReady,
    Scene,
    Summary,
    Working,
)
from kiosk.trouble import Trouble

SIZES = ((1080, 1920), (1920, 1080), (800, 480))
TURNS = (0, 90, 180, 270)

WORDS = {Light.OFF: "", Light.GREEN: "good", Light.AMBER: "nearly", Light.RED: "work on it", Light.UNSEEN: "not seen"}
STATES = {
    "back": Light.UNSEEN,
    "hips": Light.RED,
    "knees": Light.GREEN,
    "shins": Light.AMBER,
    "head": Light.GREEN,
    "feet": Light.UNSEEN,
    "tempo": Light.OFF,
}


def lights(**states: Light) -> tuple[FormLight, ...]:
    """Every light, in the states of STATES unless told otherwise."""
    chosen = STATES | states
    return tuple(FormLight(name, chosen[name], WORDS[chosen[name]]) for name in LIGHTS)


def all_lights(state: Light) -> tuple[FormLight, ...]:
    return lights(**dict.fromkeys(LIGHTS, state))


#: Those of the hip hinge: it has no lamp for the feet.
HINGE = tuple(light for light in lights() if light.name != "feet")
UNSEEN = "lower back, pelvis, feet, muscles, ribs, brace"
CUE = "Reach for the wall behind you with your hips."
WORKING = Working("Hip hinge", 4, 8, 0.62, lights(), "", False, "", UNSEEN)
SUMMARY = Summary(
    "Hip hinge",
    8,
    8,
    78,
    "good",
    lights(hips=Light.AMBER, shins=Light.GREEN, tempo=Light.GREEN),
    CUE,
    UNSEEN,
    ("One movement was too shallow to count", "I could not see your ankles: step back"),
)
CHOOSING = Choosing(
    ("Hip hinge", "Squat", "Pick something up", "Sit down, stand up"),
    0,
    1,
    "Bow with a long back: hips go back, shins stay upright.",
    (
        "Stand tall, feet under your shoulders.",
        "Soft knees, shins upright.",
        "A rope round your waist draws you back.",
        "Long neck; the chest leads.",
        "Come up tall and squeeze.",
    ),
)
PICK_UP = replace(
    CHOOSING,
    index=2,
    level=2,
    summary="Lift from the floor your own way: the mirror tells you which way it was.",
    cues=(
        "Step close: the load between your feet.",
        "Bend your hips and your knees together.",
        "Push the floor away.",
    ),
)

SCENES = {
    "dark": Scene(Dark(), watching=True),
    "choosing": Scene(CHOOSING, watching=True),
    "choosing_pick_up": Scene(PICK_UP, watching=True, figure=True),
    "in_frame": Scene(
        GettingReady(
            "Hip hinge",
            Rung.IN_FRAME,
            "Step into view",
            "Stand about two and a half metres away, so that your whole body fits.",
        ),
        watching=True,
    ),
    "side_on": Scene(
        GettingReady(
            "Hip hinge",
            Rung.SIDE_ON,
            "Turn your side to the mirror",
            "Shoulder towards the glass, feet along the line.",
        ),
        watching=True,
    ),
    "joints": Scene(
        GettingReady(
            "Everyday pick-up",
            Rung.JOINTS,
            "I cannot see your knee and ankle",
            "Step back a little, or turn on more light.",
        ),
        watching=True,
        figure=True,
    ),
    "still": Scene(
        GettingReady(
            "Hip hinge",
            Rung.STILL,
            "Stand tall and still",
            "The mirror learns how you stand and measures from there.",
        ),
        watching=True,
    ),
    "calibrating": Scene(Calibrating("Hip hinge", "Stand tall and still", 0.65), watching=True),
    "working": Scene(WORKING, watching=True),
    "working_good": Scene(
        replace(WORKING, reps=7, depth=0.97, lights=lights(hips=Light.GREEN, shins=Light.GREEN, tempo=Light.GREEN)),
        watching=True,
        figure=True,
    ),
    "working_pick_up": Scene(
        Working(
            "Pick something up",
            1,
            5,
            0.2,
            tuple(light for light in lights() if light.name in ("back", "head", "tempo")),
            "",
            False,
            "",
            "lower back, feet, brace, twist",
        ),
        watching=True,
    ),
    "working_cue": Scene(replace(WORKING, lights=HINGE, cue=CUE), watching=True),
    "working_praise": Scene(
        replace(WORKING, reps=12, target=None, lights=lights(hips=Light.GREEN), cue="Better!", praise=True),
        watching=True,
        figure=True,
    ),
    "working_paused": Scene(
        replace(WORKING, depth=None, lights=all_lights(Light.UNSEEN), paused="I cannot see your knee and ankle"),
        watching=True,
    ),
    "working_trouble": Scene(
        WORKING, Trouble("camera_stalled", "The camera stopped sending pictures; trying it again."), watching=True
    ),
    "working_all_red": Scene(
        replace(WORKING, reps=10, target=12, depth=1.25, lights=all_lights(Light.RED)), watching=True
    ),
    "summary": Scene(SUMMARY, watching=True),
    "summary_counted": Scene(
        replace(
            SUMMARY, reps=5, target=None, score=None, band="counted only", next_step="", lights=all_lights(Light.UNSEEN)
        ),
        Trouble("hot", "The board is hot and slows down."),
        watching=True,
        figure=True,
    ),
}
