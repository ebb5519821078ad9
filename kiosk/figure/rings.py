"""The simulated person's shape, as a table: rings of flesh and cloth, part by part.

Sizes are metres of a person 1.75 m tall and grow with stature and girth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import radians, sin

#: The stature the table of rings is drawn for, metres.
DRAWN_FOR = 1.75

#: The frames rings ride on: the spine's seven points, the head, then a leg and an arm of either side.
SPINE_FRAMES = ("hips", "sacrum", "waist", "ribs", "back", "chest", "nape")
LIMB_FRAMES = ("thigh", "knee", "shin", "foot", "upper_arm", "elbow", "forearm", "hand")
#: What moves over the back: the seat, the hem of a shirt that hangs, the shoulder blades.
BACK_FRAMES = ("seat", "hem", "blade")
BODY_FRAMES = (*SPINE_FRAMES, *BACK_FRAMES, "head", *LIMB_FRAMES)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring on a frame.

    ``along`` the frame's axis (of a limb: share of the bone, 0 at its upper end, -1 at its lower; else metres), then
    ``forward`` and ``aside`` of it; half width ``side``, half depths ``front`` and ``back``, metres; ``cloth``: colour.
    """

    frame: str
    along: float
    forward: float
    aside: float
    side: float
    front: float
    back: float
    cloth: str


#: Rings joined to each other, one after another.
Tube = tuple[Ring, ...]


def tube(cloth: str, *rings: tuple[str, float, float, float, float, float, float]) -> Tube:
    """Rings of one cloth."""
    return tuple(Ring(*ring, cloth) for ring in rings)


def ball(
    cloth: str,
    frame: str,
    along: float,
    forward: float,
    aside: float,
    radii: tuple[float, float, float],
    angles: Sequence[float] = (-88, -55, -20, 20, 55, 88),
) -> Tube:
    """An ellipsoid with (height, width, depth) radii, as rings at those degrees of latitude."""
    high, wide, deep = radii
    heights = [sin(radians(angle)) for angle in angles]
    halves = [(h, (1 - h * h) ** 0.5) for h in heights]
    return tuple(Ring(frame, along + h * high, forward, aside, wide * w, deep * w, deep * w, cloth) for h, w in halves)


