"""``make deb``: one package with the program, its wheels for Bookworm and Trixie, and what systemd needs of it."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from contents import HERE, HOUSE, PACKAGES, PLACES, WHEELS, program_files
from wheels import MACHINES, fetch, fits

from kiosk import __version__

CONTROL = """\
Package: hinge-mirror
Version: {version}
Architecture: {architecture}
Maintainer: Hinge Mirror <hinge-mirror@localhost>
Section: misc
Priority: optional
Installed-Size: {kilobytes}
Depends: python3 (>= 3.11), python3 (<< 3.14), {packages}
Description: smart mirror that coaches the hip hinge
 Watches through a camera, counts repetitions and lights a lamp for each part
 of the movement.  Starts with the machine as kiosk.service.
"""
#: The virtual environment is made from the wheels, on the machine's own Python; the rest is in place already.
POSTINST = f"""\
#!/bin/sh
set -e
if [ "$1" = configure ]; then /usr/bin/python3 {HOUSE}/systemd/install.py; fi
"""
PRERM = f"""\
#!/bin/sh
set -e
if [ "$1" = remove ]; then /usr/bin/python3 {HOUSE}/systemd/install.py --uninstall; fi
rm -rf {HOUSE}/*.egg-info
find {HOUSE} -path {HOUSE}/.venv -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf
"""
#: People's sets go only when they are asked to.
POSTRM = """\
#!/bin/sh
set -e
if [ "$1" = purge ]; then rm -rf /etc/hinge-mirror /var/lib/hinge-mirror /var/cache/hinge-mirror; fi
"""


def build(architecture: str, folder: Path) -> Path:
    """The package for ``architecture`` ("arm64", "amd64") in ``folder``.  Raises CalledProcessError."""
    fetch(architecture)
    root = folder / f"deb-{architecture}"
    shutil.rmtree(root, ignore_errors=True)
    for file in program_files():
        if file.parent != WHEELS or fits(file.name, architecture):
            _put(HERE / file, root / HOUSE.relative_to("/") / file)
    for name, place in PLACES.items():
        _put(HERE / "systemd" / name, root / place.relative_to("/"))
    kilobytes = sum(place.stat().st_size for place in root.rglob("*") if place.is_file()) // 1024
    packages = ", ".join(PACKAGES)
    control = CONTROL.format(version=__version__, architecture=architecture, kilobytes=kilobytes, packages=packages)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(control)
    for name, script in {"postinst": POSTINST, "prerm": PRERM, "postrm": POSTRM}.items():
        (root / "DEBIAN" / name).write_text(script)
        (root / "DEBIAN" / name).chmod(0o755)
    package = folder / f"hinge-mirror_{__version__}_{architecture}.deb"
    # Nearly all of it are wheels, which are packed already.
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", root, package], check=True)
    return package


def _put(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)
    place.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make deb", description="Build the package.")
    parser.add_argument("--arch", choices=MACHINES, default="arm64")
    try:
        package = build(parser.parse_args().arch, HERE / "build")
    except subprocess.CalledProcessError as error:
        sys.exit(f"deb: {error}")
    print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
