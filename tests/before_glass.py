"""Simulated people before a glass: where they truly are, and where they truly see themselves on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kiosk.config import CameraAt, Screen
from kiosk.figure import bones
from kiosk.figure.beats import STANDING
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.film import see
from kiosk.figure.lens import Lens, Spot, turn
from kiosk.scoring.pose import LEFT_EYE, RIGHT_EYE, Pose
from kiosk.session.reflection import Wall

#: Builds as (legs, trunk) against the average: the bounds of the figure's own people.
BUILDS = ((1.0, 1.0), (1.03, 0.97), (0.97, 1.03), (1.03, 1.03), (0.97, 0.97))


def of_stature(stature: float, legs: float = 1.0, trunk: float = 1.0) -> Skeleton:
    """Somebody of that stature in metres, standing."""
    person = bones.lengths(0)
    scale = stature / person.stature
    every = {name: getattr(person, name) * scale for name in ("upper_arm", "forearm", "shoulders", "hips", "stance")}
    body = replace(
        person,
        **every,
        stature=stature,
        shin=bones.SHIN * stature * legs,
        thigh=bones.THIGH * stature * legs,
        trunk=bones.TRUNK * stature * trunk,
        neck=bones.NECK * stature,
    )
    return assume(body, STANDING)


def of_eye_height(eyes: float, legs: float = 1.0, trunk: float = 1.0) -> Skeleton:
    """Somebody whose eyes are so many metres over the floor, standing."""
    stature = eyes / 0.94
    for _ in range(20):
        stature *= eyes / of_stature(stature, legs, trunk).points[LEFT_EYE, 2]
    return of_stature(stature, legs, trunk)


def wall_of(lens: Lens, right: float = 0.0) -> Wall:
    """The wall on which that lens hangs, so many metres to the right of a 24 inch screen's middle."""
    camera = CameraAt(right_mm=right * 1000, height_mm=lens.height * 1000, pitch=lens.pitch, fov=lens.fov)
    return Wall(Screen(), camera)


def filmed(body: Skeleton, lens: Lens, spot: Spot, hidden: tuple[int, ...] = ()) -> Pose:
    """What the lens sees of them, less what is ``hidden``."""
    pose = see(body, lens, spot, 0.0)
    scores = pose.scores.copy()
    scores[list(hidden)] = 0.05
    return replace(pose, scores=scores)


def true_places(body: Skeleton, lens: Lens, spot: Spot, right: float = 0.0) -> np.ndarray:
    """Where their keypoints are, (17, 3) metres: x to their right when they face the glass, y up, z out of it."""
    room = turn(body.carry(body.points), lens, spot)
    return np.column_stack((right - room[:, 0], room[:, 2], room[:, 1] + lens.distance))


def true_marks(places: np.ndarray) -> np.ndarray:
    """Where on the glass they see each keypoint, (17, 2): the line from between the eyes to its mirror image.

    Plane and line are intersected as plane and line: the glass has the normal (0, 0, 1) and goes through the origin.
    """
    eye, normal = places[[LEFT_EYE, RIGHT_EYE]].mean(axis=0), np.array((0.0, 0.0, 1.0))
    images = places - 2 * (places @ normal)[:, None] * normal
    lines = images - eye
    along = -(eye @ normal) / (lines @ normal)
    return (eye + along[:, None] * lines)[:, :2]
