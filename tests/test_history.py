"""The history: what was done is there again after the program, and no state of a disk stops the mirror."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import read_history

from kiosk.__main__ import main
from kiosk.commands import history as command
from kiosk.commands.decade import ten_years
from kiosk.records import history as records
from kiosk.records.database import BESIDE, VERSION, Damaged, NoHistory, find_aside, set_aside
from kiosk.records.history import FILE, PROFILES, History, find_history
from kiosk.records.schema import APPLICATION, STEPS
from kiosk.session.progress import RECENT, FaultDone, RepDone, SetDone
from kiosk.trouble import BadInput, KioskError

REP = RepDone(
    side="left", score=80, coverage=0.97, seconds=4.2, range=52.5, trunk=51.0, knee=18.25, hip_retreat=0.4,
    lumbar=6.5, thoracic=-2.0,
    faults=(FaultDone(key="F10", level="red", value=0.31), FaultDone(key="F9a", level="amber", value=14.0)),
)  # fmt: skip
DONE = SetDone(
    t=1_790_000_000.5, profile="Ann", drill="hinge", reps=3, score=81, scores=(80, 81, 90), reds=("F10", "F9a"),
    range_sd=4.5, coverage=0.97, long_back=2, lumbar=6.5, thoracic=-2.0, seconds=48.0,
    trunk_px=210.5, thigh_px=160.0, shin_px=170.0,
    closed=(REP, replace(REP, score=None, range=None, faults=()), REP),
)  # fmt: skip
BARE = replace(
    DONE, t=DONE.t + 60, drill="plank", reps=1, left=0, score=None, scores=(), reds=(), range_sd=None, pain=2,
    long_back=None, lumbar=None, thoracic=None, trunk_px=None, thigh_px=None, shin_px=None, closed=(),
)  # fmt: skip

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
counts = st.integers(0, 1000)
degrees = st.none() | st.floats(-180, 180)
faults = st.builds(FaultDone, key=words, level=st.sampled_from(["amber", "red"]), value=st.floats(-180, 180))
reps = st.builds(
    RepDone,
    side=st.none() | st.sampled_from(["left", "right"]),
    score=st.none() | st.integers(0, 100),
    coverage=st.floats(0, 1),
    seconds=st.floats(0, 100),
    range=degrees,
    trunk=degrees,
    knee=degrees,
    hip_retreat=degrees,
    lumbar=degrees,
    thoracic=degrees,
    flexed=degrees,
    extended=degrees,
    faults=st.lists(faults, max_size=3).map(tuple),
)
sets = st.builds(
    SetDone,
    t=st.floats(0, 1e10),
    profile=st.just("Ann"),
    drill=words,
    left=counts,
    right=counts,
    reps=counts,
    score=st.none() | st.integers(0, 100),
    scores=st.lists(st.integers(0, 100), max_size=5).map(tuple),
    reds=st.lists(words, max_size=5).map(tuple),
    range_sd=st.none() | st.floats(0, 90),
    coverage=st.floats(0, 1),
    pain=st.none() | st.integers(0, 10),
    felt=st.none() | st.integers(0, 2),
    touching=st.none() | st.integers(0, 2),
    long_back=st.none() | st.integers(0, 2),
    lumbar=degrees,
    thoracic=degrees,
    flexed=degrees,
    extended=degrees,
    seconds=st.floats(0, 1e5),
    trunk_px=st.none() | st.floats(0, 2000),
    thigh_px=st.none() | st.floats(0, 2000),
    shin_px=st.none() | st.floats(0, 2000),
    closed=st.lists(reps, max_size=3).map(tuple),
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program looks for its history, in a folder that is not there yet."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    return tmp_path / "state" / FILE


def keep(path: Path, *done: SetDone) -> None:
    with History(path) as history:
        for one in done:
            history.keep([one], {})


@settings(max_examples=40, deadline=None)
@given(done=st.lists(sets, max_size=4, unique_by=lambda one: one.t))
def test_every_set_comes_back_as_it_was(done: list[SetDone], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("state") / FILE
    keep(path, *done)
    assert read_history(path) == sorted(done, key=lambda one: one.t)
    with History(path) as history:
        assert history.sets("Ann") == tuple(replace(one, closed=()) for one in read_history(path))


def test_each_profile_has_its_own_sets_and_the_history_has_all(path: Path) -> None:
    of_bo = replace(DONE, profile="Bo", t=DONE.t + 1)
    keep(path, BARE, of_bo, DONE)
    assert read_history(path, "Ann") == [DONE, BARE]
    assert read_history(path, "Bo") == [of_bo]
    assert read_history(path, "ann") == []
    assert read_history(path) == [DONE, of_bo, BARE]


def test_a_set_is_safe_once_kept_even_if_the_program_ends_there(path: Path) -> None:
    history = History(path).__enter__()
    history.keep([DONE], {})
    assert read_history(path) == [DONE], "another program sees it at once"


def test_where_nothing_was_ever_kept_there_is_nothing_and_nothing_is_made(path: Path) -> None:
    assert read_history(path) == []
    assert not path.parent.exists()


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(statement)


def make_foreign(path: Path) -> None:
    alter(path, "create table recipes (name text)")


def make_newer(path: Path) -> None:
    keep(path)
    alter(path, f"pragma user_version = {VERSION + 1}")


def make_garbled(path: Path) -> None:
    keep(path, DONE)
    alter(path, "update sets set scores = 'many'")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("no database at all " * 100), "is damaged, or no history of this mirror"),
        (make_foreign, "is the database of another program"),
        (make_newer, f"history of version {VERSION + 1}; this program reads up to version {VERSION}"),
        (make_garbled, "a set of hinge cannot be understood"),
    ],
)
def test_what_is_no_history_is_refused_in_one_line_and_left_as_it_is(
    make: Callable[[Path], None], says: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.parent.mkdir()
    make(path)
    before = path.read_bytes()
    with pytest.raises(BadInput, match=says), History(path) as history:
        history.sets("Ann")
    assert main(["history"]) == 1
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert path.read_bytes() == before


def fill(history: History) -> None:
    for _ in range(1000):
        history.keep([DONE], {})


def test_a_full_disk_is_said_and_what_was_kept_before_stays(path: Path) -> None:
    with History(path) as history:
        history.keep([DONE], {})
        (pages,) = history._database.execute("pragma page_count").fetchone()
        history._database.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(NoHistory, match=r"history\.db: database or disk is full"):
            fill(history)
    assert DONE in read_history(path)


def test_a_history_that_may_not_be_written_is_said(path: Path) -> None:
    keep(path, DONE)
    with History(path) as history:
        history._database.execute("pragma query_only = on")
        with pytest.raises(NoHistory, match="readonly"):
            history.keep([BARE], {})
    with pytest.raises(NoHistory, match="/proc/nowhere"):
        History(Path("/proc/nowhere/history.db")).__enter__()


def test_a_folder_in_the_place_of_the_history_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(KioskError, match=r"history\.db: "):
        History(path).__enter__()
    with pytest.raises(BadInput, match="is not a file"):
        read_history(path)


def as_left_by(path: Path, version: int) -> None:
    """A history as the program of that ``version`` left it, with DONE and BARE (without what it did not know)."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("pragma journal_mode = wal")
        for statement in (statement for step in STEPS[:version] for statement in step):
            old.execute(statement)
        old.execute(f"pragma user_version = {version}")
        old.execute(f"pragma application_id = {APPLICATION if version > 1 else 0}")
        for table, row in WRITTEN_BY[version]:
            old.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)


