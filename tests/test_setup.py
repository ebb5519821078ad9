"""`make` and its set-up, played through with a stand-in for Python, so that nothing is downloaded."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kiosk.devices.board import is_raspberry_pi

ROOT = Path(__file__).resolve().parents[1]
#: Writes down what it is asked, makes a venv of copies of itself, and lets pip do as PIP says.
STAND_IN = """#!/bin/sh
echo "$@" >>"$LOG"
case "$*" in
*"-m venv"*) for venv; do :; done; rm -rf "$venv"; mkdir -p "$venv/bin"; cp "$0" "$venv/bin/python" ;;
*"-m pip install"*) exec sh -c "${PIP:-true}" ;;
--version) echo Python 3.12.7 ;;
*sys.version_info*) exit ${UNFIT:-0} ;;
esac
"""

on_a_desk = pytest.mark.skipif(is_raspberry_pi(), reason="on a Pi only the system's own Python is taken")


class House:
    """A copy of what the set-up reads, with a stand-in for every Python."""

    def __init__(self, folder: Path) -> None:
        self.root, self.log = folder / "house", folder / "log"
        shutil.copytree(ROOT / ".setup", self.root / ".setup")
        shutil.copy(ROOT / "pyproject.toml", self.root)
        for name in ("python3", "python3.11", "python3.12", "python3.13"):
            place = folder / "bin" / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(STAND_IN)
            place.chmod(0o755)
        self.path = f"{folder / 'bin'}:/usr/bin:/bin"

    def set_up(self, purpose: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        return subprocess.run(
            [self.root / ".setup" / "setup", purpose],
            env={"PATH": self.path, "LOG": str(self.log), **environment},
            capture_output=True,
            text=True,
        )

    def asked(self, words: str) -> bool:
        """Whether Python was asked something with these words in it since the set-up began."""
        return words in self.log.read_text()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@on_a_desk
def test_the_first_time_makes_the_venv_and_the_second_does_nothing(house: House) -> None:
    assert house.set_up().returncode == 0
    assert house.asked("-m venv --clear .venv")
    assert house.asked("-m pip install")
    assert house.set_up().returncode == 0
    assert not house.asked("-m")


@on_a_desk
def test_the_mirror_does_not_pull_in_its_tests_but_the_tests_pull_in_the_mirror(house: House) -> None:
    house.set_up("run")
    assert house.asked("-e .\n")
    house.set_up("test")
    assert house.asked("-e .[test]")
    assert not house.asked("-m venv"), "the venv that is there is added to"
    house.set_up("run")
    assert not house.asked("-m")


@on_a_desk
@pytest.mark.parametrize("changed", ["pyproject.toml", ".setup/constraints.txt", ".setup/setup"])
def test_what_is_pinned_anew_is_installed_anew(house: House, changed: str) -> None:
    house.set_up()
    with (house.root / changed).open("a") as file:
        file.write("\n")
    house.set_up()
    assert house.asked("-m pip install")


@on_a_desk
def test_a_house_that_was_moved_is_installed_anew(house: House) -> None:
    house.set_up()
    house.root = house.root.rename(house.root.with_name("moved"))
    house.set_up()
    assert house.asked("-m pip install")


@on_a_desk
@pytest.mark.parametrize("end", ["false", "kill -9 $PPID"])
def test_a_set_up_that_was_broken_off_is_begun_again(house: House, end: str) -> None:
    broken = house.set_up(PIP=end)
    assert broken.returncode != 0
    assert house.set_up().returncode == 0
    assert house.asked("-m venv --clear .venv")
    house.set_up()
    assert not house.asked("-m")


@on_a_desk
def test_without_a_network_there_is_one_line_that_says_so(house: House) -> None:
    failed = house.set_up(PIP="false")
    assert failed.stderr.splitlines()[-1] == (
        "setup: pip could not install the dependencies (above); is there a network?"
    )


@on_a_desk
def test_no_fitting_python_is_one_clear_line(house: House) -> None:
    failed = house.set_up(UNFIT="1")
    assert failed.returncode == 1
    assert failed.stderr.splitlines() == [
        "setup: the mirror needs Python 3.11, 3.12 or 3.13; tried: python3 python3.13 python3.12 python3.11,"
        " and python3 is Python 3.12.7"
    ]
    assert not (house.root / ".venv").exists()


def test_bare_make_prints_the_menu() -> None:
    menu = subprocess.run(["make", "-C", str(ROOT), "--no-print-directory"], capture_output=True, text=True).stdout
    entries = [line.split()[0] for line in menu.splitlines()[1:]]
    assert {"setup", "run", "test", "lint", "models", "bench", "accuracy", "clean"} <= set(entries)
    assert all(len(line.split()) > 2 for line in menu.splitlines()[1:]), "every entry says what it does"


def holds(line: Requirement) -> bool:
    return line.marker is None or line.marker.evaluate()


def named() -> set[str]:
    """What pyproject.toml asks for on this Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = map(Requirement, project["dependencies"] + project["optional-dependencies"]["test"])
    return {line.name for line in lines if holds(line)}


def pinned() -> list[Requirement]:
    """Everything that is pinned for this Python."""
    lines = (ROOT / ".setup" / "constraints.txt").read_text().splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return [pin for pin in pins if holds(pin)]


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    listed = text[text.index("\ndependencies = [") : text.index("[project.optional-dependencies]")].splitlines()
    for before, line in itertools.pairwise(listed):
        assert not line.startswith('    "') or "#" in line or before.lstrip().startswith("#"), line


def test_every_dependency_has_its_exact_version() -> None:
    pins = {pin.name: str(pin.specifier) for pin in pinned()}
    assert named() <= set(pins)
    assert all(re.fullmatch(r"==[\w.]+", version) for version in pins.values())


@on_a_desk
def test_what_runs_here_is_what_is_pinned() -> None:
    different = {
        pin.name: version(pin.name)
        for pin in pinned()
        if pin.name in named() and version(pin.name) not in pin.specifier
    }
    assert different == {}
