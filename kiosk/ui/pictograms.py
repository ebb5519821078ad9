"""Pictograms: a stick person in code, in the postures that drills begin in and on each rung of getting ready."""

from __future__ import annotations

from functools import lru_cache

import pygame

from kiosk.scoring.verdict import Rung, View
from kiosk.ui.brush import Brush, Point
from kiosk.ui.colours import BLACK, CYAN, FAINT, GREEN, PAPER, SOFT, Colour

#: Sprites kept: four rungs, two beats, several postures, and the sign of the simulated person.
KEPT = 48

#: A person one unit high, x forward from the ankle; y down from the crown.
SIDE = {
    "head": [(0.0, 0.075)],
    "trunk": [(0.0, 0.20), (0.0, 0.52)],
    "leg": [(0.0, 0.52), (0.012, 0.74), (0.0, 0.955), (0.085, 0.965)],
    "arm": [(0.0, 0.22), (0.0, 0.38), (0.03, 0.52)],
}
FRONT = {
    "head": [(0.0, 0.075)],
    "trunk": [(-0.09, 0.21), (0.09, 0.21), (0.055, 0.51), (-0.055, 0.51), (-0.09, 0.21)],
    "left": [(-0.055, 0.52), (-0.06, 0.74), (-0.065, 0.965)],
    "right": [(0.055, 0.52), (0.06, 0.74), (0.065, 0.965)],
    "left_arm": [(-0.105, 0.22), (-0.145, 0.38), (-0.15, 0.53)],
    "right_arm": [(0.105, 0.22), (0.145, 0.38), (0.15, 0.53)],
}
#: Radius of the head and widths of trunk and limbs, as shares of the person's height.
HEAD, TRUNK, LIMB = 0.072, 0.11, 0.052
#: Height of a standing person, as a share of the sheet's.
TALL = 0.86
#: The same person half way down a hinge, where the joints lie apart.
HINGE = {
    "head": [(0.30, 0.24)],
    "trunk": [(0.18, 0.34), (-0.16, 0.53)],
    "leg": [(-0.16, 0.53), (-0.02, 0.74), (-0.03, 0.955), (0.07, 0.965)],
    "arm": [(0.18, 0.34), (0.16, 0.50), (0.15, 0.64)],
}
BENT = {
    "head": [(0.27, 0.34)],
    "trunk": [(0.16, 0.43), (-0.15, 0.60)],
    "leg": [(-0.15, 0.60), (0.07, 0.74), (0.0, 0.955), (0.09, 0.965)],
    "arm": [(0.16, 0.43), (0.14, 0.60), (0.12, 0.76)],
}
KNEELING = {
    "head": [(0.0, 0.245)],
    "trunk": [(0.0, 0.37), (0.0, 0.68)],
    "leg": [(0.0, 0.68), (0.0, 0.94), (-0.23, 0.955)],
    "arm": [(0.0, 0.39), (0.0, 0.55), (0.03, 0.68)],
}
#: On the floor, head to the left.
LYING = {
    "head": [(-0.43, 0.89)],
    "trunk": [(-0.31, 0.91), (-0.03, 0.91)],
    "leg": [(-0.03, 0.91), (0.16, 0.68), (0.25, 0.945), (0.33, 0.955)],
}
LEGS_UP = {
    "head": [(-0.43, 0.89)],
    "trunk": [(-0.31, 0.91), (-0.03, 0.91)],
    "leg": [(-0.03, 0.91), (-0.01, 0.67), (0.24, 0.65), (0.27, 0.58)],
}
PLANK = {
    "head": [(-0.47, 0.67)],
    "trunk": [(-0.35, 0.73), (-0.03, 0.79)],
    "leg": [(-0.03, 0.79), (0.18, 0.84), (0.40, 0.90), (0.43, 0.955)],
    "arm": [(-0.35, 0.73), (-0.35, 0.945), (-0.50, 0.945)],
}
ALL_FOURS = {
    "head": [(-0.35, 0.62)],
    "trunk": [(-0.22, 0.66), (0.12, 0.66)],
    "leg": [(0.12, 0.66), (0.12, 0.94), (0.35, 0.955)],
    "arm": [(-0.22, 0.66), (-0.22, 0.80), (-0.22, 0.95)],
}
RECLINED = {
    "ball": [(-0.12, 0.80)],
    "head": [(-0.36, 0.53)],
    "trunk": [(-0.25, 0.58), (0.05, 0.70)],
    "leg": [(0.05, 0.70), (0.27, 0.70), (0.28, 0.955), (0.36, 0.965)],
}
#: The postures of STARTS, seen from the side.
POSTURES = {
    "standing": SIDE,
    "bent": BENT,
    "kneeling": KNEELING,
    "lying": LYING,
    "legs_up": LEGS_UP,
    "plank": PLANK,
    "all_fours": ALL_FOURS,
    "reclined": RECLINED,
}
#: Those that reach along the floor: drawn lower on the sheet's middle, and wider than they are high.
LONG = ("lying", "legs_up", "plank", "all_fours", "reclined")
#: Where two lines stand beside whoever keeps still: shares of the sheet's width.
NARROW, WALLS = (0.24, 0.76), {"bent": (0.14, 0.86), **dict.fromkeys(LONG, (0.05, 0.95))}
#: Radius of the ball, as a share of the person's height.
BALL = 0.165