#: DONE, BARE and one of Bo as the programs of versions 1 to 4 wrote them.
OF_VERSION_1 = (
    (DONE.t, "Ann", "hinge", 0, 0, 3, 81, "[80,81,90]", '["F10","F9a"]', 4.5, 0.97, None, 48.0),
    (BARE.t, "Ann", "plank", 0, 0, 1, None, "[]", "[]", None, 0.97, 2, 48.0),
    (BARE.t + 1, "Bo", "plank", 0, 0, 1, None, "[]", "[]", None, 0.97, 2, 48.0),
)
LENGTHS = ((210.5, 160.0, 170.0), (None, None, None), (None, None, None))
OF_VERSION_2: list[tuple[str, tuple[object, ...]]] = [
    ("profiles", (1, "Ann")),
    ("profiles", (2, "Bo")),
    *(
        ("sets", (n, row[0], 1 + (row[1] == "Bo"), *row[2:], *lengths))
        for n, (row, lengths) in enumerate(zip(OF_VERSION_1, LENGTHS, strict=True), 1)
    ),
    *(
        ("reps", (1, n, rep.side, rep.score, 0.97, 4.2, rep.range, 51.0, 18.25, 0.4))
        for n, rep in enumerate(DONE.closed, 1)
    ),
    *(
        ("faults", (1, n, place, fault.key, str(fault.level), fault.value))
        for n, rep in enumerate(DONE.closed, 1)
        for place, fault in enumerate(rep.faults)
    ),
    ("mastered", (1, "hinge", 7.0)),
]
#: With a yes to a health question, and what was felt.
OF_VERSION_3 = [
    (table, {"profiles": (*row, 1), "sets": (*row, 1, None)}.get(table, row)) for table, row in OF_VERSION_2
]
#: With what the outline of the back told, of the first set and its repetitions.
SEEN = (DONE.long_back, DONE.lumbar, DONE.thoracic, None, None)
OF_VERSION_4 = [
    (table, (*row, *{"sets": SEEN if row[0] == 1 else (None,) * 5, "reps": (*SEEN[1:3], None, None)}.get(table, ())))
    for table, row in OF_VERSION_3
]
WRITTEN_BY = ([], [("sets", row) for row in OF_VERSION_1], OF_VERSION_2, OF_VERSION_3, OF_VERSION_4)
#: What of DONE was kept before repetitions were, and before backs were looked at.
WITHOUT_REPETITIONS = replace(
    DONE, trunk_px=None, thigh_px=None, shin_px=None, long_back=None, lumbar=None, thoracic=None, closed=()
)
WITHOUT_BACK = replace(
    WITHOUT_REPETITIONS, trunk_px=210.5, thigh_px=160.0, shin_px=170.0,
    closed=tuple(replace(rep, lumbar=None, thoracic=None) for rep in DONE.closed),
)  # fmt: skip
KNOWN_THEN = (
    WITHOUT_REPETITIONS, WITHOUT_REPETITIONS, WITHOUT_BACK, replace(WITHOUT_BACK, felt=1), replace(DONE, felt=1),
)  # fmt: skip


