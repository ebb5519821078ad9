"""Drills that sit back."""

from __future__ import annotations

from kiosk.drills import unseen
from kiosk.drills.faults import feet, head, hips, knees, tempo
from kiosk.scoring.drill import Drill, Motion
from kiosk.scoring.verdict import View

#: Whoever stays a little bent is counted and told so (F2a), not left waiting.
SIT = Motion(driver="knee", onset=15, least=60, home=15, home_share=0.4, usual=95)
#: How far the hips go down, in trunk lengths: 0.25 counts (biomechanics 1.2, D12), a chair's height is 0.6.
SIT_FROM_FRONT = Motion(driver="hips_down", onset=0.1, least=0.25, home=0.1, usual=0.6)

BOX_SQUAT = Drill(
    key="box_squat",
    spec="D10",
    title="Box squat",
    summary="Sit back to a box, stay for a second, stand up again.",
    level=2,
    reps=8,
    tempo="down 2 s, sit 1 s, up 1 to 2 s",
    learns_seat=True,
    easier="sit_stand",
    motion=Motion(driver="hip_drop", onset=0.12, least=0.35, home=0.12, home_share=0.15, usual=0.70, slowest=8),
    front=SIT_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "head", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        knees.LEAD,
        knees.NO_SIT_BACK,
        hips.LEANS_OVER_SHINS_TO_BOX,
        hips.LEANS_FORWARD_TO_BOX,
        hips.ABOVE_BOX,
        hips.ROCKS,
        tempo.DROPS_ON_BOX,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        head.LOOKS_UP_SQUATTING,
        head.DROPS_SQUATTING,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.BOX_FORCE, unseen.LEFT_RIGHT),
    cues=(
        "Box behind you, a hand's breadth from your heels.",
        "Sit back to it; your shins stay still.",
        "Touch it lightly and stay for one count.",
        "Push the floor away and stand tall.",
    ),
    reminders=unseen.STANDING,
    hinge_from=70,
    squat_below=40,
)

SQUAT = Drill(
    key="squat",
    spec="D11",
    title="Squat",
    summary="Sit back as if to a chair, and stand up again.",
    level=2,
    reps=8,
    tempo="down 2 to 3 s, up 1 to 2 s",
    easier="box_squat",
    motion=SIT,
    front=SIT_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "head", "feet", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        knees.LEAD,
        knees.NO_SIT_BACK,
        hips.LEANS_OVER_SHINS,
        hips.LEANS_FORWARD,
        hips.SHALLOW_SQUAT,
        hips.SHALLOW_FROM_FRONT,
        head.LOOKS_UP_SQUATTING,
        head.DROPS_SQUATTING,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        feet.WIDE_FOR_HIPS,
        feet.NARROW_FOR_HIPS,
        feet.HEELS_LIFT,
        feet.ON_TOES,
        hips.ARMS_STAY,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.TOES_OUT, unseen.KNEE_TURN, unseen.LEFT_RIGHT),
    cues=(
        "Feet under your hips, hands at your sides.",
        "Sit back to a chair; your arms float forward.",
        "Knees point where the feet point.",
        "Head in line with your back.",
        "Push the floor away and stand tall.",
    ),
    reminders=unseen.STANDING,
    # squats measure 2 to 26, half squats 48 to 57, stoops 75 and more (signals 3)
    hinge_from=70,
    squat_below=40,
)

BANDED_SQUAT = Drill(
    key="banded_squat",
    spec="D12",
    title="Banded squat",
    summary="Squat facing the mirror, a band round your knees to push against.",
    view=View.FRONT,
    level=2,
    reps=8,
    tempo="down 2 to 3 s, up 1 to 2 s",
    easier="squat",
    motion=SIT_FROM_FRONT,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "feet", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        hips.SHALLOW_FROM_FRONT,
        feet.WIDE_FOR_HIPS,
        feet.NARROW_FOR_HIPS,
        *tempo.FROM_FRONT,
    ),
    unseen=(*unseen.EVERYWHERE, unseen.BAND, unseen.TOES_OUT, unseen.KNEE_TURN),
    cues=(
        "Band just above your knees; face the mirror.",
        "Push the band apart before you sit.",
        "Keep pushing all the way down and up.",
    ),
    reminders=unseen.STANDING,
    hinge_from=70,
    squat_below=40,
)

#: Plates hide ankles and sometimes knees, arms hide the neck: what is judged there is judged when it is seen.
BARBELL_SQUAT = Drill(
    key="barbell_squat",
    spec="D13",
    title="Barbell squat",
    summary="Squat with a bar on your back, inside safety bars.",
    level=5,
    reps=6,
    rest_s=120,
    tempo="down 2 to 3 s, up 1 to 2 s",
    easier="squat",
    confirm="Has a person shown you this lift, and are the safety bars set?",
    motion=SIT,
    front=SIT_FROM_FRONT,
    needs=("shoulder", "hip", "knee"),
    lights=("back", "hips", "knees", "feet", "tempo"),
    faults=(
        knees.CAVE,
        knees.GAP_NARROWS,
        knees.LEAD,
        knees.NO_SIT_BACK,
        hips.LEANS_OVER_SHINS,
        hips.LEANS_FORWARD,
        hips.SHALLOW_SQUAT,
        hips.SHALLOW_FROM_FRONT,
        hips.NOT_TALL,
        hips.LEAN_BACK,
        feet.WIDE_FOR_HIPS,
        feet.NARROW_FOR_HIPS,
        feet.HEELS_LIFT,
        tempo.QUICK_DOWN,
        tempo.QUICK_UP,
        tempo.BOUNCE,
    ),
    unseen=(
        *unseen.EVERYWHERE, unseen.HEAD_HIDDEN, unseen.TOES_OUT, unseen.BAR_PLACE, unseen.KNEE_TURN, unseen.LEFT_RIGHT,
    ),
    cues=(
        "Safety bars set, nobody behind you.",
        "Big breath, firm belly, before each squat.",
        "Sit back; the bar stays over the middle of your feet.",
        "Push the floor away and stand tall.",
    ),
    reminders=unseen.STANDING,
    hinge_from=70,
    squat_below=40,
)  # fmt: skip

SQUATS = (BOX_SQUAT, SQUAT, BANDED_SQUAT, BARBELL_SQUAT)
