"""What `make install` would change, and that the package and the card's image hold the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.__main__ import CONFIG
from kiosk.config import Station

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "systemd"


def module(name: str) -> ModuleType:
    """A module of systemd/, whose programs find each other because they lie together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        return import_module(name)


changes, contents, deb, install, wheels = map(module, ("changes", "contents", "deb", "install", "wheels"))


def carry_out(plan: Iterator[object]) -> list[str]:
    """What was changed, in words."""
    done = []
    for change in plan:
        change.do()  # type: ignore[attr-defined]
        done.append(change.words)  # type: ignore[attr-defined]
    return done


texts = st.text(st.sampled_from("ab#=[]\n "), max_size=80).map(lambda text: text.replace(changes.BEGIN, ""))


@given(texts)
def test_the_lines_for_the_firmware_come_once_and_go_without_a_trace(text: str) -> None:
    told = changes.with_block(text)
    assert told.startswith(text)
    assert changes.with_block(told) == told
    assert changes.without_block(told) in (text, text + "\n")
    assert told.count(changes.BEGIN) == told.count(changes.END) == 1


def test_what_stands_after_the_lines_stays_and_the_lines_move_to_the_end() -> None:
    told = changes.with_block("first=1\n") + "mine=2\n"
    assert changes.without_block(told) == "first=1\nmine=2\n"
    again = changes.with_block(told)
    assert again.startswith("first=1\nmine=2\n")
    assert changes.with_block(again) == again


def test_what_raspberry_pi_os_says_already_is_not_said_twice() -> None:
    usual = "camera_auto_detect=1\ndtoverlay=vc4-kms-v3d\n"
    assert changes.with_block(usual).count("camera_auto_detect") == 1
    assert changes.with_block(usual).count("vc4-kms-v3d") == 1
    assert "camera_auto_detect=1" in changes.with_block("dtoverlay=vc4-kms-v3d\n")
    assert "camera_auto_detect=1" not in changes.with_block("camera_auto_detect=0\ndtoverlay=imx219\n")
    assert "dtoverlay=vc4-kms-v3d" in changes.with_block("# dtoverlay=vc4-kms-v3d\n")


@pytest.mark.parametrize("torn", [f"a\n{changes.BEGIN}\nmine=1\n", f"{changes.END}\nmine=1\n"])
def test_a_torn_block_is_left_to_a_person(torn: str) -> None:
    with pytest.raises(ValueError, match="by hand"):
        changes.with_block(torn)


def test_config_txt_keeps_its_permissions_and_is_not_made_where_there_is_none(tmp_path: Path) -> None:
    place = tmp_path / "config.txt"
    assert carry_out(changes.firmware_told(place)) == []
    place.write_text("a=1\n")
    place.chmod(0o755)  # as on a FAT partition
    assert carry_out(changes.firmware_told(place)) == [f"change {place}"]
    assert place.stat().st_mode & 0o777 == 0o755
    assert carry_out(changes.firmware_told(place)) == []
    assert carry_out(changes.firmware_untold(place)) == [f"change {place}"]
    assert place.read_text() == "a=1\n"


def test_a_file_is_changed_for_its_content_or_its_permissions_and_for_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a/b"
    assert carry_out(changes.written(place, b"x")) == [f"write {place}"]
    assert carry_out(changes.written(place, b"x")) == []
    assert carry_out(changes.written(place, b"y")) == [f"change {place}"]
    assert carry_out(changes.written(place, b"y", 0o755)) == [f"change {place}"]
    assert list(place.parent.iterdir()) == [place]


def test_what_an_earlier_version_left_is_removed_and_a_model_that_was_fetched_is_not(tmp_path: Path) -> None:
    source, house = tmp_path / "source", tmp_path / "house"
    for name in ("kiosk/a.py", "kiosk/b.py", "README.md", "tests/not_of_the_program.py"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    assert len(carry_out(changes.program_in(house, source))) == 3
    (source / "kiosk/b.py").unlink()
    for name in ("models/pose.tflite", "kiosk/__pycache__/a.pyc", "notes.txt"):
        (house / name).parent.mkdir(exist_ok=True)
        (house / name).touch()
    assert carry_out(changes.program_in(house, source)) == [f"remove {house / 'kiosk/b.py'}"]
    assert carry_out(changes.program_in(house, source)) == []
    assert carry_out(changes.program_in(source, source)) == []


def test_a_dry_run_says_all_and_changes_nothing() -> None:
    command = ["make", "-C", str(ROOT), "--no-print-directory", "install", "--dry-run"]
    said = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"MAKEFLAGS": ""})
    if said.returncode:
        pytest.skip(f"not a system that the mirror is installed on: {said.stderr.strip()}")
    assert not Path("/opt/hinge-mirror").exists()
    for place in contents.PLACES.values():
        assert f"would write {place}\n" in said.stdout
        assert not place.exists()
    assert "would run systemctl enable kiosk.service\n" in said.stdout
    told = re.search(r"^(\d+) changes would be made$", said.stdout, re.MULTILINE)
    assert told
    assert said.stdout.count("\nwould ") == int(told[1])


