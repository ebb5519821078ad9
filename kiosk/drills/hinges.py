"""Drills that bend at the hips, with empty hands or a stick."""

from __future__ import annotations

from dataclasses import replace

from kiosk.drills import unseen
from kiosk.drills.faults import back, feet, head, hips, knees, shins, tempo
from kiosk.scoring.drill import Drill, Motion

#: Trunk above standing, degrees (biomechanics 0.8).
BOW = Motion(driver="trunk", onset=12, least=30, home=15, usual=60)
#: The same from the front: 60 degrees lower the shoulders by half a trunk and what the hips sink.
BOW_FROM_FRONT = Motion(driver="shoulders_down", onset=0.08, least=0.2, home=0.08, usual=0.6)

# the order of the faults is the order of importance when one cue is chosen (biomechanics 2.5); the head comes late, for
# it is never red
HINGE = Drill(
    key="hinge",
    spec="D01",
    title="Hip hinge",
    summary="Bow with a long back: hips go back, shins stay upright.",
    long_back=unseen.LONG_BACK,
    felt=unseen.FELT_THIGHS,
    level=1,
    reps=8,
    tempo="down 2 to 4 s, up 1 to 2 s",
    easier="dowel_hinge",
    motion=BOW,
    front=BOW_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "shins", "head", "feet", "tempo"),
    faults=(
        back.ROUNDS,
        knees.HINGE_CAVE,
        knees.HINGE_GAP_NARROWS,
        hips.SQUATS,
        hips.HIPS_STAY,
        shins.KNEE_TRAVEL,
        shins.FORWARD,
        shins.BACK,
        knees.LOCKED,
        knees.BEND,
        hips.SHALLOW_HINGE,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        *back.FINER,
        feet.WIDE,
        feet.NARROW,
        feet.HEELS_LIFT,
        feet.ON_TOES,
        head.LOOKS_UP,
        head.DROPS,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    tells=("lumbar", "thoracic"),
    unseen=(*unseen.WHATEVER_OUTLINE, unseen.LEFT_RIGHT),
    cues=(
        "Stand tall, feet under your shoulders.",
        "Soft knees, shins upright.",
        "A rope round your waist draws you back.",
        "Long neck; the chest leads.",
        "Come up tall and squeeze your glutes.",
    ),
    reminders=unseen.STANDING,
)

DOWEL_HINGE = Drill(
    key="dowel_hinge",
    spec="D02",
    title="Stick hinge",
    summary="Bow with a broomstick along your back: it touches at three points.",
    touching=unseen.TOUCHING,
    level=1,
    reps=8,
    tempo="down 2 to 4 s, up 1 to 2 s",
    easier="kneeling_dowel_hinge",
    motion=BOW,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "shins", "head", "tempo"),
    faults=(
        hips.SQUATS,
        hips.HIPS_STAY,
        shins.KNEE_TRAVEL,
        shins.FORWARD,
        shins.BACK,
        knees.LOCKED,
        knees.BEND,
        hips.SHALLOW_HINGE,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        head.LOOKS_UP_WITH_STICK,
        head.DROPS_WITH_STICK,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    unseen=unseen.WITH_STICK,
    cues=(
        "Stick along your spine, the far hand at your neck.",
        "The hand near the mirror holds it at your waist.",
        "It touches head, shoulder blades and tailbone.",
        "Soft knees, hips straight back.",
        "If a point lets go, come up a little.",
    ),
    reminders=(unseen.THREE_POINTS, *unseen.STANDING),
)

KNEELING_DOWEL_HINGE = Drill(
    key="kneeling_dowel_hinge",
    spec="D03",
    title="Kneeling stick hinge",
    summary="Kneel tall, a broomstick along your back, and send the hips back.",
    touching=unseen.TOUCHING,
    start="kneeling",
    level=0,
    reps=8,
    tempo="down 2 to 4 s, up 1 to 2 s",
    # home is not 10 (D03): who stays a little bent is counted and told so (F2a); and least is not 20, or no one would
    # ever be told of stopping early at 25 to 20
    motion=Motion(driver="trunk", onset=12, least=16, home=14, usual=40),
    # on the floor the near ankle may hide (biomechanics 1.2)
    needs=("shoulder", "hip", "knee"),
    lights=("back", "hips", "head", "tempo"),
    faults=(
        hips.SITS_ON_HEELS,
        hips.FALLS_FORWARD,
        # 25 to 50 is the aim (biomechanics 1.2)
        replace(hips.SHALLOW_HINGE, green=25, red=20),
        hips.NOT_TALL,
        hips.LEAN_BACK,
        head.LOOKS_UP_WITH_STICK,
        head.DROPS_WITH_STICK,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    unseen=(*unseen.WITH_STICK, unseen.KNEELING_FEET),
    cues=(
        "Kneel tall on something soft, stick along your spine.",
        "Hand near the mirror at your waist, the other at your neck.",
        "It touches head, shoulder blades and tailbone.",
        "Send your hips half way back to your heels.",
        "Come up tall and squeeze your glutes.",
    ),
    reminders=(unseen.THREE_POINTS, *unseen.FLOOR),
)

#: The foot that the palm presses back tells the working side; that side faces the mirror.
MOBILITY_DEADLIFT = Drill(
    key="mobility_deadlift",
    spec="D14",
    title="Roller deadlift",
    summary="Bow slowly, a foam roller between palm and foot, one side at a time.",
    felt=unseen.FELT_THIGHS,
    level=3,
    sets=1,
    reps=15,
    tempo="at least 4 s down and up",
    side_by="behind",
    easier="hinge",
    motion=Motion(driver="trunk", onset=10, least=30, home=12, home_share=0.2, usual=55, slowest=20),
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "shins", "head", "tempo"),
    faults=(
        hips.SQUATS,
        knees.ROLLER_STANCE_LOCKED,
        knees.ROLLER_STANCE_BENDS,
        shins.ROLLER_LOST,
        hips.SHALLOW_HINGE,
        head.LOOKS_UP,
        head.DROPS,
        tempo.QUICK_BOW,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.SLIP, unseen.HAND_LOAD, unseen.LEFT_RIGHT),
    cues=(
        "Roller from the front of one ankle to that side's palm.",
        "That side faces the mirror; soften that knee.",
        "Press the foot back with your palm as you bow.",
        "Slowly: four counts down and up.",
    ),
    reminders=unseen.STANDING,
)

HINGES = (HINGE, DOWEL_HINGE, KNEELING_DOWEL_HINGE, MOBILITY_DEADLIFT)
