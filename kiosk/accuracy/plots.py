"""The card's main plots as one picture; needs the optional matplotlib."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from kiosk.accuracy.capabilities import LEAST_F1, misses
from kiosk.accuracy.card import Card

#: Inches and dots an inch.
SIZE, DPI = (15.0, 9.0), 80
GOOD, BAD, REAL = "#3f8f6b", "#c4564a", "#4a6fa5"


def can_draw() -> bool:
    """Whether matplotlib is installed; where it is not, other libraries may have put something else in its place."""
    try:
        distribution("matplotlib")
    except PackageNotFoundError:
        return False
    return True


def draw(card: Card, path: Path) -> None:
    """Write the picture to ``path``, whole or not at all."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(SIZE, DPI, layout="constrained")
    FigureCanvasAgg(figure)
    left, middle, right = figure.subplots(1, 3, width_ratios=(1.0, 1.3, 0.8))
    _draw_angles(left, card)
    _draw_faults(middle, card)
    _draw_counts(right, card)
    part = path.with_name(path.name + ".part")
    try:
        figure.savefig(part, format="png", metadata={"Software": None})
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _draw_angles(axes: Any, card: Card) -> None:
    rows = [("simulated", row) for row in (card.simulated.angles if card.simulated else ())]
    rows += [("recorded", row) for row in card.real.angles if "both hands" in row.what]
    rows.reverse()
    colours = [GOOD if where == "simulated" else REAL for where, _ in rows]
    axes.barh(range(len(rows)), [row.error.mean for _, row in rows], color=colours)
    axes.plot([row.error.p90 for _, row in rows], range(len(rows)), ".", color="#666666")
    axes.plot([row.at_most for _, row in rows], range(len(rows)), "|", color=BAD, markersize=14)
    axes.set_yticks(range(len(rows)), [f"{row.angle.replace('_', ' ')}, {row.what}" for _, row in rows], fontsize=8)
    axes.set_title("Mean error in degrees\n(dot: 90 %, red: asked; green: simulated, blue: recorded)", fontsize=10)


def _draw_faults(axes: Any, card: Card) -> None:
    rows = sorted(card.simulated.faults if card.simulated else (), key=lambda row: (row.key, row.drill))
    keys = list(dict.fromkeys(row.key for row in rows))
    for row in rows:
        axes.plot(row.f1, keys.index(row.key), "o" if row.grade == "A" else "s", alpha=0.6,
                  color=BAD if misses(row) else GOOD, markersize=5)  # fmt: skip
    for grade, least in LEAST_F1.items():
        axes.axvline(least, color="#999999", linestyle="-" if grade == "A" else ":", linewidth=1)
    axes.set_yticks(range(len(keys)), keys, fontsize=7)
    axes.set_ylim(len(keys), -1)
    axes.set_xlim(-0.03, 1.03)
    axes.set_title(
        "F1 of each simulated fault, a mark a drill\n(round: grade A, square: B; red: ships as reminder)", fontsize=10
    )


def _draw_counts(axes: Any, card: Card) -> None:
    rows = list(card.simulated.drills if card.simulated else ())[::-1]
    axes.barh(range(len(rows)), [row.exact / row.sets for row in rows], color=GOOD)
    axes.set_yticks(range(len(rows)), [row.drill for row in rows], fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_title("Simulated sets\ncounted exactly", fontsize=10)
