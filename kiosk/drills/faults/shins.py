"""What the shins do, and what is held close to them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault

FORWARD = Fault(
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
    again="Leave room for a box in front of your shins.",
)
#: People who bow with straight legs take the shin back by 16 in the middle (signals 3); that is F3a's to say, so only a
#: shin further back than all but the straightest of them is a fault of its own.
BACK = Fault(
    key="F3b",
    light="shins",
    title="Shins tip back",
    measure="shin",
    green=-16,
    red=-24,
    grade="A",
    weight=20,
    cue="Feel the whole foot on the floor, shins upright.",
    again="Set your shins like two posts in the floor.",
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
    cue="Send your back pockets to the wall behind you.",
    again="Keep a glass wall just in front of your knees.",
)
#: 0.25 and 0.40 (biomechanics 1.2, D15), and 0.05 that the camera's noise adds.
BAR_DRIFTS = Fault(
    key="F19",
    light="shins",
    title="Bar drifts away",
    measure="bar_off",
    green=0.30,
    red=0.45,
    grade="A",
    weight=15,
    cue="Paint your legs with the bar.",
    again="The bar slides along your trousers all the way.",
)
#: Off the floor it goes up over the middle of the foot, and wrists and knees are half guessed beside the plates:
#: lifters in whose pull nobody saw a drift read up to 0.27 (people of signals 2).
PULL_DRIFTS = replace(BAR_DRIFTS, key="DL2", green=0.35, red=0.50)
#: Twice the 0.10 of biomechanics 1.2 (D14): the model puts hand and ankle anywhere at the ends of the roller, by up to
#: 0.2 in who holds it well.  A hand that has left it is 0.5 away.
ROLLER_LOST = Fault(
    key="R1",
    light="shins",
    title="Loses the roller",
    measure="roller",
    green=0.20,
    red=0.35,
    grade="A",
    weight=20,
    cue="Keep the roller between palm and ankle.",
    again="Hold the roller as if it were made of glass.",
)
