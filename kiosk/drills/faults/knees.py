"""What the knees do."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault
from kiosk.scoring.verdict import View

LOCKED = Fault(
    key="F3a",
    light="knees",
    title="Knees locked",
    measure="knee",
    green=12,
    red=7,
    grade="A",
    weight=20,
    cue="Let your knees go soft, as if a spring sat behind them.",
    again="Stand as if on a boat: knees soft.",
    # who locks the knees can hardly send the hips back, and who keeps the hips over the feet hardly bends the knees:
    # the larger of the two is the cause
    yields_to="F13",
)
BEND = Fault(
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
    again="Leave your knees where they are, like two door posts.",
)
#: Knees that stay as they are (biomechanics 1.2, D15: a spread of 8).  From standing tall to 22 degrees and back, in
#: the middle of what is right, reads 10 here already, and the camera's noise adds 3 to 5: hence 15.
CHANGE = Fault(
    key="F17",
    light="knees",
    title="Knees keep changing",
    measure="knee_spread",
    green=15,
    red=22,
    grade="A",
    weight=5,
    amber_only=True,
    yields_to="F10",
    cue="Set your knees soft once, then leave them.",
    again="Your knees are set in plaster; your hips are not.",
)
#: On one leg, and on the leg that stands beside the roller (biomechanics 1.2, D14, D17).
STANCE_LOCKED = replace(
    LOCKED,
    measure="stance_knee",
    green=8,
    red=4,
    cue="Let your standing knee go soft, as if on a spring.",
    again="Stand as if on a boat: standing knee soft.",
    yields_to="",
)
STANCE_BENDS = replace(
    BEND,
    measure="stance_knee",
    green=30,
    red=45,
    yields_to="",
    cue="Standing knee only soft: let your hips travel.",
    again="Leave your standing knee where it is, like a door post.",
)
ROLLER_STANCE_LOCKED = replace(STANCE_LOCKED, green=10, red=5)
ROLLER_STANCE_BENDS = replace(STANCE_BENDS, green=35, red=50)
STANDING_LEG_BENDS = Fault(
    key="E2",
    light="knees",
    title="Standing knee bends",
    measure="stance_knee",
    green=15,
    red=25,
    grade="A",
    weight=15,
    cue="Stand tall on your standing leg.",
    again="Make the standing leg a firm post.",
)
LEAD = Fault(
    key="S2",
    light="knees",
    title="Knees take the load",
    measure="shin",
    green=35,
    red=42,
    grade="A",
    weight=25,
    mistake="knees lead",
    cue="Sit towards a chair behind you.",
    again="Keep your knees behind a wall at your toes.",
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
    again="Touch the wall behind you with your hips, then sit.",
)
CAVE = Fault(
    key="S1",
    light="knees",
    title="Knees cave in",
    measure="valgus",
    green=8,
    red=13,
    grade="B",
    weight=30,
    view=View.FRONT,
    mistake="knees cave",
    cue="Point your knees over your shoelaces.",
    again="Spread the floor apart with your feet.",
)
GAP_NARROWS = replace(CAVE, title="Knees come together", measure="knee_gap", green=-0.10, red=-0.25)
#: The same mistake by its number in the hinge's list (biomechanics 2.2).
HINGE_CAVE = replace(CAVE, key="F5b")
#: Feet set wider narrow the knees against the ankles too; F5a says that better.
HINGE_GAP_NARROWS = replace(GAP_NARROWS, key="F5b", yields_to="F5a")
STIFF_LANDING = Fault(
    key="J1",
    light="knees",
    title="Stiff landing",
    measure="stick_knee",
    green=45,
    red=30,
    grade="B",
    weight=40,
    cue="Land like a cat: soft knees, no sound.",
    again="Let the floor take you like a mattress.",
)
#: Nothing is scored in a drill that is only counted (biomechanics 1.2, D22).
DRIFT_OPEN = Fault(
    key="U2",
    light="knees",
    title="Legs stretch out",
    measure="knee_at_top",
    green=70,
    red=50,
    grade="B",
    weight=0,
    amber_only=True,
    cue="Keep your shins level, like a table top.",
    again="Keep your legs as bent as on a chair.",
)
DRIFT_SHUT = replace(DRIFT_OPEN, title="Knees fold up", green=110, red=130)
