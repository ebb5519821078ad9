"""Why the back is not seen."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Why the outline of the back is unseen; ``SEEN``, the empty one, when it is seen."""

    SEEN = ""
    NO_BACKGROUND = "no background"  # the wall behind the person has not been seen empty for five seconds
    LIGHT_CHANGED = "light changed"  # or the camera was moved: the room is being learned anew
    COMPANY = "company"  # somebody or something else has come into the picture
    OBLIQUE = "oblique"  # not side-on to the camera
    OUTSIDE = "outside"  # the back is not wholly in the picture, or hips and shoulders are not seen
    ARMS = "arms"  # an arm is behind the back
    LIKE_THE_WALL = "like the wall"  # clothes do not stand out from what is behind them
    HAIR = "hair"  # long hair, a hood or a scarf lies on the upper back
    NOT_SMOOTH = "not smooth"  # a fold, a bar: not the outline of a back
