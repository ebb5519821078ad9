"""Leans over the basin through the mirror: found, told good from hunched, lit; and what else is done there, not told.

Who teaches the mirror their own good lean does so standing free, once; by it they are judged however they lean later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kiosk.accuracy.backline import area
from kiosk.accuracy.card import BasinRow, LeanRow, Leans
from kiosk.accuracy.sets import drill_of
from kiosk.devices.movenet import PoseModel
from kiosk.figure.basin import FREE, PINNED, stand_off
from kiosk.figure.bones import lengths
from kiosk.figure.course import TrueRep
from kiosk.figure.events import CALM, Events, Steam
from kiosk.figure.film import Film
from kiosk.figure.scripts.basin import AT_BASIN, NO_LEANS
from kiosk.figure.washing import Lean, Washing, good_lean, hunch
from kiosk.scoring.lean import DEFAULT, LeanModel, fit
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Hold, Light, Verdict

#: People whom nothing of the lean was adjusted to, and as many pictures a second as the slowest board looks at.
BODIES, RATE = (71, 72, 73, 74), 8.0
#: Degrees of the trunk in the good leans by which the mirror is taught, and seconds of each.
TAUGHT, TAUGHT_FOR = (22.0, 38.0, 26.0, 34.0, 24.0, 40.0), 3.2
#: Leans of a film, half of them hunched; of who looks anywhere, degrees of the neck of a good one, and every so many is
#: pinned to the basin (biomechanics 4.5).
MIXED, ANYWHERE, SOME_PINNED = 10, (-30.0, 30.0), 4
#: Of the light of an average lean so much is left by steam.
STEAM = (Steam(8.0, 0.45),)
#: Seconds after a lean in which a light may still be of it.
LATER = 1.5
#: The kinds of film; the first is that in which the mirror is taught.
TEACHING, PINNED_FILM, HEAD, STEAMED, KNEELING = KINDS = (
    "standing free",
    "pinned to the basin",
    "head anywhere, a quarter pinned",
    "in steam",
    "kneeling, as tall as a child",
)
#: The usual good lean, allowed to be red: so that it can be said what it would do.
USUAL = replace(DEFAULT, own=True)


@dataclass(frozen=True, slots=True)
class Leant:
    """One lean as performed, ``hunched`` or good, and as told by the usual good lean and by the own one.

    ``off``: how far from good, NaN where not judged; ``red``: shown red.  ``found``: told to be a lean.
    """

    what: str
    hunched: bool
    found: bool
    off: tuple[float, float]
    red: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Done:
    """What else was done at the basin: ``seconds`` of it, the ``leans`` told, and whether any light was red."""

    what: str
    seconds: float
    leans: int
    red: bool


def visit(body: int, model: Path) -> tuple[list[Leant], list[Done]]:
    """All films of one person at the basin."""
    leans: list[Leant] = []
    own: LeanModel | None = None
    for kind in KINDS:
        film, hunched = film_of(kind, body)
        poses = look(film, model)
        if kind in (TEACHING, KNEELING):
            own = learn(poses, film.course.reps[: len(TAUGHT)])
        leans += told(kind, poses, film.course.reps, hunched, own or USUAL)
    others = [do(script.drill, body, model) for script in AT_BASIN]
    return leans, others


def film_of(kind: str, body: int) -> tuple[Film, list[bool | None]]:
    """A film of that kind, and of each of its leans whether it is hunched; None of those that only teach."""
    rng = np.random.default_rng((body, 12, KINDS.index(kind)))
    pinned, kneels = kind == PINNED_FILM, kind == KNEELING
    teaching = list(teach(rng)) if kind in (TEACHING, KNEELING) else []
    hunched = rng.permutation(np.arange(MIXED) % 2).astype(bool).tolist()
    leans = [_lean(kind, n, bad, rng) for n, bad in enumerate(hunched)]
    off = PINNED if pinned else FREE
    washing = Washing(lengths(body), [*teaching, *leans], off, kneeling=kneels, phase=float(body))
    film = Film(
        "sink",
        seed=body,
        fps=RATE,
        lens=stand_off(off),
        events=Events(steam=STEAM) if kind == STEAMED else CALM,
        performed=washing,
    )
    return film, [None] * len(teaching) + hunched


def teach(rng: np.random.Generator) -> Iterator[Lean]:
    """Slow good leans to two depths, with a neck that stays as it is."""
    neck, nod = rng.uniform(-12, 8), rng.uniform(-5, 10)
    for trunk in TAUGHT:
        yield replace(good_lean(rng), trunk=trunk, neck=neck, nod=nod, stays=TAUGHT_FOR)


def _lean(kind: str, n: int, hunched: bool, rng: np.random.Generator) -> Lean:
    pinned = kind == PINNED_FILM or (kind == HEAD and n % SOME_PINNED == 0)
    lean = (hunch if hunched else good_lean)(rng, pinned=pinned)
    return replace(lean, neck=rng.uniform(*ANYWHERE)) if kind == HEAD and not hunched else lean


def look(film: Film, model: Path) -> list[Pose]:
    """What the model sees in every frame, once."""
    eye = PoseModel(model, passes=1)
    eye.bust = True
    return [eye.look(filmed.frame.image, filmed.frame.t) for filmed in film]


def learn(poses: Sequence[Pose], reps: Sequence[TrueRep]) -> LeanModel | None:
    """The own good lean, from all poses between the beginning and the end of each of ``reps``."""
    scorer = Scorer(drill_of("sink"))
    seen = [(pose.t, scorer.step(pose).lean) for pose in poses]
    return fit([[lean for t, lean in seen if lean and rep.start <= t < rep.end] for rep in reps])


def told(
    kind: str, poses: Sequence[Pose], reps: Sequence[TrueRep], hunched: Sequence[bool | None], own: LeanModel
) -> Iterator[Leant]:
    """What the mirror tells of each lean that is not one to teach it."""
    watched = [watch(poses, lean) for lean in (USUAL, own)]
    for rep, bad in zip(reps, hunched, strict=True):
        if bad is not None:
            holds = [_hold_of(verdicts, rep) for verdicts in watched]
            off = [hold.measures["hunch"] if hold else None for hold in holds]
            known, better = (np.nan if each is None else each for each in off)
            usually, by_own = (shows_red(verdicts, rep.start, rep.end + LATER) for verdicts in watched)
            yield Leant(kind, bad, holds[0] is not None, (known, better), (usually, by_own))


def watch(poses: Sequence[Pose], lean: LeanModel) -> list[Verdict]:
    """Everything that the scoring loop says by that good lean."""
    scorer = Scorer(drill_of("sink"), lean=lean)
    return [scorer.step(pose) for pose in poses]


def _hold_of(verdicts: Sequence[Verdict], rep: TrueRep) -> Hold | None:
    holds = (verdict.hold for verdict in verdicts if verdict.hold)
    return next((hold for hold in holds if hold.start < rep.end and hold.end > rep.bottom), None)


def shows_red(verdicts: Sequence[Verdict], start: float, end: float) -> bool:
    """Whether a light was red from ``start`` to ``end`` seconds."""
    return any(Light.RED in verdict.lights for verdict in verdicts if start <= verdict.t <= end)


def do(script: str, body: int, model: Path) -> Done:
    """What the mirror tells of something else that is done at the basin."""
    film = Film(script, seed=body, fps=RATE, reps=1)
    verdicts = watch(look(film, model), USUAL)
    leans = sum(verdict.hold is not None for verdict in verdicts)
    return Done(script, len(film) / RATE, leans, shows_red(verdicts, 0.0, np.inf))


def rate(visits: Sequence[tuple[list[Leant], list[Done]]]) -> Leans:
    """The rows of all visits."""
    leans = [lean for found, _ in visits for lean in found]
    others = [done for _, found in visits for done in found]
    rows = tuple(_rate(kind, [lean for lean in leans if lean.what == kind]) for kind in KINDS)
    return Leans(
        rows=rows,
        others=tuple(
            _other(script.drill, [each for each in others if each.what == script.drill]) for script in AT_BASIN
        ),
    )


def _rate(what: str, leans: Sequence[Leant]) -> LeanRow:
    good, bad = ([lean for lean in leans if lean.hunched is hunched] for hunched in (False, True))
    told_good, told_bad = (np.array([lean.off for lean in group]).reshape(-1, 2) for group in (good, bad))
    return LeanRow(
        what=what,
        leans=len(leans),
        found=sum(lean.found for lean in leans),
        good=len(good),
        hunched=len(bad),
        judged_good=_known(told_good[:, 1]).size,
        judged_hunched=_known(told_bad[:, 1]).size,
        auc=[area(_known(told_bad[:, by]), _known(told_good[:, by])) for by in (0, 1)],
        red_good=[sum(lean.red[by] for lean in good) for by in (0, 1)],
        red_hunched=[sum(lean.red[by] for lean in bad) for by in (0, 1)],
    )


def _known(values: np.ndarray) -> np.ndarray:
    return values[np.isfinite(values)]


def _other(script: str, done: Sequence[Done]) -> BasinRow:
    return BasinRow(
        what=script,
        films=len(done),
        minutes=sum(each.seconds for each in done) / 60,
        leans=sum(each.leans for each in done),
        red=sum(each.red for each in done),
        may=script not in {each.drill for each in NO_LEANS},
    )
