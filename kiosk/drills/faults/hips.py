"""What the hips, and the trunk above them, do."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault
from kiosk.scoring.verdict import View

NOT_TALL = Fault(
    key="F2a",
    light="hips",
    title="Not all the way up",
    measure="lockout",
    green=10,
    red=18,
    grade="A",
    weight=15,
    cue="Finish tall: belt buckle to the wall in front of you.",
    again="Grow until your head nearly touches the ceiling.",
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
    mistake="leans back",
    cue="Stop when you are tall: head to the ceiling.",
    again="Stop as if a wall stood close behind your shoulders.",
)
#: Leaning back moves trunk and thighs alike, so twice F2c's edges: it speaks only of hips that overshoot by themselves.
THRUST = Fault(
    key="DL4",
    light="hips",
    title="Thrusts past straight",
    measure="lockout",
    green=-12,
    red=-24,
    grade="A",
    weight=10,
    mistake="leans back",
    cue="Stop when you stand straight: squeeze, do not thrust.",
    again="Your belt buckle stops at a wall of glass.",
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
    cue="Close a drawer behind you with your hips.",
    again="Touch the wall behind you with your hips.",
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
    again="Let your shirt buttons look further down the wall.",
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
    again="A rope round your waist draws you straight back.",
    yields_to="F3a",
)
#: How far a lean is from a good one, 1 being as far as keypoints and people scatter (biomechanics 4.4).
STAY_AT_BASIN = Fault(
    key="H2",
    light="hips",
    title="Hips stay at the basin",
    measure="stayed_hips",
    green=1.0,
    red=1.5,
    grade="B",
    weight=60,
    view=View.FRONT,
    cue="Half a step back, then slide your hips back.",
    again="Give your hips room, and send them to the wall behind you.",
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
    again="Grow tall, as if a string lifted your collar.",
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
    again="Grow tall, as if a string lifted your collar.",
)
#: Sitting far back to a box with quiet shins takes 10 degrees more (biomechanics 2.3).
LEANS_OVER_SHINS_TO_BOX = replace(LEANS_OVER_SHINS, green=33, red=43)
LEANS_FORWARD_TO_BOX = replace(LEANS_FORWARD, green=60, red=70)
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
    again="Sit as if to a low stool behind you.",
)
#: From the front depth is how far the hips go down: 70 degrees of thigh lower them by 0.6 trunk lengths.
SHALLOW_FROM_FRONT = replace(SHALLOW_SQUAT, measure="range", green=0.45, red=0.35, view=View.FRONT)
ARMS_STAY = Fault(
    key="S7",
    light="hips",
    title="Arms stay down",
    measure="arms_forward",
    green=0.5,
    red=0.2,
    grade="A",
    weight=5,
    amber_only=True,
    cue="Reach for the wall in front as you sit back.",
    again="Hand a tray to someone in front of you.",
)

SITS_ON_HEELS = Fault(
    key="N1",
    light="hips",
    title="Sits on the heels",
    measure="thigh",
    green=45,
    red=60,
    grade="A",
    weight=30,
    cue="Sit only half way back: leave air above your heels.",
    again="Bow as if to greet someone; your heels are no seat.",
)
#: Around the 5 degrees of biomechanics 1.2 (D03); good ones sit back by 10 to 35.
FALLS_FORWARD = Fault(
    key="N2",
    light="hips",
    title="Falls forward",
    measure="thigh",
    green=7,
    red=3,
    grade="A",
    weight=25,
    cue="Send your hips back over your heels as you bow.",
    again="Touch a wall behind you with your hips as you bow.",
)
TRUNK_TIPS = Fault(
    key="E1",
    light="hips",
    title="Trunk tips forward",
    measure="trunk_tip",
    green=8,
    red=15,
    grade="A",
    weight=25,
    cue="Stand tall: only the leg goes back.",
    again="Keep your shirt buttons facing the wall in front.",
)
LEG_LINE = Fault(
    key="L1",
    light="hips",
    title="Free leg leaves the line",
    measure="free_line",
    green=20,
    red=35,
    grade="A",
    weight=20,
    cue="Head, hips and heel: one long plank.",
    again="Reach your heel to the wall behind you.",
)
#: Holding the knee to the chest is another right way (biomechanics 1.2, D09), so never red.
THIGHS_APART = Fault(
    key="L1",
    light="hips",
    title="Thighs drift apart",
    measure="thighs_apart",
    green=20,
    red=35,
    grade="B",
    weight=15,
    amber_only=True,
    cue="Keep both thighs side by side.",
    again="Hold a cushion between your thighs.",
)
PELVIS_TILTS = Fault(
    key="L3",
    light="hips",
    title="Pelvis tilts",
    measure="pelvis_tilt",
    green=8,
    red=14,
    grade="B",
    weight=20,
    view=View.FRONT,
    cue="Keep both pockets at one height.",
    again="Carry a full tray on your hips.",
)

ROCKS = Fault(
    key="X2",
    light="hips",
    title="Rocks on the box",
    measure="rock",
    green=15,
    red=25,
    grade="A",
    weight=10,
    cue="Touch the box and stay as still as it is.",
    again="Sit as if a full cup stood on your head.",
)
ABOVE_BOX = Fault(
    key="X3",
    light="hips",
    title="Does not reach the box",
    measure="off_seat",
    green=0.06,
    red=0.18,
    grade="A",
    weight=15,
    amber_only=True,
    cue="Sit back until you feel the box.",
    again="Reach for the box with your back pockets.",
)
RISES_UPRIGHT = Fault(
    key="T1",
    light="hips",
    title="Rises without leaning",
    measure="seat_lean",
    green=15,
    red=5,
    grade="A",
    weight=10,
    amber_only=True,
    cue="Nose over your toes, then stand.",
    again="Bow to the room before you rise.",
)

#: Hips first: half of the knees' straightening done before the trunk begins to rise (signals 4.3: 0.7 where it was
#: seen, 0.3 in a trained lifter's good pull).
HIPS_FIRST = Fault(
    key="DL1",
    light="hips",
    title="Hips shoot up first",
    measure="hips_first",
    green=0.5,
    red=0.6,
    grade="A",
    weight=25,
    mistake="hips first",
    cue="Push the floor away: chest and hips rise together.",
    again="Pull your collar up as fast as your pockets.",
)
#: Support for it: trained lifters drop the hips and gain 14 degrees without a fault (signals 2), so above that, and
#: never red alone.
TRUNK_DROPS = replace(
    HIPS_FIRST, title="Chest drops as the hips rise", measure="early_rise", green=15, red=22, amber_only=True
)
LOW_START = Fault(
    key="DL3",
    light="hips",
    title="Starts like a squat",
    measure="set_knee",
    green=95,
    red=110,
    grade="A",
    weight=10,
    amber_only=True,
    cue="Hips higher before you pull: a bow, not a squat.",
    again="Raise your back pockets until the bar is over your laces.",
)
SQUAT_SWING = replace(
    SQUATS,
    key="K1",
    title="Squats the swing",
    green=60,
    red=45,
    yields_to="",
    cue="Bow to the bell: hips back, knees only soft.",
    again="Close a drawer behind you with every swing.",
)
ARM_LIFT = Fault(
    key="K2",
    light="hips",
    title="Arms lift the bell",
    measure="hands_up",
    green=0.25,
    red=0.50,
    grade="B",
    weight=10,
    amber_only=True,
    cue="Let the bell float no higher than your chest.",
    again="Your arms are ropes; your hips throw.",
)
#: By the hips, not the trunk (biomechanics 1.2, D18): against a bell that floats the whole body leans, one line from
#: knees to shoulders, by 9 to 16 degrees in 15 swings that nobody faulted, with hips at most 11 past where people stand
#: (the unlabelled swing of signals 2).  And of who begins bent at the bell no own standing is known, so that a camera
#: that hangs askew shows in the trunk, but not in the hips.
SWING_LEANS_BACK = replace(
    THRUST,
    key="K3",
    title=LEAN_BACK.title,
    weight=15,
    mistake="",
    cue="Finish like a tall plank, not past it.",
    again=LEAN_BACK.again,
)

NOT_UP = Fault(
    key="B1",
    light="hips",
    title="Hips stay low",
    measure="bridge_top",
    green=-0.08,
    red=-0.12,
    grade="A",
    weight=30,
    cue="Lift your belt buckle towards the ceiling.",
    again="Make one straight ramp from shoulders to knees.",
)
ARCHES = Fault(
    key="B2",
    light="hips",
    title="Arches past the line",
    measure="bridge_top",
    green=0.04,
    red=0.07,
    grade="B",
    weight=20,
    cue="Stop when shoulders, hips and knees are one line.",
    again="Lower your belt buckle until the ramp is straight.",
)
SAGS = Fault(
    key="P1",
    light="hips",
    title="Hips sag",
    measure="line",
    green=0.04,
    red=0.07,
    grade="A",
    weight=40,
    cue="Draw your belt buckle away from the floor.",
    again="Be a broomstick from head to heels.",
)
PIKES = Fault(
    key="P2",
    light="hips",
    title="Hips too high",
    measure="line",
    green=-0.04,
    red=-0.07,
    grade="A",
    weight=40,
    cue="Lower your hips until you are one straight plank.",
    again="Let a marble roll from your shoulders to your heels.",
)
LANDS_UPRIGHT = Fault(
    key="J1",
    light="hips",
    title="Lands bolt upright",
    measure="stick_trunk",
    green=15,
    red=5,
    grade="B",
    weight=10,
    amber_only=True,
    cue="Let your hips go back as you land.",
    again="Land as if to sit on a stool behind you.",
)
LANDS_BOWED = replace(
    LANDS_UPRIGHT,
    title="Folds over in the landing",
    green=55,
    red=65,
    cue="Show the front of your shirt to the wall as you land.",
    again="Land as if a string lifted your collar.",
)
