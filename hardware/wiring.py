"""Draws wiring.svg, wiring.png and the tables of pins in README.md from the pins the program reads.

``make golden`` runs it.
"""

from __future__ import annotations

from pathlib import Path

from raster import rasterised

from kiosk.config import LampPins, Pins
from kiosk.devices.board import GROUND, PHYSICAL, nearest_ground

FOLDER = Path(__file__).resolve().parent
#: The lamps that are drawn.  These pins lie together about a ground, across the header from the buttons, and leave
#: those alone that a sound card on the header needs (GPIO 18 to 21).
LAMPS = LampPins(red=23, amber=24, green=25)
#: The motion sensor's pin as it is drawn: at the end of the header, beside a ground of its own and away from the rest.
MOTION = 26
#: The power button's pin: the one pin that wakes a Pi which has been shut down, and gpio-shutdown's own choice.
ON_OFF = 3
#: Where the sensor has its power from: 5 V.
POWER = 4
BUTTON_COLOURS = {"previous": "#1f77b4", "next": "#2ca02c", "select": "#d6810a"}
LAMP_COLOURS = {"red": "#d62728", "amber": "#e6a100", "green": "#2ca02c", "blue": "#1f4fb4"}
MOTION_COLOUR, POWER_COLOUR, GROUND_COLOUR, ON_OFF_COLOUR = "#7a3fb5", "#c2185b", "#222", "#00796b"
#: Between these two lines of README.md stands the table of ``pins``, ``lamps`` or ``motion``.
BEGIN, END = "<!-- {}: drawn by wiring.py -->", "<!-- end of {} -->"

#: The picture, in its own pixels: size, the header's first pin, the distance of pins, where the wires end.
WIDTH, HEIGHT = 880, 600
LEFT, TOP, PITCH = 400, 52, 20
BUTTON_X, BUTTON_Y, BUTTON_STEP = 70, 110, 120
BUTTON_FOOT = 480
LAMP_X, LAMP_Y, LAMP_STEP = 810, 110, 90
SENSOR_X, SENSOR_Y, SENSOR_STEP = 660, 500, 26
ON_OFF_X, ON_OFF_Y = 236, 52


def tables(pins: Pins, lamps: LampPins, motion: int) -> dict[str, str]:
    """Which button, lamp and leg of the sensor goes to which pin, as Markdown, by the name of its marks."""
    sensor = _table("motion sensor", {"out": motion}, "ground", _spare_ground(pins, lamps, motion))
    return {
        "pins": _table("button", _buttons(pins), "all three"),
        "lamps": _table("lamp", lamps.named, "the other leg of all"),
        "motion": f"{sensor}\n| power | 5 V | {POWER} |",
        "power": _table("power button", {"one leg": ON_OFF}, "the other leg", _left_ground(pins, lamps, motion)),
    }


def picture(pins: Pins, lamps: LampPins, motion: int) -> str:
    """The 40-pin header from above, pin 1 at the top left, with the wires to buttons, lamps and sensor, as SVG."""
    buttons = _buttons(pins)
    used = {PHYSICAL[bcm]: BUTTON_COLOURS[name] for name, bcm in buttons.items()}
    used |= {PHYSICAL[bcm]: LAMP_COLOURS[colour] for colour, bcm in lamps.named.items()}
    grounds = _grounds(pins, lamps, motion)
    used |= dict.fromkeys(grounds, GROUND_COLOUR) | {PHYSICAL[motion]: MOTION_COLOUR, POWER: POWER_COLOUR}
    free = ON_OFF not in (*buttons.values(), *lamps.named.values(), motion)
    left = _left_ground(pins, lamps, motion)
    used |= {PHYSICAL[ON_OFF]: ON_OFF_COLOUR, left: GROUND_COLOUR} if free else {}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<rect x="{LEFT - 14}" y="{TOP - 14}" width="{PITCH + 28}" height="{19 * PITCH + 28}" rx="4" fill="#444"/>',
        f'<text x="{LEFT + PITCH / 2}" y="24" text-anchor="middle">the 40-pin header</text>',
        *_ground_wires(*grounds[:2], len(lamps.named)),
    ]
    for pin in range(1, 41):
        parts += _pin(pin, used.get(pin))
    for place, (name, bcm) in enumerate(buttons.items()):
        parts += _button(place, name, bcm)
    for place, (colour, bcm) in enumerate(lamps.named.items()):
        parts += _lamp(place, colour, bcm)
    parts += _sensor(motion, grounds[2])
    parts += _on_off(left) if free else []
    return "\n".join([*parts, "</svg>", ""])


