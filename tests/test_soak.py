"""The soak itself: what grew, or was missed, fails it (the soak is run by `make soak`, in a process of its own)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

JUDGE = """
import sys
sys.path.insert(0, "tests")
from types import SimpleNamespace
from soak import judge
marks = [(hour, 100 + hour * {memory}, 5 + int(hour * {threads}), 11 + int(hour * {descriptors})) for hour in range(72)]
sys.exit(3 if judge(SimpleNamespace(missed={missed}, marks=marks)) else 0)
"""
WELL = {"memory": 0.02, "threads": 0, "descriptors": 0, "missed": []}


@pytest.mark.parametrize(
    ("wrong", "fails"),
    [
        ({}, False),
        ({"memory": 0.1}, True),
        ({"threads": 0.03}, True),
        ({"descriptors": 0.03}, True),
        ({"missed": ["a press"]}, True),
    ],
)
def test_what_grows_or_is_missed_fails_it(wrong: dict[str, object], fails: bool) -> None:
    told = subprocess.run([sys.executable, "-c", JUDGE.format(**WELL | wrong)], cwd=Path(__file__).resolve().parents[1])
    assert told.returncode == (3 if fails else 0)
