"""Draws wiring.svg and the table of pins in README.md from the pins the program reads: ``make golden`` runs it."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import Pins
from kiosk.devices.board import GROUND, PHYSICAL, nearest_ground

FOLDER = Path(__file__).resolve().parent
BUTTONS = {"previous": "#1f77b4", "next": "#2ca02c", "select": "#d6810a"}
GROUND_COLOUR = "#222"
#: Between these two lines of README.md stands the table.
BEGIN, END = "<!-- pins: drawn by wiring.py -->", "<!-- end of pins -->"

#: The picture, in its own pixels: size, the header's first pin, the distance of pins, where the buttons' wires end.
WIDTH, HEIGHT = 560, 500
LEFT, TOP, PITCH = 400, 52, 20
BUTTON_X, BUTTON_Y, BUTTON_STEP = 70, 110, 120


def table(pins: Pins) -> str:
    """Which button goes to which pin, as Markdown."""
    rows = [f"| {name} | GPIO {bcm} | {PHYSICAL[bcm]} |" for name, bcm in _wires(pins)]
    return "\n".join(
        ["| button | BCM | physical pin |", "|---|---|---|", *rows, f"| all three | ground | {_ground(pins)} |"]
    )


def picture(pins: Pins) -> str:
    """The 40-pin header, seen from above with pin 1 at the top left, and the wires to the buttons, as SVG."""
    used = {PHYSICAL[bcm]: BUTTONS[name] for name, bcm in _wires(pins)} | {_ground(pins): GROUND_COLOUR}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<rect x="{LEFT - 14}" y="{TOP - 14}" width="{PITCH + 28}" height="{19 * PITCH + 28}" rx="4" fill="#444"/>',
        f'<text x="{LEFT + PITCH / 2}" y="24" text-anchor="middle">the 40-pin header</text>',
    ]
    x, y = _at(_ground(pins))
    foot = HEIGHT - 20
    parts.append(_path(f"M{BUTTON_X} {BUTTON_Y} V{foot} H{x + 70} V{y} H{x + 40}", GROUND_COLOUR))
    parts.append(
        f'<text x="{BUTTON_X + 14}" y="{foot - 8}">ground, from button to button, to pin {_ground(pins)}</text>'
    )
    for pin in range(1, 41):
        parts += _pin(pin, used.get(pin))
    for place, (name, bcm) in enumerate(_wires(pins)):
        parts += _button(place, name, bcm)
    return "\n".join([*parts, "</svg>", ""])


def _wires(pins: Pins) -> list[tuple[str, int]]:
    return [(name, getattr(pins, name)) for name in BUTTONS]


def _ground(pins: Pins) -> int:
    return nearest_ground(PHYSICAL[pins.select])


def _at(pin: int) -> tuple[int, int]:
    return LEFT + (pin - 1) % 2 * PITCH, TOP + (pin - 1) // 2 * PITCH


def _pin(pin: int, colour: str | None) -> list[str]:
    x, y = _at(pin)
    inside, side = ("end", -22) if pin % 2 else ("start", 22)
    fill = colour or ("#777" if pin in GROUND else "#ddd")
    return [
        f'<circle cx="{x}" cy="{y}" r="7" fill="{fill}" stroke="#fff" stroke-width="{2 if colour else 0}"/>',
        f'<text x="{x + side}" y="{y + 4}" text-anchor="{inside}" font-size="10"'
        f' fill="{colour or "#999"}">{pin}</text>',
    ]


def _button(place: int, name: str, bcm: int) -> list[str]:
    colour, y = BUTTONS[name], BUTTON_Y + place * BUTTON_STEP
    pin_x, pin_y = _at(PHYSICAL[bcm])
    end = pin_x - 40
    return [
        _path(f"M{BUTTON_X} {y} H{BUTTON_X + 150} C{end - 60} {y} {end - 70} {pin_y} {end} {pin_y}", colour),
        f'<circle cx="{BUTTON_X}" cy="{y}" r="36" fill="#fff" stroke="{colour}" stroke-width="4"/>',
        f'<text x="{BUTTON_X}" y="{y + 4}" text-anchor="middle">{name}</text>',
        f'<text x="{BUTTON_X + 46}" y="{y - 8}" fill="{colour}">GPIO {bcm}, pin {PHYSICAL[bcm]}</text>',
    ]


def _path(steps: str, colour: str) -> str:
    return f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="3"/>'


def with_table(page: str, pins: Pins) -> str:
    """The Markdown ``page`` with the table of ``pins`` between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(pins)}\n{END}{after}"


if __name__ == "__main__":
    (FOLDER / "wiring.svg").write_text(picture(Pins()))
    readme = FOLDER / "README.md"
    readme.write_text(with_table(readme.read_text(), Pins()))
