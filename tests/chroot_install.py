"""The mirror installed for real, in Debian 12 and 13: ``make test-install`` (root, a network, half an hour).

Not collected by ``make test``.  The chroots are made once in the folder INSTALL_CHROOTS and copied for each test; what
only Raspberry Pi OS has, picamera2 and lgpio, is an empty package there.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BASES = Path(os.environ.get("INSTALL_CHROOTS", "build/chroots")).absolute()
#: What is in a base from the start, so that a test has less to fetch; the installer fetches the rest itself.
INCLUDED = "systemd,udev,python3,python3-venv,python3-numpy,ca-certificates,make,kmod,dbus"
#: Raspberry Pi OS's own: what each holds here, and needs.
OF_RASPBERRY_PI = {
    "python3-picamera2": ("usr/lib/python3/dist-packages/picamera2/__init__.py", "python3-numpy"),
    "python3-lgpio": ("usr/lib/python3/dist-packages/lgpio.py", "python3"),
}
CONFIG_TXT = "# mine\ndtparam=audio=on\n\n[pi4]\narm_boost=1\n"


#: The folders that an installation may change something in.
TOUCHED = ("etc", "opt", "boot", "usr/lib/systemd", "usr/lib/udev", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d")


class Machine:
    """A Debian in ``root``, in which words are run."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *words: str, ok: bool = True) -> str:
        """What ``words`` say on standard output, run in the Debian with a /proc of its own."""
        inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin "$@"'
        command = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", inside, str(self.root), *words]
        said = subprocess.run(command, capture_output=True, text=True)
        assert not ok or said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def files(self) -> dict[str, object]:
        """Everything that an installation may touch: content, or where a link leads, by path."""
        found: dict[str, object] = {}
        for top in TOUCHED:
            for place in (self.root / top).rglob("*"):
                if place.is_symlink():
                    found[str(place)] = place.readlink()
                elif place.is_file() and "__pycache__" not in place.parts:
                    found[str(place)] = place.read_bytes()
        return found


@pytest.fixture(scope="session", params=["bookworm", "trixie"])
def base(request: pytest.FixtureRequest) -> Path:
    """A Debian with Raspberry Pi OS's own packages to be had from a folder in it."""
    root = BASES / request.param
    if not (root / "stubs/Packages").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.parent.mkdir(parents=True, exist_ok=True)
        mirror = "http://deb.debian.org/debian"
        command = ["debootstrap", "--variant=minbase", f"--include={INCLUDED}", request.param, str(root), mirror]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _offer_stubs(root)
    return root


