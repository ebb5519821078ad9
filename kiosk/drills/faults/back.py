"""What the back does, as far as its outline tells (biomechanics 2.2, 2.4, 3).

Until neutral and range are the person's own, none of these is red (kiosk.scoring.measures: backed).
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.scoring.drill import Fault

#: In % of the person's own flexion: 42 to 70 are a skilled hinge, 80 and more picking up a pen (biomechanics 2.2).
ROUNDS = Fault(
    key="F1a",
    light="back",
    title="Lower back rounds",
    measure="rounding",
    green=55,
    red=80,
    grade="B",
    weight=40,
    cap=59,
    cue="A little less depth, and a longer back.",
    again="Let head and tailbone move apart as you bow.",
)
#: Everybody picks things up their own way (biomechanics 1.2, D23): healthy people use 80 % for a box, 90 for a pen, 95
#: for what lies on the floor (2.2), so what a box takes, less the 5 that a look may be off, is told, but is no alarm.
ROUNDS_PICKING_UP = replace(ROUNDS, green=75, red=95, amber_only=True)
#: In % of the person's own extension; below the green edge hip flexion deepens every hollow.
ARCHES = Fault(
    key="F1b",
    light="back",
    title="Lower back arches",
    measure="arching",
    green=60,
    red=85,
    grade="B",
    weight=15,
    cue="Ribs down: one long line from head to tail.",
    again="Let your belt buckle look straight ahead.",
)
HUNCHES = Fault(
    key="F11",
    light="back",
    title="Upper back rounds",
    measure="hunching",
    green=10,
    red=18,
    grade="B",
    weight=15,
    mistake="hunches",
    cue="Show the front of your shirt to the wall before you.",
    again="Let your shoulder blades slide to your back pockets.",
)
CHEST_SINKS = Fault(
    key="F18",
    light="back",
    title="Chest does not lead",
    measure="chest",
    green=10,
    red=18,
    grade="B",
    weight=10,
    amber_only=True,
    mistake="hunches",
    cue="Let the chest lead as you bow.",
    again="Show a badge on your chest to the wall before you.",
)

#: Spoken of once the hinge itself is right, which a rounded lower back goes before (biomechanics 2.5).
FINER = (ARCHES, HUNCHES, CHEST_SINKS)
