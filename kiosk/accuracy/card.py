"""The accuracy card: everything measured, as one value that becomes a page, JSON, plots and the capabilities table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct


class Spread(Struct, frozen=True, kw_only=True):
    """Absolute errors: their mean, their 90 % quantile, and of how many frames or repetitions."""

    mean: float
    p90: float
    n: int


class Angle(Struct, frozen=True, kw_only=True):
    """How far an angle is off.  ``what`` people and camera they are of, ``at_most`` the mean that was asked for."""

    what: str
    angle: str
    error: Spread
    at_most: float | None = None


class DrillRow(Struct, frozen=True, kw_only=True):
    """Simulated sets of one drill.

    ``exact`` and ``near`` of its ``sets`` were counted exactly, within one; ``performed`` and ``counted`` are
    repetitions or holds; ``refused`` counts refusals by key, ``good_reds`` red lights in sets without a fault, as
    verdicts; ``errors`` are means by angle, degrees.
    """

    drill: str
    sets: int
    exact: int
    near: int
    performed: int
    counted: int
    refused: dict[str, int]
    good_reds: int
    errors: dict[str, float]


class FaultRow(Struct, frozen=True, kw_only=True):
    """One fault of one drill over simulated repetitions.

    With the fault put in: ``hits`` and ``misses`` (a repetition that was not counted misses it); ``performed`` of them
    show it in their true keypoints, too.  Without: ``clean`` not told; told while the true measure lies in the green
    ``false``, or in the green but ``border``-ing on amber; ``false_reds`` are those of both that were red; ``there``:
    told, and the true measure is beyond green: neither right nor wrong.  ``unjudged`` were counted and not judged,
    which the mirror says itself.
    """

    drill: str
    key: str
    grade: str
    hits: int = 0
    misses: int = 0
    false: int = 0
    border: int = 0
    clean: int = 0
    false_reds: int = 0
    there: int = 0
    performed: int = 0
    unjudged: int = 0

    @property
    def put_in(self) -> int:
        """Repetitions with the fault."""
        return self.hits + self.misses

    @property
    def precision(self) -> float:
        """Share of what was told that is there."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of what is there that was told."""
        return _share(self.hits, self.put_in)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.false)

    @property
    def strict_f1(self) -> float:
        """F1 with those on the border called false."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.false + self.border)

    @property
    def specificity(self) -> float:
        """Share of repetitions without the fault that were not shown red for it."""
        return 1 - _share(self.false_reds, self.false + self.border + self.clean)


class Unmeasured(Struct, frozen=True, kw_only=True):
    """A fault that no simulated set can show, and why."""

    drill: str
    key: str
    grade: str
    why: str


class BackRow(Struct, frozen=True, kw_only=True):
    """How well the bend of backs is told and lit, of ``films`` of one kind.

    ``error`` (root mean square) and ``bias`` in degrees of lumbar flexion over ``looks`` at bent trunks, ``rep_error``
    over repetitions; ``auc`` of ``rounded`` repetitions (over 35 degrees) against ``long`` ones (under 20).  As of
    somebody unknown, and as of somebody who has taught the mirror their back: rounded ones lit ``green``, long ones
    ``amber`` and ``red``.  ``unseen``: repetitions of which the mirror says that it did not see the back.
    """

    what: str
    films: int
    reps: int
    looks: int
    error: float
    bias: float
    rep_error: float
    auc: float
    rounded: int
    long: int
    green: list[int]
    amber: list[int]
    red: list[int]
    unseen: int


class CatRow(Struct, frozen=True, kw_only=True):
    """Sets of cat and cow: counted ``exact``, ``by_back`` and not by the head; medians of both ends, degrees."""

    sets: int
    exact: int
    by_back: int
    flexed: float
    extended: float


class Backs(Struct, frozen=True, kw_only=True):
    """The outline of the back: ``rows`` by kind of film, the same films ``read`` in other ways, cat and cow."""

    rows: tuple[BackRow, ...] = ()
    read: tuple[BackRow, ...] = ()
    cats: CatRow | None = None


class LeanRow(Struct, frozen=True, kw_only=True):
    """Leans over the basin of one kind: how many were ``found``, and how good was told from ``hunched``.

    ``judged``: of how many good and hunched ones it was told how they were.  By the usual good lean and by the person's
    own: ``auc`` of hunched against good, ``red_good`` and ``red_hunched`` were shown red, if the usual one might.
    """

    what: str
    leans: int
    found: int
    good: int
    hunched: int
    judged_good: int
    judged_hunched: int
    auc: list[float]
    red_good: list[int]
    red_hunched: list[int]


class BasinRow(Struct, frozen=True, kw_only=True):
    """What else is done at the basin, in ``minutes`` of ``films``: ``leans`` told, ``red`` films that showed it.

    ``may``: it is a lean of another kind, so one may be told.
    """

    what: str
    films: int
    minutes: float
    leans: int
    red: int
    may: bool


class Leans(Struct, frozen=True, kw_only=True):
    """The sink: ``rows`` by kind of film, and what ``others`` are done there."""

    rows: tuple[LeanRow, ...] = ()
    others: tuple[BasinRow, ...] = ()


class Simulated(Struct, frozen=True, kw_only=True):
    """The simulated person through the pose model, one pass; ``mirrored`` compares some sets with both."""

    sets: int
    drills: tuple[DrillRow, ...]
    faults: tuple[FaultRow, ...]
    unmeasured: tuple[Unmeasured, ...]
    angles: tuple[Angle, ...]
    mirrored: tuple[Angle, ...] = ()


class TrackRow(Struct, frozen=True, kw_only=True):
    """One track of a real person watched as ``drill``.

    ``asked`` repetitions by its label, ``counted`` by the mirror; ``told``: in how many repetitions each fault was,
    ``strategies`` how often each.  ``labelled`` are the label's own words.
    """

    name: str
    drill: str
    view: str
    asked: float
    counted: int
    labelled: str
    told: dict[str, int]
    strategies: dict[str, int]
    refused: dict[str, int]


class LabelRow(Struct, frozen=True, kw_only=True):
    """A fault that people labelled: in how many of its clips, and in how many of those without it, it was told."""

    label: str
    key: str
    clips: int
    told: int
    without: int
    falsely: int


class StrategyRow(Struct, frozen=True, kw_only=True):
    """How recorded lifts were named, of ``clips``; ``not_counted`` were not counted at all, so not named.

    ``right`` of them were named rightly; ``index_right``: of all clips the hinge index, measured as the mirror would,
    lies on the right side of the middle.
    """

    what: str
    clips: int
    hinge: int
    mixed: int
    squat: int
    not_counted: int
    right: int
    index_right: int


class CountRow(Struct, frozen=True, kw_only=True):
    """Recorded movements with one repetition each, watched as ``drill``."""

    what: str
    drill: str
    clips: int
    exact: int
    counted: int


class GhostRow(Struct, frozen=True, kw_only=True):
    """Repetitions counted in ``minutes`` of movement that is no drill; ``where`` says in which."""

    drill: str
    minutes: float
    ghosts: int
    where: dict[str, int]

    @property
    def rate(self) -> float:
        """Ghosts a minute."""
        return self.ghosts / self.minutes if self.minutes else math.nan


class Photos(Struct, frozen=True, kw_only=True):
    """The model on photographs: object keypoint similarity, and the trunk's error in degrees, by passes."""

    passes: int
    pictures: int
    oks: float
    trunk_mean: float
    trunk_median: float


