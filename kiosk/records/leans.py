"""What is kept of the sink, in the history's file: counts of this week's days, and somebody's own good lean.

Each belongs to a profile or, without a name, to the household.  Days of the weeks before are forgotten with the first
lean of a new one: nothing is kept that is not shown.
"""

from __future__ import annotations

from kiosk.records.database import commit, complaining
from kiosk.records.history import History
from kiosk.session.sink.counts import NONE, LeanTime

_WHO = "(select id from profiles where name = ?1)"
#: A name that is not kept is not the household.
_THEIRS = f"(who = {_WHO} or (?1 = '' and who is null))"
_ADD = f"""
    insert into lean_days select {_WHO}, ?2, ?3, ?4, ?5 where true
        on conflict (ifnull(who, 0), day) do update set
            leans = leans + excluded.leans, good_s = round(good_s + excluded.good_s, 2),
            judged_s = round(judged_s + excluded.judged_s, 2)
"""


class LeanHistory(History):
    """The history with what is kept of the sink; ``profile`` "" is the household.  Raises as a History does."""

    def days(self, profile: str, since: str) -> dict[str, LeanTime]:
        """What was counted of ``profile`` on each day (2026-03-30) from ``since`` on."""
        asked = f"select day, leans, good_s, judged_s from lean_days where {_THEIRS} and day >= ?2"
        with complaining(self.path):
            rows = self._database.execute(asked, (profile, since)).fetchall()
        return {day: LeanTime(leans=leans, good_s=good, judged_s=judged) for day, leans, good, judged in rows}

    def add_days(self, profile: str, days: dict[str, LeanTime], since: str) -> None:
        """Add to the counts of ``profile``; of days before ``since`` nothing is left."""
        self._admit_named(profile)
        with complaining(self.path), commit(self._database):
            self._name(profile)
            for day, time in days.items():
                self._database.execute(_ADD, (profile, day, time.leans, time.good_s, time.judged_s))
            self._database.execute(f"delete from lean_days where {_THEIRS} and day < ?2", (profile, since))

    def own_lean(self, profile: str, mount: str) -> str | None:
        """The own good lean of ``profile``, as it was kept, seen by the camera at this ``mount``; None of any other."""
        asked = f"select lean from own_leans where {_THEIRS} and mount = ?2"
        with complaining(self.path):
            row = self._database.execute(asked, (profile, mount)).fetchone()
        return str(row[0]) if row else None

    def keep_own_lean(self, profile: str, mount: str, lean: str) -> None:
        """Keep the own good ``lean`` of ``profile``, which is good for the camera at this ``mount``."""
        self._admit_named(profile)
        with complaining(self.path), commit(self._database):
            self._name(profile)
            self._database.execute(f"delete from own_leans where {_THEIRS}", (profile,))
            self._database.execute(f"insert into own_leans values ({_WHO}, ?2, ?3)", (profile, mount, lean))

    def household(self) -> LeanTime | None:
        """All that is counted of the household, nobody's by name; None where not even a good lean is kept of it."""
        days = self.days("", "")
        with complaining(self.path):
            (taught,) = self._database.execute("select count(*) from own_leans where who is null").fetchone()
        return sum(days.values(), NONE) if days or taught else None

    def forget_household(self) -> None:
        """Remove what is kept of the household; what the file still holds goes with the profiles forgotten next."""
        with complaining(self.path), commit(self._database):
            for table in ("lean_days", "own_leans"):
                self._database.execute(f"delete from {table} where who is null")

    def _admit_named(self, profile: str) -> None:
        if profile:
            self.admit(profile)

    def _name(self, profile: str) -> None:
        if profile:
            self._found(profile)
