"""Plots as inline SVG: a few axes, dots and bars made with the standard library, for a page that asks for nothing else.

They are drawn 360 units wide, the width of a phone, so that their words can be read there; on wider paper several stand
side by side.  Series differ by shape as well as by colour, for whoever does not tell colours apart and for printers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from xml.etree.ElementTree import Element

#: Size of a plot and the room round its axes, in units; size of its letters is set by the page's style.
WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 42, 12, 10, 24
#: Values marked on an axis that goes up, at most; dots of a series, of which each is the median of those it stands for.
TICKS, DOTS = 5, 100
#: Radius of a dot, in units.
DOT = 2.5
#: Most bars of a plot, and the days that one may stand for, with what such a time is called.
BARS = 40
PERIODS = ((1, "day"), (7, "week"), (28, "four weeks"), (91, "quarter"), (365, "year"))
DAY = 86_400.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time: ``points`` of (seconds since 1970, value), oldest first, drawn as ``mark`` circle or square."""

    name: str
    points: Sequence[Point]
    mark: str = "circle"


def element(kind: str, /, *content: Element | str, **attributes: object) -> Element:
    """An element of a page with its ``content``; of an attribute's name "_" becomes "-", a last one is dropped."""
    it = Element(kind, {key.rstrip("_").replace("_", "-"): str(value) for key, value in attributes.items()})
    for part in content:
        if isinstance(part, Element):
            it.append(part)
        elif len(it):
            it[-1].tail = (it[-1].tail or "") + part
        else:
            it.text = (it.text or "") + part
    return it


def lines(title: str, series: Sequence[Series], span: tuple[float, float], unit: str = "") -> Element:
    """The ``series`` as dots joined by lines, on an axis from end to end of ``span`` and of what lies beyond it."""
    points = [point for one in series for point in one.points]
    first, last = min(t for t, _ in points), max(t for t, _ in points)
    values = [*span, *(value for _, value in points)]
    low, high, step = _axis(min(values), max(values))

    def place(point: Point) -> tuple[float, float]:
        share = (point[0] - first) / (last - first) if last > first else 0.5
        return _across(share), _up((point[1] - low) / (high - low))

    drawn = _plot(title, *_grid(low, high, step, unit), *_dates(first, last))
    for number, one in enumerate(series, 1):
        drawn.append(_dots([place(point) for point in thinned(one.points)], one.mark, f"series{number}"))
    return drawn


def bars(title: str, times: Sequence[float]) -> Element:
    """How many of the ``times`` (seconds since 1970) fall into each of equally long periods; their length is said."""
    first, last = min(times), max(times)
    days = (last - first) / DAY
    length, name = next(((n, name) for n, name in PERIODS if days < n * BARS), PERIODS[-1])
    counts = [0] * (int(days / length) + 1)
    for t in times:
        counts[int((t - first) / DAY / length)] += 1
    low, high, step = _axis(0, max(counts))
    drawn = _plot(f"{title} a {name}", *_grid(low, high, step), *_dates(first, last))
    wide = (WIDTH - LEFT - RIGHT) / len(counts)
    for n, many in enumerate(counts):
        top = _up(many / high)
        drawn.append(
            element("rect", x=_short(LEFT + n * wide), y=_short(top), width=_short(max(wide * 0.8, 1)),
                    height=_short(_up(0) - top), class_="bar")
        )  # fmt: skip
    return drawn


def thinned(points: Sequence[Point]) -> list[Point]:
    """``points`` if they are few, else DOTS medians of as many neighbours each."""
    size = math.ceil(len(points) / DOTS) or 1
    groups = [points[n : n + size] for n in range(0, len(points), size)]
    return [(median(t for t, _ in group), median(v for _, v in group)) for group in groups]


def _plot(title: str, *drawn: Element) -> Element:
    """A plot with its axes drawn; the ``title`` is for who listens to the page, the page writes it above, too."""
    return element("svg", element("title", title), *drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")


def _axis(low: float, high: float) -> tuple[float, float, float]:
    """Round ends of an axis from ``low`` to ``high`` at least, which differ, and the round step between its ticks."""
    room = (high - low) / TICKS
    whole = 10.0 ** math.floor(math.log10(room))
    step = next(whole * factor for factor in (1, 2, 5, 10) if whole * factor >= room)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _grid(low: float, high: float, step: float, unit: str = "") -> list[Element]:
    """A line and its value at every ``step`` up."""
    drawn = []
    for n in range(round((high - low) / step) + 1):
        y = _short(_up(n * step / (high - low)))
        drawn.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
        drawn.append(element("text", f"{low + n * step:.4g}{unit}", x=LEFT - 5, y=y, dy="0.35em", text_anchor="end"))
    return drawn


def _dates(first: float, last: float) -> list[Element]:
    """The first and the last day below the plot, once if it is the same."""
    begun, ended = (datetime.fromtimestamp(t).strftime("%Y-%m-%d") for t in (first, last))
    if begun == ended:
        return [element("text", begun, x=_short(_across(0.5)), y=HEIGHT - 6, text_anchor="middle")]
    return [
        element("text", begun, x=LEFT, y=HEIGHT - 6),
        element("text", ended, x=WIDTH - RIGHT, y=HEIGHT - 6, text_anchor="end"),
    ]


def _dots(places: Sequence[tuple[float, float]], mark: str, series: str) -> Element:
    along = " ".join(f"{_short(x)},{_short(y)}" for x, y in places)
    marks = [_mark(x, y, mark) for x, y in places]
    return element("g", element("polyline", points=along), *marks, class_=series)


def _mark(x: float, y: float, mark: str) -> Element:
    if mark == "square":
        return element("rect", x=_short(x - DOT), y=_short(y - DOT), width=2 * DOT, height=2 * DOT)
    return element("circle", cx=_short(x), cy=_short(y), r=DOT)


def _across(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _up(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _short(value: float) -> str:
    return f"{value:.1f}"
