"""Every drill's recording, replayed: the mirror makes of it what it made when somebody last read the trace.

``make golden`` makes recordings and traces anew; read what changed before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from traces import FOLDER, trace

from kiosk.drills import CATALOGUE, find_drill
from kiosk.records.recording import read_recording

KEYS = [drill.key for drill in CATALOGUE]
every_key = pytest.mark.parametrize("key", KEYS)

#: An act in a trace's head: when, what, how many repetitions of it.
ACT = re.compile(r"# +(?P<t>[\d.]+)  (?P<what>.*?)(?: × (?P<reps>\d+))?")


def told(key: str) -> list[str]:
    """The lines of a drill's trace."""
    return (FOLDER / f"{key}.trace").read_text().splitlines()


def test_every_drill_has_its_recording_and_its_trace_and_all_are_small() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(
        f"{key}{ending}" for key in KEYS for ending in (".jsonl.gz", ".trace")
    )
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3e6


@every_key
def test_a_recording_gives_the_same_verdicts_as_ever(key: str) -> None:
    path = FOLDER / f"{key}.jsonl.gz"
    assert read_recording(path)[0].drill == key
    assert list(trace(path)) == [line for line in told(key) if not line.startswith("#")]


def acts(key: str) -> Iterator[tuple[str, int, list[str]]]:
    """What was performed, how often, and what the mirror said of the repetitions and holds that ended meanwhile."""
    lines = told(key)
    heads = [match for line in lines if (match := ACT.fullmatch(line))]
    ends = [float(head["t"]) for head in heads[1:]] + [float("inf")]
    closed = [line for line in lines if re.match(r" *[\d.]+  (rep|hold) ", line)]
    for head, end in zip(heads, ends, strict=True):
        meanwhile = [line[8:] for line in closed if float(head["t"]) <= float(line[:6]) < end]
        yield head["what"], int(head["reps"] or 1), meanwhile


@every_key
def test_good_ones_are_counted_and_broken_off_ones_are_not(key: str) -> None:
    for what, reps, meanwhile in acts(key):
        if what in ("good", "both sides"):
            assert len(meanwhile) == reps, meanwhile
        if what == "walks out":
            assert meanwhile == []


@every_key
def test_a_fault_that_was_performed_was_told(key: str) -> None:
    """Or the one that is told in its stead, because it is the same mistake."""
    drill = find_drill(key)
    mistakes = {fault.mistake for fault in drill.faults} - {""}
    same = [{fault.key for fault in drill.faults if fault.mistake == mistake} for mistake in mistakes]
    for what, _, meanwhile in acts(key):
        if any(fault.key == what for fault in drill.faults):
            names = {what}.union(*(keys for keys in same if what in keys))
            assert any(f", {name} " in line for name in names for line in meanwhile), (what, meanwhile)
