"""Limbs: a stick person at one moment, near limbs brighter than far ones, one part lit, its angle drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import pygame

from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_EAR,
    RIGHT_HIP,
    RIGHT_SHOULDER,
)
from kiosk.scoring.verdict import Light
from kiosk.ui.brush import Chalk, Point
from kiosk.ui.colours import AMBER, BLACK, CYAN, FAINT, PAPER, RED, SOFT, Colour

#: Sprites kept: the two of a summary, and those before them.
KEPT = 4

#: Widths of limbs, neck and trunk, radii of the head, the nose, a joint that is lit and an arc, and the gap that sets a
#: near limb off from what is behind it; all in heights of the standing person.
LIMB, FOOT, NECK, TRUNK, HEAD, BUMP, JOINT, ARC, GAP = 0.050, 0.040, 0.045, 0.080, 0.066, 0.020, 0.055, 0.18, 0.012
#: Width of an arc and length of its pieces in radians; length and width of the line it starts from.
ARC_WIDE, ARC_STEP, RULE_LONG, RULE_WIDE = 0.032, 0.12, 0.23, 0.012
#: Things at least this wide, in heights, are dim: they would outshine the person.
BROAD = 0.06
#: Both feet's toes follow the 17 keypoints where they are known, then the spine from below.
LEFT_TOES, SPINE = 17, 19
LEVELS = {Light.AMBER: AMBER, Light.RED: RED}

ARM, LEG = (LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST), (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE)
PARTS = ("head", "trunk", "arm", "thigh", "shin", "foot")
#: The parts and the joints that stand for a form group; tempo has none.
LIGHTS = {"back": ("trunk",), "knees": ("thigh", "shin"), "shins": ("shin",), "head": ("head",), "feet": ("foot",)}
JOINTS = {"hips": (LEFT_HIP,), "knees": (LEFT_KNEE,), "feet": (LEFT_ANKLE,)}
#: Each angle: the joint it is at, the joint from which a straight line would go on through it (None: from upright), and
#: the joint that it leads to.
ANGLES: dict[str, tuple[int, int | None, int]] = {
    "trunk": (LEFT_HIP, None, LEFT_SHOULDER),
    "hip": (LEFT_HIP, LEFT_SHOULDER, LEFT_KNEE),
    "knee": (LEFT_KNEE, LEFT_HIP, LEFT_ANKLE),
    "shin": (LEFT_ANKLE, None, LEFT_KNEE),
    "neck": (LEFT_SHOULDER, LEFT_HIP, LEFT_EAR),
}

Joints = tuple[Point | None, ...]


@dataclass(frozen=True, slots=True)
class Lit:
    """What is lit: the form group ``light`` in the colour of its ``level``; the ``angle`` drawn beside it, or ""."""

    light: str = ""
    level: Light = Light.OFF
    angle: str = ""


PLAIN = Lit()


@lru_cache(maxsize=KEPT)
def person(
    places: Joints, w: int, h: int, tall: float, near: str, things: tuple[float, ...], lit: Lit
) -> pygame.Surface:
    """The person on a black ground: nothing else is drawn where they are, and black is quicker than clear."""
    sheet = _Sheet(w, h, tall)
    joints, ends = places[: len(places) - 2 * len(things)], places[len(places) - 2 * len(things) :]
    for one, other, width in zip(ends[::2], ends[1::2], things, strict=True):
        sheet.line(one, other, width, SOFT if width < BROAD else FAINT)
    sides = {"left": (0,), "right": (1,)}.get(near, (0, 1))
    level = LEVELS.get(lit.level, PAPER)
    bright = dict.fromkeys(PARTS, PAPER) | dict.fromkeys(LIGHTS.get(lit.light, ()), level)
    for side in {0, 1} - {*sides}:
        sheet.limb(joints, ARM, side, FAINT)
        _leg(sheet, joints, side, dict.fromkeys(PARTS, FAINT))
    _trunk(sheet, joints, bright["trunk"])
    _head(sheet, joints, bright["head"])
    for side in sides:
        sheet.limb(joints, LEG, side, BLACK, GAP)
        _leg(sheet, joints, side, bright)
        sheet.limb(joints, ARM, side, BLACK, GAP)
        sheet.limb(joints, ARM, side, bright["arm"])
        for joint in JOINTS.get(lit.light, ()):
            sheet.disc(joints[joint + side], JOINT, level)
    _angle(sheet, joints, sides[0], lit.angle, LEVELS.get(lit.level, CYAN))
    return sheet.chalk.sprite()


def _leg(sheet: _Sheet, joints: Joints, side: int, colours: dict[str, Colour]) -> None:
    """Thigh, shin and, where the toes are known, the foot of the left (0) or the right (1) ``side``."""
    sheet.limb(joints, LEG[:2], side, colours["thigh"])
    sheet.limb(joints, LEG[1:], side, colours["shin"])
    if len(joints) > LEFT_TOES:
        sheet.line(joints[LEFT_ANKLE + side], joints[LEFT_TOES + side], FOOT, colours["foot"])


def _trunk(sheet: _Sheet, joints: Joints, colour: Colour) -> None:
    """Shoulders to hips along the spine, where that is known; else a line from the side, broad from the front."""
    corners = [joints[joint] for joint in (LEFT_SHOULDER, RIGHT_SHOULDER, RIGHT_HIP, LEFT_HIP)]
    shoulders, hips = _middle(*corners[:2]), _middle(*corners[2:])
    outline = [*corners, corners[0]]
    if len(joints) > SPINE:
        outline = [hips, *joints[SPINE:], shoulders]
    else:
        sheet.fill(corners, colour)
        sheet.line(hips, shoulders, TRUNK, colour)
    for one, other in pairwise(outline):
        sheet.line(one, other, TRUNK, colour)


def _head(sheet: _Sheet, joints: Joints, colour: Colour) -> None:
    """The head round the ears, the nose a bump on it, and the neck."""
    head = _middle(joints[LEFT_EAR], joints[RIGHT_EAR]) or joints[NOSE]
    sheet.line(_middle(joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER]), head, NECK, colour)
    sheet.disc(head, HEAD, colour)
    sheet.disc(joints[NOSE], BUMP, colour)


def _angle(sheet: _Sheet, joints: Joints, side: int, angle: str, colour: Colour) -> None:
    """An arc at the joint of ``angle``, from where it would be at nothing; nothing where it is not seen."""
    if angle not in ANGLES:
        return
    at, before, after = (None if joint is None else joints[joint + side] for joint in ANGLES[angle])
    if at is None or after is None or (before is None and ANGLES[angle][1] is not None):
        return
    start = -math.pi / 2 if before is None else math.atan2(at[1] - before[1], at[0] - before[0])
    turned = (math.atan2(after[1] - at[1], after[0] - at[0]) - start + math.pi) % math.tau - math.pi
    sheet.line(at, _towards(at, start, RULE_LONG * sheet.tall), RULE_WIDE, SOFT)
    steps = max(round(abs(turned) / ARC_STEP), 1)
    rim = [_towards(at, start + turned * i / steps, ARC * sheet.tall) for i in range(steps + 1)]
    for one, other in pairwise(rim):
        sheet.line(one, other, ARC_WIDE, colour)


def _towards(point: Point, angle: float, length: float) -> Point:
    return point[0] + math.cos(angle) * length, point[1] + math.sin(angle) * length


def _middle(one: Point | None, other: Point | None) -> Point | None:
    """Half way between two points, or the one that is seen."""
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2) if one and other else one or other


class _Sheet:
    """A black sheet of ``w`` x ``h`` pixels; points in its pixels, widths in heights of the person (``tall`` pixels).

    What is not seen (None) is not drawn.
    """

    def __init__(self, w: int, h: int, tall: float) -> None:
        self.chalk, self.tall = Chalk(w, h), tall

    def limb(self, joints: Joints, path: Sequence[int], side: int, colour: Colour, gap: float = 0.0) -> None:
        """A line through joints of one ``side``, wider by ``gap`` on either hand."""
        for one, other in pairwise(joints[joint + side] for joint in path):
            self.line(one, other, LIMB + 2 * gap, colour)

    def line(self, one: Point | None, other: Point | None, width: float, colour: Colour) -> None:
        """A line with round ends."""
        if one and other:
            self.chalk.stroke([one, other], width * self.tall, colour)

    def disc(self, centre: Point | None, radius: float, colour: Colour) -> None:
        """A filled circle."""
        if centre:
            self.chalk.disc(centre, radius * self.tall, colour)

    def fill(self, corners: Sequence[Point | None], colour: Colour) -> None:
        """A filled polygon, if all its ``corners`` are seen."""
        seen = [corner for corner in corners if corner]
        if len(seen) == len(corners):
            self.chalk.shape(seen, colour)
