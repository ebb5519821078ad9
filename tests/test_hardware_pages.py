"""The pages for who builds a mirror: their links lead somewhere, their arithmetic is right, they show every part."""

from __future__ import annotations

import re
from math import log2, pi
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "hardware"
PAGES = sorted(FOLDER.glob("*.md"))
#: What the page on glass reckons with: how much a shirt gives back of the light, and the glass of what falls on it.
SHIRT, MIRROR = 0.4, 0.6


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_every_link_of_the_pages_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        path, _, anchor = link.partition("#")
        to = page.parent / path if path else page
        assert to.exists(), link
        assert not anchor or anchor in anchors(to), link


def test_the_pages_show_every_picture_and_offer_every_part() -> None:
    shown = {name for page in PAGES for name in re.findall(r"\]\(pictures/([^)]+)\)", page.read_text())}
    assert shown == {path.name for path in (FOLDER / "pictures").iterdir()}
    page = (FOLDER / "README.md").read_text()
    assert {path.name for path in (FOLDER / "parts").glob("*.scad")} <= set(re.findall(r"\]\(parts/([^)]+)\)", page))


def test_the_parameters_that_the_page_names_are_there() -> None:
    rows = re.findall(r"\(parts/(\w+\.scad)\)[^|]*\| ([^|]+) \|$", (FOLDER / "README.md").read_text(), re.M)
    assert len(rows) == 5
    for file, names in rows:
        source = (FOLDER / "parts" / file).read_text()
        for name in re.findall(r"`(\w+)`", names):
            assert re.search(rf"^{name} = ", source, re.M), f"{file}: {name}"


def test_every_part_has_a_name_and_room_for_its_price() -> None:
    page = (FOLDER / "README.md").read_text()
    rows = [line for line in page.split("## Printed parts")[0].splitlines() if line.startswith("| ")]
    listed = rows[rows.index("| part | exactly | instead | price |") + 1 :]
    assert len(listed) >= 15
    for row in listed:
        part, exactly, _, price = (cell.strip() for cell in row.strip("|").split("|"))
        assert part
        assert exactly
        assert price == ""


def test_the_contrasts_are_what_the_formula_makes_of_them() -> None:
    page = (FOLDER / "glass.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (0\.\d+) \| (\d+) \| ([\d.]+) \|$", page, re.M)
    assert len(rows) == 7
    for screen, through, light, contrast in rows:
        reflected = MIRROR * float(light) * SHIRT / pi
        assert float(contrast) == pytest.approx(1 + float(screen) * float(through) / reflected, abs=0.05)
    assert f"reflection is {MIRROR * 300 * SHIRT / pi:.0f} cd/m²" in page
    assert f"it is {MIRROR * 5 * SHIRT / pi:.1f}" in page
    assert f"{250 / 1000 * 0.35:.2f} through the glass" in page


def test_what_the_glass_takes_is_what_the_logarithm_says() -> None:
    said = re.findall(r"([\d.]+) at (\d+) %", (FOLDER / "glass.md").read_text())
    assert len(said) == 4
    for stops, percent in said:
        assert float(stops) == pytest.approx(log2(100 / float(percent)), abs=0.05)


def test_power_adds_up_and_heat_follows_from_it() -> None:
    page = (FOLDER / "glass.md").read_text()
    watts = {
        part: (int(dark), int(on)) for part, dark, on in re.findall(r"^\| ([^|*]+) \| (\d+) \| (\d+) \|$", page, re.M)
    }
    chosen = [both for part, both in watts.items() if not part.startswith("or ")]
    dark, on = (sum(both[number] for both in chosen) for number in (0, 1))
    assert f"| **{dark}** | **{on}** |" in page
    assert f"4 × {on} + 20 × {dark} = {4 * on + 20 * dark} Wh" in page
    assert f"{(4 * on + 20 * dark) * 365 / 1000:.0f} kWh" in page
    assert f"20 h × {20 - 1} W = {20 * 19} Wh" in page
    area = 0.6 * 0.4 + 2 * (0.6 + 0.4) * 0.08
    assert f"{on} W / (8 W/(m² K) × {area:.2f} m²) = {on / 8 / area:.0f} K" in page


def test_weights_and_wires_are_reckoned_right() -> None:
    glass, mounting, parts = ((FOLDER / name).read_text() for name in ("glass.md", "mounting.md", "README.md"))
    assert f"glass of 4 mm {0.6 * 0.4 * 4 * 2.5:.1f} kg" in glass
    assert f"{0.6 * 0.4 * 3 * 1.2:.1f} kg" in glass
    assert f"= {2 * 2 * 0.0175 / 0.75 * 3:.2f} V" in mounting
    assert f"330 Ω = {(3.3 - 2.0) / 330 * 1000:.0f} mA" in parts
    assert f"100 Ω ({(3.3 - 3.0) / 100 * 1000:.0f} mA)" in parts
