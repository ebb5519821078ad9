"""What the simulated person does: every drill's repetition and its faults, as data, and some things that are no drill.

To add a drill: one :class:`kiosk.figure.beats.Script` in a family of kiosk/figure/scripts.  The numbers that good
repetitions and full faults reach are biomechanics 1.2 and 2, loosened by signals 1.
"""

from __future__ import annotations

from kiosk.figure.beats import Script
from kiosk.figure.scripts.basin import AT_BASIN
from kiosk.figure.scripts.everyday import EVERYDAY
from kiosk.figure.scripts.floor import FLOOR
from kiosk.figure.scripts.hinges import HINGES
from kiosk.figure.scripts.holds import HOLDS
from kiosk.figure.scripts.one_leg import ONE_LEG
from kiosk.figure.scripts.squats import SQUATS
from kiosk.trouble import BadInput

#: Every drill, some in several styles.
SCRIPTS = (*HINGES, *SQUATS, *ONE_LEG, *FLOOR, *HOLDS)


def find_script(drill: str, style: str = "") -> Script:
    """The script of that drill or everyday movement (in that style, or the usual one).

    Raises BadInput naming what is known.
    """
    everything = (*SCRIPTS, *EVERYDAY, *AT_BASIN)
    known = [script for script in everything if script.drill == drill]
    if not known:
        raise BadInput(f"drill {drill!r}: the figure knows {', '.join(dict.fromkeys(s.drill for s in everything))}")
    for script in known:
        if style in ("", script.style):
            return script
    raise BadInput(f"style {style!r}: {drill} has {', '.join(script.style for script in known) or 'none'}")
