"""What was asked for against what was measured: a line each, met or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kiosk.accuracy.bends import RECORDED, USUAL
from kiosk.accuracy.capabilities import LEAST_F1, LEAST_SPECIFICITY
from kiosk.accuracy.card import Angle, Backs, Card, GhostRow, Leans, Real, Simulated, TrackRow
from kiosk.accuracy.leans import PINNED_FILM, TEACHING

#: Shares of simulated sets counted exactly, and within one, that are asked for (biomechanics 5.7).
LEAST_EXACT, LEAST_NEAR = 0.95, 0.99
#: Share of recorded squats and stoops on the right side of the hinge index (biomechanics 5.7).
LEAST_RIGHT = 0.97
#: Repetitions, of ten, in which a track of lifts with the hips first shows it (signals 1: the first one hardly does).
HIPS_FIRST = 8
#: Ghost repetitions that a minute of anything else may give.
MOST_GHOSTS = 0.2
#: Tracks that begin upright are those of these drills; seen from the side they are counted exactly, else within one.
UPRIGHT = ("pick_up", "squat", "kettlebell_swing")
SLACK = {"side": 0, "oblique_front": 1}


#: The outline of the back: area under the curve on simulated and on recorded spines, root mean square error in degrees,
#: shares of rounded backs lit green and of long ones lit red where they are hard to see; sets of cat and cow.
LEAST_AUC, LEAST_RECORDED_AUC, MOST_LUMBAR, MOST_GREEN, MOST_RED, LEAST_CATS = 0.95, 0.90, 8.0, 0.05, 0.02, 0.95

#: Leans over the basin: area under the curve standing free and pinned by the own good lean, and by the usual one;
#: shares of good leans shown red; of leans that are found.
LEAST_FREE, LEAST_PINNED, LEAST_USUAL, MOST_OWN, MOST_USUAL, LEAST_FOUND = 0.85, 0.75, 0.75, 0.05, 0.10, 0.98


class Promise(NamedTuple):
    """What was asked for, the figure asked, the figure measured, and whether it is met."""

    what: str
    asked: str
    measured: str
    met: bool


def promises(card: Card) -> Iterator[Promise]:
    """All that was asked for and could be measured."""
    if card.simulated:
        yield from _simulated(card.simulated)
    yield from _backs(card.backs)
    yield from _leans(card.leans)
    yield from _angles(card.real.angles)
    yield from _strategies(card.real)
    yield from _tracks(card.real)
    yield from _labels(card.real)
    yield from _ghosts("simulated everyday movement", card.everyday)
    yield from _ghosts("recorded movement", card.real.ghosts)


def _simulated(sim: Simulated) -> Iterator[Promise]:
    exact, near = (sum(getattr(row, name) for row in sim.drills) / sim.sets for name in ("exact", "near"))
    yield _share("simulated sets counted exactly", exact, LEAST_EXACT)
    yield _share("simulated sets counted within one", near, LEAST_NEAR)
    for grade, least in LEAST_F1.items():
        rows = [row for row in sim.faults if row.grade == grade]
        if rows:
            good = sum(row.f1 >= least for row in rows)
            met = good == len(rows)
            yield Promise(f"simulated faults of grade {grade}", f"all F1 ≥ {least}", f"{good} of {len(rows)}", met)
    if sim.faults:
        clear = sum(not row.specificity < LEAST_SPECIFICITY for row in sim.faults)
        figure, met = f"{clear} of {len(sim.faults)}", clear == len(sim.faults)
        yield Promise("simulated reds", f"all with specificity ≥ {LEAST_SPECIFICITY}", figure, met)
    yield from _angles(sim.angles)


def _backs(backs: Backs) -> Iterator[Promise]:
    rows = {row.what: row for row in backs.rows}
    for what, least in ((USUAL, LEAST_AUC), (RECORDED, LEAST_RECORDED_AUC)):
        if row := rows.get(what):
            yield Promise(
                f"AUC of rounded against long backs, {what}", f"≥ {least}", f"{row.auc:.2f}", row.auc >= least
            )
    if row := rows.get(USUAL):
        met = row.error <= MOST_LUMBAR
        yield Promise(f"lumbar flexion, {USUAL}", f"≤ {MOST_LUMBAR:g}° RMS", f"{row.error:.1f}°", met)
    harder = [row for row in backs.rows if row.what not in (USUAL, RECORDED)]
    rounded, long = sum(row.rounded for row in harder), sum(row.long for row in harder)
    for what, at, of, most in (("green", "green", rounded, MOST_GREEN), ("red", "red", long, MOST_RED)):
        for known, who in enumerate(("at first", "taught")):
            if of:
                share = sum(getattr(row, at)[known] for row in harder) / of
                said = f"backs falsely {what} in hard clothes, walls, light, {who}"
                yield Promise(said, f"≤ {most:.0%}", f"{share:.1%}", share <= most)
    if cats := backs.cats:
        yield _share("sets of cat and cow counted exactly", cats.exact / cats.sets, LEAST_CATS)


def _leans(found: Leans) -> Iterator[Promise]:
    if not found.rows:
        return
    least = {TEACHING: LEAST_FREE, PINNED_FILM: LEAST_PINNED}
    asked = [row for row in found.rows if row.what in least]
    for row in asked:
        yield _area(f"{row.what}, by the own good lean", row.auc[1], least[row.what])
        yield _area(f"{row.what}, by the usual good lean", row.auc[0], LEAST_USUAL)
    for by, who, most in ((1, "by the own good lean", MOST_OWN), (0, "by the usual one, if it might be", MOST_USUAL)):
        share = sum(row.red_good[by] for row in asked) / sum(row.good for row in asked)
        yield Promise(f"good leans shown red {who}", f"≤ {most:.0%}", f"{share:.1%}", share <= most)
    told = sum(row.found for row in asked) / sum(row.leans for row in asked)
    yield _share("leans found, free and pinned", told, LEAST_FOUND)
    ghosts = sum(row.leans for row in found.others if not row.may)
    yield Promise("leans told of combing, reaching, turning, brushing teeth", "0", f"{ghosts}", ghosts == 0)


def _area(what: str, auc: float, least: float) -> Promise:
    return Promise(f"AUC of hunched against good leans, {what}", f"≥ {least}", f"{auc:.2f}", auc >= least)


def _angles(angles: Iterable[Angle]) -> Iterator[Promise]:
    for row in angles:
        if row.at_most is not None:
            unit, name = "" if row.angle == "hinge_index" else "°", row.angle.replace("_", " ")
            met = row.error.mean <= row.at_most
            yield Promise(f"{name}, {row.what}", f"≤ {row.at_most:g}{unit}", f"{row.error.mean:.1f}{unit}", met)


def _strategies(real: Real) -> Iterator[Promise]:
    for eye in ("clean", "noisy"):
        rows = [row for row in real.strategies if row.what in (f"stoop, {eye}", f"squat, {eye}")]
        if rows:
            right = sum(row.index_right for row in rows) / sum(row.clips for row in rows)
            yield _share(f"squat against stoop by the hinge index, {eye}", right, LEAST_RIGHT)


def _tracks(real: Real) -> Iterator[Promise]:
    for view, slack in SLACK.items():
        rows = [row for row in real.tracks if row.view == view and row.drill in UPRIGHT]
        if rows:
            right = sum(abs(row.counted - row.asked) <= slack for row in rows)
            asked = f"all within {slack}" if slack else "all exact"
            what = f"real tracks that begin upright, {view.replace('_', ' ')}"
            yield Promise(what, asked, f"{right} of {len(rows)}", right == len(rows))


def _labels(real: Real) -> Iterator[Promise]:
    """Squatting and lifting hips first are told where people labelled them, and nowhere else."""
    rows = [row for row in real.tracks if row.drill in ("pick_up", "squat")]
    if rows:
        right = sum(_squats(row) == (row.drill == "squat" or "squatting" in row.labelled) for row in rows)
        what, asked = "squatting told in the tracks that show it, in no other", "all"
        yield Promise(what, asked, f"{right} of {len(rows)}", right == len(rows))
    first = {row.name: row.told.get("DL1", 0) for row in rows if row.view == "side" and "hips_first" in row.labelled}
    for name, told in first.items():
        yield Promise(f"hips first told in repetitions of {name}", f"≥ {HIPS_FIRST}", f"{told}", told >= HIPS_FIRST)
    other = sum(row.told.get("DL1", 0) for row in rows if row.name not in first)
    if first:
        yield Promise("hips first told in repetitions of the other pick-ups", "0", f"{other}", other == 0)


def _squats(row: TrackRow) -> bool:
    return row.strategies.get("squat", 0) > row.counted / 2


def _ghosts(what: str, rows: Iterable[GhostRow]) -> Iterator[Promise]:
    minutes = sum(row.minutes for row in rows)
    if minutes:
        rate = sum(row.ghosts for row in rows) / minutes
        yield Promise(f"ghosts a minute, {what}", f"≤ {MOST_GHOSTS}", f"{rate:.2f}", rate <= MOST_GHOSTS)


def _share(what: str, share: float, least: float) -> Promise:
    return Promise(what, f"≥ {least:.0%}", f"{share:.1%}", share >= least)
