"""A drawing of wiring.py as pixels: the few shapes of SVG that it is made of, and no others."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

#: It is drawn this many times larger and averaged, for soft edges; and kept in so many colours.
FINER, COLOURS = 3, 64
#: Pieces of a curve.
PIECES = 24
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}

Point = tuple[float, float]


def rasterised(svg: str) -> Image.Image:
    """The drawing on white, a pixel for each of its units."""
    root = ET.fromstring(svg)
    width, height = (int(word) for word in root.attrib["viewBox"].split()[2:])
    picture = Image.new("RGB", (width * FINER, height * FINER), "#fff")
    pen = ImageDraw.Draw(picture)
    usual = float(root.attrib["font-size"])
    for shape in root:
        _draw(pen, shape.tag.rpartition("}")[2], shape.attrib, "".join(shape.itertext()), usual)
    return picture.reduce(FINER).quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _draw(pen: ImageDraw.ImageDraw, kind: str, given: dict[str, str], words: str, usual: float) -> None:
    """One shape.  Raises ValueError for one that is not known here."""

    def number(name: str, otherwise: float = 0.0) -> float:
        return float(given.get(name, otherwise)) * FINER

    fill = given.get("fill", "#000")
    line = {"outline": given.get("stroke"), "width": round(number("stroke-width"))}
    match kind:
        case "rect":
            x, y = number("x"), number("y")
            box = (x, y, x + number("width"), y + number("height"))
            pen.rounded_rectangle(box, number("rx"), fill, **line)  # type: ignore[arg-type]
        case "circle":
            x, y, r = number("cx"), number("cy"), number("r")
            half = line["width"] / 2  # type: ignore[operator]  # a stroke lies on both sides of its line
            box = (x - r - half, y - r - half, x + r + half, y + r + half)
            pen.ellipse(box, fill, **line)  # type: ignore[arg-type]
        case "path":
            points = [(x * FINER, y * FINER) for x, y in _along(given["d"])]
            pen.line(points, given["stroke"], round(number("stroke-width")), joint="curve")
        case "text":
            font = ImageFont.load_default(number("font-size", usual))
            anchor = ANCHORS[given.get("text-anchor", "start")]
            pen.text((number("x"), number("y")), words, fill, font, anchor)
        case _:
            raise ValueError(f"{kind}: a shape that cannot be drawn here")


def _along(steps: str) -> Iterator[Point]:
    """The points of a path of M, H, V and C."""
    here = (0.0, 0.0)
    for letter, rest in re.findall(r"([A-Z])([^A-Z]*)", steps):
        to = [float(word) for word in rest.split()]
        match letter:
            case "M":
                here = (to[0], to[1])
            case "H":
                here = (to[0], here[1])
            case "V":
                here = (here[0], to[0])
            case "C":
                bends = [here, *zip(to[::2], to[1::2], strict=True)]
                yield from (_bezier(bends, piece / PIECES) for piece in range(1, PIECES))
                here = bends[-1]
            case _:
                raise ValueError(f"{letter}: a step that cannot be drawn here")
        yield here


def _bezier(bends: list[Point], share: float) -> Point:
    """The point at ``share`` of the way along a cubic curve."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(weight * bend[axis] for weight, bend in zip(weights, bends, strict=True)) for axis in (0, 1))
    return x, y
