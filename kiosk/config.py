"""The few things that differ from mirror to mirror, read once from a TOML file and then let go."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from kiosk.trouble import BadInput

#: Where the picture goes; ``auto`` is a desktop's window, else the whole screen, else memory.
Display = Literal["auto", "fullscreen", "window", "offscreen"]
#: How the picture is made: by the processor on a surface, or by the graphics chip of textures.
Presenting = Literal["surface", "texture"]
#: What the mirror is for: ``gym`` offers the drill below first, ``sink`` the one at the sink.
Station = Literal["gym", "sink"]
#: Where the camera at the sink hangs, as whoever faces the glass has it: over the basin, or beside it.
Beside = Literal["left", "right", "front"]
#: A BCM pin of the 40-pin header.
Pin = Annotated[int, msgspec.Meta(ge=0, le=27)]
#: How the panel is switched off while the mirror is dark: ``auto`` takes the first of the next three that works.
Power = Literal["auto", "ddc", "cec", "backlight", "none"]
#: From when to when, by the clock on the wall: "22:00-07:00"; "" is never.
Hours = Annotated[
    str,
    msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$", description="as 22:00-07:00"),
]
#: A part of a whole.
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


def within(hours: Hours, clock: str) -> bool:
    """Whether ``clock`` ("23:15") lies in ``hours`` ("22:00-07:00" spans midnight; "07:00-07:00" is always)."""
    if not hours:
        return False
    begin, end = hours.split("-")
    return begin <= clock < end if begin < end else clock >= begin or clock < end


class Pins(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which BCM pin each button is wired to; buttons pull the pin to ground (hardware/README.md)."""

    previous: Pin = 5
    next: Pin = 6
    select: Pin = 13


class ButtonsAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the three buttons are, as whoever stands before the mirror sees it: the arrows point there."""

    #: The edge of the picture the buttons are nearest to.
    edge: Literal["bottom", "top", "left", "right"] = "bottom"
    #: How far along that edge previous, select and next are: 0 is its left or upper end, 1 its right or lower one.
    along: tuple[Share, Share, Share] = (0.17, 0.5, 0.83)


class Screen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The lit area of the picture as the person sees it, upright: what the reflection is measured against.

    The default is a 24 inch panel of 16:9 hung in portrait.
    """

    width_mm: Annotated[float, msgspec.Meta(ge=50, le=3000)] = 299.0
    height_mm: Annotated[float, msgspec.Meta(ge=50, le=3000)] = 531.0


class CameraAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the lens is, and how it looks (hardware/README.md): by it the mirror knows where somebody's eyes are.

    The default is a Camera Module 3 a metre above the floor, a hand below a screen of the default size.
    """

    #: From the middle of the lit area to the right, as the person sees it, and upwards.
    right_mm: Annotated[float, msgspec.Meta(ge=-3000, le=3000)] = 0.0
    up_mm: Annotated[float, msgspec.Meta(ge=-3000, le=3000)] = -450.0
    #: Above the floor.
    height_mm: Annotated[float, msgspec.Meta(ge=100, le=3000)] = 1000.0
    #: Degrees it looks down.
    pitch: Annotated[float, msgspec.Meta(ge=-45, le=45)] = 0.0
    #: Degrees across the longer side of its picture.
    fov: Annotated[float, msgspec.Meta(ge=20, le=140)] = 66.0


class LampPins(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which BCM pin each lamp beside the mirror is wired to, if there are any (hardware/README.md).

    Which pins are named says what they are: red, amber and green a traffic light; red, green and blue one lamp of all
    colours; any others of the first three single lamps.  ``active_high``: a pin that is high lights its lamp.
    """

    red: Pin | None = None
    amber: Pin | None = None
    green: Pin | None = None
    blue: Pin | None = None
    active_high: bool = True

    def __post_init__(self) -> None:
        if self.blue is not None and (self.amber is not None or None in (self.red, self.green)):
            raise ValueError("lamps: blue belongs to one lamp of all colours, with red and green and without amber")

    @property
    def named(self) -> dict[str, int]:
        """The pin of each colour that has one."""
        pins = {colour: getattr(self, colour) for colour in ("red", "amber", "green", "blue")}
        return {colour: pin for colour, pin in pins.items() if pin is not None}


