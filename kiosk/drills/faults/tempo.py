"""How quick it goes."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault
from kiosk.scoring.verdict import View

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
    again="Sink as if through honey.",
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
    again="Rise like a lift, not like a spring.",
)
#: Nobody goes down to a load in slow counts: the shoulders of people whose floor pick-ups nobody faulted take 0.6 to
#: 1.0 s (people of signals 1), so only a drop counts (biomechanics 1.2, D23: jerk).
SNATCH_DOWN = replace(
    QUICK_DOWN, title="Drops down to it", green=0.6, red=0.4, cue="Go down to it as if it were full to the brim."
)
SNATCH_UP = replace(
    QUICK_UP, title="Snatches it up", cue="Take up the weight first, then lift.", again="Lift it as if it were asleep."
)
#: Sitting down in 1.2 to 2 s is how people do it; quicker ends in a drop.
SIT_QUICK = replace(
    QUICK_DOWN,
    title="Sits down too quickly",
    green=1.2,
    red=0.8,
    cue="Take two slow counts to sit down.",
)
#: One slow bow over the roller (biomechanics 1.2, D14).
QUICK_BOW = Fault(
    key="F14",
    light="tempo",
    title="Too quick",
    measure="total_s",
    green=4.0,
    red=2.5,
    grade="A",
    weight=10,
    cue="Slower: four counts down and up.",
    again="Move as if under water.",
)
#: A bridge rises first: its way to the top is what a hinge's way up is, its way back is only a hand or two long.
QUICK_LIFT = replace(QUICK_UP, title="Jerks up", measure="down_s", cue="Rise at a steady pace.")
QUICK_LOWER = replace(
    QUICK_DOWN, title="Drops back down", measure="up_s", green=0.8, red=0.5, cue="Lower in two slow counts."
)
NO_STAY = Fault(
    key="F14",
    light="tempo",
    title="Does not stay up",
    measure="hold_s",
    green=1.0,
    red=0.5,
    grade="A",
    weight=10,
    mistake="tempo",
    cue="Stay up for two slow counts.",
    again="Rest a tray on your hips until the tea is poured.",
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
    again="Draw one round curve, no zigzag.",
)
DROPS_ON_BOX = Fault(
    key="X1",
    light="tempo",
    title="Drops onto the box",
    measure="arrival_speed",
    green=0.9,
    red=1.3,
    grade="A",
    weight=15,
    cue="Meet the box as if it were asleep.",
    again="Touch down without a sound.",
)
DROPS_ON_CHAIR = replace(DROPS_ON_BOX, title="Drops onto the chair", cue="Meet the chair as if it were asleep.")
#: From the front heights are timed, not angles.  The hips' height falls late and fast: what bends for 1.5 s reads 1.0.
FROM_FRONT = (
    replace(QUICK_DOWN, green=1.0, red=0.65, view=View.FRONT),
    replace(QUICK_UP, green=0.4, red=0.25, view=View.FRONT),
    replace(BOUNCE, view=View.FRONT),
)
