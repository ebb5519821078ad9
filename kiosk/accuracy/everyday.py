"""What the simulated person does that is no drill, watched as every drill: whatever is counted is a ghost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.accuracy.card import GhostRow
from kiosk.accuracy.sets import BODIES
from kiosk.accuracy.watching import ghosts
from kiosk.devices.movenet import PoseModel
from kiosk.drills import CATALOGUE
from kiosk.figure.film import Film
from kiosk.figure.lens import FRONT, SIDE, Lens
from kiosk.figure.scripts.everyday import EVERYDAY
from kiosk.scoring.verdict import View

#: Movements that are those of a drill, which nobody can tell from it, with how the card says so.
ITSELF = {"fetch_dumbbell": ("pick_up", "deadlift"), "sit_down": ("sit_stand",)}
LEFT_OUT = """\
Left out, because there it is the drill: taking a dumbbell from the floor watched as a pick-up or a deadlift, and
sitting down watched as sitting down and standing up. Drills on the floor are not asked: nobody lies down."""
#: Degrees turned from side-on and from facing the camera.
YAWS = (0.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """One everyday movement of one body, filmed through ``lens`` as drills of one view are."""

    script: str
    body: int
    look: int
    view: View
    yaw: float
    fps: float

    @property
    def lens(self) -> Lens:
        """The gym's camera."""
        usual = FRONT if self.view is View.FRONT else SIDE
        return replace(usual, yaw=usual.yaw + self.yaw)


def scenes(fps: float) -> list[Scene]:
    """Every everyday movement by each body, from the side and from the front in turn."""
    places = [(view, yaw) for view in (View.SIDE, View.FRONT) for yaw in YAWS]
    return [
        Scene(script.drill, body, look, *places[(look + n) % len(places)], fps)
        for n, script in enumerate(EVERYDAY)
        for look, body in enumerate(BODIES)
    ]


def look_at(scene: Scene, model: Path) -> tuple[GhostRow, ...]:
    """What each drill that is filmed so counts in the ``scene``; those on the floor are not asked, nobody lies down."""
    film = Film(scene.script, seed=scene.body, look=scene.look, reps=1, fps=scene.fps, lens=scene.lens)
    eye = PoseModel(model, passes=1)
    poses = [eye.look(frame.frame.image, frame.frame.t) for frame in film]
    minutes = len(poses) / scene.fps / 60
    return tuple(
        ghosts(drill, poses, minutes, scene.script)
        for drill in CATALOGUE
        if drill.view is scene.view and not drill.lying and drill.key not in ITSELF.get(scene.script, ())
    )
