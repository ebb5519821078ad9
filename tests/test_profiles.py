"""Who is here changes in mid-run: a profile chosen with the buttons, the next person, the mirror gone dark."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from done import REP, a_set
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import read_history

from kiosk import memory as memories
from kiosk.config import Config
from kiosk.memory import LOOKED_BACK, NAMES, Memory
from kiosk.records import database
from kiosk.records.database import Damaged, NoHistory
from kiosk.records.history import FILE, History
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.session.progress import FREE, open_level

DONE = a_set(0, REP, REP)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / FILE


def a_memory(place: Path, profile: str = "", health_box: bool = False) -> Memory:
    times = count(1_790_000_000)
    return Memory(Config(profile=profile, health_box=health_box), place, clock=lambda: float(next(times)))


def add(memory: Memory, times: int = 1) -> None:
    """Sets of whoever is here, as the coach hands them over."""
    for _ in range(times):
        memory.add(replace(DONE, profile=memory.member.profile))


def forget(place: Path, name: str) -> None:
    with History(place) as other:
        other.forget(name)


def test_the_sets_of_each_are_theirs_and_there_again_when_they_come_back(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        add(memory, 2)
        memory.become("B")
        assert memory.member.sets == ()
        add(memory)
        memory.become("A")
        assert len(memory.member.sets) == 2
        add(memory)
        assert len(memory.member.sets) == 3
        assert memory.trouble is None
    assert [done.profile for done in read_history(place)] == ["A", "A", "B", "A"]


def test_nothing_of_whoever_has_no_profile_is_kept_not_even_for_the_next_set(place: Path) -> None:
    with a_memory(place) as memory:
        memory.add(replace(DONE, profile="", pain=4))
        memory.answer_health(True)
        assert memory.member.sets == ()
        assert memory.member.health_box
        memory.leave()
        assert not memory.member.asked
        assert not memory.member.health_box
        assert memory.whole_sets() == memory.profiles == ()
    assert not list(place.parent.iterdir())


def test_who_walks_away_leaves_the_mirror_to_whoever_the_settings_name(place: Path) -> None:
    with a_memory(place, "Ann", health_box=True) as memory:
        add(memory)
        memory.become("A")
        assert (memory.member.profile, memory.member.asked, memory.member.health_box) == ("A", False, False)
        memory.become(None)
        assert (memory.member.profile, memory.member.asked) == ("", False)
        memory.leave()
        assert (memory.member.profile, memory.member.asked, memory.member.health_box) == ("Ann", True, True)
        assert len(memory.member.sets) == 1
        memory.answer_health(False)
        assert memory.member.health_box, "the settings say so"


def test_the_health_questions_are_asked_once_of_a_profile(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        assert not memory.member.asked
        memory.answer_health(True)
        assert memory.profiles == ("A",), "it is kept before the first set"
    with a_memory(place) as memory:
        memory.become("A")
        assert (memory.member.asked, memory.member.health_box) == (True, True)
        assert open_level(replace(memory.member, mastered={"hinge": 0.0}), 1e9) == FREE
        memory.answer_health(False)
        memory.become("B")
        assert not memory.member.asked
        memory.become("A")
        assert (memory.member.asked, memory.member.health_box) == (True, False)


def test_a_new_profile_is_named_by_the_mirror_as_long_as_there_is_room(place: Path) -> None:
    with a_memory(place, "B") as memory:
        named = []
        while memory.free_name:
            named.append(memory.free_name)
            memory.become(named[-1])
            add(memory)
            memory.leave()
        assert named == ["A", "C", "D"]
        assert sorted(memory.profiles) == list(NAMES)
        forget(place, "C")
        assert memory.free_name == "C"


def test_a_profile_that_did_nothing_is_none(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        assert (memory.profiles, memory.free_name) == (("A",), "B"), "they are here"
        memory.leave()
        assert (memory.profiles, memory.free_name) == ((), "A")


def test_a_set_belongs_to_whoever_did_it_even_when_somebody_else_is_here_by_now(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        memory.leave()
        memory.add(replace(DONE, profile="A"))
        assert memory.member.sets == ()
    assert [done.profile for done in read_history(place)] == ["A"]


def test_what_could_not_be_kept_of_one_is_kept_when_the_next_comes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_memory(place) as memory:
        with monkeypatch.context() as broken:
            broken.setattr(database, "open_to_write", no_writing)
            memory.become("A")
            memory.answer_health(True)
            add(memory, 2)
            assert memory.trouble
            memory.leave()
            assert memory.trouble is None, "nobody's sets are at stake"
            assert (memory.profiles, memory.free_name) == (("A",), "B")
            memory.become("A")
            assert memory.trouble
            assert (len(memory.member.sets), memory.member.health_box) == (2, True)
            assert len(memory.whole_sets()) == 2
        memory.become("B")
        assert memory.trouble is None
        memory.become("A")
        assert len(memory.member.sets) == 2
    assert len(read_history(place)) == 2
    with History(place) as history:
        assert history.health("A") is True


def no_writing(path: Path) -> sqlite3.Connection:
    raise NoHistory(f"{path}: attempt to write a readonly database")


def test_what_was_done_before_somebody_was_forgotten_does_not_come_back_when_there_is_room_again(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        add(memory)
        assert memory._history
        memory._history._database.execute("pragma query_only = on")
        add(memory)
        assert memory.trouble
        forget(place, "A")
        memory._history._database.execute("pragma query_only = off")
        memory.become("A")
        assert memory.member.sets == ()
        add(memory)
        assert len(memory.member.sets) == 1
    assert len(read_history(place)) == 1


def test_where_the_history_can_neither_be_written_nor_read_each_still_has_what_they_did_here(place: Path) -> None:
    place.mkdir()
    with a_memory(place) as memory:
        memory.become("A")
        memory.answer_health(True)
        add(memory, 2)
        memory.become("B")
        memory.become("A")
        assert (len(memory.member.sets), memory.member.health_box) == (2, True)
        assert memory.whole_sets() == memory.member.sets
        memory.leave()
        assert memory.profiles == ("A",)


def test_what_was_mastered_is_kept_also_if_it_had_to_wait(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = replace(DONE, profile="A", reps=12, score=90, scores=(90,) * 12, range_sd=3.0)
    days = (1_790_000_000 + 86_400.0 * day for day in count())
    with Memory(Config(), place, clock=lambda: next(days)) as memory:
        with monkeypatch.context() as broken:
            broken.setattr(database, "open_to_write", no_writing)
            memory.become("A")
            for _ in range(3):
                memory.add(good)
            assert "hinge" in memory.member.mastered
            memory.become("B")
            memory.add(good)
        memory.become("B")
    with History(place) as history:
        assert history.mastered("A").keys() == {"hinge"}
        assert history.profiles() == {"A": 4}


def test_a_fifth_persons_sets_are_nobody_elses_trouble(place: Path) -> None:
    with a_memory(place) as memory:
        for name in NAMES:
            memory.become(name)
            add(memory)
        memory.become("Eve")
        assert memory.trouble
        assert "A, B, C, D" in memory.trouble.text
        add(memory)
        memory.become("A")
        add(memory)
        assert memory.trouble is None
        assert len(memory.member.sets) == 2
        forget(place, "D")
        add(memory)
    assert [done.profile for done in read_history(place)] == ["A", "B", "C", "Eve", "A", "A"]


def test_a_history_damaged_meanwhile_is_set_aside_and_what_is_at_hand_kept_anew(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        memory.answer_health(True)
        add(memory, 2)
    with place.open("r+b") as file:
        file.write(b"\xa5" * 4096)
    with a_memory(place) as memory:
        memory.add(replace(DONE, profile="B"))
        assert memory.trouble
        assert memory.trouble.key == "history_damaged"
        memory.become("A")
        assert memory.member.sets == ()
        assert not memory.member.asked
        assert memory.trouble is None
    assert [done.profile for done in read_history(place)] == ["B"]
    assert (place.parent / "history.damaged-1.db").exists()


def test_a_history_damaged_while_somebody_is_here_begins_anew_with_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        memory.answer_health(True)
        add(memory, 2)

        def damaged(*_: object) -> None:
            monkeypatch.undo()
            raise Damaged(f"{place}: is damaged")

        monkeypatch.setattr(History, "keep", damaged)
        add(memory)
        assert memory.trouble
        assert (len(memory.member.sets), memory.member.health_box) == (3, True)
    assert len(read_history(place)) == 3
    with History(place) as history:
        assert history.health("A") is True


def test_who_is_forgotten_while_somebody_else_is_here_is_a_stranger_again(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        memory.answer_health(True)
        add(memory)
        memory.become("B")
        forget(place, "A")
        add(memory)
        assert memory.profiles == ("B",)
        memory.become("A")
        assert (memory.member.sets, memory.member.asked, memory.member.mastered) == ((), False, {})
    assert [done.profile for done in read_history(place)] == ["B"]


def test_whoever_is_forgotten_while_they_are_here_is_asked_again(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        memory.answer_health(True)
        forget(place, "A")
        add(memory)
        assert not memory.member.asked
        assert len(memory.member.sets) == 1, "what they did since"
    with History(place) as history:
        assert history.health("A") is None


def test_the_whole_sets_are_the_latest_with_their_repetitions(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "LOOKED_BACK", 3)
    assert LOOKED_BACK > 3
    with a_memory(place) as memory:
        memory.become("A")
        add(memory, 5)
        memory.become("B")
        add(memory)
        memory.become("A")
        monkeypatch.setattr(History, "keep", lambda *_: no_writing(place))
        add(memory)
        found = memory.whole_sets()
        assert [done.t for done in found] == sorted(done.t for done in found)
        assert found[-1].t == memory.member.sets[-1].t
        assert [done.closed for done in found] == [DONE.closed] * 3


PEOPLE = st.sampled_from(["", "A", "B", "Ann"])
STEPS = st.one_of(
    st.tuples(st.just("become"), PEOPLE),
    st.tuples(st.just("leave"), st.just("")),
    st.tuples(st.just("add"), st.just("")),
    st.tuples(st.just("health"), st.booleans()),
    st.tuples(st.just("disk"), st.booleans()),
    st.tuples(st.just("forget"), PEOPLE),
)


class Believed:
    """What ought to be remembered: an own account of it, far simpler than the memory's."""

    def __init__(self) -> None:
        self.sets: defaultdict[str, int] = defaultdict(int)
        self.health: dict[str, bool] = {}

    def forget(self, name: str) -> None:
        self.sets.pop(name, None)
        self.health.pop(name, None)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_happens_in_whatever_order_each_has_their_own_and_no_set_is_lost(
    steps: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("state") / FILE
    believed = Believed()
    with a_memory(place, "Ann") as memory:
        for what, given_ in steps:
            take(memory, place, believed, what, given_)
            check(memory, believed)
        take(memory, place, believed, "disk", True)
        for name in ("A", "B", "Ann"):
            memory.become(name)
            check(memory, believed)
            assert memory.trouble is None
    kept = read_history(place)
    assert {name: sum(done.profile == name for done in kept) for name in ("", "A", "B", "Ann")} == {
        name: believed.sets[name] for name in ("", "A", "B", "Ann")
    }


def take(memory: Memory, place: Path, believed: Believed, what: str, given_: object) -> None:
    """One step, and what ought to come of it."""
    me = memory.member.profile
    match what:
        case "become":
            memory.become(str(given_))
        case "leave":
            memory.leave()
        case "add":
            add(memory)
            believed.sets[me] += bool(me)
        case "health":
            memory.answer_health(bool(given_))
            believed.health[me] = bool(given_)
        case "disk" if memory._history:
            memory._history._database.execute(f"pragma query_only = {'off' if given_ else 'on'}")
        case "forget":
            with History(place) as other:
                if given_ in other.profiles():  # `kiosk forget` forgets nobody else
                    other.forget(str(given_))
                    believed.forget(str(given_))
            memory.become(me)
    if memory.member.profile != me or what in ("become", "leave", "forget"):
        believed.health.pop("", None)


def check(memory: Memory, believed: Believed) -> None:
    me = memory.member.profile
    assert len(memory.member.sets) == (believed.sets[me] if me else 0)
    assert memory.member.asked == (me in believed.health)
    assert memory.member.health_box == believed.health.get(me, False)


LONG_HINGE = replace(DONE, long_back=2, lumbar=-6.0, thoracic=2.0)
CAT_COW = replace(DONE, drill="cat_cow", flexed=48.0, extended=-22.0)


def test_what_is_known_of_a_back_is_there_again_when_they_come_back_and_is_nobody_elses(place: Path) -> None:
    with a_memory(place) as memory:
        memory.become("A")
        for done in (LONG_HINGE, CAT_COW, DONE):
            memory.add(replace(done, profile="A"))
        known = memory.member.own_back
        assert known == OwnBack(-6.0, 2.0, 48.0, -22.0)
        memory.answer_health(False)
        assert memory.member.own_back == known
        memory.become("B")
        assert memory.member.own_back == UNKNOWN
    with a_memory(place) as memory:
        memory.become("A")
        assert memory.member.own_back == known
        assert memory.member.sets[-1].closed == (), "though their repetitions are not at hand"
        forget(place, "A")
        add(memory)
        assert memory.member.own_back == UNKNOWN


def test_without_a_profile_a_back_is_known_as_long_as_they_are_here(place: Path) -> None:
    with a_memory(place) as memory:
        memory.add(replace(LONG_HINGE, profile=""))
        memory.answer_health(False)
        memory.add(replace(CAT_COW, profile=""))
        assert (memory.member.own_back, memory.member.sets) == (OwnBack(-6.0, 2.0, 48.0, -22.0), ())
        memory.leave()
        assert memory.member.own_back == UNKNOWN
        memory.add(replace(LONG_HINGE, profile=""))
        memory.become("A")
        memory.add(replace(CAT_COW, profile=""))
        assert memory.member.own_back == UNKNOWN, "that was somebody else"
    assert read_history(place) == []
