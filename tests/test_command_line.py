"""The command line at its edges: full disks, plain terminals, places that are not files."""

from __future__ import annotations

import os
import re
import shlex
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.config import read_config
from kiosk.records.whole import written_whole
from kiosk.trouble import BadInput

FULL = Path("/dev/full")


def kiosk(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ | environment)


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_one_line() -> None:
    with FULL.open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk", "drills", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 1
    assert ran.stderr == "kiosk drills: [Errno 28] No space left on device\n"


def test_started_without_a_standard_output_it_runs_all_the_same(tmp_path: Path) -> None:
    words = "exec " + shlex.join([sys.executable, "-m", "kiosk", "history", "--json"]) + " >&-"
    environment = os.environ | {"STATE_DIRECTORY": str(tmp_path)}
    ran = subprocess.run(words, shell=True, stderr=subprocess.PIPE, text=True, timeout=60, env=environment)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_settings_that_offer_an_unknown_drill_are_refused_by_whoever_reads_them(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('drill = "twist"')
    for command in ("run", "doctor"):
        ran = kiosk(command, "--config", str(settings))
        assert ran.returncode == 1
        assert ran.stderr.startswith(f"kiosk {command}: {settings}: drill 'twist': no such drill; known are hinge, ")
        assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('profile = " Ann"', "(a name without blanks at its ends)"),
        ('[sound]\nquiet = "at night"', "(as 22:00-07:00)"),
        ('station = "bath"', "(one of gym, sink)"),
        ("pins.select = 40", "Expected `int` <= 27"),
    ],
)
def test_a_setting_that_breaks_a_rule_is_told_the_rule(line: str, rule: str) -> None:
    with pytest.raises(BadInput, match=re.escape(rule)):
        read_config(line, "config.toml")


def test_a_terminal_that_knows_only_ascii_gets_question_marks() -> None:
    ran = kiosk("drills", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""


def test_wrong_usage_is_exit_2() -> None:
    for words in (["run", "--size", "foo"], ["watch"], ["figure", "--drill", "hinge", "--out", "x", "--fps", "0"], []):
        ran = kiosk(*words)
        assert ran.returncode == 2
        assert ran.stderr.startswith("usage: ")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with written_whole(pipe) as file:
        file.write("report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_an_interrupt_while_the_program_is_still_importing_ends_it_without_a_word() -> None:
    """Interrupted halfway through its imports, as by a hand that is quick."""
    code = (
        "import os, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'kiosk.config':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "import kiosk.__main__"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (-signal.SIGINT, "")


def test_importing_the_command_line_leaves_interrupts_as_they_were() -> None:
    code = "import signal, kiosk.__main__; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.stdout == "True\n"


def test_a_long_command_that_is_interrupted_says_so_in_one_line() -> None:
    code = (
        "import signal, sys, kiosk.__main__ as it; it._drills = lambda asked: signal.raise_signal(signal.SIGINT);"
        "sys.exit(it.main(['drills']))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, "kiosk drills: interrupted\n")