def _buttons(pins: Pins) -> dict[str, int]:
    return {name: getattr(pins, name) for name in BUTTON_COLOURS}


def _ground(wires: dict[str, int]) -> int:
    """The ground nearest to the last of ``wires``."""
    return nearest_ground(PHYSICAL[list(wires.values())[-1]])


def _spare_ground(pins: Pins, lamps: LampPins, motion: int) -> int:
    """The ground nearest to the sensor's pin of those that neither buttons nor lamps use."""
    used = _ground(_buttons(pins)), _ground(lamps.named)
    return nearest_ground(PHYSICAL[motion], *used)


def _grounds(pins: Pins, lamps: LampPins, motion: int) -> tuple[int, int, int]:
    """The grounds of buttons, lamps and sensor."""
    return _ground(_buttons(pins)), _ground(lamps.named), _spare_ground(pins, lamps, motion)


def _left_ground(pins: Pins, lamps: LampPins, motion: int) -> int:
    """The power button's: the nearest on its own side of the header that nothing else uses."""
    across = (ground for ground in GROUND if ground % 2 == 0)
    return nearest_ground(PHYSICAL[ON_OFF], *across, *_grounds(pins, lamps, motion))


def _table(kind: str, wires: dict[str, int], every: str, ground: int | None = None) -> str:
    rows = [f"| {name} | GPIO {bcm} | {PHYSICAL[bcm]} |" for name, bcm in wires.items()]
    head = [f"| {kind} | BCM | physical pin |", "|---|---|---|"]
    return "\n".join([*head, *rows, f"| {every} | ground | {ground or _ground(wires)} |"])


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


def _ground_wires(buttons: int, lamps: int, many: int) -> list[str]:
    """The two wires from ground: through all buttons, and past ``many`` lamps."""
    (x, y), foot = _at(buttons), BUTTON_FOOT
    lamp_x, lamp_y = _at(lamps)
    lamp_foot = LAMP_Y + (many - 1) * LAMP_STEP + 70
    return [
        _path(f"M{BUTTON_X} {BUTTON_Y} V{foot} H{x + 70} V{y} H{x + 40}", GROUND_COLOUR),
        f'<text x="{BUTTON_X + 4}" y="{foot - 8}">ground, from button to button, to pin {buttons}</text>',
        _path(f"M{LAMP_X} {LAMP_Y} V{lamp_foot} H{lamp_x + 110} V{lamp_y} H{lamp_x + 40}", GROUND_COLOUR),
        f'<text x="{LAMP_X}" y="{lamp_foot + 20}" text-anchor="end">ground, from lamp to lamp, to pin {lamps}</text>',
    ]


def _button(place: int, name: str, bcm: int) -> list[str]:
    colour, y = BUTTON_COLOURS[name], BUTTON_Y + place * BUTTON_STEP
    pin_x, pin_y = _at(PHYSICAL[bcm])
    end = pin_x - 40
    return [
        _path(f"M{BUTTON_X} {y} H{BUTTON_X + 150} C{end - 60} {y} {end - 70} {pin_y} {end} {pin_y}", colour),
        f'<circle cx="{BUTTON_X}" cy="{y}" r="36" fill="#fff" stroke="{colour}" stroke-width="4"/>',
        f'<text x="{BUTTON_X}" y="{y + 4}" text-anchor="middle">{name}</text>',
        f'<text x="{BUTTON_X + 46}" y="{y - 8}" fill="{colour}">GPIO {bcm}, pin {PHYSICAL[bcm]}</text>',
    ]


def _lamp(place: int, name: str, bcm: int) -> list[str]:
    """A lamp, its resistor, and the wire to its pin."""
    colour, y = LAMP_COLOURS[name], LAMP_Y + place * LAMP_STEP
    pin_x, pin_y = _at(PHYSICAL[bcm])
    begin, resistor, said = pin_x + 40, LAMP_X - 110, f"GPIO {bcm}, pin {PHYSICAL[bcm]}"
    return [
        _path(f"M{begin} {pin_y} C{begin + 70} {pin_y} {resistor - 70} {y} {resistor} {y} H{LAMP_X}", colour),
        f'<rect x="{resistor}" y="{y - 9}" width="54" height="18" fill="#fff" stroke="{colour}" stroke-width="2"/>',
        f'<text x="{resistor + 27}" y="{y + 4}" text-anchor="middle" font-size="11">330 ohm</text>',
        f'<circle cx="{LAMP_X}" cy="{y}" r="28" fill="{colour}"/>',
        f'<text x="{LAMP_X}" y="{y + 4}" text-anchor="middle" fill="#fff">{name}</text>',
        f'<text x="{LAMP_X - 40}" y="{y - 16}" text-anchor="end" fill="{colour}">{said}</text>',
    ]


