"""Drills that load the hinge: lifts, a swing, a jump.  Nobody else may be near."""

from __future__ import annotations

from kiosk.drills import unseen
from kiosk.drills.faults import back, feet, head, hips, knees, shins, tempo
from kiosk.drills.hinges import BOW, BOW_FROM_FRONT
from kiosk.scoring.drill import Drill, Motion

ROMANIAN_DEADLIFT = Drill(
    key="romanian_deadlift",
    spec="D15",
    title="Romanian deadlift",
    summary="The hinge with a load: lower it along your legs, just below the knees.",
    felt=unseen.FELT_THIGHS,
    level=4,
    reps=8,
    rest_s=90,
    tempo="down 2 to 4 s, up 1 to 2 s",
    alone=True,
    easier="hinge",
    motion=BOW,
    needs=("shoulder", "hip", "knee"),
    lights=("back", "hips", "knees", "shins", "head", "tempo"),
    faults=(
        back.ROUNDS,
        hips.SQUATS,
        hips.HIPS_STAY,
        shins.KNEE_TRAVEL,
        shins.FORWARD,
        shins.BACK,
        shins.BAR_DRIFTS,
        knees.LOCKED,
        knees.BEND,
        knees.CHANGE,
        hips.SHALLOW_HINGE,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        *back.FINER,
        head.LOOKS_UP_LOADED,
        head.DROPS,
        head.SHRUGS,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    tells=("lumbar", "thoracic"),
    unseen=(
        *unseen.WHATEVER_OUTLINE, unseen.KNEES_CAVE, unseen.GRIP, unseen.BAR_TILT, unseen.PLATES, unseen.SLACK,
        unseen.LEFT_RIGHT,
    ),
    cues=(
        "Begin with empty hands; stand tall.",
        "Soft knees: set them once, then leave them.",
        "Hips back; the load slides down your legs.",
        "Stop below the knees, or before your back rounds.",
        "Come up tall and squeeze your glutes.",
    ),
    reminders=unseen.STANDING,
)  # fmt: skip

#: It begins at the floor.  The trunk drives it, not hip flexion (biomechanics 1.2, D16): plates hide the knees, never
#: shoulders and hips (signals 2).  Whoever squats to a low bell bends it by 22 to 32 degrees (signals 1).
DEADLIFT = Drill(
    key="deadlift",
    spec="D16",
    title="Deadlift",
    summary="Lift a bar or a bell off the floor and stand tall with it.",
    kind="lift",
    start="bent",
    level=5,
    sets=3,
    reps=5,
    rest_s=120,
    tempo="pull steadily, lower in 2 s",
    alone=True,
    easier="romanian_deadlift",
    motion=Motion(driver="trunk", onset=10, least=22, home=10, usual=65, held=0.5, slowest=20),
    # plates hide the legs (signals 2)
    needs=("shoulder", "hip"),
    lights=("back", "hips", "shins", "head"),
    faults=(
        hips.HIPS_FIRST,
        hips.TRUNK_DROPS,
        shins.PULL_DRIFTS,
        hips.LOW_START,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        hips.THRUST,
        head.LOOKS_UP_LOADED,
        head.DROPS,
        head.SHRUGS,
    ),
    unseen=(
        *unseen.EVERYWHERE, unseen.KNEES_CAVE, unseen.GRIP, unseen.BAR_TILT, unseen.PLATES, unseen.SLACK,
        unseen.LEFT_RIGHT,
    ),
    cues=(
        "Bar over your laces, clear floor, nobody behind.",
        "Hips back, hands down, pull the bar tight.",
        "Push the floor away; chest and hips rise together.",
        "Stand tall, then hips back on the way down.",
    ),
    reminders=unseen.STANDING,
    hinge_from=40,
    squat_below=30,
)  # fmt: skip

#: The foot that stays down tells the working side.
ONE_LEG_DEADLIFT = Drill(
    key="one_leg_deadlift",
    spec="D17",
    title="One-leg deadlift",
    summary="Bow on one leg while the other rises behind you in one line.",
    dry=True,
    felt=unseen.FELT_THIGHS,
    level=5,
    reps=6,
    tempo="down 2 to 4 s, up 1 to 2 s",
    side_by="planted",
    alone=True,
    easier="romanian_deadlift",
    motion=Motion(driver="trunk", onset=10, least=30, home=12, home_share=0.2, usual=60),
    front=BOW_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "head", "feet", "tempo"),
    faults=(
        hips.LEG_LINE,
        hips.PELVIS_TILTS,
        knees.STANCE_LOCKED,
        knees.STANCE_BENDS,
        feet.TOUCHES_DOWN,
        hips.SHALLOW_HINGE,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        head.LOOKS_UP,
        head.DROPS,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.PELVIS_TWIST, unseen.LEFT_RIGHT),
    cues=(
        "Stand on the leg nearer the mirror, knee soft.",
        "Head, hips and free heel: one long plank.",
        "A finger on a wall is fine.",
        "Come up tall and squeeze your glutes.",
    ),
    reminders=unseen.STANDING,
)

