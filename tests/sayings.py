"""All that the mirror may have to say, as it says it, and scenes that show each in every place where it may stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from page_scenes import CAMERA, TRIED_AGAIN
from scenes import SUMMARY, UNOUTLINED, WORKING, all_lights, keys
from sink_scenes import sink_pictures

from kiosk.config import LampPins
from kiosk.devices.lamps import Lamps
from kiosk.drills import DRILLS
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.guards import GUARDS
from kiosk.scoring.ledger import WHY
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Rung, joints
from kiosk.session import asking, counting, ladder, offer, pages, placing, progress, session, show, states, summing
from kiosk.session.back_line import UNSEEN, USE_THE_STICK
from kiosk.session.cues import BETTER, next_time
from kiosk.session.progress import ALL_OPEN, Gates, Member
from kiosk.session.questions import questions_for
from kiosk.session.scene import Asking, Calibrating, Choosing, GettingReady, Picture, Resting, Scene
from kiosk.session.trend import fault_title
from kiosk.text import Text, series
from kiosk.trouble import COMMON, Trouble

#: Everybody a gate may keep out, and why.
MEMBERS = (Member(), Member(profile="me"), Member(profile="me", health_box=True))
KEYS = keys("easier", "go on", "finish")
ALL_JOINTS = ("shoulder", "hip", "knee", "ankle", "ear")


def before_a_set() -> set[Text]:
    """What is asked of whoever gets ready."""
    texts = {ladder.LEARNS, ladder.STEP_BACK, ladder.BEGIN, show.NOT_THERE, ladder.STOP_HINT, placing.WHOLE}
    texts |= {text for pair in (ladder.STEP_IN, ladder.LIE_ALONG, *ladder.TURN_TO.values()) for text in pair}
    texts |= {*placing.MOVES.values(), *UNSEEN.values(), ladder.cannot_see(ALL_JOINTS), ladder.cannot_see(())}
    return texts | {start.words for start in STARTS.values()} | {show.to_go_on(drill) for drill in DRILLS}


def refusals() -> set[Text]:
    """Why a movement is not counted or not judged."""
    texts = {why for whys in WHY.values() for _, why in whys.values()} | {guard.why for guard in GUARDS}
    moved = Text("You have gone further away.")
    for start in STARTS.values():
        texts.add(Text("{moved} {posture} for a moment.", moved=moved, posture=start.words))
        texts.add(Text("Somebody else came into view: I keep to you. {posture} to go on.", posture=start.words))
    return texts | {
        Text("Counted, not judged: I cannot see your {joints}, step back.", joints=joints(ALL_JOINTS)),
        Text("{held} of {whole} seconds held: once more", held=120, whole=120),
    }


def of_a_set() -> set[Text]:
    """Every cue, reminder and stop of a set, and what to do next."""
    texts = {counting.TOO_RED, counting.RED_AGAIN, counting.TOO_NEAR, counting.LAST_ONE, BETTER}
    texts |= {show.HARDLY_SEEN, progress.BACK_NOTE, session.HANDS_UP, session.FELL, show.held_out(120)}
    texts |= {asking.NOT_TODAY}
    for drill in DRILLS:
        texts |= {Text(reminder) for reminder in drill.reminders}
        texts |= {Text(text) for fault in drill.faults for text in (fault.cue, fault.again)}
        texts |= {next_time(drill.title), asking.ease(drill)}
        texts |= {Text("{stopped} Next time: {title}.", stopped=counting.RED_AGAIN, title=Text(drill.title))}
        texts |= {Text("Go one step easier for a while: {title}.", title=Text(drill.title))}
    return texts


def troubles() -> set[Text]:
    """What may be wrong with the machine, as long as it may get."""
    busy = Text("{camera}: cannot be opened ({why})", camera=CAMERA, why=COMMON["Device or resource busy"])
    path = Path("/var/lib/hinge-mirror/history.db")
    full = series([str(path), COMMON["database or disk is full"]], ": ")
    other = Text("{path}: is the database of another program, not a history of this mirror", path=path)
    pins = Text("that takes a Raspberry Pi's 40-pin header, and here is none")
    lamps = series([Lamps(LampPins(red=17, amber=27, green=22)).name, pins], ": ")
    monitor = Text("no monitor tells its power mode")
    return {
        TRIED_AGAIN,
        Text("{why}. Trying again in {seconds} s.", why=busy, seconds=20),
        *(Text("Sets are not remembered: {why}.", why=why) for why in (full, other)),
        *(Text("Leans are not remembered: {why}.", why=why) for why in (full, other)),
        Text("The history was damaged: it is now {place}; another one begins.", place=str(path)),
        Text("The lamps stay dark: {why}.", why=lamps),
        Text("The screen cannot be switched off: {why}.", why=monitor),
        Text("There is no {absent}: using {found}.", absent=Text("USB camera"), found=Text("the simulated person")),
        Text("The pose model is missing or wrong: showing the simulated person. Run make models."),
    }


def headings(drill: Drill) -> set[Text]:
    """What stands above the sets of ``drill``."""
    sets = range(1, drill.sets + 1)
    return {offer.heading(states.Plan(DRILLS.index(drill), drill.reps, number=number)) for number in sets}


def cards() -> Iterator[Choosing]:
    """Every drill as it may be offered: open, locked for each reason, about to be overridden or confirmed."""
    reasons = {progress.locked(drill, member, 0.0) for drill in DRILLS for member in MEMBERS}
    for why in sorted(reasons):
        for override in (False, True):
            gates = Gates((why,) * len(DRILLS), (override,) * len(DRILLS)) if why else ALL_OPEN
            for index in range(len(DRILLS)):
                for asked in (False, True):
                    yield _seen(states.Choosing(index, 0.0, asked=asked), gates)


def _seen(offered: states.Choosing, gates: Gates) -> Choosing:
    picture = show.show(offered, None, 0.0, gates=gates)
    assert isinstance(picture, Choosing)
    return picture


def pictures() -> Iterator[Picture]:
    """Everything in every place where it may stand."""
    for text in before_a_set():
        yield GettingReady(Text("Hip hinge"), Rung.JOINTS, text, text)
    for start in STARTS.values():
        yield Calibrating(Text("Hip hinge"), start.words, 0.5, ladder.STOP_HINT)
    for text in UNSEEN.values():
        yield Calibrating(Text("Hip hinge"), STARTS["standing"].words, 0.5, ladder.STOP_HINT, back_unseen=text)
        yield replace(WORKING, unseen=text)
    yield replace(SUMMARY, replays=tuple(replace(each, back_unseen=USE_THE_STICK) for each in UNOUTLINED))
    for text in before_a_set() | refusals() | of_a_set():
        yield replace(WORKING, paused=text)
    for text in of_a_set():
        yield replace(WORKING, cue=text)
        yield replace(SUMMARY, next_step=text)
    for text in refusals():
        yield replace(SUMMARY, refused=(text,) * 2, notes=SUMMARY.notes * 3)
    for drill in DRILLS:
        yield from _pictures_of(drill)
    yield replace(SUMMARY, urgent=pages.help_now())
    for own in (UNKNOWN, OwnBack(lumbar=0.0), OwnBack(flexed=50.0), OwnBack(0.0, 0.0, 50.0, -20.0)):
        yield pages.more(states.More(0, 0.0), own)
    yield Asking(*show.FALL, keys("yes", "yes", "yes"))
    yield from cards()
    yield from sink_pictures()


def _pictures_of(drill: Drill) -> Iterator[Picture]:
    index, title = DRILLS.index(drill), Text(drill.title)
    for heading in headings(drill):
        yield replace(WORKING, title=heading, unseen=summing.unseen(drill))
        yield Resting(heading, counting.TOO_RED, 60, 1.0, Text(drill.summary), _next(index), KEYS)
    for state in Light:
        yield replace(WORKING, title=title, lights=all_lights(state))
    yield replace(SUMMARY, title=title, unseen=summing.unseen(drill))
    for fault in drill.faults:
        worst = replace(
            SUMMARY.replays[1], fault=Text(fault.title), value=Text("{n} degree", many="{n} degrees", n=108)
        )
        better = Text("Mended: {fault}", fault=fault_title(fault.key, drill))
        yield replace(SUMMARY, replays=(SUMMARY.replays[0], worst), better=better)
    done = states.Working(states.Plan(index, drill.reps), 0.0, 0.0)
    for i in range(len(asked := questions_for(drill))):
        yield pages.question(states.Questioning(done, states.Summary(done, 1.0), asked[i:], 1.0))


def _next(index: int) -> Text:
    """The longest of what may come after a rest."""
    return show.coming(states.Plan(index, DRILLS[index].reps, 2))


def everything() -> Iterator[Scene]:
    """All ``pictures``, and all troubles over one and in place of it."""
    yield from map(Scene, pictures())
    for text in troubles():
        trouble = Trouble("any", text)
        yield Scene(WORKING, trouble, figure=True)
        yield Scene(pages.without_eyes(WORKING, trouble), figure=True)