def test_who_is_not_root_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "sudo make install" in install.find_objection(dry=False, uninstalling=False)


@pytest.mark.parametrize(("architecture", "word"), [("armhf", "armhf"), ("", "no Debian")])
def test_a_32_bit_system_is_refused(architecture: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout=f"{architecture}\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert install.find_objection(dry=True, uninstalling=False).startswith(f"this system is {word}; ")


def test_a_release_that_it_is_not_made_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    arm = subprocess.CompletedProcess([], 0, stdout="arm64\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: arm)
    monkeypatch.setattr(Path, "read_text", lambda _: 'ID=debian\nVERSION_ID="11"\n')
    assert "neither Bookworm (12) nor Trixie (13)" in install.find_objection(dry=True, uninstalling=False)


def test_every_file_here_has_its_place_and_every_place_its_file() -> None:
    found = {place.name for place in FOLDER.iterdir() if place.suffix in (".conf", ".service", ".timer", ".rules")}
    assert found == {*contents.PLACES, *(f"{station}.conf" for station in contents.STATIONS)}


def test_what_apt_installs_is_named_alike_everywhere() -> None:
    set_up = (ROOT / ".setup/setup").read_text()
    listed = re.search(r"for package in (.*?); do", set_up, re.DOTALL)
    assert listed
    assert ["python3-venv", *listed[1].replace("\\", " ").split()] == list(contents.PACKAGES)
    layer = (FOLDER / "image/layer/hinge-mirror.yaml").read_text()
    assert re.findall(r"^    - ([\w-]+)$", layer, re.MULTILINE) == list(contents.PACKAGES)


def test_what_has_to_outlive_an_update_of_the_card_is_on_the_partition_that_both_slots_share() -> None:
    layer = (FOLDER / "image/layer/hinge-mirror.yaml").read_text()
    assert [Path(path) for path in re.findall(r"Path=([\w/-]+)", layer)] == list(install.KEPT[:2])


@pytest.mark.parametrize("architecture", ["arm64", "amd64"])
def test_the_wheels_are_what_the_constraints_pin_and_none_is_the_systems(architecture: str) -> None:
    pins = {python: wheels.pins(python, architecture) for python in wheels.PYTHONS}
    constraints = (ROOT / ".setup/constraints.txt").read_text()
    for pinned in pins.values():
        assert all(re.search(f"^{re.escape(pin)}(;|$)", constraints, re.MULTILINE) for pin in pinned)
        assert not any(pin.startswith(("numpy==", "pytest==", "matplotlib==")) for pin in pinned)
        assert {pin.split("==")[0] for pin in pinned} >= {"ai-edge-litert", "pygame-ce", "av", "gpiozero", "setuptools"}
    assert {pin.split("==")[0] for pin in pins["3.11"] - pins["3.13"]} == {"lgpio"}  # apt's there: PyPI's is empty


def test_a_wheel_of_another_machine_does_not_come_into_the_package() -> None:
    assert wheels.fits("av-18.1.0-cp311-abi3-manylinux_2_28_aarch64.whl", "arm64")
    assert wheels.fits("rich-15.0.0-py3-none-any.whl", "arm64")
    assert not wheels.fits("av-18.1.0-cp311-abi3-manylinux_2_28_x86_64.whl", "arm64")


def test_the_package_runs_the_same_installation_and_keeps_sets_until_it_is_purged() -> None:
    assert "systemd/install.py; fi" in deb.POSTINST
    assert "remove ]; then /usr/bin/python3 /opt/hinge-mirror/systemd/install.py --uninstall" in deb.PRERM
    for script in (deb.POSTINST, deb.PRERM, deb.POSTRM):
        assert subprocess.run(["sh", "-n"], input=script, text=True).returncode == 0
    assert all(str(folder) in deb.POSTRM for folder in install.KEPT)


def test_settings_and_stations_are_the_programs_own() -> None:
    assert CONFIG.parent == install.KEPT[0]
    assert get_args(Station) == contents.STATIONS


def test_the_installer_needs_nothing_but_python() -> None:
    """The system's Python runs it before anything is installed."""
    bare = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); import install"
    said = subprocess.run([sys.executable, "-I", "-S", "-c", bare])
    assert said.returncode == 0
