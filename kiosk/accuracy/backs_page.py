"""The card's section about the outline of the back."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.accuracy.card import BackRow, Backs
from kiosk.accuracy.markdown import decimal, table

_BACKS = """\
Films of nine bends each, of 0 to 70 degrees of lumbar flexion, by four bodies that nothing of the back was adjusted to
(two of them in clothes, before walls and in events that make a back hard to see), 8 pictures a second, walking into an
empty room; through the pose model. Flexions are beyond the person's own standing. *Rounded* is a repetition of more
than 35 degrees, *long* one of less than 20. *At first* the mirror knows nothing of the person: then the back is amber
at most. *Taught*, it knows their good hinge (the first bend) and how far they go in cat and cow. Error and bias in
degrees: of single looks, and of repetitions; AUC: how often a rounded one was told as more bent than a long one."""

_RECORDED = """\
The row of recorded spines is another kind of figure: how real people bent and stooped, performed by the simulated
person: real movement of the spine, simulated pixels. No film of real backs with known bends was at hand."""

_READ = """\
Of the same outlines of the same films, what other ways to read them would tell, each against the own standing."""


def backs(found: Backs) -> list[str]:
    """The section, as parts of the page."""
    if not found.rows:
        return []
    parts = ["## Backs, by their outline", _BACKS, _judged(found.rows), _RECORDED, "### Read in other ways", _READ]
    heads = ("read by", "looks", "error", "bias", "error a repetition", "AUC")
    parts.append(table(heads, [(row.what, row.looks, *_errors(row)) for row in found.read]))
    if cats := found.cats:
        said = (
            f"{cats.exact} of {cats.sets} simulated sets were counted exactly, {cats.by_back} by the back, the others"
            f" by the head. Medians of how far the lower back went: {decimal(cats.flexed)} degrees in cat,"
            f" {decimal(cats.extended)} in cow."
        )
        parts += ["### Cat and cow", said]
    return parts


def _judged(rows: Sequence[BackRow]) -> str:
    heads = (
        "films", "n", "repetitions", "error", "bias", "error a repetition", "AUC", "unseen",
        "rounded shown green at first", "taught", "long shown amber at first", "taught", "long shown red at first",
        "taught",
    )  # fmt: skip
    cells = [
        (
            row.what,
            row.films,
            row.reps,
            *_errors(row),
            f"{row.unseen}",
            *(f"{n} of {row.rounded}" for n in row.green),
            *(f"{n} of {row.long}" for n in (*row.amber, *row.red)),
        )
        for row in rows
    ]
    return table(heads, cells)


def _errors(row: BackRow) -> tuple[str, ...]:
    return decimal(row.error), decimal(row.bias), decimal(row.rep_error), decimal(row.auc, 2)
