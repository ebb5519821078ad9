"""The lamps beside the mirror: a traffic light, one lamp of all colours, or single ones."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from kiosk.config import LampPins
from kiosk.devices.pins import import_gpiozero
from kiosk.scoring.verdict import Light
from kiosk.text import Text, series
from kiosk.trouble import Trouble, words_of

#: What the named colours make of them.
KINDS = {
    frozenset(("red", "amber", "green")): Text("traffic light"),
    frozenset(("red", "green", "blue")): Text("RGB lamp"),
}
#: What people call the colours that the settings name.
NAMES = {"red": Text("red"), "amber": Text("amber"), "green": Text("green"), "blue": Text("blue")}
#: Red, green and blue (0..1) of the one lamp.  Its green is bluish, as on roads, for those who confuse red with green.
COLOURS = {Light.RED: (1.0, 0.0, 0.0), Light.AMBER: (1.0, 0.4, 0.0), Light.GREEN: (0.0, 1.0, 0.5)}
DARK = (0.0, 0.0, 0.0)


class Lamps:
    """The lamps on ``pins``, from ``with`` on; out again after it.

    ``name`` says what they are, "" where there are none.  ``trouble`` says why they stay dark although there are some;
    nothing is raised, for a mirror without lamps is still a mirror.  Leaving twice is harmless.
    """

    def __init__(self, pins: LampPins) -> None:
        kind = KINDS.get(frozenset(pins.named), Text("single lamps"))
        places = [Text("{pin} ({colour})", pin=pin, colour=NAMES[colour]) for colour, pin in pins.named.items()]
        self.name = Text("{lamps} on GPIO {places}", lamps=kind, places=series(places)) if places else Text("")
        self.trouble: Trouble | None = None
        self._pins = pins
        self._lamps: Any = None
        self._shown = Light.OFF
        self._open = ExitStack()

    def __enter__(self) -> Lamps:
        if self.name:
            try:
                gpiozero = import_gpiozero()
                # A TrafficLights is an LEDBoard of three, but cannot be told that low is what lights them.
                kind = gpiozero.LEDBoard if self._pins.blue is None else gpiozero.RGBLED
                lamps = kind(**self._pins.named, active_high=self._pins.active_high)
                self._lamps = self._open.enter_context(lamps)
            except Exception as error:  # gpiozero's, lgpio's and the kernel's have no common parent
                self._complain(error)
        return self

    def __exit__(self, *_: object) -> None:
        self.show(Light.OFF)
        self._open.close()
        self._lamps = None

    def show(self, light: Light) -> None:
        """Light what stands for ``light``: of single lamps the one of its colour, and none for what is unseen."""
        if self._lamps is None or light is self._shown:
            return
        try:
            if self._pins.blue is None:
                for colour in self._pins.named:
                    getattr(self._lamps, colour).value = colour == light
            else:
                self._lamps.value = COLOURS.get(light, DARK)
            self.trouble = None
        except Exception as error:  # as above
            self._complain(error)
        self._shown = light

    def _complain(self, error: Exception) -> None:
        why = series([self.name, words_of(error)], ": ")
        self.trouble = Trouble("no_lamps", Text("The lamps stay dark: {why}.", why=why))
