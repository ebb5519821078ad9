"""What the simulated person wears, and the colours of everything; by seed, or by one of three looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

#: Red, green, blue, 0..255.
Colour = tuple[float, float, float]

WALLS = ((214, 208, 196), (196, 205, 212), (181, 189, 176), (222, 214, 205), (170, 172, 178), (205, 190, 172))
FLOORS = ((150, 118, 86), (122, 112, 104), (176, 150, 120), (98, 92, 90))
SKINS = ((226, 180, 152), (205, 152, 118), (168, 114, 82), (118, 78, 56), (238, 198, 174))
HAIRS = ((48, 34, 26), (92, 62, 38), (26, 24, 26), (150, 112, 66), (110, 108, 106))
SHIRTS = ((60, 92, 150), (168, 52, 52), (54, 116, 92), (232, 226, 216), (118, 74, 134), (216, 148, 52))
TROUSERS = ((38, 42, 54), (60, 62, 66), (34, 48, 82), (74, 64, 54))
SHOES = ((230, 230, 228), (46, 46, 50), (150, 58, 48))
DARK_SHIRTS = ((44, 48, 60), (52, 40, 44), (36, 56, 62), (60, 60, 64))
LIGHT_SHIRTS = ((232, 226, 216), (206, 214, 222), (226, 214, 170), (214, 196, 196))
COLOURED_SHIRTS = ((60, 92, 150), (168, 52, 52), (54, 116, 92), (118, 74, 134), (216, 148, 52))
LIGHT_WALLS = ((222, 216, 206), (212, 218, 222), (226, 222, 210))
#: What is used and what lies about keeps its colour.
THINGS: Mapping[str, Colour] = {
    "stool": (96.0, 74.0, 56.0),
    "wood": (190.0, 150.0, 98.0),
    "roller": (60.0, 96.0, 112.0),
    "iron": (58.0, 58.0, 62.0),
    "plate": (44.0, 46.0, 52.0),
    "ball": (86.0, 120.0, 150.0),
    "band": (196.0, 88.0, 66.0),
    "basin": (226.0, 228.0, 226.0),
}


class Wall(StrEnum):
    """What the wall behind a person is like."""

    PLAIN = "plain"
    #: Bricks and their mortar.
    TEXTURED = "textured"
    #: Shelves, pictures and bars.
    CLUTTERED = "cluttered"
    #: As plain, and of the shirt's colour.
    LIKE_SHIRT = "like the shirt"


@dataclass(frozen=True, slots=True)
class Shirt:
    """How a shirt lies on the back.

    ``slack``: so far it stands off the hollow of the back at most, metres; the cloth of a tucked one comes out over
    the waistband, that of a loose one hangs as far as it did in the specification's own simulation (biomechanics 3.2).
    ``tucked``: it ends at the waist.  ``hangs``: it falls over the seat, its hem slides to the head in bending, and
    from a bent trunk it hangs down.
    """

    slack: float
    tucked: bool = False
    hangs: bool = False


FITTED, TUCKED, LOOSE = Shirt(0.004), Shirt(0.010, tucked=True), Shirt(0.020, hangs=True)


@dataclass(frozen=True, slots=True)
class Look:
    """A way of being dressed, and the room that goes with it.

    ``sleeves``: "none" to the shoulder, "short" or "long".  ``shorts``: bare legs below the thigh.  ``loose``: how much
    wider the shirt is than one that fits.  ``shirt``: how it lies on a back drawn finely, with shoulder blades; None: a
    coarse back that fits.  ``long_hair`` lies on the upper back.
    """

    shirts: tuple[Colour, ...] = SHIRTS
    walls: tuple[Colour, ...] = WALLS
    sleeves: str = "short"
    shorts: bool = False
    loose: float = 1.0
    wall: Wall = Wall.PLAIN
    shirt: Shirt | None = None
    long_hair: bool = False


#: What a film may ask for: dark and fitted before a light wall; loose and light; shorts and bare arms before a wall
#: full of things.
LOOKS = (
    Look(shirts=DARK_SHIRTS, walls=LIGHT_WALLS, sleeves="long", loose=0.97),
    Look(shirts=LIGHT_SHIRTS, loose=1.14),
    Look(sleeves="none", shorts=True, wall=Wall.CLUTTERED),
)
#: Looks in which the line of the back is worth measuring, by what is worn: asked for by name, none is any seed's own.
BACKS: Mapping[str, Look] = {
    "fitted": Look(shirts=COLOURED_SHIRTS, shirt=FITTED),
    "tucked": Look(shirts=COLOURED_SHIRTS, shirt=TUCKED),
    "loose": Look(shirts=COLOURED_SHIRTS, shirt=LOOSE),
    "long hair": Look(shirts=COLOURED_SHIRTS, shirt=FITTED, long_hair=True),
    "light": Look(shirts=LIGHT_SHIRTS, shirt=FITTED),
}


@dataclass(frozen=True, slots=True)
class Clothes:
    """A person's clothes in a room: colours by the name of the cloth, of the ``wall`` and of the ``floor``."""

    look: Look
    cloths: Mapping[str, Colour]
    wall: Colour
    floor: Colour


def dress(seed: int, look: Look | int | None = None) -> Clothes:
    """Clothes, skin, hair and room of that seed, in a look or one of LOOKS; without, every third wears shorts."""
    rng = np.random.default_rng((seed, 3))
    chosen = look if isinstance(look, Look) else Look(shorts=seed % 3 == 2) if look is None else LOOKS[look]

    def one(of: tuple[Colour, ...]) -> Colour:
        red, green, blue = np.clip(np.array(of[rng.integers(len(of))]) + rng.uniform(-10, 10, 3), 0, 255).tolist()
        return red, green, blue

    skin, hair, trousers, shirt, shoes = (one(of) for of in (SKINS, HAIRS, TROUSERS, chosen.shirts, SHOES))
    body = {
        "skin": skin,
        "nose": darken(skin, 0.95),
        "ears": darken(skin, 0.9),
        "lips": (0.75 * skin[0] + 20, 0.55 * skin[1], 0.55 * skin[2]),
        "eyes": (30.0, 26.0, 26.0),
        "hair": hair,
        "brows": hair,
        "shirt": shirt,
        "sleeve": skin if chosen.sleeves == "none" else shirt,
        "cuff": shirt if chosen.sleeves == "long" else skin,
        "trousers": trousers,
        "shorts": skin if chosen.shorts else trousers,
        "shoes": shoes,
    }
    wall = one(chosen.walls)
    return Clothes(chosen, {**body, **THINGS}, shirt if chosen.wall is Wall.LIKE_SHIRT else wall, one(FLOORS))


def darken(colour: Colour, by: float) -> Colour:
    """That share of a colour."""
    red, green, blue = colour
    return by * red, by * green, by * blue
