"""What seventeen points cannot show, drill by drill: shown as "check yourself" (biomechanics 0.9, 1.2, 3; signals 2).

And the reminders for it, in the order in which they come round (biomechanics 2.5), and what is asked of it after a set.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Unseen

TRIPOD = "Big toe, little toe, heel: all three on the floor?"
RIBS_DOWN = "Ribs down, like a lid on a pot."
FIRM_BELLY = "Firm belly, as if somebody might nudge you."
SQUEEZE = "Squeeze your glutes at the top."
BREATHE = "Keep breathing, in and out."
THREE_POINTS = "Stick: do head, shoulder blades and tailbone touch?"
KNEES_OVER_LACES = "Knees over your shoelaces?"
CHIN_STAYS = "Chin stays where it is; hands only carry the head."

TOUCHING = "Did all three points touch: head, upper back, tailbone?"
LONG_BACK = "Was your back long all along, as with the stick?"
FELT_THIGHS = "Did you feel it along the back of your thighs?"
FELT_BUTTOCKS = "Did you feel it in your buttocks?"

#: For drills done on two feet; of those done lying; and of holds.
STANDING = (TRIPOD, RIBS_DOWN, FIRM_BELLY, SQUEEZE)
FLOOR = (RIBS_DOWN, FIRM_BELLY, SQUEEZE)
HELD = (BREATHE, RIBS_DOWN, FIRM_BELLY)

LOWER_BACK = Unseen(
    key="F1a",
    what="lower back",
    why="The camera sees your shoulders and hips, not the curve of your back between them.",
)
HOLLOW_BACK = Unseen(key="F1b", what="lower back", why="A hollow back looks like a straight one to this camera.")
UPPER_BACK = Unseen(
    key="F11", what="upper back", why="Rounded shoulders move no joint that the camera knows: check with a stick."
)
CHEST = Unseen(key="F18", what="upper back", why="Whether the chest leads is a curve of the back, not of the joints.")
PELVIS = Unseen(key="F2b", what="pelvis", why="How your pelvis tilts cannot be told from outside your clothes.")
TOES = Unseen(key="F6c", what="toes", why="Toes and arches are too small for this camera.", reminder=TRIPOD)
MUSCLES = Unseen(key="F7", what="muscles", why="Only you can feel what stretches and what squeezes.", reminder=SQUEEZE)
RIBS = Unseen(key="F8", what="ribs", why="Whether your ribs lift is hidden by arms and shirt.", reminder=RIBS_DOWN)
BRACE = Unseen(key="S5", what="brace", why="A firm belly looks like a soft one.", reminder=FIRM_BELLY)
BREATH = Unseen(key="BREATH", what="breath", why="The camera cannot see you breathe.", reminder=BREATHE)

#: What no drill can show; and what none shows that asks nothing of the back's outline.
WHATEVER_OUTLINE = (PELVIS, TOES, MUSCLES, RIBS, BRACE, BREATH)
EVERYWHERE = (LOWER_BACK, HOLLOW_BACK, UPPER_BACK, CHEST, *WHATEVER_OUTLINE)
#: With a stick along the back the stick tells what the camera cannot.
WITH_STICK = (
    replace(LOWER_BACK, why="The camera cannot see it; your stick can: three points touch.", reminder=THREE_POINTS),
    *EVERYWHERE[1:],
)

LEFT_RIGHT = Unseen(
    key="F15",
    what="left and right",
    why="Only the side near the mirror is seen; seen both in turn, the summary says what differs.",
)
KNEES_CAVE = Unseen(
    key="F5b", what="knees inward", why="From the side nobody can see knees drift inward.", reminder=KNEES_OVER_LACES
)
KNEELING_FEET = Unseen(key="KNEELING_FEET", what="feet", why="Your feet are hidden behind you.")
LEGS = Unseen(key="LEGS", what="legs", why="The basin hides your legs.")
CARRYING_LEG = Unseen(
    key="CARRYING_LEG", what="which leg carries", why="Weight on one leg does not show over the basin."
)
SPINAL_LEVEL = Unseen(key="SPINAL_LEVEL", what="which part moves", why="Which part of the back moves stays hidden.")
PELVIS_TWIST = Unseen(key="PELVIS_TWIST", what="pelvis twist", why="A turn of the pelvis hides behind its near side.")
BAND = Unseen(key="BAND", what="band", why="The camera cannot see the band or how tight it is.")
PELVIS_DROP = Unseen(key="PELVIS_DROP", what="pelvis drop", why="From the side one hip hides the other.")
HEEL_PRESSURE = Unseen(key="HEEL_PRESSURE", what="push of the heels", why="How hard your heels push cannot be seen.")
BOX_FORCE = Unseen(key="BOX_FORCE", what="weight on the box", why="How heavily you sit cannot be seen.")
TOES_OUT = Unseen(
    key="TOES_OUT",
    what="toe direction",
    why="The camera knows ankles, not toes: line your feet up with the mark on the floor.",
)
BAR_PLACE = Unseen(key="BAR_PLACE", what="bar position", why="The camera sees you, not the bar.")
KNEE_TURN = Unseen(key="KNEE_TURN", what="knee rotation", why="A thigh that turns keeps its place in the picture.")
HEAD_HIDDEN = Unseen(key="S4", what="head", why="Bar and raised arms hide ears and shoulders: the neck is a guess.")
SLIP = Unseen(key="SLIP", what="roller on the foot", why="The camera does not know the roller's lower end.")
HAND_LOAD = Unseen(key="HAND_LOAD", what="push of the palm", why="How hard your palm pushes cannot be seen.")
GRIP = Unseen(key="GRIP", what="grip", why="Fingers are too small for this camera.")
BAR_TILT = Unseen(key="BAR_TILT", what="bar tilt", why="From the side a tilted bar looks level.")
PLATES = Unseen(key="PLATES", what="shins", why="Plates hide shins and ankles near the floor.")
SLACK = Unseen(
    key="SLACK",
    what="loose bar",
    why="Whether the bar is tight before it leaves the floor cannot be seen.",
    reminder="Pull the bar tight before it leaves the floor.",
)
HIP_SNAP = Unseen(
    key="HIP_SNAP", what="timing of the hips", why="The order of hip and shoulder is quicker than this camera."
)
BELL_PATH = Unseen(key="BELL_PATH", what="path of the bell", why="The bell passes behind your legs.")
CONTACT = Unseen(key="CONTACT", what="first contact", why="The moment of landing falls between two pictures.")
IMPACT = Unseen(key="IMPACT", what="impact", why="How hard you land can be heard, not seen.")
FOOT_STRIKE = Unseen(
    key="FOOT_STRIKE", what="ball or heel first", why="Which part of the foot lands first is too quick."
)
SHOULDER_BLADES = Unseen(
    key="SHOULDER_BLADES",
    what="shoulder blades",
    why="Shoulder blades sink without moving a joint that is seen.",
    reminder="Push the floor away with your forearms.",
)
SMALL_NECK = Unseen(
    key="SMALL_NECK", what="small neck moves", why="Small moves of the neck are too small for this camera."
)
SPINE_CURL = Unseen(key="SPINE_CURL", what="curl of the spine", why="The camera counts the curl but sees no spine.")
NECK_PULL = Unseen(
    key="NECK_PULL", what="pull on the neck", why="Whether your neck is pulled cannot be seen.", reminder=CHIN_STAYS
)
WEIGHT = Unseen(key="WEIGHT", what="weight of the load", why="A full box looks like an empty one.")
TWIST = Unseen(key="TWIST", what="twist", why="Turning while you bend needs a second view.")
HANDS = Unseen(key="HANDS", what="push of the hands", why="How hard your hands push off cannot be seen.")
