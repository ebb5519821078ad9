"""The part of the card's page that is about recorded people."""

from __future__ import annotations

from kiosk.accuracy.card import Real
from kiosk.accuracy.markdown import decimal, ghosts, listed, name, table
from kiosk.accuracy.mocap import HELD_AFTER, HELD_BEFORE, MOVED_OVER

_TRACKS = "Tracks that the pose model made of real people, with what people labelled (0.5: a way up or down only)."

_LABELS = "A clip tells a fault when at least half of its repetitions do."

_MOCAP = f"""\
Recorded joints projected as the gym's camera sees them, both ways round, turned 0 and 15°: clean, and with the model's
noise. The recordings begin within the movement, so each is preceded by the person's own straightest standing frame,
held for {HELD_BEFORE:g} s and moved over in {MOVED_OVER:g} s, and its last frame is held for {HELD_AFTER:g} s. Steps
are taken out of a drill's movement, not of the rest. Angles against the recorded truth, both from standing. *One
hand*: reaching to the floor with one hand turns the shoulders, and the near one is not where their middle is, to which
the truth of the trunk belongs (*near side*: the error against the near side's own truth). The truth of the neck is the
head against the chest, which these points do not show. *Depth camera*: of it only the trunk can be believed."""

_STRATEGIES = """\
Of all clips: on which side of 50 the hinge index lies, measured as the mirror measures it. Of those that the mirror
counted as a pick-up: how it named them. Some of these skeletons stand with knees so bent that the mirror does not take
it for standing; nothing is counted of them."""

_PLANKS = "Key points of another model, frame by frame, against the drill's own edges; labelled by their author."


def recorded(real: Real) -> list[str]:
    """All sections about recorded people; what was not measured is left out."""
    return [*_tracks(real), *_movement(real), *ghosts("Recorded movement that is no drill", real.ghosts), *_eye(real)]


def _tracks(real: Real) -> list[str]:
    if not real.tracks:
        return []
    rows = [
        (
            row.name,
            name(row.drill),
            row.view.replace("_", " "),
            f"{row.asked:g}",
            row.counted,
            listed(row.labelled.replace("_", " ").split(";")),
            _counts(row.told),
            _counts(row.strategies),
            _counts(row.refused),
        )
        for row in real.tracks
    ]
    labels = [
        (row.label.replace("_", " "), row.key, f"{row.told} of {row.clips}", f"{row.falsely} of {row.without}")
        for row in real.labels
    ]
    heads = ("track", "watched as", "view", "labelled", "counted", "labelled faults", "told", "named", "refused")
    told = ("labelled", "told as", "of clips that have it", "of clips that have it not")
    return ["## Real people: tracks", _TRACKS, table(heads, rows), _LABELS, table(told, labels)]


def _movement(real: Real) -> list[str]:
    if not real.angles:
        return []
    angles = [
        (row.what, row.angle, decimal(row.error.mean), decimal(row.error.p90), row.error.n, decimal(row.at_most))
        for row in real.angles
    ]
    ways = [
        (row.what.replace("_", " "), row.clips, row.index_right, row.hinge, row.mixed, row.squat, row.not_counted)
        for row in real.strategies
    ]
    counts = [(row.what.replace("_", " "), name(row.drill), row.clips, row.exact, row.counted) for row in real.counts]
    return [
        "## Real people: motion capture seen by virtual cameras",
        _MOCAP,
        table(("people and eye", "angle", "mean error", "90 %", "frames", "asked"), angles),
        "### Squat or stoop",
        _STRATEGIES,
        table(("lift", "clips", "index right", "named hinge", "mixed", "squat", "not counted"), ways),
        "### Counted",
        table(("movement", "watched as", "clips", "exact", "repetitions"), counts),
    ]


def _eye(real: Real) -> list[str]:
    parts = []
    if real.photos:
        photos = [
            (row.passes, row.pictures, decimal(row.oks, 3), decimal(row.trunk_mean), decimal(row.trunk_median))
            for row in real.photos
        ]
        heads = ("passes", "people", "OKS", "trunk error: mean", "median")
        parts += ["## Real people: photographs", table(heads, photos)]
    if real.planks:
        planks = [(row.label, row.frames, *(f"{share:.0%}" for share in (row.green, row.sag, row.pike)))
                  for row in real.planks]  # fmt: skip
        heads = ("labelled", "frames", "in the green", "sagging", "piking")
        parts += ["## Real people: planks", _PLANKS, table(heads, planks)]
    return parts


def _counts(by_key: dict[str, int]) -> str:
    return listed(f"{key} {n}" for key, n in sorted(by_key.items()))