def _sensor(bcm: int, ground: int) -> list[str]:
    """The motion sensor and its three wires; power goes round the lamps."""
    (out_x, out_y), (ground_x, ground_y), (power_x, power_y) = _at(PHYSICAL[bcm]), _at(ground), _at(POWER)
    rows = [SENSOR_Y + i * SENSOR_STEP for i in range(3)]
    return [
        _path(_below(out_x, out_y, 1, rows[1]), MOTION_COLOUR),
        _path(_below(ground_x, ground_y, 0, rows[0]), GROUND_COLOUR),
        _path(f"M{power_x + 40} {power_y} V{power_y - 14} H{WIDTH - 16} V{rows[2]} H{SENSOR_X + 110}", POWER_COLOUR),
        f'<rect x="{SENSOR_X}" y="{rows[0] - 24}" width="110" height="{rows[2] - rows[0] + 48}" rx="8" fill="#fff"'
        f' stroke="{MOTION_COLOUR}" stroke-width="4"/>',
        f'<text x="{SENSOR_X + 55}" y="{rows[1] + 4}" text-anchor="middle">motion</text>',
        f'<text x="{SENSOR_X - 10}" y="{rows[1] - 6}" text-anchor="end" fill="{MOTION_COLOUR}">GPIO {bcm},'
        f" pin {PHYSICAL[bcm]}</text>",
        f'<text x="{SENSOR_X - 10}" y="{rows[0] - 6}" text-anchor="end">ground, pin {ground}</text>',
        f'<text x="{SENSOR_X + 118}" y="{rows[2] + 18}" fill="{POWER_COLOUR}">5 V, pin {POWER}</text>',
    ]


def _on_off(ground: int) -> list[str]:
    """The power button, above the others, and its two wires, between it and theirs."""
    (pin_x, pin_y), (ground_x, ground_y) = _at(PHYSICAL[ON_OFF]), _at(ground)
    x, y, end = ON_OFF_X, ON_OFF_Y, ON_OFF_X + 30
    return [
        _path(f"M{pin_x - 40} {pin_y} H{pin_x - 54} V{y - 10} H{end}", ON_OFF_COLOUR),
        _path(f"M{ground_x - 40} {ground_y} H{ground_x - 66} V{y + 10} H{end}", GROUND_COLOUR),
        f'<circle cx="{x}" cy="{y}" r="30" fill="#fff" stroke="{ON_OFF_COLOUR}" stroke-width="4"/>',
        f'<text x="{x}" y="{y + 4}" text-anchor="middle">power</text>',
        f'<text x="{x - 40}" y="{y - 8}" text-anchor="end" fill="{ON_OFF_COLOUR}">GPIO {ON_OFF},'
        f" pin {PHYSICAL[ON_OFF]}</text>",
        f'<text x="{x - 40}" y="{y + 12}" text-anchor="end">ground, pin {ground}</text>',
    ]


def _below(x: int, y: int, place: int, row: int) -> str:
    """From the pin at ``x``, ``y``, past the foot of the header, to the sensor's ``row``."""
    begin, aside = (x - 40, x - 40 - place * 10) if x == LEFT else (x + 40, x + 40 + place * 10)
    return f"M{begin} {y} H{aside} V{row} H{SENSOR_X}"


def _path(steps: str, colour: str) -> str:
    return f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="3"/>'


def with_tables(page: str, pins: Pins, lamps: LampPins, motion: int) -> str:
    """The Markdown ``page`` with each table between its two marks."""
    for name, table in tables(pins, lamps, motion).items():
        begin, end = BEGIN.format(name), END.format(name)
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{table}\n{end}{after}"
    return page


if __name__ == "__main__":
    drawn = picture(Pins(), LAMPS, MOTION)
    (FOLDER / "wiring.svg").write_text(drawn)
    rasterised(drawn).save(FOLDER / "wiring.png", optimize=True)
    readme = FOLDER / "README.md"
    readme.write_text(with_tables(readme.read_text(), Pins(), LAMPS, MOTION))
