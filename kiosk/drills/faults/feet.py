"""Where the feet stand and what is on them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault
from kiosk.scoring.verdict import View

#: 0.05 and 0.09 (biomechanics 2.2) and half the noise that nearly the largest of a repetition adds (0.04).
HEELS_LIFT = Fault(
    key="F6a",
    light="feet",
    title="Heels lift",
    measure="heel_rise",
    green=0.07,
    red=0.11,
    grade="B",
    weight=5,
    cue="Keep your heels heavy.",
    again="Leave two deep heel prints.",
)
ON_TOES = Fault(
    key="F6b",
    light="feet",
    title="Weight on the toes",
    measure="balance",
    green=0.20,
    red=0.32,
    grade="B",
    weight=5,
    cue="Stand on heels and mid-foot, big toe down.",
    again="Push the floor away through your heels.",
)
WIDE = Fault(
    key="F5a",
    light="feet",
    title="Stance too wide",
    measure="stance",
    green=1.35,
    red=1.70,
    grade="A",
    weight=10,
    view=View.FRONT,
    cue="Bring your feet in, under your shoulders.",
    again="Stand on two rails as wide as your shoulders.",
)
NARROW = replace(
    WIDE, title="Stance too narrow", green=0.75, red=0.55, cue="Set your feet wider, under your shoulders."
)
#: By the hips; beyond green by the same share as F5a.
WIDE_FOR_HIPS = replace(
    WIDE,
    key="S6",
    measure="hip_stance",
    green=1.9,
    red=2.4,
    grade="B",
    cue="Bring your feet in, under your hips.",
    again="Stand on two rails as wide as your hips.",
)
NARROW_FOR_HIPS = replace(
    WIDE_FOR_HIPS, title="Stance too narrow", green=0.90, red=0.66, cue="Set your feet wider, under your hips."
)
TOUCHES_DOWN = Fault(
    key="L2",
    light="feet",
    title="Free foot touches down",
    measure="touch_down",
    green=0.10,
    red=0.03,
    grade="A",
    weight=15,
    amber_only=True,
    cue="Rest a finger on a wall for balance.",
    again="Look at one spot on the floor and reach long.",
)
TOO_FAR = Fault(
    key="D1",
    light="feet",
    title="Reaches too far",
    measure="reach_ahead",
    green=0.9,
    red=1.2,
    grade="A",
    weight=15,
    cue="Step closer: the load between your feet.",
    again="Stand so near that the load touches your shoes.",
)
#: The knee's bend in the top tells where the feet are.
FEET_FAR = Fault(
    key="B3",
    light="feet",
    title="Feet too far away",
    measure="knee_at_top",
    green=75,
    red=60,
    grade="A",
    weight=10,
    amber_only=True,
    cue="Set your heels a little nearer to you.",
    again="Your shins stand like posts at the top.",
)
FEET_NEAR = replace(
    FEET_FAR, title="Feet too near", green=105, red=120, cue="Set your heels a little further from you."
)
#: To the side, that is: seen from the side, a step towards the mirror looks like a hop.
STEPS = Fault(
    key="J2",
    light="feet",
    title="Steps after landing",
    measure="steps",
    green=0.25,
    red=0.50,
    grade="A",
    weight=20,
    cue="Land and stay, as if the floor were glue.",
    again="Leave two footprints, no more.",
    view=View.FRONT,
)
UNEVEN = Fault(
    key="J3",
    light="feet",
    title="Feet land unevenly",
    measure="uneven",
    green=0.06,
    red=0.12,
    grade="B",
    weight=10,
    view=View.FRONT,
    cue="Land on both feet at once.",
    again="Make one sound, not two.",
)
