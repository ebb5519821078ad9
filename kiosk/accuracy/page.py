"""The card as a page: models/ACCURACY.md."""

from __future__ import annotations

from kiosk.accuracy.backs_page import backs
from kiosk.accuracy.capabilities import misses
from kiosk.accuracy.card import Card, DrillRow, FaultRow, Simulated
from kiosk.accuracy.everyday import LEFT_OUT
from kiosk.accuracy.leans_page import at_sink
from kiosk.accuracy.markdown import decimal, ghosts, listed, name, table
from kiosk.accuracy.people import recorded
from kiosk.accuracy.promises import promises

_BEGIN = """\
# How well the mirror sees and judges

Written by `make accuracy`, nothing here is typed by hand. Simulated and real figures are kept apart: the simulated
person shows every fault by size, real people show what people do."""

_SIMULATED = """\
Every drill, good and with each fault that the simulated person can perform, full-blown: three bodies, three looks,
three distances, turned 0 to 20° from side-on (or up to 10° from facing the camera), spread evenly; {sets} sets, more of
a fault that could hardly be judged in the first ones; one pass of the model a picture. Angles are mean errors over the
frames of sets filmed from the side and turned 15° at most, against the true angle, both from standing, in degrees; neck
and index are errors over repetitions. A hold that a fault interrupts ends by rule: of those sets as many holds are
expected as the true key points give."""

_FAULTS = """\
A repetition with the fault put in is *told* or *missed* (also when it was not counted); the true key points *show* it
where the simulated person really performed it. Without the fault, told is *false* where the true measure lies in the
green, *border* where that is within a quarter of the amber band's width of its edge, *there too* where the true
measure is itself beyond green, because faults bring each other along. Of faults that are one mistake, or of which one
yields to the other, either counts as told. F1 takes false alarms from the first, strict F1
from the border, too, specificity every red told in the green. *Not judged* are repetitions of which the mirror says
itself that it cannot judge them, or not this fault. What misses its target ships as a reminder
(`kiosk/drills/capabilities.py`, written by the same command)."""

_UNMEASURED = """\
Lit, but no simulated set shows these. They ship by their grade and by the measures that they share with measured
faults; nothing more is known of them."""


def page(card: Card, picture: str | None) -> str:
    """The whole page, as Markdown, with the ``picture`` of that name."""
    met = [(one.what, one.asked, one.measured, "yes" if one.met else "**no**") for one in promises(card)]
    parts = [
        _BEGIN,
        *_origin(card),
        f"![Angles, faults and repetitions]({picture})" if picture else "",
        "## What was asked for",
        table(("what", "asked", "measured", "met"), met),
        *(_simulated(card.simulated) if card.simulated else ()),
        *backs(card.backs),
        *at_sink(card.leans),
        *ghosts("Simulated everyday movement", card.everyday, LEFT_OUT),
        *recorded(card.real),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _origin(card: Card) -> list[str]:
    origin = card.origin
    rows = [
        ("command", f"`{origin.command}`"),
        ("program", f"{origin.version}, commit {origin.commit}"),
        ("model", f"SHA-256 `{origin.model}`, {origin.runtime}"),
        ("machine", f"{origin.machine}, {origin.seconds / 60:.0f} minutes"),
        ("real data", f"absent: {listed(origin.absent)}" if origin.absent else "tracks, mocap, photos, planks, swings"),
    ]
    absent = f"**Not measured here, because the data are absent: {listed(origin.absent)}.**" if origin.absent else ""
    failed = "**These parts failed and are missing below:**" if card.troubles else ""
    return [table(("measured with", ""), rows), absent, failed, "\n".join(f"* {each}" for each in card.troubles)]


def _simulated(sim: Simulated) -> list[str]:
    parts = ["## Simulated people, through the pose model", _SIMULATED.format(sets=sim.sets), _drills(sim.drills)]
    if sim.faults:
        parts += ["### Faults", _FAULTS, _faults(sim.faults)]
    if sim.unmeasured:
        rows = [(name(row.drill), row.key, row.grade, row.why) for row in sim.unmeasured]
        parts += ["### Not measured", _UNMEASURED, table(("drill", "fault", "grade", "why"), rows)]
    if sim.mirrored:
        errors = [(row.angle, row.what, decimal(row.error.mean), decimal(row.error.p90)) for row in sim.mirrored]
        parts += [
            "### What the mirrored second pass changes",
            f"Some good sets, looked at once and twice ({sim.mirrored[0].error.n} frames).",
            table(("angle", "looked at with", "mean error", "90 %"), errors),
        ]
    return parts


def _drills(drills: tuple[DrillRow, ...]) -> str:
    angles = ("trunk", "shin", "knee", "hip", "neck", "hinge_index")
    rows = [
        (
            name(row.drill),
            row.sets,
            f"{row.exact / row.sets:.0%}",
            f"{row.near / row.sets:.0%}",
            f"{row.counted} of {row.performed}",
            listed(f"{key} {n}" for key, n in sorted(row.refused.items())),
            row.good_reds,
            *(decimal(row.errors.get(angle)) for angle in angles),
        )
        for row in drills
    ]
    heads = ("drill", "sets", "exact", "within 1", "counted", "refused", "frames red in good sets")
    return table((*heads, *(angle.replace("_", " ") for angle in angles)), rows)


def _faults(faults: tuple[FaultRow, ...]) -> str:
    rows = []
    for row in faults:
        why = misses(row)
        counts = (row.put_in, row.performed, row.hits, row.misses, row.false, row.border, row.there, row.false_reds)
        shares = (decimal(share, 2) for share in (row.precision, row.recall, row.f1, row.strict_f1, row.specificity))
        ships = f"reminder: {why}" if why else "light"
        rows.append((name(row.drill), row.key, row.grade, *counts, row.clean, row.unjudged, *shares, ships))
    heads = (
        "drill", "fault", "grade", "put in", "shown", "told", "missed", "false", "border", "there too", "false red",
        "not told", "not judged", "precision", "recall", "F1", "F1 strict", "specificity of red", "ships as",
    )  # fmt: skip
    return table(heads, rows)
