"""Which one thing to say after a repetition: the cue that matters most, said rarely, and praise when it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Light, Rep

#: Seconds between two cues (biomechanics 2.5): a listener who is moving cannot follow more.
APART = 4.0
#: Times one cue is said in a set; after that it has not helped and would only nag (biomechanics 2.5).
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """One sentence for the person at ``t`` seconds: ``key`` of the fault it mends, ``praise`` when it was mended."""

    t: float
    key: str
    text: str
    praise: bool = False


def choose_cue(drill: Drill, rep: Rep, lights: tuple[Light, ...], said: tuple[Cue, ...]) -> Cue | None:
    """The cue for ``rep``, or None when silence is better.  ``said`` are the set's cues so far, oldest first.

    Only faults whose light the drill's ``lights`` show are spoken of.  Red goes before amber; within a level the order
    of the drill's faults decides (biomechanics 2.5).
    """
    last = said[-1] if said else None
    if last and rep.end - last.t < APART:
        return None
    found = {fault.key for fault in rep.faults}
    if last and not last.praise and last.key not in found and last.key not in rep.not_seen:
        return Cue(rep.end, last.key, "Better!", praise=True)
    lit = {name for name, state in zip(drill.lights, lights, strict=True) if state in (Light.RED, Light.AMBER)}
    for level in (Light.RED, Light.AMBER):
        for fault in rep.faults:
            if fault.level is level and fault.light in lit and _times(fault.key, said) < REPEATS:
                return Cue(rep.end, fault.key, fault.cue)
    return None


def _times(key: str, said: tuple[Cue, ...]) -> int:
    return sum(cue.key == key and not cue.praise for cue in said)
