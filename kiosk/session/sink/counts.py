"""What is counted at the sink, which is all that is ever kept of it: leans, and the time of them that was good."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class LeanTime:
    """So many ``leans``, ``judged_s`` seconds of them that could be judged, ``good_s`` of these green."""

    leans: int = 0
    good_s: float = 0.0
    judged_s: float = 0.0

    def __add__(self, other: LeanTime) -> LeanTime:
        return LeanTime(
            leans=self.leans + other.leans,
            good_s=round(self.good_s + other.good_s, 2),
            judged_s=round(self.judged_s + other.judged_s, 2),
        )

    @property
    def share(self) -> int | None:
        """Percent of the time judged that was good; None where nothing was judged."""
        return round(100 * self.good_s / self.judged_s) if self.judged_s > 0 else None


NONE = LeanTime()


def lean_time(hold: Hold) -> LeanTime:
    """What the lean ``hold`` adds."""
    return LeanTime(leans=1, good_s=hold.green_s, judged_s=hold.green_s + hold.amber_s + hold.red_s)


@dataclass(frozen=True, slots=True)
class Lately:
    """What was counted ``today`` and this ``week``, from its Monday on and with today."""

    today: LeanTime = NONE
    week: LeanTime = NONE
