"""The pictures that pages show, and the page of drill cards: ``make pictures`` draws and writes them anew.

README.md shows scenes out of kiosk/ui/shots; kiosk/drills/README.md, which is written here, the cards beside it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
from PIL import Image
from scenes import SCENES

from kiosk.commands.catalogue import LEVELS
from kiosk.drills import DRILLS, UNRELIABLE
from kiosk.figure.demonstration import demonstrate
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import View
from kiosk.session.coach import Coach
from kiosk.session.offer import dose
from kiosk.session.scene import Choosing, Scene
from kiosk.text import Text
from kiosk.ui.layout import layout
from kiosk.ui.paint import paint

ROOT = Path(__file__).resolve().parents[1]
SHOTS, CARDS, PAGE = ROOT / "kiosk/ui/shots", ROOT / "kiosk/drills/pictures", ROOT / "kiosk/drills/README.md"
#: The screen they are drawn on, and by how much a shot and a card are shrunk then.
SIZE, SHOT_SHRINK, CARD_SHRINK = (1080, 1920), 4, 3
#: The scenes that README.md shows.
SHOWN = ("choosing", "side_on", "working_cue", "summary", "history")
#: Colours of a picture: so few that its file is small, and so many that none of the screen's own is lost.
COLOURS = 48
#: How far through its demonstration a card shows a drill: at its deepest.
DEEPEST = 0.5
HEAD = """<!-- Written by `make pictures` (tests/pictures.py) from the drills' data. -->
# The drills

What each of the {n} drills is for, what the mirror lights in it, what it reminds of and what it cannot see. The card
is what the screen shows while the drill is offered; there, the stick person moves. Lit is what
[the accuracy card](../../models/ACCURACY.md) found reliable; of what it did not, there are reminders. `kiosk drills`
prints all of it with its limits.
"""


def shots() -> dict[str, Image.Image]:
    """The scenes that README.md shows, by name."""
    return {name: _shrunk(_painted(SCENES[name]), SHOT_SHRINK) for name in SHOWN}


def cards() -> dict[str, Image.Image]:
    """The card of each drill, by key."""
    at = layout(SIZE)
    top, bottom = at.offer.y, at.cues.y + at.cues.h
    return {
        drill.key: _shrunk(_painted(_offered(drill)).subsurface((0, top, SIZE[0], bottom - top)), CARD_SHRINK)
        for drill in DRILLS
    }


def page() -> str:
    """The page of drill cards, as Markdown."""
    levels = (
        "\n".join((f"\n## Level {level}: {name}", *(_card(drill) for drill in DRILLS if drill.level == level)))
        for level, name in enumerate(LEVELS)
    )
    return "\n".join((HEAD.format(n=len(DRILLS)), *levels, _reasons()))


def _painted(scene: Scene) -> pygame.Surface:
    surface = pygame.Surface(SIZE)
    moves = scene.demonstration
    paint(scene, surface, t=moves.seconds * DEEPEST if moves else 1.0)
    return surface


def _offered(drill: Drill) -> Scene:
    """The choosing scene with ``drill`` alone and open."""
    picture = Coach.for_mirror(drill, 0.0, at_once=False).picture(0.0)
    assert isinstance(picture, Choosing)
    alone = replace(picture, titles=(picture.titles[picture.index],), index=0, locked=False, note=Text(""))
    return Scene(alone, demonstration=demonstrate(drill.key))


def _shrunk(surface: pygame.Surface, by: int) -> Image.Image:
    w, h = surface.get_size()
    small = pygame.transform.smoothscale(surface.copy(), (w // by, h // by))
    picture = Image.frombytes("RGB", small.get_size(), pygame.image.tobytes(small, "RGB"))
    return picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)


def _card(drill: Drill) -> str:
    ways = {View.SIDE: "side-on", View.FRONT: "facing the mirror"}
    seen = " or ".join(ways[view] for view in drill.views)
    lines = [
        f"\n### {drill.title}\n",
        f'<img src="pictures/{drill.key}.png" width="360" alt="The card of {drill.title}">\n',
        f"`{drill.key}`: {drill.summary}\n",
        f"* **Dose**: {dose(drill)}; {drill.tempo}; seen {seen}",
        f"* **Lights**: {_lights(drill)}",
        f"* **Reminders**: {' '.join(drill.reminders)}",
        f"* **Cannot be seen**: {', '.join(dict.fromkeys(unseen.what for unseen in drill.unseen))}",
    ]
    if drill.confirm:
        lines.insert(-1, f"* **Asked first**: {drill.confirm}")
    return "\n".join(lines)


def _lights(drill: Drill) -> str:
    """Each light that can be lit, and by which faults."""
    by = {light: [fault.title.lower() for fault in drill.faults if fault.light == light] for light in drill.lights}
    told = [f"{light} ({', '.join(dict.fromkeys(faults))})" for light, faults in by.items() if faults]
    return "; ".join(told) or "none: it is counted, not judged"


def _reasons() -> str:
    """Why each thing cannot be seen, once."""
    rows = {(unseen.what, unseen.why) for drill in DRILLS for unseen in drill.unseen if unseen.why != UNRELIABLE}
    table = "\n".join(f"| {what} | {why} |" for what, why in sorted(rows))
    return f"\n## Why it cannot be seen\n\n| what | why |\n|---|---|\n{table}\n| anything else | {UNRELIABLE} |\n"


def draw() -> None:
    """Draw all pictures anew, remove those that are shown no more, write the page."""
    for folder, pictures in ((SHOTS, shots()), (CARDS, cards())):
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        for name, picture in pictures.items():
            picture.save(folder / f"{name}.png", optimize=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    draw()
