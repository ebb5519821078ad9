"""Progression: which levels are open to whom, from the sets they have done (biomechanics 1.3).

Pure functions of a `Member`, or of a tuple of `SetDone`, all of one profile, oldest first.  Nobody is promoted by the
mirror's own wish: it only opens.  Nothing closes again either; after two poor sessions an easier drill is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from statistics import median

from kiosk.drills import DRILLS
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light
from kiosk.session.own_back import FRESH, is_long_known, learn, shows_long
from kiosk.text import Text

#: Levels that are open to everybody, whoever they are and whatever their health.
FREE = 2
#: The highest level, and the drills whose mastery opens the loads (3, 4) and the lifts (5).
TOP = 6
LOAD_BY, LIFTS_BY = "hinge", "romanian_deadlift"
#: Sets further apart than this (seconds) belong to two sessions.
SESSION_GAP = 3600.0
#: Seconds from the first to the last session that is more than one waking day, whatever the time zone.
NEXT_DAY = 16 * 3600.0
#: Mastered: so many good sessions, each of so many counted repetitions.
SESSIONS, REPS = 3, 10
#: A good session: median score at least, spread of the range (degrees) and pain (of 10) at most, coverage at least.
GOOD_SCORE, GOOD_SPREAD, GOOD_COVERAGE, GOOD_PAIN = 85, 8.0, 0.8, 2
#: Faults that may not have been red in the last so many repetitions.
NEVER_RED, CLEAN_REPS = frozenset({"F1a", "F1b", "F3a", "F9a", "F9b", "F10"}), 20
#: Seconds for which the lifts must have been open before power is.
FOUR_WEEKS = 28 * 86400.0
#: Two sessions below this median, or with pain from here on: something easier is offered.
POOR_SCORE, POOR_PAIN, POOR_SESSIONS = 65, 4, 2

#: Sets of one profile that are looked back on, half a year of six a day: what was mastered is kept for good.
RECENT = 1000

BACK_NOTE = Text("The mirror cannot check your back here: have somebody watch it.")
WET = Text("The floor may be wet here: nothing on one leg.")
#: Stays on the drill card of whoever said yes to a health question (biomechanics 6.2): no load, even if open.
HEALTH_NOTE = Text("You said yes to a health question: ask a health professional first, and use no load.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultDone:
    """A fault in one repetition: its ``key``, its ``level`` amber or red, the ``value`` of its measure."""

    key: str
    level: Light
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepDone:
    """One repetition or hold of a set.

    ``side``: the working side of a one-sided drill, else the one near the mirror.  ``seconds`` it took; of a hold those
    in green and amber.  ``range`` in the unit of what is counted, ``trunk`` and ``knee`` in degrees, ``hip_retreat`` in
    shin lengths; of the outline of the back, in degrees, + rounder: ``lumbar`` and ``thoracic`` against standing,
    ``flexed`` and ``extended`` how far the lower back went from all fours.  All None where not seen, and from the
    front.  The rest as in a Rep (kiosk.scoring.verdict).
    """

    side: str | None
    score: int | None
    coverage: float
    seconds: float
    range: float | None = None
    trunk: float | None = None
    knee: float | None = None
    hip_retreat: float | None = None
    lumbar: float | None = None
    thoracic: float | None = None
    flexed: float | None = None
    extended: float | None = None
    faults: tuple[FaultDone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone:
    """One set done: what is remembered of it.

    ``t`` seconds when it ended (of the wall clock once it is kept), ``profile`` whose it is ("": nobody's), ``drill``
    the key.  ``reps`` counts repetitions or holds; of a one-sided drill ``left`` and ``right`` count by working side,
    else they are 0.  ``score`` 0..100 of the set, None where form could not be judged; ``scores`` of its judged
    repetitions in their order.  ``reds``: keys of the faults that were red.  ``range_sd``: standard deviation of the
    repetitions' range in the unit of what is counted (degrees in all bends), None below two and from the front.
    ``lumbar``, ``thoracic``, ``flexed``, ``extended``: medians of the repetitions', None where too few showed them.
    ``coverage`` 0..1, the mean of the repetitions.  ``pain`` 0..10 as reported; ``felt``: the right place was felt,
    ``touching``: the dowel touched at all three points, ``long_back``: the back was long all along, each 0 no, 1 partly
    or not sure, 2 yes; all None when nobody answered.  ``seconds``: how long the set took; of a held drill how long it
    was held.  ``trunk_px``, ``thigh_px``, ``shin_px``: the person's lengths in camera pixels as they were calibrated,
    None where unknown.  ``closed``: its repetitions or holds in their order; () of a set that is only looked back on.
    """

    t: float
    profile: str
    drill: str
    left: int = 0
    right: int = 0
    reps: int
    score: int | None
    scores: tuple[int, ...]
    reds: tuple[str, ...]
    range_sd: float | None
    coverage: float
    pain: int | None = None
    felt: int | None = None
    touching: int | None = None
    long_back: int | None = None
    lumbar: float | None = None
    thoracic: float | None = None
    flexed: float | None = None
    extended: float | None = None
    seconds: float
    trunk_px: float | None = None
    thigh_px: float | None = None
    shin_px: float | None = None
    closed: tuple[RepDone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Whoever uses the mirror: ``profile`` ("": anonymous), the RECENT ``sets`` known of them, oldest first.

    ``mastered``: of the drills that open levels, since when (seconds on the clock of the sets) they have been mastered.
    ``own_back``: what their sets told of their back.  ``unlock``: they may override a lock, with a warning.  ``asked``:
    they answered the health questions of biomechanics 6.2.  ``health_box``: one of these applies to them, so nothing
    above FREE opens by itself and nothing at TOP at all.
    """

    profile: str = ""
    sets: tuple[SetDone, ...] = ()
    mastered: Mapping[str, float] = field(default_factory=dict)
    own_back: OwnBack = UNKNOWN
    unlock: bool = False
    asked: bool = False
    health_box: bool = False

    def after(self, *done: SetDone) -> Member:
        """The member once they have ``done`` more."""
        sets = (*self.sets, *done)[-RECENT:]
        found = {key: mastered_at(sets, key) for key in (LOAD_BY, LIFTS_BY) if key not in self.mastered}
        newly = {key: at for key, at in found.items() if at is not None}
        return replace(self, sets=sets, mastered={**self.mastered, **newly}).knowing(*done)

    def knowing(self, *done: SetDone) -> Member:
        """The member once ``done`` told of their back, and no more of it is remembered."""
        return replace(self, own_back=reduce(learn, done, self.own_back))


ANYBODY = Member()


def mastered_at(sets: tuple[SetDone, ...], key: str) -> float | None:
    """When the drill of ``key`` was first mastered, seconds; None as long as it is not."""
    mine = [done for done in sets if done.drill == key and done.profile]
    good: list[float] = []
    past: list[SetDone] = []
    for session in sessions(mine):
        past += session
        if _is_good(session):
            good.append(session[-1].t)
        if len(good) >= SESSIONS and good[-1] - good[0] >= NEXT_DAY and _is_clean(past):
            return session[-1].t
    return None


def open_level(member: Member, now: float) -> int:
    """The highest level that is open to ``member`` at ``now``, seconds on the clock of their sets."""
    if member.health_box or LOAD_BY not in member.mastered:
        return FREE
    lifts = member.mastered.get(LIFTS_BY)
    if lifts is None:
        return 4
    return TOP if now - lifts >= FOUR_WEEKS else 5


def locked(drill: Drill, member: Member, now: float) -> Text:
    """Why ``drill`` is not open to ``member`` at ``now`` and what opens it, in one plain sentence; "" if it is open."""
    level = open_level(member, now)
    if drill.level <= level:
        return Text("")
    if member.health_box:
        return Text("You said yes to a health question: ask a health professional before this one.")
    if not member.profile:
        return Text("Opens with a profile that has mastered the hip hinge.")
    if level < 4:
        return Text("Opens when three sessions of the hip hinge, on two days, were solid.")
    if level < 5:
        return Text("Opens when three sessions of the Romanian deadlift, on two days, were solid.")
    return Text("Opens four weeks after the lifts of level 5 did.")


def may_override(drill: Drill, member: Member) -> bool:
    """A lock on ``drill`` may be overridden: never power with a ticked health box."""
    return member.unlock and not (member.health_box and drill.level >= TOP)


def easier_than(drill: Drill) -> Drill | None:
    """The drill to fall back on, None where there is none."""
    return next((each for each in DRILLS if each.key == drill.easier), None)


def is_too_hard(sets: tuple[SetDone, ...], key: str) -> bool:
    """The last two sessions of the drill of ``key`` were poor or hurt: something easier is to be offered."""
    last = sessions([done for done in sets if done.drill == key])[-POOR_SESSIONS:]
    return len(last) == POOR_SESSIONS and all(_is_poor(session) for session in last)


def sessions(sets: Iterable[SetDone]) -> list[list[SetDone]]:
    """``sets`` cut where somebody was away for long."""
    cut: list[list[SetDone]] = []
    for done in sets:
        if cut and done.t - cut[-1][-1].t <= SESSION_GAP:
            cut[-1].append(done)
        else:
            cut.append([done])
    return cut


def _is_good(session: list[SetDone]) -> bool:
    """Enough, well and evenly done, well seen and without pain; of the spread, what was seen side-on counts."""
    scores = [score for done in session for score in done.scores]
    spreads = [done.range_sd for done in session if done.range_sd is not None]
    return (
        sum(done.reps for done in session) >= REPS
        and bool(scores)
        and median(scores) >= GOOD_SCORE
        and bool(spreads)
        and max(spreads) <= GOOD_SPREAD
        and all(done.coverage >= GOOD_COVERAGE for done in session)
        and _pain(session) <= GOOD_PAIN
    )


def _is_clean(past: list[SetDone]) -> bool:
    """None of NEVER_RED in the sets that hold the last CLEAN_REPS repetitions."""
    reps = 0
    for done in reversed(past):
        if NEVER_RED & set(done.reds):
            return False
        reps += done.reps
        if reps >= CLEAN_REPS:
            return True
    return reps >= CLEAN_REPS


def _is_poor(session: list[SetDone]) -> bool:
    scores = [score for done in session for score in done.scores]
    return bool(scores and median(scores) < POOR_SCORE) or _pain(session) >= POOR_PAIN


def _pain(session: list[SetDone]) -> int:
    """The worst pain reported; nobody complained where nobody was asked."""
    return max((done.pain for done in session if done.pain is not None), default=0)


@dataclass(frozen=True, slots=True)
class Gates:
    """What is open to whoever is here, in the order of DRILLS: why each drill is locked ("": it is open), and whether
    the lock may be overridden.

    ``welcome``: the health questions come before their first set.  ``asks_back``: what they say of their back after a
    set would tell the mirror something.  ``who`` they are, a profile or ""; ``profiles``: whom they could say they are,
    and whether there is ``room`` for one more.
    """

    why: tuple[Text, ...]
    override: tuple[bool, ...]
    welcome: bool = False
    asks_back: bool = False
    who: str = ""
    profiles: tuple[str, ...] = ()
    room: bool = False


def gates_for(member: Member, now: float, *, wet: bool = False) -> Gates:
    """The gates for ``member`` at ``now``, seconds on the clock of their sets; ``wet``: where the floor may be wet."""
    slips = [wet and drill.dry for drill in DRILLS]
    why = (WET if slip else locked(drill, member, now) for drill, slip in zip(DRILLS, slips, strict=True))
    override = (not slip and may_override(drill, member) for drill, slip in zip(DRILLS, slips, strict=True))
    return Gates(tuple(why), tuple(override), asks_back=is_back_due(member, now))


def is_back_due(member: Member, now: float) -> bool:
    """At ``now``, seconds on the clock of their sets, ``member`` could tell the mirror when their back is long: it does
    not know yet, or has known for longer than is FRESH.  Without a profile it knows as long as they are here."""
    if not member.profile:
        return not is_long_known(member.own_back)
    return not any(shows_long(done) and now - done.t <= FRESH for done in reversed(member.sets))


def open_below(drill: Drill, gates: Gates) -> Drill | None:
    """The nearest drill to fall back on that is open, None where there is none."""
    easier = easier_than(drill)
    while easier and gates.why[DRILLS.index(easier)]:
        easier = easier_than(easier)
    return easier


ALL_OPEN = Gates((Text(""),) * len(DRILLS), (True,) * len(DRILLS))
