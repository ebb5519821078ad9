"""``kiosk place``: what a camera will see of short and tall people from where it is to hang."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import ceil, floor
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image
from rich.console import Console
from rich.table import Table

from kiosk.config import Config
from kiosk.figure.framing import hung
from kiosk.figure.placement import (
    DISTANCES,
    PEOPLE,
    Look,
    Margin,
    look,
    lost,
    make_lens,
    mounted,
    reach,
)
from kiosk.figure.places import MODULES, PLACES, WHOLE, Mount, Place
from kiosk.figure.plan import draw
from kiosk.trouble import BadInput

#: What can be reckoned with: metres over the floor, degrees down, metres to the person or the basin.
LIMITS = {"--height": (0.1, 3.0), "--pitch": (-45.0, 45.0), "--distance": (0.3, 8.0)}
#: Columns of the table.
WIDTH = 110
STYLES = {"seen": "green", "close": "yellow", "lost": "bold red"}
#: Where each edge of the picture is, as a sentence says it.
EDGES = {"top": "at the top", "bottom": "at the bottom", "left": "at the side", "right": "at the side"}


def run(
    where: str | None,
    config: Config,
    measured: bool,
    module: str | None,
    orientation: str | None,
    out: Path | None,
    as_json: bool,
    **numbers: float | None,
) -> None:
    """Print what the camera will see ``where`` (None: as the settings' station has it), and draw it into ``out``.

    The camera hangs as is usual there, or, ``measured``, as the settings say; what else is given comes before both:
    ``numbers`` are ``height`` and ``distance`` in metres and ``pitch`` in degrees.  Raises BadInput for a number beyond
    its LIMITS, or where ``out`` cannot be written.
    """
    given = {name: value for name, value in numbers.items() if value is not None}
    for name, value in given.items():
        least, most = LIMITS[f"--{name}"]
        if not least <= value <= most:
            raise BadInput(f"--{name} {value:.12g}: must be from {least:.12g} to {most:.12g}")
    place = PLACES[where] if where else hung(config)[0]
    mount = mounted(config, place.mount.distance) if measured else place.mount
    mount = replace(
        mount,
        module=MODULES[module] if module else mount.module,
        portrait=orientation == "portrait" if orientation else mount.portrait,
        **given,
    )
    looks = look(place, mount)
    span = reach(place, mount)
    if out:
        write_picture(draw(place, mount, looks), out)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(describe(place, mount, looks, span))).decode())
    else:
        _show(place, mount, looks, span)


def write_picture(picture: Image.Image, out: Path) -> None:
    """Write a PNG, whole or not at all.  Raises BadInput where that cannot be done."""
    part = out.with_name(out.name + ".part") if out.name else out
    try:
        picture.save(part, format="PNG", optimize=True)
        part.replace(out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {error.strerror}") from None
    finally:
        if part != out:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def describe(place: Place, mount: Mount, looks: list[Look], span: tuple[float, float] | None) -> dict[str, Any]:
    """All of it as plain values: metres, degrees, centimetres inside (beyond: less than 0) the nearest edge."""
    people = [
        {
            "stature": one.stature,
            "stance": one.stance.name,
            "parts": {
                part: {"seen": _word(margin), "edge": margin.edge, "cm": round(margin.cm, 1)}
                for part, margin in one.margins.items()
            },
        }
        for one in looks
    ]
    return {
        "place": place.title,
        "camera": {
            "module": mount.module.title,
            "fov": mount.module.fov,
            "orientation": _orientation(mount),
            "height": mount.height,
            "pitch": mount.pitch,
        },
        "distance": mount.distance,
        "distance_to": place.to,
        "mm_per_pixel": round(_millimetres(place, mount), 1),
        "needed": place.needed,
        "people": people,
        "lost": sentences(place, looks),
        "all_seen": not lost(place, looks),
        "all_seen_from": span[0] if span else None,
        "all_seen_to": span[1] if span else None,
    }


def sentences(place: Place, looks: list[Look]) -> list[str]:
    """Who loses what, a sentence each."""
    return [_sentence(one, part, one.margins[part]) for one, part in lost(place, looks)]


def _sentence(one: Look, part: str, margin: Margin) -> str:
    who = f"{one.stature:.2f} m, {one.stance.name}: the {part}"
    verb = "leaves" if part == "head" else "leave"
    if margin.edge == "glass":
        return f"{who} would be in the glass or hardly before it: stand farther away."
    return f"{who} {verb} the picture {EDGES[margin.edge]}, by {ceil(-margin.cm)} cm."


def _show(place: Place, mount: Mount, looks: list[Look], span: tuple[float, float] | None) -> None:
    console = Console(width=WIDTH, highlight=False)
    down = f"{mount.pitch:g}° down" if mount.pitch else "level"
    console.print(
        f"{mount.module.title}, {_orientation(mount)}, {mount.height:.2f} m over the floor, {down}; "
        f"{mount.distance:.2f} m to {place.to}.",
        f"There a pixel is {_millimetres(place, mount):.1f} mm.",
    )
    table = Table(
        caption="centimetres inside the picture's nearest edge; less than 0: beyond it", caption_justify="left"
    )
    for column in ("stature", "", *(part if part in place.needed else f"({part})" for part in WHOLE)):
        table.add_column(column, justify="left" if column == "" else "right")
    for row, one in enumerate(looks):
        margins = ((part, one.margins[part]) for part in WHOLE)
        cells = (_cell(margin, part in place.needed) for part, margin in margins)
        table.add_row(f"{one.stature:.2f} m", one.stance.name, *cells, end_section=not (row + 1) % len(PEOPLE))
    console.print(table)
    for said in sentences(place, looks) or ["Everybody is seen as far as is needed here."]:
        console.print(said)
    console.print(_tell_reach(span, place))


def _tell_reach(span: tuple[float, float] | None, place: Place) -> str:
    """From where to where everybody is seen."""
    if span is None:
        return "So mounted, it sees all that is needed of everybody from no distance at all."
    least, most = span
    far = "on" if most == DISTANCES[-1] else f"to {most:.2f} m"
    return f"So mounted, it sees all that is needed of everybody from {least:.2f} m {far} (to {place.to})."


def _cell(margin: Margin, needed: bool) -> str:
    word = _word(margin)
    said = f"{floor(margin.cm)}" if word == "seen" else f"{word} {floor(margin.cm)}"
    return f"[{STYLES[word]}]{said}[/]" if needed else f"[dim]{said}[/]"


def _word(margin: Margin) -> str:
    return "lost" if not margin.seen else "close" if margin.close else "seen"


def _orientation(mount: Mount) -> str:
    return "portrait" if mount.portrait else "landscape"


def _millimetres(place: Place, mount: Mount) -> float:
    """How large a pixel of the mirror's picture is at the middle of the person."""
    lens = make_lens(place, mount)
    return lens.distance / lens.focus * 1000