class Sound(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is heard of the mirror."""

    #: 0 is silence: no sound card is opened.
    volume: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.6
    #: Whether cues are spoken (by espeak-ng, where it is installed); the short signals sound all the same.
    voice: bool = True
    #: When nothing sounds.
    quiet: Hours = ""
    #: ALSA's name of the sound card ("plughw:CARD=vc4hdmi0"); "" takes the usual one.
    device: str = ""


class Night(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When the mirror is to be dimmer, and how much."""

    hours: Hours = ""
    #: The share of its light at which everything is shown then; words stay bright enough to be read all the same.
    light: Annotated[float, msgspec.Meta(ge=0.1, le=1)] = 0.4

    def light_at(self, clock: str) -> float:
        """The share of its light at which everything is shown at ``clock`` ("23:15")."""
        return self.light if within(self.hours, clock) else 1.0


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One mirror's settings.  Every default suits a gym wall with a Pi camera and a 1080×1920 portrait screen."""

    #: auto, pi, usb, figure (the simulated person), a USB camera's device file or the path of a clip; ``auto``
    #: takes the first that is there of Pi camera, USB camera and the simulated person.
    camera: str = "auto"
    #: Quarter turns clockwise that make the camera's picture upright (a camera mounted on its side).
    camera_turn: Literal[0, 90, 180, 270] = 0
    display: Display = "auto"
    #: Quarter turns clockwise of what is drawn, for a screen hung on its side.
    screen_turn: Literal[0, 90, 180, 270] = 0
    #: ``surface`` because any board is quick enough to paint only what changed, and it needs nothing experimental.
    presenter: Presenting = "surface"
    screen: Screen = Screen()
    camera_at: CameraAt = CameraAt()
    #: From ``front`` the sink's camera sees head and shoulders come near, from a side the trunk, the neck and the back.
    camera_side: Beside = "front"
    screen_power: Power = "auto"
    night: Night = Night()
    #: What is shown and said, as ISO 639 has it; each has its catalogue in kiosk/languages.
    language: Literal["en", "de"] = "en"
    station: Station = "gym"
    #: Key of the drill offered first.
    drill: str = "hinge"
    #: Threads of the pose model; 0 chooses by board (platform 1: leave one core to the screen).
    threads: Annotated[int, msgspec.Meta(ge=0, le=8)] = 0
    pins: Pins = Pins()
    buttons_at: ButtonsAt = ButtonsAt()
    lamps: LampPins = LampPins()
    #: BCM pin of a motion sensor, which wakes a dark mirror (hardware/README.md).
    motion: Pin | None = None
    #: Whether, without a motion sensor, a dark mirror looks once a second whether somebody has come: its camera stays
    #: on, and the sign that says so is lit.  Else the camera is off in the dark, and a button wakes the mirror.  None:
    #: as the station has it; at the sink hands are wet, and nobody presses anything.
    glance: bool | None = None
    sound: Sound = Sound()
    #: Whose sets are remembered, for the levels that open with them; "" remembers nothing beyond the running program.
    profile: Annotated[
        str, msgspec.Meta(max_length=40, pattern=r"^(\S(.*\S)?)?$", description="a name without blanks at its ends")
    ] = ""
    #: Whether drills whose level is not open yet may be begun all the same, with a warning.
    unlock: bool = False
    #: Whether that person said yes to a health question (biomechanics 6.2): no load opens by itself, no jump at all.
    health_box: bool = False

    def __post_init__(self) -> None:
        pins = [*msgspec.structs.astuple(self.pins), *self.lamps.named.values()]
        pins += [] if self.motion is None else [self.motion]
        if len(set(pins)) < len(pins):
            raise ValueError("pins, lamps, motion: each button, each lamp and the sensor needs a pin of its own")

    @property
    def glances(self) -> bool:
        """Whether a dark mirror without a motion sensor looks once a second."""
        return self.station == "sink" if self.glance is None else self.glance


def read_config(text: str, place: str) -> Config:
    """Config from TOML ``text``; ``place`` names the file in errors.  Raises BadInput on unknown keys or bad values."""
    try:
        return msgspec.toml.decode(text, type=Config)
    except msgspec.DecodeError as error:
        raise BadInput(f"{place}: {error}{_rule(str(error))}") from None
    except (ValueError, RecursionError) as error:  # tomllib's own, of 5000 digits, dates that are none, deep brackets
        raise BadInput(f"{place}: is not a TOML file: {error}") from None


def change_config(config: Config, **settings: object) -> Config:
    """``config`` with ``settings`` in the place of its own.  Raises BadInput for values that break a rule."""
    try:
        return msgspec.convert(msgspec.to_builtins(config) | settings, Config)
    except msgspec.ValidationError as error:
        raise BadInput(f"{error}{_rule(str(error))}") from None


def _rule(error: str) -> str:
    """What may stand there, where msgspec only says that what stands there may not."""
    field: Any = Config
    for key in error.rpartition("$.")[2].rstrip("`").split("."):
        field = get_type_hints(field, include_extras=True).get(key, object)
    if get_origin(field) is Literal:
        return f" (one of {', '.join(map(str, get_args(field)))})"
    return "".join(f" ({meta.description})" for meta in getattr(field, "__metadata__", ()) if meta.description)
