"""A drawing of where a camera hangs: each stance from the side, true to scale, and as the camera sees it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from math import atan, cos, degrees, radians, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.figure.clothes import dress
from kiosk.figure.lens import Lens, Spot, project
from kiosk.figure.paint import Sitter
from kiosk.figure.placement import TOO_NEAR, Look, make_lens
from kiosk.figure.places import Mount, Place
from kiosk.figure.room import WALL, look_through

#: Who is drawn.
SEED = 0
#: Pixels: the longer side of a picture as the camera sees it, room between pictures, room for words above and below.
SEEN, GAP, WORDS = 232, 10, 22
#: Everything is drawn this many times larger and averaged, for soft edges.
FINER = 3
#: What is drawn from the side: metres before the glass, behind the person, below the floor and up to the ceiling.
BEFORE, BEHIND, BELOW, CEILING = 0.12, 0.95, 0.08, 2.45
#: From so far away, metres, a lens draws true to scale.
FAR_AWAY = 1000.0
#: A basin: its top over the floor, its depth and half its width, metres; its back edge is at the glass.
BASIN_TOP, BASIN_DEEP, BASIN_HALF = 0.85, 0.16, 0.30
#: Colours of a drawing, so few that its file is small.
COLOURS = 64
PAPER, INK, GLASS, CONE = (255, 255, 255), (40, 40, 40), (70, 110, 150), (226, 236, 246)
ROOM_WALL, ROOM_FLOOR, BASIN = (214, 212, 206), (172, 158, 142), (250, 250, 250, 150)
GOOD, POOR, BAD = (40, 130, 80), (190, 120, 0), (200, 40, 40)
#: People from the side, the tallest first.
SHADES = ((186, 196, 206), (130, 146, 162), (78, 94, 112))


def draw(place: Place, mount: Mount, looks: list[Look]) -> Image.Image:
    """The drawing: a row a stance, the room from the side before what the camera sees of each person."""
    lens = make_lens(place, mount)
    rows = [list(row) for _, row in groupby(looks, key=lambda one: one.stance)]
    drawn = [[_from_side(place, lens, row), *(_as_seen(place, lens, one) for one in row)] for row in rows]
    widths = [max(row[column].width for row in drawn) for column in range(len(drawn[0]))]
    height = max(picture.height for picture in drawn[0])
    size = sum(widths) + GAP * (len(widths) + 1), len(rows) * (height + 2 * WORDS + GAP) + GAP
    sheet = Image.new("RGB", size, PAPER)
    for number, (row, pictures) in enumerate(zip(rows, drawn, strict=True)):
        x, y = GAP, GAP + number * (height + 2 * WORDS + GAP)
        room = f"{mount.height:.2f} m up, {mount.distance:.2f} m away"
        captions = [(row[0].stance.name, INK, room), *(_caption(place, one) for one in row)]
        for picture, (above, colour, below), wide in zip(pictures, captions, widths, strict=True):
            sheet.paste(picture, (x, y + WORDS))
            _write(sheet, (x, y), above, INK)
            _write(sheet, (x, y + WORDS + height + 2), below, colour)
            x += wide + GAP
    return sheet.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)


def _caption(place: Place, one: Look) -> tuple[str, tuple[int, int, int], str]:
    """What stands above and, in its colour, below what the camera sees of somebody."""
    out = [part for part in place.needed if not one.margins[part].seen]
    close = [part for part in place.needed if one.margins[part].close]
    if out:
        return f"{one.stature:.2f} m", BAD, f"lost: {', '.join(out)}"
    if close:
        return f"{one.stature:.2f} m", POOR, f"close: {', '.join(close)}"
    return f"{one.stature:.2f} m", GOOD, "seen"


def _as_seen(place: Place, lens: Lens, one: Look) -> Image.Image:
    """What the camera sees of somebody, in a frame that says whether it is enough."""
    small = _scaled(lens, SEEN * FINER / max(lens.width, lens.height_px))
    away, rise = look_through(small)[1:]
    with np.errstate(divide="ignore"):
        on_floor = np.where(rise < 0, small.height / -rise, np.inf) < (WALL + small.distance) / np.maximum(away, 1e-9)
    room = np.where(on_floor[..., None], ROOM_FLOOR, ROOM_WALL).astype(np.uint8)
    picture = Image.fromarray(room)
    if not any(margin.edge == "glass" for margin in one.margins.values()):
        _fill(picture, one, small, one.spot)
    if place.behind:
        _lay_basin(picture, small, small.distance - place.behind)
    picture = picture.reduce(FINER)
    colour = _caption(place, one)[1]
    ImageDraw.Draw(picture).rectangle((0, 0, picture.width - 1, picture.height - 1), outline=colour, width=3)
    return picture


def _from_side(place: Place, lens: Lens, row: list[Look]) -> Image.Image:
    """The room from the side: wall, camera and what it sees, basin, and everybody behind each other."""
    height = _scaled(lens, SEEN / max(lens.width, lens.height_px)).height_px
    scale = height * FINER / (CEILING + BELOW)
    width = round((lens.distance + BEFORE + BEHIND) * scale)
    picture = Image.new("RGB", (width, height * FINER), PAPER)
    pen = ImageDraw.Draw(picture)

    def at(out: float, up: float) -> tuple[float, float]:
        return (out + BEFORE) * scale, (CEILING - up) * scale

    half = degrees(atan(lens.height_px / 2 / lens.focus))
    far = lens.distance + 4
    rays = [radians(half * way - lens.pitch) for way in (1, -1)]
    pen.polygon([at(0, lens.height), *(at(far * cos(ray), lens.height + far * sin(ray)) for ray in rays)], fill=CONE)
    pen.rectangle((*at(-BEFORE, 0), width, picture.height), fill=ROOM_FLOOR)
    pen.rectangle((*at(-BEFORE, CEILING), at(0, 0)[0], picture.height), fill=GLASS)
    if place.behind:
        edge = lens.distance - place.behind
        pen.rectangle((*at(0, BASIN_TOP), *at(edge, BASIN_TOP - BASIN_DEEP)), fill=ROOM_WALL, outline=INK, width=FINER)
    # Seen along the wall what was away is to the right, and what was to the right is nearer.
    reach = max(width, picture.height) / scale
    side = Lens(
        height=CEILING - picture.height / scale / 2,
        distance=FAR_AWAY,
        yaw=lens.yaw + 90,
        width=width,
        height_px=picture.height,
        fov=2 * degrees(atan(reach / 2 / FAR_AWAY)),
    )
    middle = lens.distance + BEFORE - width / scale / 2
    for one, shade in zip(reversed(row), SHADES, strict=True):
        _fill(picture, one, side, Spot(1, middle + one.spot.away, -one.spot.right), shade)
    x, y = at(0, lens.height)
    pen.ellipse((x - 5 * FINER, y - 5 * FINER, x + 5 * FINER, y + 5 * FINER), fill=BAD)
    return picture.reduce(FINER)


def _fill(picture: Image.Image, one: Look, lens: Lens, spot: Spot, shade: tuple[int, int, int] | None = None) -> None:
    """Paint somebody into the picture, in one shade or in their own colours."""
    sitter = Sitter(one.skeleton.lengths, dress(SEED))
    faces, colours = sitter.pose(one.skeleton, lens, spot)
    pen = ImageDraw.Draw(picture)
    for outline, colour in zip(faces.reshape(len(faces), 8).tolist(), colours.tolist(), strict=True):
        pen.polygon(outline, fill=shade or colour)


def _lay_basin(picture: Image.Image, lens: Lens, edge: float) -> None:
    """Lay the top of the basin over whom it hides, who shows through; not if the lens is not above it."""
    corners = [(x, out - lens.distance, BASIN_TOP) for x, out in ((-1, 0.0), (-1, edge), (1, edge), (1, 0.0))]
    points, depth = project(np.array(corners) * (BASIN_HALF, 1, 1), lens)
    if depth.min() < TOO_NEAR:
        return
    veil = Image.new("RGBA", picture.size)
    ImageDraw.Draw(veil).polygon(points.ravel().tolist(), fill=BASIN, outline=INK, width=FINER)
    picture.paste(veil, (0, 0), veil)


def _scaled(lens: Lens, by: float) -> Lens:
    return replace(lens, width=round(lens.width * by), height_px=round(lens.height_px * by))


def _write(sheet: Image.Image, at: tuple[int, int], words: str, colour: tuple[int, int, int]) -> None:
    ImageDraw.Draw(sheet).text(at, words, fill=colour, font=ImageFont.load_default(13))
