"""What a day asks for: lifting things, sitting down, standing at a basin, a firm belly."""

from __future__ import annotations

from dataclasses import replace

from kiosk.drills import unseen
from kiosk.drills.faults import back, feet, head, hips, knees, tempo
from kiosk.drills.squats import SIT_FROM_FRONT
from kiosk.scoring.drill import Drill, Motion
from kiosk.scoring.verdict import View

#: The shoulders' way down drives it: a squatting person's trunk bends by hardly 25 degrees (signals 1) and still picks
#: up, and the load hides knees and ankles but never the shoulders (signals 2).
PICK_UP = Drill(
    key="pick_up",
    spec="D23",
    title="Pick something up",
    summary="Lift from the floor your own way: the mirror tells you which way it was.",
    level=2,
    sets=1,
    reps=5,
    tempo="steady, no snatching",
    easier="hinge",
    takes_up=True,
    motion=Motion(driver="shoulder_drop", onset=0.12, least=0.5, home=0.15, home_share=0.15, usual=1.0),
    front=Motion(driver="shoulders_down", onset=0.12, least=0.5, home=0.15, home_share=0.15, usual=1.0),
    needs=("shoulder", "hip"),
    lights=("back", "hips", "knees", "head", "feet", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        back.ROUNDS_PICKING_UP,
        back.ARCHES,
        hips.HIPS_FIRST,
        feet.TOO_FAR,
        head.LOOKS_UP_LOADED,
        head.DROPS,
        tempo.SNATCH_DOWN,
        tempo.SNATCH_UP,
        tempo.BOUNCE,
    ),
    tells=("lumbar", "thoracic"),
    unseen=(unseen.UPPER_BACK, unseen.CHEST, *unseen.WHATEVER_OUTLINE, unseen.WEIGHT, unseen.TWIST),
    cues=(
        "Step close: the load between your feet.",
        "Bend your hips and your knees together.",
        "Push the floor away.",
    ),
    reminders=unseen.STANDING[:3],
    # a correct lift of a low bell has 41 to 56, squatting ones 14 to 37 (signals 1, 3, 4.1)
    hinge_from=40,
    squat_below=30,
)

SIT_STAND = Drill(
    key="sit_stand",
    spec="D24",
    title="Sit down, stand up",
    summary="Sit on a chair without dropping, stand up tall.",
    level=1,
    reps=8,
    tempo="down 2 s, up 1 to 2 s",
    learns_seat=True,
    motion=Motion(driver="hip_drop", onset=0.12, least=0.35, home=0.12, home_share=0.15, usual=0.80),
    front=SIT_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        knees.LEAD,
        knees.NO_SIT_BACK,
        tempo.DROPS_ON_CHAIR,
        hips.RISES_UPRIGHT,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        tempo.SIT_QUICK,
        tempo.QUICK_UP,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.HANDS, unseen.LEFT_RIGHT),
    cues=(
        "Heels near the chair, nose over your toes.",
        "Touch the chair as if it were asleep.",
        "Push the floor away and stand tall.",
    ),
    reminders=unseen.STANDING[:3],
    hinge_from=70,
    squat_below=40,
)

#: The shoulders' way down in shoulder widths (biomechanics 4.4: dv); the legs are behind the basin.
SINK = Drill(
    key="sink",
    spec="D04",
    title="Sink check",
    summary="Lean over the basin from the hips, with a long neck.",
    view=View.FRONT,
    kind="hold",
    pace="still",
    level=0,
    sets=1,
    reps=1,
    hold_s=20,
    tempo="as long as you wash",
    # who leans far over the basin shows the camera nothing but hair, and comes up again
    motion=Motion(
        driver="lean_near",
        onset=0.06,
        least=0.12,
        home=0.08,
        usual=0.45,
        held=0.5,
        unseen=20.0,
        quickest=3.0,
        over=1.5,
        reddens=3.0,
        lasts=3.0,
    ),
    needs=("ear", "shoulder"),
    lights=("back", "hips", "head"),
    faults=(hips.STAY_AT_BASIN, head.EARS_SINK),
    tells=("hunch",),
    unseen=(*unseen.EVERYWHERE, unseen.LEGS, unseen.CARRYING_LEG),
    cues=("Half a step back from the basin.", "Slide your hips back.", "Long neck: ears far from your shoulders."),
    reminders=unseen.HELD,
)

#: From beside the basin trunk, neck and back are measured as in a hinge, from the waist up (biomechanics 4.5).
SINK_SIDE = replace(
    SINK,
    key="sink_side",
    title="Sink check, from beside",
    view=View.SIDE,
    motion=replace(SINK.motion, driver="trunk", onset=8, least=15, home=10, usual=35, unseen=0.7),
    needs=("ear", "shoulder", "hip"),
    lights=("back", "head"),
    faults=(back.ROUNDS, back.HUNCHES, head.DROPS),
    tells=(),
    unseen=(unseen.HOLLOW_BACK, unseen.CHEST, *unseen.WHATEVER_OUTLINE, unseen.LEGS, unseen.CARRYING_LEG),
)

#: Hands that hang lie a trunk length and more below the shoulders, on the sides of the waist a third of one higher.
HANDS_TO_SIDES = Motion(driver="hands_up", onset=0.10, least=0.18, home=0.12, usual=0.33, held=0.5, quickest=3.0)

BRACE = Drill(
    key="brace",
    spec="D06",
    title="Brace",
    summary="Firm your belly for five seconds; the mirror keeps the time.",
    felt="Did your belly stay firm to the end?",
    kind="timer",
    pace="still",
    level=0,
    sets=1,
    reps=5,
    hold_s=5,
    rest_s=30,
    tempo="hold 5 s, let go, breathe",
    motion=HANDS_TO_SIDES,
    front=HANDS_TO_SIDES,
    needs=("shoulder", "hip"),
    lights=("back",),
    faults=(),
    unseen=unseen.EVERYWHERE,
    cues=(
        "Ribs down, lower belly firm.",
        "Hands press into your sides: the clock runs.",
        "Keep breathing; after five seconds let the hands drop.",
    ),
    reminders=(unseen.BREATHE, unseen.RIBS_DOWN, unseen.FIRM_BELLY),
)

DAILY = (PICK_UP, SIT_STAND, SINK, SINK_SIDE, BRACE)