@pytest.mark.parametrize("version", range(VERSION))
def test_what_an_older_program_kept_is_brought_up_to_date(path: Path, version: int) -> None:
    as_left_by(path, version)
    bare = replace(BARE, felt=KNOWN_THEN[version].felt)
    kept = [KNOWN_THEN[version], bare, replace(bare, profile="Bo", t=BARE.t + 1)] if version else []
    before = path.read_bytes()
    assert read_history(path) == kept
    assert path.read_bytes() == before, "who only reads leaves it as it is"
    keep(path, replace(DONE, t=DONE.t + 99))
    assert read_history(path) == [*kept, replace(DONE, t=DONE.t + 99)]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma user_version").fetchone() == (VERSION,)
    with History(path) as history:
        assert history.mastered("Ann") == ({"hinge": 7.0} if version >= 2 else {})
        assert history.health("Ann") is (True if version >= 3 else None), "nobody asked them before"


def test_a_step_that_fails_half_way_leaves_the_older_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_left_by(path, 1)
    with monkeypatch.context() as broken:
        broken.setattr("kiosk.records.database.STEPS", (STEPS[0], (*STEPS[1][:5], "no statement")))
        with pytest.raises(NoHistory, match="syntax error"):
            keep(path)
    assert read_history(path)[0] == WITHOUT_REPETITIONS


def test_no_more_profiles_are_kept_than_a_household_has(path: Path) -> None:
    names = [f"Ann {n}" for n in range(PROFILES)]
    keep(path, *(replace(DONE, profile=name) for name in names))
    with pytest.raises(NoHistory, match=r"4 profiles are kept \(Ann 0, Ann 1, Ann 2, Ann 3\); kiosk forget one"):
        keep(path, replace(DONE, profile="Bo"))
    keep(path, replace(DONE, profile=names[0]))
    with History(path) as history:
        assert history.profiles() == dict.fromkeys(names, 1) | {names[0]: 2}


def test_of_the_health_questions_a_yes_or_no_is_kept_and_no_more(path: Path) -> None:
    with History(path) as history:
        assert history.health("Ann") is None
        history.set_health("Ann", False)
        history.keep([replace(DONE, profile="Bo")], {})
        assert (history.health("Ann"), history.health("Bo")) == (False, None)
        history.set_health("Ann", True)
        history.keep([DONE], {})
        assert history.health("Ann") is True
        assert history.profiles() == {"Ann": 1, "Bo": 1}
        history.forget("Ann")
        assert history.health("Ann") is None
        for name in ("Cy", "Di", "Eve"):
            history.set_health(name, False)
        with pytest.raises(NoHistory, match="4 profiles are kept"):
            history.set_health("Ann", True)
    with closing(sqlite3.connect(path)) as database:
        columns = [name for _, name, *_ in database.execute("pragma table_info(profiles)")]
        assert columns == ["id", "name", "health"]


