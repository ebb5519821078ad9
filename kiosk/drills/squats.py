"""Drills that sit down."""

from __future__ import annotations

from kiosk.drills import faults
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import View

SQUAT = Drill(
    key="squat",
    spec="D11",
    title="Squat",
    summary="Sit back as if to a chair, and stand up again.",
    view=View.SIDE,
    kind="rep",
    level=2,
    reps=8,
    driver="knee",
    onset=15,
    least=60,
    home=15,
    # whoever stays a little bent is counted and told so (F2a), not left waiting
    home_share=0.4,
    usual=95,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "head", "tempo"),
    faults=(
        faults.KNEES_LEAD,
        faults.NO_SIT_BACK,
        faults.LEANS_OVER_SHINS,
        faults.LEANS_FORWARD,
        faults.SHALLOW_SQUAT,
        faults.LOOKING_UP,
        faults.HEAD_DROPS,
        faults.NOT_TALL,
        faults.LEAN_BACK,
        faults.QUICK_DOWN,
        faults.QUICK_UP,
        faults.BOUNCE,
    ),
    unseen=(faults.LOWER_BACK, faults.KNEES_IN, faults.FEET, faults.BRACE),
    cues=(
        "Feet under your hips, hands at your sides.",
        "Sit back; the knees point where the feet point.",
        "Head in line with your back.",
        "Push the floor away and stand tall.",
    ),
    reminders=faults.REMINDERS,
    # squats measure 2 to 26, half squats 48 to 57, stoops 75 and more (signals 3)
    hinge_from=70,
    squat_below=40,
)

SIT_STAND = Drill(
    key="sit_stand",
    spec="D24",
    title="Sit down, stand up",
    summary="Sit on a chair without dropping, stand up tall.",
    view=View.SIDE,
    kind="rep",
    level=1,
    reps=8,
    driver="hip_drop",
    onset=0.12,
    least=0.35,
    home=0.12,
    home_share=0.15,
    usual=0.80,
    needs=("shoulder", "hip", "knee", "ankle"),
    lights=("back", "hips", "knees", "tempo"),
    faults=(
        faults.KNEES_LEAD,
        faults.NO_SIT_BACK,
        faults.NOT_TALL,
        faults.LEAN_BACK,
        faults.SIT_QUICK,
        faults.QUICK_UP,
    ),
    unseen=(faults.LOWER_BACK, faults.KNEES_IN, faults.FEET, faults.HANDS),
    cues=(
        "Heels near the chair, nose over your toes.",
        "Touch the chair as if it were asleep.",
        "Push the floor away and stand tall.",
    ),
    reminders=faults.REMINDERS[:3],
    hinge_from=70,
    squat_below=40,
)

SQUATS = (SQUAT, SIT_STAND)
