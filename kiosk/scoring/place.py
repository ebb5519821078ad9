"""The person's place: whose standing everything is measured from, found, bettered, and forgotten when they move."""

from __future__ import annotations

import math

from kiosk.scoring.calibration import COVERAGE, FRAMES, MOVED, STILL_FOR, Standing, Stillness, calibrate
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import COLUMNS, NEEDS
from kiosk.scoring.history import quantile
from kiosk.scoring.sight import Sight
from kiosk.scoring.verdict import Calibration, Refusal, View
from kiosk.scoring.view import average

#: Seconds without anybody after which the next in view is somebody else.
GONE_FOR = 2.0
#: Seconds before the close of a repetition in which the person stands.
HOME_SECONDS = 0.3
#: Seconds of stillness after which the trunk's length is compared with the calibrated one, and over which it is
#: averaged.
STANDS_FOR, TRUNK_SECONDS = 1.0, 0.5


class Place:
    """Keeps the ``standing`` of whoever is in view; ``calibration`` is what a verdict tells of it.

    ``came_home_at``: when the last repetition closed, seconds; by how the person stood then lengths are refreshed.
    ``renewed``: in the newest frame a standing was found or forgotten, so that nothing counted in from before holds.
    """

    def __init__(self, drill: Drill) -> None:
        self._view = drill.view
        self._needs = [NEEDS[joint] for joint in drill.needs]
        self._stillness = Stillness()
        self._trunk_now = math.nan
        self.standing: Standing | None = None
        self.calibration: Calibration | None = None
        self.came_home_at = math.nan
        self.renewed = False

    @property
    def steady(self) -> float:
        """How much of the calibration is done, 0..1."""
        if self.standing and self._good_enough(self.standing):
            return 1.0
        share = (self._t - self._stillness.since) / STILL_FOR
        return min(share, 1.0) if share >= 0 else 0.0

    @property
    def in_view(self) -> bool:
        """The person is calibrated, and was so in the view that the drill needs."""
        return self.standing is not None and self.standing.view is self._view

    def step(self, sight: Sight, t: float, dt: float, moving: bool) -> Refusal | None:
        """Look at the frame at ``t`` seconds; ``moving``: a repetition is under way, the standing must not change."""
        self._t, self.renewed = t, False
        if sight.turned_about:
            self._stillness.reset()
        self._stillness.step(t, dt, *sight.torso, sight.trunk)
        if moving:
            return None
        if self.standing:
            self._refresh(self.standing, sight)
            if sight.absent_for > GONE_FOR:
                self._keep(None, sight)
            elif sight.stance.turned or self._stands_elsewhere(sight, t, dt):
                self._keep(None, sight)
                return Refusal(t, "moved", "You have moved: stand tall and still for a moment.")
        self._look_for_standing(sight, t)
        return None

    def _refresh(self, standing: Standing, sight: Sight) -> None:
        """After a repetition: the frame after its close, which has enough to do."""
        if math.isnan(self.came_home_at):
            return
        _, values = sight.history.between(self.came_home_at - HOME_SECONDS, self.came_home_at)
        self.standing = standing.refreshed(quantile(values[:, :COLUMNS], 0.5, FRAMES, COVERAGE))
        self.calibration = self.standing.summary()
        self.came_home_at = math.nan

    def _look_for_standing(self, sight: Sight, t: float) -> None:
        view = sight.stance.view
        if view not in (View.SIDE, View.OBLIQUE):
            return
        if self.standing and (self._good_enough(self.standing) or view is not self._view):
            return
        found = calibrate(sight.history, self._stillness, t, view, self._needs)
        if found and (self.standing is None or found.thorough):
            self._keep(found, sight)

    def _good_enough(self, standing: Standing) -> bool:
        return standing.thorough and standing.view is self._view

    def _stands_elsewhere(self, sight: Sight, t: float, dt: float) -> bool:
        """The trunk has another length than when calibrated: the person stands nearer or further, or is another."""
        if not t - self._stillness.since > STANDS_FOR or self.standing is None:
            return False
        self._trunk_now = average(self._trunk_now, sight.trunk_px, 1 - math.exp(-dt / TRUNK_SECONDS))
        return abs(self._trunk_now / self.standing.trunk - 1) > MOVED

    def _keep(self, standing: Standing | None, sight: Sight) -> None:
        self.standing = standing
        self.calibration = standing.summary() if standing else None
        self.renewed = True
        self._trunk_now = standing.trunk if standing else math.nan
        sight.know(standing)
        if standing is None:
            self._stillness.reset()