def test_the_latest_sets_are_read_with_their_repetitions_and_no_more(path: Path) -> None:
    with History(path) as history:
        for n in range(6):
            history.keep([replace(DONE, t=DONE.t + n), replace(DONE, t=DONE.t + n + 0.2)], {})
            history.keep([replace(DONE, profile="Bo", t=DONE.t + n + 0.5)], {})
        latest = history.whole_sets("Ann", 3)
        assert latest == history.whole_sets("Ann")[-3:]
        assert all(done.closed == DONE.closed for done in latest)
        assert history.whole_sets("Ann", 99) == history.whole_sets("Ann")
        assert [done.profile for done in history.whole_sets(latest=2)] == ["Ann", "Bo"]
        assert history.whole_sets("Eve", 3) == []


def test_what_was_mastered_is_kept_with_its_first_date(path: Path) -> None:
    with History(path) as history:
        history.keep([DONE], {"hinge": 7.0})
        history.keep([BARE], {"hinge": 9.0, "romanian_deadlift": 9.0})
        assert history.mastered("Ann") == {"hinge": 7.0, "romanian_deadlift": 9.0}
        assert history.mastered("Bo") == {}


def test_the_earliest_sets_make_room_and_their_repetitions_with_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "KEPT", 3)
    keep(path, replace(DONE, profile="Bo"), *(replace(DONE, t=DONE.t + n) for n in range(9)))
    assert [done.t - DONE.t for done in read_history(path, "Ann")] == [6, 7, 8]
    assert len(read_history(path, "Bo")) == 1
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("select count(*) from reps").fetchone() == (4 * len(DONE.closed),)
        assert database.execute("select count(*) from faults").fetchone() == (4 * 4,)


def test_ten_years_of_six_sets_a_day_stay_small_and_whoever_begins_reads_the_latest(path: Path) -> None:
    years = ten_years()
    with History(path) as history:
        history.keep(years, {})
    assert len(years) == 21_900 <= records.KEPT
    assert path.stat().st_size <= 40e6
    with History(path) as history:
        assert history.sets("Ann") == tuple(replace(done, closed=()) for done in years[-RECENT:])
        assert history.damage() == ""


