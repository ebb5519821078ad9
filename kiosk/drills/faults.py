"""The mistakes the mirror can light, and what it cannot see: shared by the drills.

Edges are those of biomechanics 2.2 to 2.4, on differences from the person's own standing; where signals measured people
otherwise, the comment says so.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault, Unseen

NOT_TALL = Fault(
    key="F2a",
    light="hips",
    title="Not all the way up",
    measure="lockout",
    green=10,
    red=18,
    grade="A",
    weight=15,
    cue="Finish tall: bring your belt buckle to the wall in front of you.",
)
LEAN_BACK = Fault(
    key="F2c",
    light="hips",
    title="Leans back at the top",
    measure="top_trunk",
    green=-6,
    red=-12,
    grade="A",
    weight=10,
    cue="Stop when you stand tall: crown of the head to the ceiling.",
)
LOCKED_KNEES = Fault(
    key="F3a",
    light="knees",
    title="Knees locked",
    measure="knee",
    green=12,
    red=7,
    grade="A",
    weight=20,
    cue="Let your knees go soft, as if a spring sat behind them.",
)
SHIN_FORWARD = Fault(
    key="F3b",
    light="shins",
    title="Shins tip forward",
    measure="shin",
    green=10,
    red=15,
    grade="A",
    weight=20,
    mistake="shins forward",
    cue="Keep your shins like two posts in the floor.",
)
#: People who bow with straight legs take the shin back by 16 in the middle (signals 3); that is F3a's to say, so only a
#: shin further back than all but the straightest of them is a fault of its own.
SHIN_BACK = Fault(
    key="F3b",
    light="shins",
    title="Shins tip back",
    measure="shin",
    green=-16,
    red=-24,
    grade="A",
    weight=20,
    cue="Feel the whole foot on the floor and keep your shins upright.",
)
KNEE_TRAVEL = Fault(
    key="F4",
    light="shins",
    title="Knees travel forward",
    measure="knee_travel",
    green=0.12,
    red=0.22,
    grade="A",
    weight=20,
    mistake="shins forward",
    cue="Leave your knees where they are; send your pockets to the wall behind you.",
)
#: People whose lifts nobody faulted look up by 20 to 38 here, with straight and rounded backs alike (signals 1, 2): -15
#: would nag every one of them.  -30 in drills that practise a long neck, and never red (signals 4.5: weak words).
LOOKING_UP = Fault(
    key="F9a",
    light="head",
    title="Looks up",
    measure="neck",
    green=-30,
    red=-45,
    grade="B",
    weight=20,
    amber_only=True,
    mistake="head",
    cue="Let your eyes slide down to the floor as your chest goes down.",
)
#: With a load people look where they go: the edge lies where the unfaulted lifts end.
LOOKING_UP_LOADED = replace(LOOKING_UP, green=-38, red=-53)
HEAD_DROPS = Fault(
    key="F9b",
    light="head",
    title="Head drops",
    measure="neck",
    green=20,
    red=35,
    grade="B",
    weight=20,
    amber_only=True,
    mistake="head",
    cue="Reach the crown of your head away from your hips.",
)
#: The index is restless in shallow bends (signals 3): there an amber one is no news beside F12.
SQUATS = Fault(
    key="F10",
    light="hips",
    title="Squats instead of hinging",
    measure="hinge_index",
    green=70,
    red=50,
    grade="A",
    weight=30,
    yields_to="F12",
    cue="Close a drawer behind you with your hips: back, not down.",
)
SHALLOW_HINGE = Fault(
    key="F12",
    light="hips",
    title="Stops early",
    measure="range",
    green=40,
    red=30,
    grade="A",
    weight=15,
    amber_only=True,
    cue="Bow a little further, as far as your back stays long.",
)
HIPS_STAY = Fault(
    key="F13",
    light="hips",
    title="Hips do not go back",
    measure="retreat_share",
    green=0.6,
    red=0.4,
    grade="A",
    weight=15,
    cue="Reach for the wall behind you with your hips.",
)
QUICK_DOWN = Fault(
    key="F14",
    light="tempo",
    title="Too quick on the way down",
    measure="down_s",
    green=1.5,
    red=1.0,
    grade="A",
    weight=10,
    mistake="tempo",
    cue="Take two slow counts on the way down.",
)
QUICK_UP = Fault(
    key="F14",
    light="tempo",
    title="Too quick on the way up",
    measure="up_s",
    green=0.6,
    red=0.4,
    grade="A",
    weight=10,
    mistake="tempo",
    cue="Come up at a steady pace.",
)
#: Nobody goes down to a load in slow counts: the shoulders of people whose floor pick-ups nobody faulted take 0.6 to
#: 1.0 s (people of signals 1), so only a drop counts (biomechanics 1.2, D23: jerk).
SNATCH_DOWN = replace(
    QUICK_DOWN, title="Drops down to it", green=0.6, red=0.4, cue="Go down to it as if it were full to the brim."
)
SNATCH_UP = replace(QUICK_UP, title="Snatches it up", cue="Take up the weight first, then lift.")
#: Sitting down in 1.2 to 2 s is how people do it; quicker ends in a drop.
SIT_QUICK = replace(
    QUICK_DOWN, title="Drops onto the chair", green=1.2, red=0.8, cue="Meet the chair as if it were asleep."
)
BOUNCE = Fault(
    key="F16",
    light="tempo",
    title="Bounces at the bottom",
    measure="bounces",
    green=0.5,
    red=1.5,
    grade="B",
    weight=5,
    cue="One smooth way down, one smooth way up.",
)
KNEES_BEND = Fault(
    key="F17",
    light="knees",
    title="Knees bend too much",
    measure="knee",
    green=35,
    red=50,
    grade="A",
    weight=15,
    yields_to="F10",
    cue="Soft knees only: let the hips do the travelling.",
)
KNEES_LEAD = Fault(
    key="S2",
    light="knees",
    title="Knees take the load",
    measure="shin",
    green=35,
    red=42,
    grade="A",
    weight=25,
    mistake="knees lead",
    cue="Sit towards a chair behind you and leave your knees over your laces.",
)
NO_SIT_BACK = Fault(
    key="S2",
    light="knees",
    title="Does not sit back",
    measure="hip_retreat",
    green=0.30,
    red=0.20,
    grade="A",
    weight=25,
    mistake="knees lead",
    cue="Reach back for the chair before you go down.",
)
#: 15 and 25 with the 8 degrees that long thighs need (biomechanics 2.3): gym squats measured 22 (signals 3).
LEANS_OVER_SHINS = Fault(
    key="S3",
    light="hips",
    title="Leans further than the shins",
    measure="lean",
    green=23,
    red=33,
    grade="A",
    weight=20,
    mistake="leans",
    cue="Show the front of your shirt to the wall before you.",
)
LEANS_FORWARD = Fault(
    key="S3",
    light="hips",
    title="Leans too far forward",
    measure="trunk",
    green=50,
    red=60,
    grade="A",
    weight=20,
    mistake="leans",
    cue="Show the front of your shirt to the wall before you.",
)
#: Deep enough is 0.8 of the usual 70 degrees of thigh (the height of a chair: 50 to 80, biomechanics 1.2).
SHALLOW_SQUAT = Fault(
    key="S8",
    light="hips",
    title="Not deep enough",
    measure="thigh",
    green=56,
    red=44,
    grade="A",
    weight=15,
    amber_only=True,
    cue="Go down to the height of a chair.",
)

#: What no drill's seventeen points can show (biomechanics 0.9, 3; signals 2).
LOWER_BACK = Unseen(
    key="F1a",
    what="lower back",
    why="The camera sees your shoulders and hips, not the curve of your back between them.",
)
PELVIS = Unseen(key="F2b", what="pelvis", why="How your pelvis tilts cannot be told from outside your clothes.")
FEET = Unseen(
    key="F6c", what="feet", why="Toes and arches are too small for this camera: feel big toe, little toe and heel."
)
MUSCLES = Unseen(
    key="F7", what="muscles", why="Only you can feel the stretch at the back of the thighs and the squeeze at the top."
)
RIBS = Unseen(key="F8", what="ribs", why="Whether your ribs lift is hidden from the side.")
BRACE = Unseen(key="S5", what="brace", why="A firm belly looks like a soft one.")
KNEES_IN = Unseen(key="S1", what="knees inward", why="From the side nobody can see whether your knees drift inward.")
TWIST = Unseen(key="TWIST", what="twist", why="Turning while you bend needs a second view.")
HANDS = Unseen(key="HANDS", what="push of the hands", why="How hard your hands push off cannot be seen.")

#: Reminders for what cannot be seen, in the order in which they come round (biomechanics 2.5).
REMINDERS = (
    "Big toe, little toe, heel: all three on the floor?",
    "Ribs down.",
    "Firm belly, as before a nudge.",
    "Squeeze at the top.",
)
