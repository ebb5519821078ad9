"""Drills that bend at the hips."""

from __future__ import annotations

from kiosk.drills import faults
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import View

HINGE = Drill(
    key="hinge",
    spec="D01",
    title="Hip hinge",
    summary="Bow with a long back: hips go back, shins stay upright.",
    view=View.SIDE,
    kind="rep",
    level=1,
    reps=8,
    driver="trunk",
    onset=12,
    least=30,
    home=15,
    usual=60,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "shins", "head", "tempo"),
    # the order is the order of importance when one cue is chosen (biomechanics 2.5)
    faults=(
        faults.SQUATS,
        faults.HIPS_STAY,
        faults.KNEE_TRAVEL,
        faults.SHIN_FORWARD,
        faults.SHIN_BACK,
        faults.LOCKED_KNEES,
        faults.KNEES_BEND,
        faults.SHALLOW_HINGE,
        faults.NOT_TALL,
        faults.LEAN_BACK,
        faults.LOOKING_UP,
        faults.HEAD_DROPS,
        faults.QUICK_DOWN,
        faults.QUICK_UP,
        faults.BOUNCE,
    ),
    unseen=(faults.LOWER_BACK, faults.PELVIS, faults.FEET, faults.MUSCLES, faults.RIBS, faults.BRACE),
    cues=(
        "Stand tall, feet under your shoulders.",
        "Soft knees, shins upright.",
        "A rope round your waist draws you back.",
        "Long neck; the chest leads.",
        "Come up tall and squeeze.",
    ),
    reminders=faults.REMINDERS,
    hinge_from=70,
    squat_below=50,
)

#: The shoulders' way down drives it: a squatting person's trunk bends by hardly 25 degrees (signals 1) and still picks
#: up, and the load hides knees and ankles but never the shoulders (signals 2).
PICK_UP = Drill(
    key="pick_up",
    spec="D23",
    title="Pick something up",
    summary="Lift from the floor your own way: the mirror tells you which way it was.",
    view=View.SIDE,
    kind="rep",
    level=2,
    reps=5,
    driver="shoulder_drop",
    onset=0.12,
    least=0.5,
    home=0.15,
    home_share=0.15,
    usual=1.0,
    needs=("shoulder", "hip"),
    lights=("back", "head", "tempo"),
    faults=(faults.LOOKING_UP_LOADED, faults.HEAD_DROPS, faults.SNATCH_DOWN, faults.SNATCH_UP, faults.BOUNCE),
    unseen=(faults.LOWER_BACK, faults.FEET, faults.BRACE, faults.TWIST),
    cues=(
        "Step close: the load between your feet.",
        "Bend your hips and your knees together.",
        "Push the floor away.",
    ),
    reminders=faults.REMINDERS[:3],
    # a correct lift of a low bell has 41 to 56, squatting ones 14 to 37 (signals 1, 3, 4.1)
    hinge_from=40,
    squat_below=30,
)

HINGES = (HINGE, PICK_UP)
