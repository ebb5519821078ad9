"""The person's place: whose standing everything is measured from, found, bettered, and forgotten when they move."""

from __future__ import annotations

import math

from kiosk.scoring.calibration import COVERAGE, FRAMES, MOVED, STILL_FOR, Asked, Standing, Stillness, calibrate
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import COLUMNS
from kiosk.scoring.history import quantile
from kiosk.scoring.quantities import extras_of, needs_of
from kiosk.scoring.sight import Sight
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Calibration, Refusal, View
from kiosk.scoring.view import average
from kiosk.text import Text

#: Seconds without anybody after which the next in view is somebody else.
GONE_FOR = 2.0
#: Seconds before the close of a repetition in which the person stands.
HOME_SECONDS = 0.3
#: Seconds of stillness after which the person's size is compared with the calibrated one, and over which it is
#: averaged.
STANDS_FOR, SIZE_SECONDS = 1.0, 0.5
#: The same change of size as that of a trunk that means "moved", of shoulders that are all there is to measure by.
BUST_MOVED = 0.18
#: Seconds in another view, or got up from the floor, after which a new standing is asked for.
TURNED_FOR = 1.0
TURNED = Text("You have turned round.")


class Place:
    """Keeps the ``standing`` of whoever is in view; ``calibration`` is what a verdict tells of it.

    ``came_home_at``: when the last repetition closed, seconds; by how the person stood then lengths are refreshed.
    ``renewed``: in the newest frame a standing was found or forgotten, so that nothing counted in from before holds.
    """

    def __init__(self, drill: Drill) -> None:
        self._views = drill.views
        # who does one side after the other is asked to turn round
        self._switches = bool(drill.side_by)
        self._start = STARTS[drill.start]
        self._width = COLUMNS + len(extras_of(drill))
        self._asked = Asked(self._start, needs_of(drill), extras_of(drill))
        self._most = BUST_MOVED if drill.bust else MOVED
        self._still_for = STILL_FOR if not self._start.bent else self._start.still_s
        self._stillness = Stillness()
        self._size = 1.0
        self._told_of_other = False
        self.standing: Standing | None = None
        self.calibration: Calibration | None = None
        self.came_home_at = math.nan
        self.renewed = False

    @property
    def steady(self) -> float:
        """How much of the calibration is done, 0..1."""
        if self.standing and (self.standing.presumed or self._good_enough(self.standing)):
            return 1.0
        share = (self._t - self._stillness.since) / self._still_for
        return min(share, 1.0) if share >= 0 else 0.0

    @property
    def in_view(self) -> bool:
        """The person is calibrated, and was so in a view in which the drill can be judged."""
        return self.standing is not None and self.standing.view in self._views

    def step(self, sight: Sight, t: float, dt: float, moving: bool) -> Refusal | None:
        """Look at the frame at ``t`` seconds; ``moving``: a repetition is under way, the standing must not change."""
        self._t, self.renewed = t, False
        if sight.turned_about:
            self._stillness.reset()
        self._stillness.step(t, dt, *sight.torso, sight.trunk)
        other = self._meet_other(sight, t)
        if moving:
            return other
        if self.standing:
            self._refresh(self.standing, sight)
            moved = self._moved(sight, t, dt)
            if moved or sight.absent_for > GONE_FOR or self._must_begin_anew(sight):
                self._keep(None, sight)
            if moved and not (moved == TURNED and self._switches):
                why = Text("{moved} {posture} for a moment.", moved=moved, posture=self._start.words)
                return Refusal(t, "moved", why)
        self._look_for_standing(sight, t)
        return other

    def _meet_other(self, sight: Sight, t: float) -> Refusal | None:
        """Say it once when somebody else comes into view."""
        if sight.company.other == self._told_of_other:
            return None
        self._told_of_other = sight.company.other
        self._stillness.reset()
        if not self._told_of_other:
            return None
        why = Text("Somebody else came into view: I keep to you. {posture} to go on.", posture=self._start.words)
        return Refusal(t, "other_person", why)

    def _refresh(self, standing: Standing, sight: Sight) -> None:
        """After a repetition: the frame after its close, which has enough to do."""
        if math.isnan(self.came_home_at):
            return
        _, values = sight.history.between(self.came_home_at - HOME_SECONDS, self.came_home_at)
        self.standing = standing.refreshed(quantile(values[:, : self._width], 0.5, FRAMES, COVERAGE))
        self.calibration = self.standing.summary()
        self.came_home_at = math.nan
        sight.settle(self.standing)

    def _look_for_standing(self, sight: Sight, t: float) -> None:
        view, company = sight.stance.view, sight.company
        if view not in (*self._views, View.OBLIQUE) or (view is View.FRONT and not sight.level):
            return
        if self.standing and not company.other and (self._good_enough(self.standing) or view not in self._views):
            return
        if company.suspected and not company.other:
            return
        found = calibrate(sight.history, self._stillness, t, view, self._asked)
        if found and (self.standing is None or found.thorough or (self.standing.presumed and not found.presumed)):
            self._keep(found, sight)

    def _good_enough(self, standing: Standing) -> bool:
        return standing.thorough and standing.view in self._views

    def _must_begin_anew(self, sight: Sight) -> bool:
        """The person has turned to another view in which the drill can be done, or got up from the floor."""
        return sight.view_lost > TURNED_FOR and (sight.stance.view in self._views or self._start.lying)

    def _moved(self, sight: Sight, t: float, dt: float) -> Text:
        """How the person has moved, in a sentence, or ""."""
        if sight.company.suspected:
            return Text("")
        if sight.stance.turned:
            return TURNED
        if not t - self._stillness.since > STANDS_FOR:
            return Text("")
        self._size = average(self._size, sight.size, 1 - math.exp(-dt / SIZE_SECONDS))
        if self._size > 1 + self._most:
            return Text("You have come nearer.")
        return Text("You have gone further away." if self._size < 1 - self._most else "")

    def _keep(self, standing: Standing | None, sight: Sight) -> None:
        self.standing = standing
        self.calibration = standing.summary() if standing else None
        self.renewed = True
        self._size = 1.0
        self._told_of_other = False
        sight.know(standing)
        if standing is None:
            self._stillness.reset()
