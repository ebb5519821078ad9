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


UNSEEN = "your lower back, the weight on your feet, your brace"
WORKING = Working("Hip hinge", 4, 8, 0.62, lights(), "", False, "", UNSEEN)
SUMMARY = Summary(
    "Hip hinge",
    8,
    8,
    78,
    "good",
    lights(hips=Light.AMBER, shins=Light.GREEN, tempo=Light.GREEN),
    "Push your hips back to the wall behind you",
    UNSEEN,
    ("One movement was too shallow to count", "I could not see your ankles: step back"),
)
CHOOSING = Choosing(
    ("Hip hinge", "Squat", "Everyday pick-up", "Sit down and stand up"),
    0,
    1,
    "Bend at the hips, not in the back",
    ("Soft knees, shins straight up", "Push your hips back to the wall behind you", "Long neck, ears over shoulders"),
)

SCENES = {
    "dark": Scene(Dark(), watching=True),
    "choosing": Scene(CHOOSING, watching=True),
    "choosing_last": Scene(replace(CHOOSING, index=3, level=2), watching=True, figure=True),
    "in_frame": Scene(
        GettingReady(
            "Hip hinge",
            Rung.IN_FRAME,
            "Step into view",
            "Stand where your whole body fits, about two and a half metres away.",
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
            "Step back a little, or find more light.",
        ),
        watching=True,
        figure=True,
    ),
    "still": Scene(
        GettingReady(
            "Hip hinge",
            Rung.STILL,
            "Stand tall and still",
            "This is your own straight: everything is measured against it.",
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
    "working_cue": Scene(replace(WORKING, cue="Push your hips back to the wall behind you"), watching=True),
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
