"""What is known of one person's own back: what a bend of it is measured against."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnBack:
    """One person's back, in degrees of the outline's turn against where they began; NaN is unknown.

    ``lumbar`` and ``thoracic``: as they read in the person's own good hinge, against their standing: the seat and the
    skin move with the hips, so that a reference at such an angle is better than standing (biomechanics 3.4).
    ``flexed`` (more than 0) and ``extended`` (less than 0): how far the lower back goes in cat and in cow.
    """

    lumbar: float = math.nan
    thoracic: float = math.nan
    flexed: float = math.nan
    extended: float = math.nan


UNKNOWN = OwnBack()