@pytest.fixture
def machine(base: Path, tmp_path: Path) -> Iterator[Machine]:
    root = tmp_path / "root"
    subprocess.run(["cp", "-a", base, root], check=True)
    (root / "boot/firmware").mkdir()
    (root / "boot/firmware/config.txt").write_text(CONFIG_TXT)
    ours = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    wheels = [str(wheel.relative_to(ROOT)) for wheel in (ROOT / "systemd/wheels").glob("*.whl")]
    models = [str(model.relative_to(ROOT)) for model in (ROOT / "models").glob("*.tflite")]
    for name in [*ours, *wheels, *models]:
        if not name.startswith("tests/"):
            (root / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / "source" / name)
    yield Machine(root)
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def package() -> Path:
    """The package for this machine's architecture."""
    said = subprocess.run(
        [sys.executable, "systemd/deb.py", "--arch", _architecture()],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": "."}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Path(said.stdout.splitlines()[-1].rsplit(": ", 1)[0])


@pytest.fixture(scope="session", autouse=True)
def _wheels() -> None:
    """The wheels, so that the installations need no network."""
    command = [sys.executable, "systemd/wheels.py", "--arch", _architecture()]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def test_installed_twice_changes_nothing_the_second_time_and_taken_out_leaves_nothing(machine: Machine) -> None:
    before = machine.files()
    planned = machine.run("make", "-C", "/source", "install", "--dry-run")
    assert machine.files() == before, "a dry run changes nothing"
    made = machine.run("make", "-C", "/source", "install")
    assert _changes(planned) == _changes(made), "a dry run says what will be done"
    assert len(_changes(made)) > 300

    doctor = made.split("kiosk doctor:\n")[1]
    assert re.search(r"^ok +numpy +(1\.24|2\.2)", doctor, re.MULTILINE), "not apt's numpy"
    assert re.search(r"^ok +runtime +ai_edge_litert .* XNNPACK runs [1-9]", doctor, re.MULTILINE), doctor
    assert re.search(r"^ok +model ", doctor, re.MULTILINE)
    assert re.search(r"^ok +groups +hinge-mirror", doctor, re.MULTILINE)

    after = machine.files()
    again = machine.run("make", "-C", "/source", "install")
    assert "nothing to change" in again
    assert _changes(again) == []
    assert machine.files() == after
    assert _changes(machine.run("make", "-C", "/source", "install", "--dry-run")) == []

    machine.run("make", "-C", "/source", "uninstall")
    made_by_systemd = ("passwd", "group", "shadow", "gshadow", "-")
    left = {place for place, content in machine.files().items() if before.get(place) != content}
    left = {place for place in left if not place.endswith(made_by_systemd)}
    of_packages = {place for place in left if "/etc/" in place or "/usr/lib/" in place}
    assert {place for place in left - of_packages if "hinge" in place or "kiosk" in place} == set()
    assert not [place for place in of_packages if "hinge-mirror" in place or "kiosk" in place]
    assert (machine.root / "boot/firmware/config.txt").read_text() == CONFIG_TXT
    assert (machine.root / "var/lib/hinge-mirror").is_dir(), "people's sets stay"


def test_systemd_and_udev_have_nothing_to_say_about_what_was_installed(machine: Machine) -> None:
    machine.run("make", "-C", "/source", "install", "ARGS=--station sink")
    units = ["kiosk.service", "kiosk-reboot.timer", "kiosk-reboot.service"]
    said = machine.run("sh", "-c", f"systemd-analyze verify {' '.join(units)} 2>&1; echo {{$?}}")
    assert said == "{0}\n"
    assert "--station sink" in (machine.root / "etc/systemd/system/kiosk.service.d/station.conf").read_text()
    machine.run("systemd-analyze", "security", "--offline=true", "--threshold=15", "kiosk.service")
    assert machine.run("systemd-analyze", "cat-config", "systemd/journald.conf").count("Storage=volatile") == 1
    assert machine.run("systemd-analyze", "cat-config", "systemd/system.conf").count("RuntimeWatchdogSec=14") == 1
    if "verify" in machine.run("sh", "-c", "udevadm --help"):  # from systemd 254 on
        machine.run("udevadm", "verify", "/usr/lib/udev/rules.d/70-hinge-mirror.rules")


def test_a_new_version_replaces_what_was_there(machine: Machine) -> None:
    machine.run("make", "-C", "/source", "install")
    (machine.root / "source/kiosk/frame.py").rename(machine.root / "source/kiosk/frames.py")
    (machine.root / "source/systemd/udev.rules").write_text("# none\n")
    (machine.root / "etc/systemd/system/hinge-mirror.service").write_text("[Service]\nExecStart=/bin/true\n")
    assert _changes(machine.run("make", "-C", "/source", "install")) == [
        "run systemctl disable hinge-mirror.service",
        "remove /etc/systemd/system/hinge-mirror.service",
        "write /opt/hinge-mirror/kiosk/frames.py",
        "change /opt/hinge-mirror/systemd/udev.rules",
        "remove /opt/hinge-mirror/kiosk/frame.py",
        "run /opt/hinge-mirror/.venv/bin/python -m compileall -q /opt/hinge-mirror/kiosk",
        "change /usr/lib/udev/rules.d/70-hinge-mirror.rules",
    ]


def test_the_package_does_the_same_without_a_network(machine: Machine, package: Path) -> None:
    shutil.rmtree(machine.root / "source")
    shutil.copy(package, machine.root / "mirror.deb")
    needs = "$(dpkg-deb -f /mirror.deb Depends | tr -d , | sed 's/([^)]*)//g')"
    fetch = f"apt-get -qq update && apt-get install -y -qq --no-install-recommends {needs}"
    machine.run("env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", fetch)
    (machine.root / "etc/resolv.conf").write_text("")
    assert "XNNPACK runs" in machine.run("dpkg", "-i", "/mirror.deb")
    again = machine.run("/usr/bin/python3", "/opt/hinge-mirror/systemd/install.py")
    assert "nothing to change" in again
    assert machine.run("systemctl", "is-enabled", "kiosk.service") == "enabled\n"
    machine.run("dpkg", "-i", "/mirror.deb")
    machine.run("dpkg", "--purge", "hinge-mirror")
    assert not [place for place in machine.files() if "hinge-mirror" in place or "kiosk" in place]
    assert not (machine.root / "opt/hinge-mirror").exists()
    assert not (machine.root / "var/lib/hinge-mirror").exists()
    assert (machine.root / "boot/firmware/config.txt").read_text() == CONFIG_TXT


def test_the_tool_that_makes_the_cards_image_understands_our_layer_and_finds_its_packages(machine: Machine) -> None:
    """bdebstrap, which rpi-image-gen hands its layers to; nothing is built."""
    if "bookworm" not in (machine.root / "etc/os-release").read_text():
        pytest.skip("only Bookworm has bdebstrap")
    tools = "apt-get -qq update && apt-get install -y -qq --no-install-recommends bdebstrap mmdebstrap"
    machine.run("env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", tools)
    mirrors = ("--mirrors", "deb http://deb.debian.org/debian trixie main,deb [trusted=yes] copy:/stubs ./")
    layer = "/source/systemd/image/layer/hinge-mirror.yaml"
    to = ("--name", "card", "--target", "/tmp/card.tar", "--output", "/tmp/card")
    command = ["bdebstrap", "--simulate", "-c", layer, "--suite", "trixie", "--variant", "apt", *mirrors, *to]
    assert "I: success" in machine.run("sh", "-c", f"{shlex.join(command)} 2>&1")
    machine.run("sed", "-i", "s/- ddcutil/- ddcuttil/", layer)
    machine.run("rm", "-rf", "/tmp/card")
    assert "Unable to locate package ddcuttil" in machine.run("sh", "-c", f"{shlex.join(command)} 2>&1; true")


def _changes(said: str) -> list[str]:
    found = re.findall(r"^(?:would )?((?:write|change|remove|run|install|make|get) .*)$", said, re.MULTILINE)
    return [words for words in found if not words.startswith("make:")]


def _architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def _offer_stubs(root: Path) -> None:
    """A folder of empty packages that apt takes Raspberry Pi OS's own from."""
    index = []
    for name, (file, needs) in OF_RASPBERRY_PI.items():
        tree = root / "stubs" / name
        (tree / file).parent.mkdir(parents=True)
        (tree / file).touch()
        fields = {"Package": name, "Version": "1", "Architecture": "all", "Maintainer": "none", "Depends": needs}
        control = "".join(f"{field}: {value}\n" for field, value in fields.items()) + "Description: empty\n"
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(control)
        subprocess.run(["dpkg-deb", "--build", tree, root / f"stubs/{name}.deb"], check=True, stdout=subprocess.DEVNULL)
        content = (root / f"stubs/{name}.deb").read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        index.append(f"{control}Filename: ./{name}.deb\nSize: {len(content)}\nSHA256: {digest}\n")
        shutil.rmtree(tree)
    (root / "etc/apt/sources.list.d/stubs.list").write_text("deb [trusted=yes] file:/stubs ./\n")
    (root / "stubs/Packages").write_text("\n".join(index))
