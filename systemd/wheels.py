"""Fetches the wheels that a mirror needs into systemd/wheels, so that it can be installed where there is no network."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

from contents import HERE, WHEELS
from packaging.requirements import Requirement

FOLDER = HERE / WHEELS
CONSTRAINTS = HERE / ".setup/constraints.txt"
#: The system's Pythons: Bookworm's and Trixie's.
PYTHONS = ("3.11", "3.13")
#: What Debian calls an architecture, and what wheels do.
MACHINES = {"arm64": "aarch64", "amd64": "x86_64"}
#: Minor versions of the C library that wheels may ask for: Bookworm has 2.36.
GLIBC = range(17, 37)
#: These are apt's on a Pi: picamera2 was built against that numpy.
OF_THE_SYSTEM = {"numpy"}
#: What builds the package itself.
BUILDER = "setuptools"


def fetch(architecture: str) -> list[Path]:
    """Every wheel for ``architecture`` ("arm64", "amd64"), fetched if it is not here.  Raises CalledProcessError."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {python: sorted(pins(python, architecture)) for python in PYTHONS}
    for python, wheels in wanted.items():
        _download(wheels, python, MACHINES[architecture])
    fitting = [place for place in sorted(FOLDER.glob("*.whl")) if fits(place.name, architecture)]
    kept = {_normal(pin.replace("==", "-")) for wheels in wanted.values() for pin in wheels}
    for place in fitting:
        if _normal("-".join(place.name.split("-")[:2])) not in kept:
            place.unlink()  # of another version than is asked for by now
    return [place for place in fitting if place.exists()]


def pins(python: str, architecture: str) -> set[str]:
    """``name==version`` of everything the mirror needs on that Python, as the constraints pin it."""
    place = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    place |= {"platform_machine": MACHINES[architecture], "platform_system": "Linux", "extra": ""}
    pinned = {_normal(pin.name): f"{pin.name}{pin.specifier}" for pin in _pinned(place)}
    names = {BUILDER, *_needed("hinge-mirror", place)} - OF_THE_SYSTEM
    return {pinned[name] for name in names}


def fits(wheel: str, architecture: str) -> bool:
    """Whether the wheel of that file name can be used on ``architecture``."""
    return wheel.endswith(("-any.whl", f"_{MACHINES[architecture]}.whl"))


def _pinned(place: dict[str, str]) -> Iterator[Requirement]:
    for line in CONSTRAINTS.read_text().splitlines():
        if re.match(r"\w", line):
            pin = Requirement(line)
            if pin.marker is None or pin.marker.evaluate(place):
                yield pin


def _needed(name: str, place: dict[str, str]) -> set[str]:
    """The names of all that ``name`` needs there, and what that needs."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        for line in requires(waiting.pop()) or []:
            requirement = Requirement(line)
            other = _normal(requirement.name)
            if other not in needed and (requirement.marker is None or requirement.marker.evaluate(place)):
                needed.add(other)
                waiting.append(other)
    return needed


def _download(wheels: list[str], python: str, machine: str) -> None:
    abi = f"cp{python.replace('.', '')}"
    platforms = [f"--platform=manylinux{kind}_{machine}" for kind in ("2014", *(f"_2_{minor}" for minor in GLIBC))]
    fit = [f"--python-version={python}", "--implementation=cp", f"--abi={abi}", "--abi=abi3", "--abi=none", *platforms]
    pip = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--only-binary=:all:", f"--dest={FOLDER}", *fit, *wheels], check=True)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make wheels", description="Fetch wheels for a machine without a network.")
    parser.add_argument("--arch", choices=MACHINES, default="arm64")
    try:
        wheels = fetch(parser.parse_args().arch)
    except subprocess.CalledProcessError as error:
        sys.exit(f"wheels: pip could not fetch them (exit code {error.returncode})")
    print(f"{len(wheels)} wheels, {sum(wheel.stat().st_size for wheel in wheels) / 1e6:.0f} MB in {FOLDER}")
