"""The card's section about leans over the basin."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.accuracy.card import BasinRow, LeanRow, Leans
from kiosk.accuracy.markdown import decimal, table

_LEANS = """\
Four bodies that nothing of the lean was adjusted to wash their hands over and over, half of the leans hinged with a
long neck, the head up or down, half hunched (biomechanics 4.1), before a Camera Module 3 Wide, upright, 1.8 m over the
floor, looking down by 18 degrees; 8 pictures a second, through the pose model. *Found*: told to be a lean. *Judged*:
how it was could be told; who bends far over the basin shows this camera nothing but hair, and of that nothing is said.
AUC: how often a hunched lean was told as further from good than a good one; by the *usual* good lean, reckoned from
where the camera hangs, and by the person's *own*, which they taught the mirror by six slow leans, standing free. Shown
red: for three seconds; by the usual one the mirror shows amber at most, so its reds are what it would show.

It is a tendency. All these bodies have nearly the same proportions, hair that hides nothing, and nobody walks by; the
specification reckons with an AUC of .74 to .90 and one in ten good leans shown red (biomechanics 4.5). Of the low back,
the pelvis and the legs nothing is seen."""

_OTHERS = """\
What else is done at a basin, by the same bodies. Spitting and rinsing the face are leans: too short ones, and ones with
the face in the hands, of which the mirror should make nothing. A step to the glass brings the shoulders nearer and down
in the picture as a lean does; where the hips are seen to come along it is told from one, elsewhere not."""


def at_sink(found: Leans) -> list[str]:
    """The section, as parts of the page."""
    if not found.rows:
        return []
    return ["## Leans over the basin", _LEANS, _rows(found.rows), _OTHERS, _others(found.others)]


def _rows(rows: Sequence[LeanRow]) -> str:
    heads = (
        "leans", "n", "found", "good judged", "hunched judged", "AUC by the usual", "by the own",
        "good shown red by the usual", "by the own", "hunched shown red by the usual", "by the own",
    )  # fmt: skip
    cells = [
        (
            row.what,
            row.leans,
            f"{row.found / row.leans:.0%}",
            f"{row.judged_good} of {row.good}",
            f"{row.judged_hunched} of {row.hunched}",
            *(decimal(auc, 2) for auc in row.auc),
            *(f"{red} of {row.good}" for red in row.red_good),
            *(f"{red} of {row.hunched}" for red in row.red_hunched),
        )
        for row in rows
    ]
    return table(heads, cells)


def _others(rows: Sequence[BasinRow]) -> str:
    cells = [(row.what.replace("_", " "), decimal(row.minutes), row.leans, f"{row.red} of {row.films}") for row in rows]
    return table(("done", "minutes", "leans told", "films that would show red"), cells)