class PlankRow(Struct, frozen=True, kw_only=True):
    """Recorded plank keypoints of one label: shares of frames by the line's band."""

    label: str
    frames: int
    green: float
    sag: float
    pike: float


class Real(Struct, frozen=True, kw_only=True):
    """Recorded people."""

    tracks: tuple[TrackRow, ...] = ()
    labels: tuple[LabelRow, ...] = ()
    angles: tuple[Angle, ...] = ()
    strategies: tuple[StrategyRow, ...] = ()
    counts: tuple[CountRow, ...] = ()
    ghosts: tuple[GhostRow, ...] = ()
    photos: tuple[Photos, ...] = ()
    planks: tuple[PlankRow, ...] = ()


class Origin(Struct, frozen=True, kw_only=True):
    """What was measured with: the command, the program's commit, the pose model, the data, and what is absent."""

    command: str
    version: str
    commit: str
    model: str
    runtime: str
    machine: str
    absent: tuple[str, ...]
    seconds: float = 0.0


class Card(Struct, frozen=True, kw_only=True):
    """The whole card.  ``troubles`` are parts that failed, each with the reason."""

    origin: Origin
    simulated: Simulated | None
    everyday: tuple[GhostRow, ...]
    real: Real
    troubles: tuple[str, ...]
    backs: Backs = Backs()
    leans: Leans = Leans()


def spread(errors: Sequence[float]) -> Spread:
    """The spread of absolute ``errors``; NaN are left out."""
    known = sorted(abs(error) for error in errors if not math.isnan(error))
    if not known:
        return Spread(mean=math.nan, p90=math.nan, n=0)
    at = min(len(known) - 1, math.ceil(0.9 * len(known)) - 1)
    return Spread(mean=sum(known) / len(known), p90=known[at], n=len(known))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
