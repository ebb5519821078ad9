"""What is true of the simulated person at one moment: the angles that the mirror is to find."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from kiosk.figure.body import Skeleton
from kiosk.figure.lens import Spot
from kiosk.figure.posture import Support
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER

#: The hinge index needs the shoulders to have come down this share of the trunk (biomechanics 0.3).
LEAST_DROP = 0.20


@dataclass(frozen=True, slots=True)
class TrueLeg:
    """The angles of one leg, degrees; the hip's from the trunk."""

    hip: float
    knee: float
    shin: float


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one frame: absolute inclinations and flexions in degrees (biomechanics 0.2).

    ``lumbar`` flexion between pelvis and lowest rib and ``thoracic`` above it, beyond standing; ``trunk`` is the line
    from hips to shoulders, whatever is between.  ``hip``, ``knee`` and ``shin`` of the leg nearer to the camera;
    ``legs``: of the left and of the right one.  ``hinge_index`` against the person's own standing; None while the
    shoulders have hardly come down, and for who is not on their feet.
    """

    t: float
    phase: str
    trunk: float
    hip: float
    knee: float
    shin: float
    neck: float
    lumbar: float
    thoracic: float
    hinge_index: float | None
    legs: tuple[TrueLeg, TrueLeg]


def measure(skeleton: Skeleton, standing: Skeleton, spot: Spot, t: float, phase: str) -> Truth:
    """The true angles of a skeleton, and its hinge index against that person standing."""
    posture = skeleton.posture
    hips, shoulders = (standing.points[joint, 2] - skeleton.points[joint, 2] for joint in (LEFT_HIP, LEFT_SHOULDER))
    deep = posture.support == Support.FEET and shoulders >= LEAST_DROP * skeleton.lengths.trunk
    left, right = (
        TrueLeg(posture.trunk + thigh, thigh + shin, shin)
        for thigh, shin in zip(skeleton.thighs, skeleton.shins, strict=True)
    )
    near = right if spot.facing * cos(radians(posture.heading)) >= 0 else left
    return Truth(
        t=t,
        phase=phase,
        trunk=posture.trunk,
        hip=near.hip,
        knee=near.knee,
        shin=near.shin,
        neck=posture.neck,
        lumbar=posture.lumbar,
        thoracic=posture.thoracic,
        hinge_index=float(100 * (1 - hips / shoulders)) if deep else None,
        legs=(left, right),
    )
