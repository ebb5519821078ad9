"""Faults that many drills share, of their beats "bottom" and "tall"."""

from __future__ import annotations

from kiosk.figure.beats import REST, Change

#: Not standing up straight: trunk and thighs keep 10 to 18 degrees.  Leaning back: the hips go forward for balance.
NOT_UPRIGHT = (Change("tall", "trunk", 10), Change("tall", "knee", 30))
LEANS_BACK = (Change("tall", "trunk", -18),)
LOOKS_UP = (Change("bottom", "neck", -54),)
DROPS_HEAD = (Change("bottom", "neck", 48), Change("bottom", "thoracic", 15))
HURRIES = (Change("bottom", "seconds", 0.85), Change("bottom", "stay", 0.1), Change("tall", "seconds", 0.75))
SNATCHES = (Change("bottom", "seconds", 0.5), Change("bottom", "stay", 0.7), Change("tall", "seconds", 0.5))
BOUNCES = (Change("bottom", "bounces", 2),)

LOCKOUT = {"F2a": NOT_UPRIGHT, "F2c": LEANS_BACK}
HEAD = {"F9a": LOOKS_UP, "F9b": DROPS_HEAD}
LIFT = {**LOCKOUT, **HEAD, "F14": HURRIES, "F16": BOUNCES}

#: Rounding the lower and the upper back, without a change of the trunk.
BACK = {
    "F1a": (Change("bottom", "lumbar", 46),),
    "F11": (Change("bottom", "thoracic", 32), Change("bottom", "neck", 22)),
}
#: Feet much wider than the shoulders; feet wider than the hips, yet not than the shoulders.
STANCE = {"F5a": (Change(REST, "stance", 2.0),), "S6": (Change(REST, "stance", 1.33),)}


def knees_cave(*beats: str) -> tuple[Change, ...]:
    """The knees come together on these beats."""
    return tuple(Change(beat, "valgus", 7.5) for beat in beats)


def lift_heels(beat: str, degrees: float, forward: float) -> tuple[Change, ...]:
    """The heels come off the floor on that beat; the weight goes to the toes."""
    return Change(beat, "heel", degrees), Change(beat, "forward", forward)
