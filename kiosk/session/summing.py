"""Summing up: what came of a set, and of a whole dose, in words."""

from __future__ import annotations

from statistics import median

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light, Rep, Strategy
from kiosk.session import scene
from kiosk.session.asking import NOT_TODAY, ease, is_eased, is_enough
from kiosk.session.better import bars, better
from kiosk.session.pages import help_now
from kiosk.session.progress import Member, easier_than, is_too_hard
from kiosk.session.results import asymmetry, scores, seconds_held, set_score, sets_of
from kiosk.session.states import Working
from kiosk.text import Text, series

#: What a light's state is called beside its colour and shape.
STATE_WORDS = {
    Light.OFF: Text(""),
    Light.GREEN: Text("good"),
    Light.AMBER: Text("nearly"),
    Light.RED: Text("work on it"),
    Light.UNSEEN: Text("not seen"),
}
#: Set scores from which each word is said (biomechanics 5.5).
BANDS = ((85, Text("solid")), (70, Text("good")), (55, Text("work on one thing")), (0, Text("try an easier version")))
DRILLS = Text("drills")
#: Lines the summary has room for beside the score: at most so many notes, then refusals.
NOTES, LINES = 3, 5
#: Refusals that tell what to do there and then, no news once the set is over.
MOMENTARY = ("moved", "other_person")


def summary(done: Working, member: Member, replays: tuple[scene.Replay, ...] = ()) -> scene.Summary:
    """The picture after ``done``, the last set of its dose, for ``member``; ``replays`` of that dose."""
    drill, sets = done.plan.drill, sets_of(done)
    judged = [score for each in sets if each.scored for score in scores(each.closed)]
    score = round(median(judged)) if judged and done.scored else None
    refused = (refusal.why for each in sets for refusal in each.refused if refusal.key not in MOMENTARY)
    notes = _notes(sets)[:NOTES]
    sides = 2 if done.side else 1
    return scene.Summary(
        title=Text("{name}: {title}", name=member.profile, title=Text(drill.title))
        if member.profile
        else Text(drill.title),
        reps=(reps := sum(each.reps for each in sets)),
        counted=_counted(done, reps, None if done.plan.target is None else done.plan.target * drill.sets * sides),
        score=score,
        band=Text("stopped") if not done.scored else band(score),
        lights=form_lights(drill, done.lights or (Light.OFF,) * len(drill.lights)),
        next_step=_next_step(done, member),
        unseen=unseen(drill),
        refused=tuple(dict.fromkeys(refused))[len(notes) - LINES :],
        notes=notes,
        better=better(sets, member) if done.scored and not is_enough(done) else Text(""),
        bars=bars(sets),
        replays=replays,
        urgent=help_now() if done.stopped == NOT_TODAY else Text(""),
        keys=scene.Keys(DRILLS, DRILLS if is_enough(done) else Text("again"), DRILLS, held=Text("hold: more")),
    )


def _next_step(done: Working, member: Member) -> Text:
    """What to do next: why it was stopped, something easier after two poor sessions, or what was said most."""
    drill = done.plan.drill
    easier = easier_than(drill)
    if done.stopped:
        if not easier or not done.scored:
            return done.stopped
        return Text("{stopped} Next time: {title}.", stopped=done.stopped, title=Text(easier.title))
    if is_eased(done):
        return ease(drill)
    if easier and is_too_hard(member.sets, drill.key):
        return Text("Go one step easier for a while: {title}.", title=Text(easier.title))
    cues = [cue.text for each in sets_of(done) for cue in each.said if cue.key and not cue.praise]
    return max(cues, key=cues.count) if cues else Text("")


def _notes(sets: tuple[Working, ...]) -> tuple[Text, ...]:
    """What there is to know beside the score: left and right, holds, ways of lifting, the sets' own scores."""
    notes = [_sides(sets), _held(sets), _ways(sets), _each_set(sets), asymmetry(sets)]
    return tuple(note for note in notes if note)


