"""Drills for the trunk, on the floor or over a ball."""

from __future__ import annotations

from kiosk.drills import unseen
from kiosk.drills.faults import head, hips, knees
from kiosk.scoring.drill import Drill, Motion

#: How high the back is arched over its chord, in lengths of it, + is cat: simulated people go from +0.12 to -0.10, and
#: 60 % of the own best, of which nothing is known before, is 0.06 to 0.07 (biomechanics 1.2, D05).
ARCH = Motion(driver="back_sagitta", onset=0.03, least=0.05, home=0.03, usual=0.12, slowest=30)
#: Where the outline is not seen the head tells which end it is: dropped by 20 degrees is cat, lifted by 20 is cow.
NOD = Motion(driver="neck", onset=10, least=20, home=10, usual=35, slowest=30)

#: It is only counted; and it tells how far this back goes.
CAT_COW = Drill(
    key="cat_cow",
    spec="D05",
    title="Cat and cow",
    summary="On hands and knees: round your back slowly, then let it hang.",
    kind="alternation",
    start="all_fours",
    level=0,
    sets=1,
    reps=6,
    tempo="2 to 4 s each way",
    motion=ARCH,
    without_outline=NOD,
    needs=("ear", "shoulder", "hip"),
    lights=("back",),
    faults=(),
    tells=("flexed", "extended"),
    unseen=(*unseen.EVERYWHERE, unseen.SPINAL_LEVEL),
    cues=(
        "Hands under shoulders, knees under hips.",
        "Cat: back to the ceiling, head down.",
        "Cow: belly to the floor, head up.",
        "Explore both ends, settle in the middle.",
    ),
    reminders=(unseen.BREATHE,),
)

#: The hips below the line from shoulder to ankle, as a share of it.  Hips on the floor are at 0.13 and read 0.10, so
#: beyond that a hold is over; and it begins nearer to the line than the 0.10 of biomechanics 1.2 (D20), or who rests
#: before it would be told to sag.
PLANK = Drill(
    key="plank",
    spec="D20",
    title="Forearm plank",
    summary="Hold one straight line from head to heels, on your forearms.",
    kind="hold",
    start="plank",
    pace="still",
    level=1,
    sets=3,
    reps=1,
    hold_s=20,
    rest_s=45,
    tempo="hold 20 s",
    motion=Motion(driver="line", onset=0.05, least=0.10, home=0.085, usual=0.10, held=1.0, settled=0.5, kept=True),
    needs=("shoulder", "hip", "ankle"),
    lights=("back", "hips", "head"),
    faults=(hips.SAGS, hips.PIKES, head.LOOKS_UP_IN_PLANK, head.DROPS, head.ELBOWS_AWAY),
    unseen=(*unseen.EVERYWHERE, unseen.SHOULDER_BLADES, unseen.SMALL_NECK),
    cues=(
        "Side to the mirror, elbows under your shoulders.",
        "One straight line from head to heels.",
        "Look at the floor between your hands.",
        "Keep breathing.",
    ),
    reminders=unseen.HELD,
)

BALL_CURL_UP = Drill(
    key="ball_curl_up",
    spec="D21",
    title="Ball curl-up",
    summary="Lie back over a big ball and curl up slowly. It is counted, not judged.",
    start="reclined",
    level=2,
    reps=8,
    tempo="up 2 s, down 2 s",
    easier="brace",
    motion=Motion(driver="trunk", onset=7, least=15, home=6, usual=30),
    needs=("shoulder", "hip"),
    lights=("back", "head"),
    faults=(head.PULLS_NECK,),
    unseen=(*unseen.EVERYWHERE, unseen.SPINE_CURL, unseen.NECK_PULL),
    cues=(
        "Ball under your back, feet wide and flat.",
        "Hands carry the head; they do not pull.",
        "Ribs towards your hips, slowly.",
        "Lower slowly.",
    ),
    reminders=(unseen.CHIN_STAYS, unseen.BREATHE, *unseen.FLOOR[:2]),
)

REVERSE_CRUNCH = Drill(
    key="reverse_crunch",
    spec="D22",
    title="Reverse crunch",
    summary="On your back, curl the hips off the floor. It is counted, not judged.",
    start="legs_up",
    level=2,
    reps=8,
    tempo="up 2 s, down 2 s, no swing",
    easier="brace",
    motion=Motion(driver="curl", onset=0.08, least=0.20, home=0.08, usual=0.30),
    needs=("shoulder", "hip", "knee"),
    lights=("back", "knees"),
    faults=(knees.DRIFT_OPEN, knees.DRIFT_SHUT),
    unseen=(*unseen.EVERYWHERE, unseen.SPINE_CURL, unseen.NECK_PULL),
    cues=(
        "On your back, side to the mirror, knees over hips.",
        "Shins level, like a table top.",
        "Roll your hips off the floor, knees to chest.",
        "Lower slowly; no swinging.",
    ),
    reminders=("Slowly: two counts each way.", unseen.BREATHE, *unseen.FLOOR[:2]),
)

FLOOR = (CAT_COW, PLANK, BALL_CURL_UP, REVERSE_CRUNCH)