#: Frame, along, forward, aside, half width, half depth to the front and to the back.
TRUNK = (
    *tube(
        "trousers",
        ("hips", -0.090, -0.005, 0, 0.010, 0.005, 0.005),
        ("hips", -0.085, -0.005, 0, 0.110, 0.060, 0.065),
        ("hips", -0.068, 0.000, 0, 0.150, 0.078, 0.088),
        ("hips", -0.030, 0.000, 0, 0.170, 0.095, 0.116),
    ),
    *tube(
        "shirt",
        ("hips", 0.002, 0.000, 0, 0.176, 0.103, 0.121),
        ("hips", 0.045, 0.000, 0, 0.170, 0.105, 0.112),
        ("sacrum", 0.000, 0.000, 0, 0.163, 0.122, 0.082),
        ("waist", 0.000, 0.000, 0, 0.150, 0.088, 0.092),
        ("ribs", 0.000, 0.000, 0, 0.150, 0.094, 0.100),
        ("back", 0.000, 0.000, 0, 0.158, 0.130, 0.092),
        ("chest", 0.000, 0.000, 0, 0.165, 0.150, 0.086),
        ("nape", -0.096, -0.006, 0, 0.180, 0.122, 0.084),
        ("nape", -0.045, -0.004, 0, 0.172, 0.082, 0.070),
        ("nape", -0.022, 0.000, 0, 0.140, 0.066, 0.062),
        ("nape", -0.004, 0.006, 0, 0.092, 0.056, 0.058),
    ),
    *tube(
        "skin",
        ("nape", 0.006, 0.010, 0, 0.064, 0.052, 0.056),
        ("nape", 0.028, 0.014, 0, 0.058, 0.054, 0.056),
        ("head", -0.060, -0.022, 0, 0.056, 0.056, 0.054),
        ("head", -0.020, -0.020, 0, 0.050, 0.050, 0.050),
    ),
)
BUTTOCK = ball("trousers", "hips", -0.032, -0.052, 0.078, (0.080, 0.080, 0.080))
LEG = (
    *tube(
        "trousers",
        ("thigh", 0.150, 0.000, 0, 0.010, 0.010, 0.010),
        ("thigh", 0.120, 0.000, 0.002, 0.050, 0.050, 0.054),
        ("thigh", 0.060, 0.000, 0.004, 0.072, 0.076, 0.082),
        ("thigh", -0.02, 0.000, 0.006, 0.080, 0.086, 0.092),
        ("thigh", -0.18, 0.000, 0.006, 0.082, 0.088, 0.092),
        ("thigh", -0.40, 0.004, 0, 0.078, 0.084, 0.082),
        ("thigh", -0.66, 0.004, 0, 0.066, 0.072, 0.068),
    ),
    *tube(
        "shorts",
        ("thigh", -0.68, 0.003, 0, 0.064, 0.070, 0.066),
        ("thigh", -0.90, 0.002, 0, 0.055, 0.061, 0.056),
        ("knee", 0.00, 0.002, 0, 0.053, 0.065, 0.052),
        ("shin", -0.10, 0.000, 0, 0.052, 0.050, 0.056),
        ("shin", -0.30, 0.000, 0, 0.054, 0.046, 0.070),
        ("shin", -0.50, 0.000, 0, 0.048, 0.042, 0.060),
        ("shin", -0.75, 0.000, 0, 0.040, 0.038, 0.044),
        ("shin", -0.97, 0.000, 0, 0.037, 0.038, 0.038),
    ),
)
SHOE = tube(
    "shoes",
    ("foot", -0.072, 0.034, 0, 0.012, 0.026, 0.020),
    ("foot", -0.058, 0.034, 0, 0.034, 0.052, 0.032),
    ("foot", -0.010, 0.034, 0, 0.040, 0.066, 0.033),
    ("foot", 0.045, 0.034, 0, 0.041, 0.044, 0.033),
    ("foot", 0.090, 0.034, 0, 0.044, 0.026, 0.033),
    ("foot", 0.150, 0.034, 0, 0.043, 0.012, 0.033),
    ("foot", 0.182, 0.034, 0, 0.030, 0.004, 0.030),
    ("foot", 0.194, 0.030, 0, 0.008, 0.000, 0.016),
)
ARM = (
    *tube(
        "sleeve",
        ("upper_arm", 0.120, 0.000, -0.034, 0.014, 0.014, 0.014),
        ("upper_arm", 0.090, 0.000, -0.020, 0.042, 0.042, 0.044),
        ("upper_arm", 0.000, 0.000, -0.004, 0.058, 0.062, 0.064),
        ("upper_arm", -0.250, 0.000, 0.000, 0.054, 0.056, 0.058),
        ("upper_arm", -0.520, 0.000, 0.000, 0.052, 0.054, 0.054),
    ),
    *tube(
        "cuff",
        ("upper_arm", -0.530, 0.000, 0.000, 0.043, 0.046, 0.046),
        ("upper_arm", -0.850, 0.000, 0.000, 0.039, 0.041, 0.042),
        ("elbow", 0.000, 0.000, 0.000, 0.038, 0.040, 0.041),
        ("forearm", -0.200, 0.000, 0.000, 0.039, 0.042, 0.042),
        ("forearm", -0.600, 0.000, 0.000, 0.032, 0.035, 0.035),
    ),
    *tube(
        "skin",
        ("forearm", -0.970, 0.000, 0.000, 0.022, 0.028, 0.028),
        ("hand", -0.300, 0.000, 0.000, 0.018, 0.038, 0.036),
        ("hand", -0.650, 0.006, 0.000, 0.018, 0.042, 0.034),
        ("hand", -1.000, 0.010, 0.000, 0.014, 0.026, 0.022),
        ("hand", -1.080, 0.010, 0.000, 0.004, 0.006, 0.006),
    ),
)
#: The head with the hair on it: face before, hair behind.
HEAD = (
    *tube(
        "skin",
        ("head", -0.120, 0.060, 0, 0.008, 0.012, 0.012),
        ("head", -0.108, 0.054, 0, 0.034, 0.036, 0.048),
        ("head", -0.088, 0.044, 0, 0.048, 0.050, 0.062),
    ),
    *tube(
        "skin/hair",
        ("head", -0.064, 0.020, 0, 0.056, 0.069, 0.082),
        ("head", -0.035, 0.008, 0, 0.066, 0.084, 0.094),
        ("head", -0.005, -0.004, 0, 0.072, 0.096, 0.098),
        ("head", 0.025, -0.008, 0, 0.075, 0.096, 0.100),
        ("head", 0.050, -0.008, 0, 0.077, 0.100, 0.100),
    ),
    *tube(
        "hair",
        ("head", 0.068, -0.010, 0, 0.077, 0.100, 0.098),
        ("head", 0.092, -0.012, 0, 0.066, 0.088, 0.086),
        ("head", 0.116, -0.014, 0, 0.044, 0.060, 0.060),
        ("head", 0.128, -0.014, 0, 0.022, 0.030, 0.030),
        ("head", 0.132, -0.014, 0, 0.000, 0.000, 0.000),
    ),
)
NOSE = tube(
    "nose",
    ("head", 0.022, 0.090, 0, 0.007, 0.008, 0.010),
    ("head", -0.010, 0.098, 0, 0.012, 0.018, 0.014),
    ("head", -0.026, 0.094, 0, 0.016, 0.020, 0.014),
    ("head", -0.032, 0.090, 0, 0.005, 0.006, 0.006),
)
MOUTH = ball("lips", "head", -0.058, 0.086, 0, (0.007, 0.022, 0.009))
EYE = ball("eyes", "head", 0.016, 0.083, 0.031, (0.0060, 0.012, 0.008))
BROW = ball("brows", "head", 0.031, 0.086, 0.031, (0.003, 0.015, 0.007))
EAR = ball("ears", "head", 0.002, -0.004, 0.074, (0.031, 0.012, 0.018))
#: Of a back that is drawn finely.
SEAT = tuple(replace(ring, frame="seat") for ring in BUTTOCK)
BLADE = ball("shirt", "blade", 0.010, -0.050, 0.078, (0.085, 0.058, 0.050))
#: Waistband and all below it, of a shirt that is tucked in.
TUCKED_TRUNK = tuple(replace(r, cloth="trousers") if r.frame in ("hips", "sacrum") else r for r in TRUNK)
HEM = tube(
    "shirt",
    ("hem", -0.112, -0.006, 0, 0.176, 0.108, 0.134),
    ("hem", -0.080, -0.006, 0, 0.182, 0.110, 0.142),
    ("hem", -0.030, -0.006, 0, 0.184, 0.112, 0.140),
    ("hem", 0.020, -0.004, 0, 0.178, 0.112, 0.126),
    ("hem", 0.050, -0.002, 0, 0.150, 0.100, 0.106),
)
#: From the back of the head over the neck to between the blades.
LONG_HAIR = tube(
    "hair",
    ("chest", -0.035, -0.106, 0, 0.030, 0.004, 0.010),
    ("chest", 0.000, -0.104, 0, 0.070, 0.008, 0.024),
    ("chest", 0.060, -0.098, 0, 0.084, 0.010, 0.030),
    ("nape", -0.060, -0.084, 0, 0.088, 0.016, 0.030),
    ("nape", -0.010, -0.066, 0, 0.086, 0.030, 0.030),
    ("head", -0.090, -0.056, 0, 0.078, 0.040, 0.044),
    ("head", -0.030, -0.050, 0, 0.076, 0.050, 0.056),
    ("head", 0.020, -0.050, 0, 0.060, 0.050, 0.050),
)
MIDDLE, PAIRED = (TRUNK, HEAD, NOSE, MOUTH), (BUTTOCK, LEG, SHOE, ARM, EYE, BROW, EAR)
#: All tubes of a body with their side: +1 left, -1 right, 0 in the middle.
BODY = (*((part, 0) for part in MIDDLE), *((part, side) for part in PAIRED for side in (1, -1)))


def shape(tucked: bool, hangs: bool, long_hair: bool) -> tuple[tuple[Tube, int], ...]:
    """All tubes of a body whose back is drawn finely, the trunk first, with their side.

    ``tucked`` shirt, or one that ``hangs`` over the seat.
    """
    worn = [*([HEM] if hangs else []), *([LONG_HAIR] if long_hair else [])]
    middle = (TUCKED_TRUNK if tucked else TRUNK, *MIDDLE[1:], *worn)
    paired = (SEAT, BLADE, *PAIRED[1:])
    return (*((part, 0) for part in middle), *((part, side) for part in paired for side in (1, -1)))
