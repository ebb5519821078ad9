"""Where mirrors hang, as data: which camera suits there, how it is mounted, and what it has to see of whom.

To add a place: one :class:`Place`, and its name beside the others' in kiosk/__main__.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.figure.beats import put_faults_in
from kiosk.figure.posture import Posture, Support
from kiosk.figure.script import find_script

#: From the front edge of a basin to the middle of who stands at it, metres: half a trunk, and a hand's width of room
#: without which nobody can send the hips back.
BEHIND_BASIN = 0.25


@dataclass(frozen=True, slots=True)
class Module:
    """A camera: its ``title``, degrees across the longer side of its picture, and the shorter side as a share of it.

    As Raspberry Pi gives them.  The shorter side follows from the shape of the sensor within 1.5 degrees, but for the
    Wide's, whose picture is bent (67 degrees instead of 70).
    """

    title: str
    fov: float
    shape: float


MODULES: Mapping[str, Module] = {
    "3": Module("Camera Module 3", 66.0, 2592 / 4608),
    "3-wide": Module("Camera Module 3 Wide", 102.0, 2592 / 4608),
    "2": Module("Camera Module 2", 62.2, 2464 / 3280),
    "1": Module("Camera Module 1", 53.5, 1944 / 2592),
}


@dataclass(frozen=True, slots=True)
class Mount:
    """How a camera hangs: upright (``portrait``) or on its side, its height over the floor, degrees it looks down.

    ``distance`` in metres to the person, as the place measures it.
    """

    module: Module
    portrait: bool
    height: float
    pitch: float
    distance: float


@dataclass(frozen=True, slots=True)
class Stance:
    """A posture and what it is called; who lies has the middle of the body, not the feet, before the camera."""

    name: str
    posture: Posture

    @property
    def lies(self) -> bool:
        """Whether it is one on the floor."""
        return self.posture.support is not Support.FEET


def _deepest(drill: str, **faults: float) -> Posture:
    """The posture that a repetition of ``drill`` is about."""
    script = put_faults_in(find_script(drill), faults)
    beat = script.beats[1 if script.held else 0]
    return replace(script.resting, **beat.angles)  # type: ignore[arg-type]  # angles are all of them floats


STANDING = Stance("standing", Posture())
BENT = Stance("bent", _deepest("hinge"))
HANDS_UP = Stance("hands up", Posture(arm=172.0, elbow=6.0, apart=12.0))
#: A hinge over the basin of 40 degrees, and a hunch that brings the head nearest to the glass (biomechanics 4.1).
LEANING = Stance("leaning", replace(_deepest("sink"), trunk=40.0))
HUNCHED = Stance("hunched", replace(_deepest("sink", F11=1.0), trunk=40.0, forward=0.074, knee=2.0, arm=0.0))
LYING = Stance("lying", find_script("glute_bridge").resting)
PLANK = Stance("in a plank", _deepest("plank"))

WHOLE = ("head", "shoulders", "hands", "hips", "knees", "feet")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a mirror hangs: the camera that suits it and how (biomechanics 4.6), and what it has to see there.

    ``yaw``: how the person is turned to the camera, 0 side-on, 90 facing it.  ``behind``: the middle of the body is so
    far behind what the distance is measured to, metres; there is a basin then.  ``ahead``: the camera hangs so far
    before the middle of who stands side-on to it, metres: the side to which the head goes.
    """

    title: str
    mount: Mount
    stances: tuple[Stance, ...]
    needed: tuple[str, ...] = WHOLE
    yaw: float = 0.0
    behind: float = 0.0
    ahead: float = 0.0
    to: str = field(default="the middle of the person", kw_only=True)


_STANDARD, _WIDE = MODULES["3"], MODULES["3-wide"]
PLACES: Mapping[str, Place] = {
    "gym": Place("on a gym wall", Mount(_STANDARD, True, 1.0, 0.0, 2.4), (STANDING, BENT, HANDS_UP)),
    "floor": Place("before a mat", Mount(_WIDE, False, 0.9, 0.0, 1.9), (STANDING, BENT, LYING, PLANK)),
    "hallway": Place("in a hallway", Mount(_WIDE, True, 1.0, 0.0, 1.3), (STANDING, BENT, HANDS_UP)),
    "sink": Place(
        "over a basin",
        Mount(_WIDE, True, 1.75, 20.0, 0.55),
        (STANDING, LEANING, HUNCHED),
        ("head", "shoulders"),
        90.0,
        BEHIND_BASIN,
        to="the basin's front edge",
    ),
    "pod": Place(
        "beside a basin",
        Mount(_WIDE, True, 1.15, 0.0, 0.9),
        (STANDING, LEANING, HUNCHED),
        ("head", "shoulders", "hips"),
        ahead=0.2,
    ),
}
