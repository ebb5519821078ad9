"""Inside the virtual machine: start the mirror, press its buttons through simulated GPIO lines, look at its screen.

The kernel does the rest for real: lgpio reads the lines of /dev/gpiochip0, SDL draws through /dev/dri by KMSDRM.  The
simulated person is too slow on an emulated processor, so that no camera gives frames; buttons and screen go on.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.config import Pins

SEEN = Path("/seen")
LINES = Path("/sys/kernel/config/gpio-sim/mirror")

#: Seconds for whatever is waited for: an emulated processor is thirty times slower than a desk's.
PATIENCE = 240.0

#: Seconds a finger stays on the button: for its short action, for its long one; and between two presses.
SHORT, LONG, BETWEEN = 0.3, 1.2, 2.0

#: How a picture ends that is written to its end; until then the mirror hears of presses late, here by seconds.
PNG_ENDS = b"IEND\xaeB`\x82"

#: Levels of 255 by which a pixel differs, and share of such pixels in two pictures of one scene, whose figure moves.
OTHER, MOVING = 40, 0.03


def make_header() -> Path:
    """A simulated header of 28 lines; the folder in which each line has its own."""
    bank = LINES / "header"
    bank.mkdir(parents=True)
    (bank / "num_lines").write_text("28")
    (LINES / "live").write_text("1")
    device, chip = (LINES / "dev_name").read_text().strip(), (bank / "chip_name").read_text().strip()
    return Path("/sys/devices/platform") / device / chip


def press(pull: Path, seconds: float = SHORT) -> None:
    """Close the contact and let it go; it does not chatter, for here each write takes as long as all chatter does."""
    pull.write_text("pull-down")
    time.sleep(seconds)
    pull.write_text("pull-up")
    time.sleep(BETWEEN)


def wait_for(what: str, name: str, after: Path | None = None) -> Path:
    """The picture of the scene ``name`` once it is entered, after the one of ``after``."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for shot in sorted((SEEN / "shots").glob(f"*-{name}.png")):
            if (after is None or shot.name > after.name) and shot.read_bytes().endswith(PNG_ENDS):
                print(f"{what}: {name}", flush=True)
                return shot
        time.sleep(0.2)
    sys.exit(f"FAILED: {what}, but the scene {name} did not come within {PATIENCE:.0f} s")


def photograph(name: str) -> np.ndarray:
    """The screen, photographed from outside."""
    wish = SEEN / f"{name}.wanted"
    wish.touch()
    while wish.exists():
        time.sleep(0.2)
    return np.asarray(Image.open(SEEN / f"{name}.ppm").convert("RGB"), np.int16)


def differing(one: np.ndarray, other: np.ndarray) -> float:
    """Share of pixels that differ."""
    return float((np.abs(one - other).max(axis=2) > OTHER).mean())


def try_it(header: Path) -> None:
    """Wait, press, look.  Exits where something is not as it should be."""
    pins = Pins()
    pull = {pin: header / f"sim_gpio{pin}" / "pull" for pin in (pins.previous, pins.next, pins.select)}
    choosing = wait_for("started", "choosing")
    drawn, seen = np.asarray(Image.open(choosing).convert("RGB"), np.int16), photograph("choosing")
    black, shown = differing(drawn, 0 * drawn), differing(drawn, seen)
    print(f"of what was drawn, {shown:.1%} of the pixels are otherwise on the screen; on a black one, {black:.1%}")
    if shown > MOVING:
        sys.exit("FAILED: what is on the screen is not what was drawn")
    press(pull[pins.select], LONG)
    listed = wait_for(f"GPIO {pins.select} held", "more", choosing)
    later = photograph("more")
    for pin in (pins.next, pins.next, pins.next, pins.previous, pins.select):
        press(pull[pin])
    trying = wait_for(f"GPIO {pins.next}, {pins.previous} and {pins.select} pressed", "trying", listed)
    press(pull[pins.select], LONG)
    wait_for(f"GPIO {pins.select} held", "choosing", trying)
    if differing(later, seen) < MOVING:
        sys.exit("FAILED: the screen still showed the scene before")


def main() -> None:
    """All of it; prints what was seen, PASSED last."""
    header = make_header()
    for pull in header.glob("sim_gpio*/pull"):
        pull.write_text("pull-up")
    command = [sys.executable, "-m", "kiosk", "run", "--camera", "figure", "--display", "fullscreen"]
    with subprocess.Popen([*command, "--shots", str(SEEN / "shots")]) as mirror:
        try:
            try_it(header)
        finally:
            mirror.terminate()
    print("PASSED" if mirror.returncode == 0 else f"FAILED: the mirror ended with {mirror.returncode}")


if __name__ == "__main__":
    main()