def _sides(sets: tuple[Working, ...]) -> Text:
    """ "Left 16 (84), right 16 (79)" of a one-sided drill: counts and scores."""
    if not any(each.side for each in sets):
        return Text("")
    left = _side(sets, "left", sum(each.left for each in sets))
    return Text("Left {left}, right {right}", left=left, right=_side(sets, "right", sum(each.right for each in sets)))


def _side(sets: tuple[Working, ...], side: str, count: int) -> Text:
    """ "16 (84)": what was counted with the working ``side``, and its score."""
    judged = scores(one for each in sets for one in each.closed if one.side == side)
    if not judged:
        return Text("{count}", count=count)
    return Text("{count} ({score})", count=count, score=round(median(judged)))


def _held(sets: tuple[Working, ...]) -> Text:
    """ "Held: 41 s good, 9 s nearly, 3 s to work on" of a drill that is held."""
    each_set = [seconds_held(each) for each in sets]
    good, nearly, poor = (round(sum(seconds[level] for seconds in each_set)) for level in range(3))
    told = (
        (good, Text("{seconds} s good", seconds=good)),
        (nearly, Text("{seconds} s nearly", seconds=nearly)),
        (poor, Text("{seconds} s to work on", seconds=poor)),
    )
    held = series([text for seconds, text in told if seconds])
    return Text("Held: {held}", held=held) if held else held


def _ways(sets: tuple[Working, ...]) -> Text:
    """ "Your way: 4 bowed, 1 squatted" of a drill in which that is free (biomechanics 1.2, D23)."""
    if not all(each.plan.drill.takes_up for each in sets):
        return Text("")
    lifts = [one.strategy for each in sets for one in each.closed if isinstance(one, Rep)]
    bowed, between, squatted = (lifts.count(way) for way in (Strategy.HINGE, Strategy.MIXED, Strategy.SQUAT))
    told = (
        (bowed, Text("{count} bowed", count=bowed)),
        (between, Text("{count} in between", count=between)),
        (squatted, Text("{count} squatted", count=squatted)),
    )
    ways = series([text for count, text in told if count])
    return Text("Your way: {ways}", ways=ways) if ways else ways


def _each_set(sets: tuple[Working, ...]) -> Text:
    """ "Sets: 84, 79" when there was more than one."""
    judged = [score for each in sets if (score := set_score(each)) is not None]
    return Text("Sets: {scores}", scores=series([str(score) for score in judged])) if len(judged) > 1 else Text("")


def band(score: int | None) -> Text:
    """The word for a set's score."""
    if score is None:
        return Text("counted only")
    return next(word for least, word in BANDS if score >= least)


def result(done: Working) -> Text:
    """One line of what was done in a set."""
    if done.side:
        what = Text("Left {left}, right {right}", left=done.left, right=done.right)
    elif done.plan.drill.hold_s:
        what = Text("{n} hold", many="{n} holds", n=done.reps)
    else:
        what = Text("{n} rep", many="{n} reps", n=done.reps)
    score = set_score(done)
    return what if score is None else Text("{what}, {score}: {band}", what=what, score=score, band=band(score))


def _counted(done: Working, reps: int, target: int | None) -> Text:
    """What stands beside the count ``reps``: "of 8 reps", "holds"."""
    if done.plan.drill.hold_s:
        return (
            Text("hold", many="holds", n=reps) if target is None else Text("of {n} hold", many="of {n} holds", n=target)
        )
    return Text("rep", many="reps", n=reps) if target is None else Text("of {n} rep", many="of {n} reps", n=target)


def form_lights(drill: Drill, states: tuple[Light, ...]) -> tuple[scene.FormLight, ...]:
    """The lights of ``drill`` as they are shown in ``states``."""
    pairs = zip(drill.lights, states, strict=True)
    return tuple(scene.FormLight(name, state, STATE_WORDS[state], Text(name)) for name, state in pairs)


def unseen(drill: Drill) -> Text:
    """One line of what this mirror cannot see in the drill."""
    what = series([Text(what) for what in dict.fromkeys(each.what for each in drill.unseen)])
    return Text("Not seen: {what}", what=what) if what else what