KETTLEBELL_SWING = Drill(
    key="kettlebell_swing",
    spec="D18",
    title="Kettlebell swing",
    summary="Throw the bell forward with your hips, again and again.",
    kind="swing",
    start="bent",
    pace="quick",
    level=6,
    sets=5,
    reps=10,
    rest_s=90,
    tempo="one swing in 1 to 2.5 s",
    alone=True,
    easier="romanian_deadlift",
    motion=Motion(
        driver="trunk", onset=12, least=30, home=15, usual=65, held=0.1, settled=0.1, quickest=1.0, slowest=2.5
    ),
    needs=("shoulder", "hip"),
    lights=("back", "hips", "head"),
    faults=(
        hips.SQUAT_SWING,
        hips.SWING_LEANS_BACK,
        hips.NOT_TALL,
        hips.ARM_LIFT,
        head.LOOKS_UP_LOADED,
        head.DROPS,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.HIP_SNAP, unseen.GRIP, unseen.BELL_PATH),
    cues=(
        "Clear floor before and behind you.",
        "Swing the bell back between your legs.",
        "Stand up fast: the bell floats to your chest.",
        "Let it fall, then bow.",
    ),
    reminders=unseen.STANDING[1:],
    hinge_from=60,
    squat_below=45,
)

#: Both ankles leave the floor by more than 0.12 shin lengths for a moment; then the stick, for 1.5 s (biomechanics 1.2,
#: D19).
JUMP = Motion(
    driver="ankles_rise", onset=0.06, least=0.12, home=0.06, usual=0.5, settled=1.5, quickest=0.1, slowest=1.0
)

#: Only the stick is judged.  A soft knee shows from the side, caving knees from the front.
JUMP_LANDING = Drill(
    key="jump_landing",
    spec="D19",
    title="Jump and stick",
    summary="Jump, land softly on both feet, and stay where you land.",
    kind="jump",
    pace="quick",
    level=6,
    sets=3,
    reps=3,
    tempo="stay 2 s after landing",
    alone=True,
    easier="squat",
    motion=JUMP,
    front=JUMP,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "feet"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        knees.STIFF_LANDING,
        feet.STEPS,
        hips.LANDS_UPRIGHT,
        hips.LANDS_BOWED,
        feet.UNEVEN,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.CONTACT, unseen.IMPACT, unseen.FOOT_STRIKE),
    cues=(
        "Clear floor, flat shoes or bare feet.",
        "Jump a hand high; the landing is what counts.",
        "Land softly, knees bent, and stay.",
        "Stand tall before the next one.",
    ),
    reminders=unseen.STANDING[:3],
)

LIFTS = (ROMANIAN_DEADLIFT, DEADLIFT, ONE_LEG_DEADLIFT, KETTLEBELL_SWING, JUMP_LANDING)
