"""Sample scenes: one of every picture, in the words the session uses, and the longest it may have to say."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import LIGHTS
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Rung, View
from kiosk.session.scene import (
    Asking,
    Calibrating,
    Choosing,
    Clock,
    Dark,
    FormLight,
    GettingReady,
    Resting,
    Scene,
    Summary,
    Switching,
    Working,
)
from kiosk.session.show import FALL, HARDLY_SEEN, LIE_ALONG, STOP_HINT, TURN_TO
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
    ("Not counted: not far enough.", "Counted, not judged: I cannot see your ankle, step back."),
    notes=("Sets: 81, 74",),
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
    dose="2 x 8, rest 60 s",
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
LOCKED = replace(
    CHOOSING,
    titles=("One-leg deadlift", "Mobility deadlift", "Kettlebell swing"),
    index=1,
    level=3,
    summary="Push the foot back along a roller while you hinge, one side, then the other.",
    dose="15 times each side",
    locked=True,
    note="Opens when three sessions of the hip hinge, on two days, were solid.",
    select="how to open",
)
ONE_SIDED = Working(
    "Mobility deadlift", 11, 15, 0.4, tuple(light for light in lights() if light.name not in ("feet", "shins")), "",
    False, "", "lower back, slip of the roller", side="left",
)  # fmt: skip
HELD = Working(
    "Forearm plank, set 2 of 3", 0, 1, 0.6, tuple(lights(hips=Light.GREEN)[i] for i in (0, 1, 4)), "", False, "",
    "lower back, shoulder blades, breathing", clock=Clock(12, 20),
)  # fmt: skip


def getting_ready(title: str, rung: Rung, text: str, hint: str, start: str, view: View = View.SIDE) -> Scene:
    return Scene(GettingReady(title, rung, text, hint, start, view), watching=True)


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
    "calibrating": Scene(Calibrating("Hip hinge", "Stand tall and still", 0.65, STOP_HINT), watching=True),
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
    "choosing_locked": Scene(LOCKED, watching=True),
    "choosing_confirm": Scene(
        replace(
            CHOOSING,
            level=5,
            note="A person has shown me this lift, and the rack has safety bars.",
            select="yes, start",
        ),
        watching=True,
    ),
    "face": getting_ready("Squat, set 2 of 2", Rung.SIDE_ON, *TURN_TO[View.FRONT], "standing", View.FRONT),
    "lie_along": getting_ready("Glute bridge, set 1 of 2", Rung.SIDE_ON, *LIE_ALONG, "lying"),
    **{
        f"still_{start}": getting_ready("Any drill", Rung.STILL, posture.words, "The mirror learns how you are.", start)
        for start, posture in STARTS.items()
    },
    "joints_plank": getting_ready("Forearm plank", Rung.JOINTS, "I cannot see your ankle", "Step back.", "plank"),
    "calibrating_plank": Scene(Calibrating("Forearm plank, set 1 of 3", STARTS["plank"].words, 0.3), watching=True),
    "working_side": Scene(ONE_SIDED, watching=True),
    "working_held": Scene(HELD, watching=True),
    "working_held_enough": Scene(
        replace(HELD, clock=Clock(20, 20), depth=1.0, cue="20 seconds: done. Come out of it gently.", praise=True),
        watching=True,
    ),
    "working_hardly_seen": Scene(replace(WORKING, lights=all_lights(Light.UNSEEN), paused=HARDLY_SEEN), watching=True),
    "switching": Scene(
        Switching(
            "Mobility deadlift",
            "Switch sides: turn round",
            "So that the side that works is nearest the mirror.",
            "right",
            turn=True,
        ),
        watching=True,
    ),
    "switching_leg": Scene(
        Switching("One-leg glute bridge", "Switch sides", "The same again with the other leg.", "right", turn=False),
        watching=True,
    ),
    "resting": Scene(
        Resting(
            "Squat, set 1 of 2",
            "Rest",
            42,
            0.7,
            "8 reps, 84: good",
            "Next: set 2 of 2. Face the mirror.",
            ("finish", "go on", "finish"),
        ),
        watching=True,
    ),
    "resting_paused": Scene(
        Resting(
            "Romanian deadlift, set 1 of 2",
            "Three in a row were hard going. Breathe, then do a little less.",
            60,
            1.0,
            "5 reps, 58: work on one thing",
            "Then the same set goes on. Or the easier one: Hip hinge.",
            ("easier", "go on", "finish"),
        ),
        watching=True,
    ),
    "asking": Scene(Asking(*FALL), watching=True),
    "summary_sides": Scene(
        replace(
            SUMMARY,
            title="Mobility deadlift",
            reps=30,
            target=30,
            lights=ONE_SIDED.lights,
            notes=("Left 15 (84), right 15 (79)", "Knee bend: 11 degrees more on the left"),
            refused=("Not counted: not far enough.",),
        ),
        watching=True,
    ),
    "summary_held": Scene(
        replace(
            SUMMARY,
            title="Forearm plank",
            reps=2,
            target=3,
            unit="hold",
            lights=HELD.lights,
            notes=("Held: 41 s good, 9 s nearly, 3 s work on it", "Sets: 92, 71"),
            refused=("12 of 20 seconds held: once more",),
        ),
        watching=True,
    ),
}
