"""What is offered: a drill on its card, how much of it, and what has to be known before it is begun."""

from __future__ import annotations

from kiosk.drills import DRILLS
from kiosk.scoring.drill import Drill
from kiosk.session import scene
from kiosk.session.progress import BACK_NOTE, HEALTH_NOTE, Gates, Member, open_below
from kiosk.session.states import Choosing, Plan
from kiosk.text import Text


def card(choosing: Choosing, member: Member, gates: Gates) -> scene.Choosing:
    """The drill that ``choosing`` offers to ``member``, to whom ``gates`` are open."""
    drill, why = DRILLS[choosing.index], gates.why[choosing.index]
    note, select = _terms(choosing, member, gates)
    return scene.Choosing(
        title=Text("{name}: choose a drill", name=gates.who) if gates.who else Text("Choose a drill"),
        titles=tuple(Text(each.title) for each in DRILLS),
        index=choosing.index,
        level=drill.level,
        summary=Text(drill.summary),
        cues=tuple(Text(cue) for cue in drill.cues),
        dose=dose(drill),
        locked=bool(why),
        note=note,
        keys=scene.Keys(Text("previous"), select, Text("next"), held=Text("hold: more")),
        rung=Text("level {level}", level=drill.level),
    )


def _terms(choosing: Choosing, member: Member, gates: Gates) -> tuple[Text, Text]:
    """What has to be known before the drill on offer is begun, or "", and what select does then."""
    drill, why = DRILLS[choosing.index], gates.why[choosing.index]
    if why and not choosing.asked:
        return why, Text("how to open")
    if why and gates.override[choosing.index]:
        note = Text("{why} You can start it all the same, at your own judgement.", why=why)
        return note, Text("start anyway")
    if why:
        below = open_below(drill, gates)
        instead = Text(below.title) if below else Text("the open levels")
        return Text("{why} Until then: {instead}.", why=why, instead=instead), Text("how to open")
    if choosing.asked and drill.confirm:
        return Text(drill.confirm), Text("yes, start")
    if member.health_box:
        return HEALTH_NOTE, Text("start")
    return BACK_NOTE if drill.level >= 5 else Text(""), Text("start")


def heading(plan: Plan) -> Text:
    """The drill's title, and which of its sets this is."""
    title, sets = Text(plan.drill.title), plan.drill.sets
    if plan.target is None or sets == 1:
        return title
    return Text("{title}, set {number} of {sets}", title=title, number=plan.number, sets=sets)


def dose(drill: Drill) -> Text:
    """How much of a drill, in a few words: "2 x 8 each side, rest 60 s", "6 times", "3 x 20 s, rest 45 s"."""
    reps, hold = drill.reps, round(drill.hold_s)
    if hold:
        much = Text("{hold} s", hold=hold) if reps == 1 else Text("{reps} x {hold} s", reps=reps, hold=hold)
    else:
        much = Text("{reps}", reps=reps) if drill.sets > 1 else Text("{reps} times", reps=reps)
    if drill.sets > 1:
        much = Text("{sets} x {much}", sets=drill.sets, much=much)
    if drill.side_by:
        much = Text("{much} each side", much=much)
    return Text("{much}, rest {rest} s", much=much, rest=round(drill.rest_s)) if drill.sets > 1 else much
