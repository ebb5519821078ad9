"""Summing up: what came of a set, and of a whole dose, in words."""

from __future__ import annotations

from statistics import median

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light, Rep, Strategy
from kiosk.session import scene
from kiosk.session.progress import Member, easier_than, is_too_hard
from kiosk.session.results import asymmetry, scores, seconds_held, set_score, sets_of
from kiosk.session.states import Working

#: What a light's state is called beside its colour and shape.
STATE_WORDS = {
    Light.OFF: "",
    Light.GREEN: "good",
    Light.AMBER: "nearly",
    Light.RED: "work on it",
    Light.UNSEEN: "not seen",
}
#: What somebody did who lifted each way.
WAYS = {Strategy.HINGE: "bowed", Strategy.MIXED: "in between", Strategy.SQUAT: "squatted"}
#: Set scores from which each word is said (biomechanics 5.5).
BANDS = ((85, "solid"), (70, "good"), (55, "work on one thing"), (0, "try an easier version"))
#: Lines the summary has room for beside the score: at most so many notes, then refusals.
NOTES, LINES = 3, 5
#: Refusals that tell what to do there and then, no news once the set is over.
MOMENTARY = ("moved", "other_person")


def summary(done: Working, member: Member) -> scene.Summary:
    """The picture after ``done``, the last set of its dose, for ``member``."""
    drill, sets = done.plan.drill, sets_of(done)
    judged = [score for each in sets if each.scored for score in scores(each.closed)]
    score = round(median(judged)) if judged and done.scored else None
    refused = (refusal.why for each in sets for refusal in each.refused if refusal.key not in MOMENTARY)
    notes = _notes(sets)[:NOTES]
    sides = 2 if done.side else 1
    return scene.Summary(
        title=drill.title,
        reps=sum(each.reps for each in sets),
        target=None if done.plan.target is None else done.plan.target * drill.sets * sides,
        score=score,
        band="stopped" if not done.scored else band(score),
        lights=form_lights(drill, done.lights or (Light.OFF,) * len(drill.lights)),
        next_step=_next_step(done, member),
        unseen=unseen(drill),
        refused=tuple(dict.fromkeys(refused))[len(notes) - LINES :],
        unit=_unit(done),
        notes=notes,
    )


def _next_step(done: Working, member: Member) -> str:
    """What to do next: why it was stopped, something easier after two poor sessions, or what was said most."""
    drill = done.plan.drill
    easier = easier_than(drill)
    if done.stopped:
        return f"{done.stopped} Next time: {easier.title}." if easier and done.scored else done.stopped
    if easier and is_too_hard(member.sets, drill.key):
        return f"Go one step easier for a while: {easier.title}."
    cues = [cue.text for each in sets_of(done) for cue in each.said if cue.key and not cue.praise]
    return max(cues, key=cues.count) if cues else ""


def _notes(sets: tuple[Working, ...]) -> tuple[str, ...]:
    """What there is to know beside the score: left and right, holds, ways of lifting, the sets' own scores."""
    notes = [_sides(sets), _held(sets), _ways(sets), _each_set(sets), asymmetry(sets)]
    return tuple(note for note in notes if note)


def _sides(sets: tuple[Working, ...]) -> str:
    """ "Left 16 (84), right 16 (79)" of a one-sided drill: counts and scores."""
    if not any(each.side for each in sets):
        return ""
    words = []
    for side, count in (("left", sum(each.left for each in sets)), ("right", sum(each.right for each in sets))):
        judged = scores(one for each in sets for one in each.closed if one.side == side)
        words.append(f"{side} {count}" + (f" ({round(median(judged))})" if judged else ""))
    return ", ".join(words).capitalize()


def _held(sets: tuple[Working, ...]) -> str:
    """ "Held: 41 s good, 9 s nearly, 3 s to work on" of a drill that is held."""
    seconds = [sum(parts) for parts in zip(*map(seconds_held, sets), strict=True)]
    if not any(round(part) for part in seconds):
        return ""
    states = zip(seconds, (Light.GREEN, Light.AMBER, Light.RED), strict=True)
    return "Held: " + ", ".join(f"{part:.0f} s {STATE_WORDS[state]}" for part, state in states if round(part))


def _ways(sets: tuple[Working, ...]) -> str:
    """ "Your way: 4 bowed, 1 squatted" of a drill in which that is free (biomechanics 1.2, D23)."""
    if not all(each.plan.drill.takes_up for each in sets):
        return ""
    lifts = [one.strategy for each in sets for one in each.closed if isinstance(one, Rep)]
    counts = [f"{lifts.count(way)} {word}" for way, word in WAYS.items() if way in lifts]
    return "Your way: " + ", ".join(counts) if counts else ""


def _each_set(sets: tuple[Working, ...]) -> str:
    """ "Sets: 84, 79" when there was more than one."""
    judged = [score for each in sets if (score := set_score(each)) is not None]
    return "Sets: " + ", ".join(map(str, judged)) if len(judged) > 1 else ""


def band(score: int | None) -> str:
    """The word for a set's score."""
    if score is None:
        return "counted only"
    return next(word for least, word in BANDS if score >= least)


def result(done: Working) -> str:
    """One line of what was done in a set."""
    score = set_score(done)
    what = f"left {done.left}, right {done.right}" if done.side else counted(done.reps, _unit(done))
    return what.capitalize() + (f", {score}: {band(score)}" if score is not None else "")


def counted(number: int, unit: str) -> str:
    """ "8 reps", "1 hold"."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _unit(done: Working) -> str:
    return "hold" if done.plan.drill.hold_s else "rep"


def form_lights(drill: Drill, states: tuple[Light, ...]) -> tuple[scene.FormLight, ...]:
    """The lights of ``drill`` as they are shown in ``states``."""
    return tuple(
        scene.FormLight(name, state, STATE_WORDS[state]) for name, state in zip(drill.lights, states, strict=True)
    )


def unseen(drill: Drill) -> str:
    """One line of what this mirror cannot see in the drill."""
    return ", ".join(dict.fromkeys(each.what for each in drill.unseen))
