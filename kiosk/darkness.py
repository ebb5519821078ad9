"""The dark and the night: camera, panel and light follow what the mirror is doing, and the clock on the wall."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from kiosk.config import Config
from kiosk.devices.motion import Motion
from kiosk.devices.screen_power import ScreenPower
from kiosk.devices.watcher import GLANCE_EVERY, Watcher
from kiosk.records.history import find_history
from kiosk.session.events import Sign, Signal
from kiosk.session.sink.states import AtSink
from kiosk.session.states import Dark, Session
from kiosk.trouble import Trouble
from kiosk.ui.display import HEADLESS
from kiosk.ui.screen import Screen


def power_of(config: Config, screen: Screen) -> ScreenPower:
    """What switches the panel, where the mirror has it to itself: nobody's desktop goes off with the mirror.

    Which way works is remembered beside the history.
    """
    driver = screen.name.split()[0]
    alone = driver == "kmsdrm" or (config.display == "fullscreen" and driver not in HEADLESS)
    return ScreenPower(config.screen_power if alone else "none", find_history().parent)


class Darkness:
    """Has the camera rest and the panel off while the mirror is dark, and everything dimmer at night.

    ``replay``: what is watched is a recording, which ends by itself and is not to be begun again.  ``clock`` tells the
    hours and minutes of the day.
    """

    def __init__(
        self,
        config: Config,
        watcher: Watcher,
        screen: Screen,
        power: ScreenPower,
        motion: Motion,
        *,
        replay: bool = False,
        clock: Callable[[], time.struct_time] = time.localtime,
    ) -> None:
        self._watcher, self._screen, self._power, self._motion = watcher, screen, power, motion
        self._night, self._replay, self._clock = config.night, replay, clock
        self._glances = config.glances

    def follow(self, session: Session | AtSink) -> None:
        """Be as ``session`` wants it; to be called in each pass of the loop, for nothing here waits."""
        dark = isinstance(session, Dark)
        every = self._every(session) if isinstance(session, Dark) else 0.0
        self._watcher.rest(every)
        light = self._night.light_at(time.strftime("%H:%M", self._clock()))
        self._power.wish(not dark or (every < math.inf and not self._replay), light)
        self._screen.light = 1.0 if self._power.dims else light

    def heard(self, now: float) -> list[Signal]:
        """What the motion sensor has to say at ``now`` seconds: one sign, however often something moved."""
        return [Signal(now, Sign.MOTION)] if self._motion.moved() else []

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong with the panel's power or the sensor; None when nothing is."""
        return self._power.trouble or self._motion.trouble

    def leave(self) -> None:
        """The mirror ends: the panel may come back while everything else is closed."""
        self._power.wish(True)

    def _every(self, dark: Dark) -> float:
        """Seconds between two looks in the dark: 0 looks always, infinite never.

        Glances stand in for a sensor that is not there or not read.  Whoever came since it went dark is looked at
        closely: one glance cannot tell a passer-by.  Whoever has switched it off is not looked at.
        """
        came = dark.presence.somebody and dark.presence.since > dark.since
        if self._replay:
            return 0.0
        if dark.off or not self._glances or (self._motion.name and not self._motion.trouble):
            return math.inf
        return 0.0 if came else GLANCE_EVERY
