"""The ladder of getting ready, in words: what somebody has to do before a set of theirs can begin."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.frame import GHOST
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Rung, Verdict, View, joints
from kiosk.session import scene
from kiosk.session.back_line import has_line, unseen
from kiosk.session.offer import heading
from kiosk.session.placing import MOVES, WHOLE, Place
from kiosk.session.states import Calibrating, GettingReady, Plan
from kiosk.text import Text

#: The rungs on which somebody may have to move first.
MOVING = (Rung.IN_FRAME, Rung.SIDE_ON, Rung.JOINTS)
#: Those on which they stand as the drill begins.
STANDING = (Rung.STILL, Rung.READY)
#: In view, turned, whole and still: the words of the ladder, and a smaller second line.
STEP_IN = Text("Step into view"), Text("Stand about two and a half metres away, so that your whole body fits.")
TURN_TO = {
    View.SIDE: (Text("Turn your side to the mirror"), Text("Shoulder towards the glass, feet along the line.")),
    View.FRONT: (Text("Face the mirror"), Text("Feet under your hips.")),
}
LIE_ALONG = Text("Your side to the mirror"), Text("On the floor along the glass, so that your whole body fits.")
STEP_BACK = Text("Step back a little, or turn on more light.")
LEARNS = Text("The mirror learns how you are now and measures from there.")
BEGIN = Text("Begin")
STOP_HINT = Text("Both hands above your head stop the set.")


def getting_ready(ready: GettingReady, verdict: Verdict | None, t: float, place: Place) -> scene.GettingReady:
    """The rung to climb; whoever is here when a set begins is told how to stand before the first verdict."""
    plan, begins = ready.plan, ready.presence.somebody and t - ready.since < GHOST
    rung = verdict.rung if verdict else Rung.SIDE_ON if begins else Rung.IN_FRAME
    text, hint = _asked_of(plan, rung, verdict)
    # nobody is sent about once all that is needed is seen, or at a basin, which hides the legs and cannot be left
    sent = verdict and rung in MOVING and "hip" in plan.drill.needs
    move = place.move if sent else scene.Move.STAY
    if move and rung is Rung.SIDE_ON:  # who has no room to follow still has to turn
        hint = MOVES[move]
    elif move:
        text, hint = MOVES[move], text if rung is Rung.JOINTS else WHOLE
    outline = place.outline(plan.drill.start)
    back = _back(plan, place) if rung in STANDING else None
    return scene.GettingReady(heading(plan), rung, text, hint, plan.drill.start, plan.view, outline, move, back=back)


def calibrating(session: Calibrating, verdict: Verdict | None, place: Place) -> scene.Calibrating:
    """Keep still, and how much of it is done."""
    plan = session.plan
    share = round((verdict.steady if verdict else 0.0) * 20) / 20
    hint = Text("") if plan.drill.lying else STOP_HINT
    start, back = plan.drill.start, _back(plan, place)
    why = Text("") if back else unseen(plan.drill, verdict)
    return scene.Calibrating(heading(plan), STARTS[start].words, share, hint, place.outline(start), back, why)


def _back(plan: Plan, place: Place) -> scene.BackLine | None:
    """Their back beside a stick, in a set that judges it."""
    return place.back if has_line(plan.drill) and plan.view is View.SIDE else None


def _asked_of(plan: Plan, rung: Rung, verdict: Verdict | None) -> tuple[Text, Text]:
    """What is asked of whoever has to climb ``rung``, and a smaller second line."""
    match rung:
        case Rung.IN_FRAME:
            return STEP_IN
        case Rung.SIDE_ON:
            return turn_to(plan)
        case Rung.JOINTS:
            return cannot_see(verdict.missing if verdict else ()), STEP_BACK
        case Rung.STILL:
            return STARTS[plan.drill.start].words, unseen(plan.drill, verdict) or LEARNS
    return BEGIN, unseen(plan.drill, verdict)


def turn_to(plan: Plan) -> tuple[Text, Text]:
    """How to turn for the set of ``plan``, and a smaller second line."""
    return LIE_ALONG if plan.drill.lying else TURN_TO[plan.view]


def cannot_see(missing: Sequence[str]) -> Text:
    """That the joints ``missing`` are not seen."""
    return Text("I cannot see your {joints}", joints=joints(missing))