def test_a_backup_is_whole_made_while_the_mirror_writes_and_nobody_elses_business(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    copy.write_text("an older backup")
    with History(path) as mirror:
        mirror.keep([DONE], {"hinge": 7.0})
        assert main(["history", "--backup", str(copy)]) == 0
        mirror.keep([BARE], {})
    assert read_history(copy) == [DONE]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(tmp_path.iterdir()) == [copy, path.parent], "no part is left"
    copy.replace(path)
    keep(path, BARE)
    assert read_history(path) == [DONE, BARE]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_backup_that_cannot_be_written_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(path, DONE)
    assert main(["history", "--backup", "/proc/nowhere/copy.db"]) == 1
    assert capsys.readouterr().err.startswith("kiosk history: /proc/nowhere/copy.db: ")


def test_the_history_is_its_owners_alone(path: Path) -> None:
    keep(path, DONE)
    assert path.stat().st_mode & 0o777 == 0o600


def scribble(path: Path, at: float, garbage: bytes = b"\xa5" * 512) -> None:
    """Overwrite ``garbage`` at that share of the file, as a dying card does."""
    with path.open("r+b") as file:
        file.seek(int(at * path.stat().st_size))
        file.write(garbage)


def test_a_damaged_file_is_found_out_and_set_aside_with_its_log(path: Path) -> None:
    keep(path, *(replace(DONE, t=DONE.t + n) for n in range(200)))
    scribble(path, 0.0)
    with pytest.raises(Damaged, match=r"history\.db: is damaged"):
        keep(path, DONE)
    path.with_name(FILE + BESIDE[0]).write_bytes(b"a log")
    before = path.read_bytes()
    aside = set_aside(path)
    assert (aside.name, aside.read_bytes()) == ("history.damaged-1.db", before)
    assert sorted(each.name for each in path.parent.iterdir()) == [aside.name, aside.name + "-wal"]
    keep(path, DONE)
    assert read_history(path) == [DONE]
    assert set_aside(path).name == "history.damaged-2.db"
    assert [each.name for each in find_aside(path)] == ["history.damaged-1.db", "history.damaged-2.db"]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_damage_anywhere_is_found_when_all_is_read_and_never_a_crash(path: Path, share: float) -> None:
    keep(path, *(replace(DONE, t=DONE.t + n) for n in range(200)))
    scribble(path, share, b"\xa5" * 8192)
    said = ""
    try:
        with History(path) as history:
            said = history.damage()
            history.sets("Ann")
            history.keep([DONE], {})
    except KioskError as error:
        said = str(error)
    assert said


CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from kiosk.records.history import History
from kiosk.session.progress import FaultDone, RepDone, SetDone
rep = RepDone(side="left", score=80, coverage=1.0, seconds=4.0, range=50.0,
              faults=(FaultDone(key="F10", level="red", value=0.3),))
done = SetDone(t=0.0, profile="Ann", drill="hinge", reps=8, score=80, scores=(80,) * 8, reds=(), range_sd=1.0,
               coverage=1.0, seconds=40.0, closed=(rep,) * 8)
with History(Path(sys.argv[1])) as history:
    n = history.profiles().get("Ann", 0)
    print("open", flush=True)
    while True:
        history.keep([replace(done, t=float(n))], {})
        n += 1
        print(n, flush=True)
"""
#: Moments at which the writer is killed: a few in every run of the tests, 200 in `make kills`.
KILLS = int(os.environ.get("KILLS", "20"))


def test_killed_at_any_moment_of_writing_it_is_never_damaged_and_loses_one_set_at_most(path: Path) -> None:
    chance = random.Random(7)
    for n in range(KILLS):
        if n % 10 == 0:
            place, kept = path.with_name(f"{n}.db"), 0
        writer = subprocess.Popen([sys.executable, "-c", CHILD, str(place)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        if n % 5:  # else: while it opens the file, or makes it
            writer.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.05))
        else:
            time.sleep(chance.uniform(0.1, 0.6))
        writer.kill()
        said = [line for line in writer.communicate()[0].splitlines() if line.isdigit()]
        kept = max(kept, *map(int, said), 0)
        with History(place) as history:
            assert history.damage() == ""
        found = read_history(place)
        assert kept <= len(found) <= kept + 1, "what was said to be kept is there"
        assert [done.t for done in found] == list(range(len(found)))
        assert all(len(done.closed) == 8 for done in found), "a set is there whole or not at all"
        kept = len(found)


def test_it_lies_where_systemd_says_else_where_a_persons_state_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    assert find_history() == Path("/home/ann/.local/state/hinge-mirror/history.db")
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert find_history() == Path("/state/hinge-mirror/history.db")
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/hinge-mirror")
    assert find_history() == Path("/var/lib/hinge-mirror/history.db")


def test_a_person_without_a_history_is_shown_that_of_the_service(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "OF_THE_SERVICE", tmp_path)
    keep(tmp_path / FILE, DONE)
    assert command.choose_history() == tmp_path / FILE
    keep(path)
    assert command.choose_history() == path


def test_the_command_tells_it_as_json_as_csv_and_as_a_table(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(path, DONE, replace(BARE, felt=1, touching=2))
    assert main(["history", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["drill"], first["scores"], first["pain"], second["score"]) == ("hinge", [80, 81, 90], None, None)
    assert (first["felt"], first["touching"], second["felt"], second["touching"]) == (None, None, 1, 2)
    assert (first["long_back"], first["lumbar"], first["closed"][0]["lumbar"], second["lumbar"]) == (2, 6.5, 6.5, None)

    assert main(["history", "--csv"]) == 0
    row, other = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["profile"], row["reds"], row["scores"], row["pain"]) == ("Ann", "F10 F9a", "80 81 90", "")
    assert (row["felt"], other["pain"], other["felt"], other["touching"]) == ("", "2", "1", "2")
    assert (row["long_back"], row["lumbar"], row["flexed"], other["lumbar"]) == ("2", "6.5", "", "")

    assert main(["history"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("Ann", "Hip hinge", "F10, F9a", "± 4°", "97%"))


def test_without_sets_that_is_said_and_is_no_error(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    assert "No set is remembered" in capsys.readouterr().out
    assert main(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
