"""The few things that differ from mirror to mirror, read once from a TOML file and then let go."""

from __future__ import annotations

from typing import Annotated, Literal, get_args, get_origin, get_type_hints

import msgspec

from kiosk.trouble import BadInput

#: Where the picture goes; ``auto`` is a desktop's window, else the whole screen, else memory.
Display = Literal["auto", "fullscreen", "window", "offscreen"]
#: What the mirror is for: ``gym`` offers the drill below first, ``sink`` the one at the sink.
Station = Literal["gym", "sink"]
#: A BCM pin of the 40-pin header.
Pin = Annotated[int, msgspec.Meta(ge=0, le=27)]


class Pins(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which BCM pin each button is wired to; buttons pull the pin to ground (hardware/README.md)."""

    previous: Pin = 5
    next: Pin = 6
    select: Pin = 13


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
    station: Station = "gym"
    #: Key of the drill offered first.
    drill: str = "hinge"
    #: Threads of the pose model; 0 chooses by board (platform 1: leave one core to the screen).
    threads: Annotated[int, msgspec.Meta(ge=0, le=8)] = 0
    pins: Pins = Pins()
    #: Whose sets are remembered, for the levels that open with them; "" remembers nothing beyond the running program.
    profile: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^(\S(.*\S)?)?$")] = ""
    #: Whether drills whose level is not open yet may be begun all the same, with a warning.
    unlock: bool = False
    #: Whether that person said yes to a health question (biomechanics 6.2): no load opens by itself, no jump at all.
    health_box: bool = False

    def __post_init__(self) -> None:
        if len(set(msgspec.structs.astuple(self.pins))) < 3:
            raise ValueError("pins: each button needs a pin of its own")


def read_config(text: str, place: str) -> Config:
    """Config from TOML ``text``; ``place`` names the file in errors.  Raises BadInput on unknown keys or bad values."""
    try:
        return msgspec.toml.decode(text, type=Config)
    except msgspec.DecodeError as error:
        raise BadInput(f"{place}: {error}{_rule(str(error))}") from None


def change_config(config: Config, **settings: object) -> Config:
    """``config`` with ``settings`` in the place of its own.  Raises BadInput for values that break a rule."""
    try:
        return msgspec.convert(msgspec.to_builtins(config) | settings, Config)
    except msgspec.ValidationError as error:
        raise BadInput(f"{error}{_rule(str(error))}") from None


def _rule(error: str) -> str:
    """What may stand there, where msgspec only says that what stands there may not."""
    key = error.rpartition("$.")[2].rstrip("`")
    field = get_type_hints(Config).get(key)
    return f" (one of {', '.join(map(str, get_args(field)))})" if get_origin(field) is Literal else ""
