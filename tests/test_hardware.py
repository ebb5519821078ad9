"""The wiring page and the program read one table."""

from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from gpiozero.pins.data import PLUS_J8
from PIL import Image

from kiosk.config import Config, LampPins, Pins, read_config
from kiosk.devices import board
from kiosk.devices.board import GROUND, PHYSICAL, board_name, find_strain, nearest_ground

FOLDER = Path(__file__).resolve().parents[1] / "hardware"


@pytest.fixture(scope="module")
def wiring() -> ModuleType:
    sys.path.append(str(FOLDER))  # where a script finds the modules beside it
    spec = importlib.util.spec_from_file_location("wiring", FOLDER / "wiring.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_our_pins_are_where_gpiozero_has_them() -> None:
    header = PLUS_J8[2]
    assert dict(enumerate(PHYSICAL)) == {
        int(names["gpio"][4:]): number for number, names in header.items() if "gpio" in names
    }
    assert {number for number, names in header.items() if names == {"": "GND"}} == set(GROUND)


def test_the_nearest_ground_is_near() -> None:
    assert nearest_ground(33) == 34
    assert nearest_ground(7) in (6, 9)
    assert nearest_ground(39) == 39
    assert nearest_ground(39, 39) == 34


def test_the_page_shows_the_pins_that_are_read(wiring: ModuleType) -> None:
    page = (FOLDER / "README.md").read_text()
    assert page == wiring.with_tables(page, Config().pins, wiring.LAMPS, wiring.MOTION), (
        "run `make golden` and look at the difference"
    )
    buttons = zip(Pins.__struct_fields__, (5, 6, 13), strict=True)
    assert re.findall(r"\| (\w+) \| GPIO (\d+) \| (\d+) \|", page) == [
        (name, str(bcm), str(PHYSICAL[bcm]))
        for name, bcm in [*buttons, *wiring.LAMPS.named.items(), ("out", wiring.MOTION)]
    ]
    assert f"`motion = {wiring.MOTION}`" in page


def test_what_is_drawn_leaves_buttons_sound_cards_and_buses_their_pins(wiring: ModuleType) -> None:
    config = Config(lamps=wiring.LAMPS, motion=wiring.MOTION)
    assert (config.lamps, config.motion) == (wiring.LAMPS, wiring.MOTION)
    assert not {*wiring.LAMPS.named.values(), wiring.MOTION} & {2, 3, 14, 15, 18, 19, 20, 21}
    assert PLUS_J8[2][wiring.POWER] == {"": "5V"}


def test_the_settings_that_the_page_names_can_be_read() -> None:
    page = (FOLDER / "README.md").read_text()
    settings = re.findall(r"`((?:lamps|pins|sound|motion|screen_power) = [^`]+)`", page)
    assert len(settings) == 7
    for line in settings:
        assert read_config(line, "README.md")


def test_the_picture_is_drawn_from_the_pins_that_are_read(wiring: ModuleType) -> None:
    drawn = wiring.picture(Config().pins, wiring.LAMPS, wiring.MOTION)
    assert (FOLDER / "wiring.svg").read_text() == drawn, "run `make golden` and look at it"


def test_page_drawing_and_settings_name_the_same_pins(wiring: ModuleType) -> None:
    """BCM and physical numbers, read from the page's tables and from the words of the drawing."""
    page, drawing = (FOLDER / "README.md").read_text(), (FOLDER / "wiring.svg").read_text()
    config = Config(lamps=wiring.LAMPS, motion=wiring.MOTION)
    read = {*(getattr(config.pins, name) for name in Pins.__struct_fields__), *config.lamps.named.values()}
    expected = {(bcm, PHYSICAL[bcm]) for bcm in (*read, config.motion, wiring.ON_OFF)}
    tables = re.findall(r"\| GPIO (\d+) \| (\d+) \|", page)
    words = re.findall(r"GPIO (\d+), pin (\d+)", " ".join(ET.fromstring(drawing).itertext()))
    for found in (tables, words):
        assert sorted((int(bcm), int(pin)) for bcm, pin in found) == sorted(expected)
    grounds = [
        re.findall(rule, text) for rule, text in ((r"\| ground \| (\d+)", page), (r"ground[^<]* pin (\d+)", drawing))
    ]
    assert sorted(grounds[0]) == sorted(grounds[1])
    assert {int(pin) for pin in grounds[0]} <= set(GROUND)


def test_the_power_button_is_on_the_one_pin_that_wakes_a_pi(wiring: ModuleType) -> None:
    page = (FOLDER / "README.md").read_text()
    assert f"dtoverlay=gpio-shutdown,gpio_pin={wiring.ON_OFF}" in page
    assert PHYSICAL[wiring.ON_OFF] == 5
    taken = wiring.picture(Pins(previous=2, next=3, select=4), wiring.LAMPS, wiring.MOTION)
    assert taken.count("GPIO 3, pin 5") == 1, "a button that is there already"


def test_the_pixels_show_what_the_drawing_says(wiring: ModuleType) -> None:
    drawn = wiring.rasterised(wiring.picture(Config().pins, wiring.LAMPS, wiring.MOTION))
    with Image.open(FOLDER / "wiring.png") as kept:
        before, now = (np.asarray(picture.convert("RGB"), np.int16) for picture in (kept, drawn))
    assert before.shape == now.shape
    assert np.abs(before - now).mean() < 1.0, "run `make golden` and look at it"
    x, y = wiring._at(PHYSICAL[5])
    assert tuple(now[y, x]) == pytest.approx((0x1F, 0x77, 0xB4), abs=12), "the pin of the button to the left is blue"


def test_a_shape_that_is_not_known_is_not_left_out(wiring: ModuleType) -> None:
    svg = '<svg viewBox="0 0 9 9" font-size="9"><{}/></svg>'
    for shape in ("ellipse", 'path d="M1 1 Q2 2 3 3" stroke="#000"'):
        with pytest.raises(ValueError, match="cannot be drawn"):
            wiring.rasterised(svg.format(shape))


@pytest.mark.parametrize("pins", [Pins(), Pins(previous=2, next=3, select=4), Pins(previous=20, next=26, select=21)])
@pytest.mark.parametrize(
    "lamps", [LampPins(red=23, amber=24, green=25), LampPins(red=17), LampPins(red=0, green=7, blue=27)]
)
@pytest.mark.parametrize("motion", [26, 16, 12])
def test_any_pins_can_be_drawn(wiring: ModuleType, pins: Pins, lamps: LampPins, motion: int) -> None:
    words = " ".join(ET.fromstring(wiring.picture(pins, lamps, motion)).itertext())
    for bcm in (pins.previous, pins.next, pins.select, *lamps.named.values(), motion):
        assert f"GPIO {bcm}, pin {PHYSICAL[bcm]}" in words


@pytest.mark.parametrize("motion", [26, 24, 25])
def test_no_two_wires_share_a_pin(wiring: ModuleType, motion: int) -> None:
    rows = "\n".join(wiring.tables(Pins(), LampPins(red=17, green=27), motion).values())
    pins = re.findall(r"(\d+) \|$", rows, re.MULTILINE)
    assert len(set(pins)) == len(pins) == 3 + 1 + 2 + 1 + 3 + 2


def test_the_board_says_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"Raspberry Pi 4 Model B Rev 1.4\0")
    assert board_name(tmp_path / "model") == "Raspberry Pi 4 Model B Rev 1.4"
    assert board_name(tmp_path / "absent") == ""


@pytest.mark.parametrize(
    ("word", "strain"),
    [("0", ()), ("50000", ()), ("5", ("too little power", "throttled")), ("8", ("near its heat limit",)), ("odd", ())],
)
def test_what_strains_the_board_now_is_told_and_what_did_once_is_not(tmp_path: Path, word: str, strain: tuple) -> None:
    (tmp_path / "word").write_text(word + "\n")
    assert find_strain(tmp_path / "word") == strain
    assert board.find_strain(tmp_path / "absent") == ()
