"""What head and shoulders do."""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault
from kiosk.scoring.verdict import View

#: People whose lifts nobody faulted look up by 20 to 38 here, with straight and rounded backs alike (signals 1, 2): -15
#: would nag every one of them.  -30 in drills that practise a long neck, and never red (signals 4.5: weak words).
LOOKS_UP = Fault(
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
    cue="Let your eyes slide down to the floor as you bow.",
    again="Look at the floor two steps ahead of you.",
)
#: 20 and 35 (biomechanics 2.2); never red, as LOOKS_UP.
DROPS = Fault(
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
    again="Grow longer, as if a thread pulled your crown.",
)
#: With a load people look where they go: the edge lies where the unfaulted lifts end.
LOOKS_UP_LOADED = replace(LOOKS_UP, green=-38, red=-53)
#: In a squat nobody bows.
LOOKS_UP_SQUATTING = replace(LOOKS_UP, weight=15, cue="Let your eyes rest on the floor a few steps ahead.")
DROPS_SQUATTING = replace(DROPS, weight=15)
#: The arm that holds the stick hides ear and shoulder: half the weight (biomechanics 1.2, D02).
LOOKS_UP_WITH_STICK = replace(LOOKS_UP, weight=10, again="Rest the back of your head on the stick.")
DROPS_WITH_STICK = replace(DROPS, weight=10, again="Rest the back of your head on the stick.")
LOOKS_UP_IN_PLANK = replace(
    LOOKS_UP, green=-20, red=-35, cue="Look at the floor between your hands.", again="Look down between your thumbs."
)
#: Bands of biomechanics 4.4, as those of the hips that stay (kiosk.drills.faults.hips).
EARS_SINK = Fault(
    key="H1",
    light="head",
    title="Hunches over the basin",
    measure="sunk_ears",
    green=1.0,
    red=1.5,
    grade="B",
    weight=60,
    view=View.FRONT,
    cue="Long neck, and lift your breastbone.",
    again="Ears far from your shoulders.",
)
SHRUGS = Fault(
    key="F11b",
    light="head",
    title="Shoulders shrug",
    measure="shrug",
    green=-0.15,
    red=-0.25,
    grade="B",
    weight=10,
    cue="Let your shoulders hang away from your ears.",
    again="Put your shoulder blades into your back pockets.",
)
ELBOWS_AWAY = Fault(
    key="P3",
    light="head",
    title="Elbows not under the shoulders",
    measure="elbow_under",
    green=0.20,
    red=0.35,
    grade="B",
    weight=10,
    amber_only=True,
    cue="Set your elbows under your shoulders.",
    again="Make your upper arms two upright posts.",
)
#: Nothing is scored in a drill that is only counted (biomechanics 1.2, D21).
PULLS_NECK = Fault(
    key="U1",
    light="head",
    title="Pulls on the neck",
    measure="neck_pull",
    green=-0.20,
    red=-0.35,
    grade="B",
    weight=0,
    amber_only=True,
    cue="Look at the ceiling and leave your chin where it is.",
    again="Hold an orange under your chin.",
)