@lru_cache(maxsize=KEPT)
def person(size: int, colour: Colour) -> pygame.Surface:
    """A person from the front, ``size`` pixels high."""
    brush = Brush(size * 0.5, size, colour)
    _draw(brush, FRONT, (brush.w / 2, 0), size, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def pictogram(rung: Rung, size: int, beat: int, start: str, view: View) -> pygame.Surface:
    """What to do on ``rung`` before a drill that begins in the posture ``start``, seen in ``view``.

    ``size`` pixels square.  ``beat`` 0 or 1: how it is, and how it should be.
    """
    brush = Brush(size, size, PAPER)
    goal = FRONT if view is View.FRONT else POSTURES[start]
    match rung:
        case Rung.IN_FRAME:
            _corners(brush, size, CYAN)
            _draw(brush, FRONT, (size * (0.62 if beat else 0.15), size * 0.07), size * TALL, PAPER)
            if not beat:
                _arrow(brush, (size * 0.38, size * 0.5), (size * 0.72, size * 0.5), size, CYAN)
        case Rung.SIDE_ON:
            before = SIDE if view is View.FRONT else FRONT
            _draw(brush, goal if beat else before, _place(start if beat else "", size), size * TALL, PAPER)
            _turn(brush, size)
        case Rung.JOINTS:
            pose = HINGE if goal is SIDE else goal
            at = _place(start, size)
            _draw(brush, pose, at, size * TALL, SOFT)
            _joints(brush, pose, at, size, beat)
        case Rung.STILL | Rung.READY:
            _draw(brush, goal, _place(start, size), size * TALL, GREEN if rung is Rung.READY else PAPER)
            for x in WALLS.get(start, NARROW):
                brush.stroke([(size * x, size * 0.12), (size * x, size * 0.88)], size * 0.035, CYAN)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def turning(size: int, colour: Colour, *, around: bool) -> pygame.Surface:
    """Switch sides: a person and an arrow ``around`` them; without it two legs that take turns."""
    brush = Brush(size, size, colour)
    _draw(brush, SIDE if around else FRONT, _place("", size), size * TALL, colour)
    if around:
        _turn(brush, size)
    else:
        for x, way in ((0.24, -1), (0.76, 1)):
            _arrow(brush, (size * x, size * 0.75), (size * (x + 0.16 * way), size * 0.75), size, CYAN)
    return brush.sprite()


def _place(start: str, size: int) -> Point:
    """Where the crown of a standing person would be; the floor is higher on the sheet for who is on it."""
    return (size * 0.53, -size * 0.12) if start in LONG else (size * 0.5, size * 0.07)


def _joints(brush: Brush, pose: dict[str, list[Point]], at: Point, size: int, beat: int) -> None:
    """Shoulder, hip, knee and ankle, which the mirror has to see."""
    points = [*pose["trunk"][:1], *pose["leg"][:3]] if "leg" in pose else [*pose["left"], *pose["right"]]
    for x, y in points:
        centre = (at[0] + x * size * TALL, at[1] + y * size * TALL)
        brush.disc(centre, size * (0.075 if beat else 0.055), BLACK)
        brush.disc(centre, size * (0.055 if beat else 0.035), CYAN)


def _turn(brush: Brush, size: int) -> None:
    """An arrow round the feet."""
    brush.arc((size / 2, size * 0.52), size * 0.46, size * 0.055, 115, 245, CYAN)
    _tip(brush, (size * 0.5 + size * 0.43 * 0.93, size * 0.69), size, CYAN)


def _draw(brush: Brush, pose: dict[str, list[Point]], at: Point, tall: float, colour: Colour) -> None:
    for name, points in pose.items():
        placed = [(at[0] + x * tall, at[1] + y * tall) for x, y in points]
        if name == "head":
            brush.disc(placed[0], HEAD * tall, colour)
        elif name == "ball":
            brush.disc(placed[0], BALL * tall, FAINT)
        elif name == "trunk" and len(points) > 2:
            brush.shape(placed[:-1], colour, LIMB * tall / 2)
        else:
            brush.stroke(placed, (TRUNK if name == "trunk" else LIMB) * tall, colour)


def _corners(brush: Brush, size: int, colour: Colour) -> None:
    """The four corners of a camera's frame."""
    near, far, arm = 0.27, 0.97, 0.13
    for x, inward in ((near, arm), (far, -arm)):
        for y, down in ((0.05, arm), (0.95, -arm)):
            points = [(size * (x + inward), size * y), (size * x, size * y), (size * x, size * (y + down))]
            brush.stroke(points, size * 0.035, colour)


def _arrow(brush: Brush, start: Point, end: Point, size: int, colour: Colour) -> None:
    """An arrow to the right or the left."""
    brush.stroke([start, end], size * 0.05, colour)
    wing = size * 0.10
    back = wing if end[0] > start[0] else -wing
    brush.stroke([(end[0] - back, end[1] - wing), end, (end[0] - back, end[1] + wing)], size * 0.05, colour)


def _tip(brush: Brush, end: Point, size: int, colour: Colour) -> None:
    """The tip of the arrow that turns the person, pointing up and to the back."""
    wing = size * 0.11
    brush.stroke(
        [(end[0] - wing * 1.1, end[1] - wing * 0.1), end, (end[0] + wing * 0.25, end[1] + wing)], size * 0.05, colour
    )
