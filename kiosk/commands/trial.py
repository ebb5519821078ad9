"""A trial of the mirror: the real program in a process of its own, watched from outside while it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.devices.process import children, resident_mb
from kiosk.trouble import KioskError

#: The mirror with the simulated person, on a screen that nobody sees.
COMMAND = (
    *(sys.executable, "-m", "kiosk", "run", "--camera", "figure", "--drill", "hinge"),
    *("--display", "offscreen", "--size", "1080x1920"),
)
#: Seconds between two looks at its memory.
EVERY = 0.5
#: Seconds it may take to end once its time is over.
ENDING = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one run showed: seconds from the start of its process, rates a second, resident memory in megabytes.

    ``passes`` are the model's at each picture; ``figure_rss_mb`` is the memory of its children: the simulated person's
    camera.
    """

    passes: int
    first_pixels_s: float
    ready_s: float
    scenes_per_s: float
    poses_per_s: float
    rss_mb: float
    rss_growth_mb: float
    figure_rss_mb: float


def run_mirror(seconds: float) -> Trial:
    """Run the mirror unseen for ``seconds`` with the simulated person.  Raises KioskError when it fails."""
    words = (*COMMAND, "--for", str(seconds))
    silent = os.environ | {"SDL_AUDIODRIVER": "dummy"}
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=silent)
    try:
        looks = list(_look_at(child, time.monotonic() + seconds + ENDING))
        said, complaint = child.communicate()
    finally:
        _end(child)
    if child.returncode != 0 or not looks:
        last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
        raise KioskError(f"kiosk run ended with {child.returncode} in the trial: {last[0]}")
    outcome = json.loads(said.splitlines()[-1])
    if outcome["ready_s"] is None:
        raise KioskError(f"kiosk run was not ready after {seconds:g} s in the trial")
    return _sum_up(outcome, looks)


def _end(child: subprocess.Popen[str]) -> None:
    """Ask the mirror to end, so that it closes what it opened; insist when it does not."""
    child.terminate()
    try:
        child.wait(ENDING)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _look_at(child: subprocess.Popen[str], until: float) -> Iterator[tuple[float, float]]:
    """Resident megabytes of the child and of its own children, as long as it runs."""
    while child.poll() is None:
        if time.monotonic() > until:
            raise KioskError(f"kiosk run has not ended {ENDING:g} s after its time in the trial")
        own, others = resident_mb(child.pid), sum(map(resident_mb, children(child.pid)))
        if own:
            yield own, others
        time.sleep(EVERY)


def _sum_up(outcome: dict[str, Any], looks: list[tuple[float, float]]) -> Trial:
    # The last look may fall into the end of the run, when half is given back already.
    own, others = zip(*looks[:-1] or looks, strict=True)
    return Trial(
        passes=outcome["passes"],
        first_pixels_s=outcome["first_pixels_s"],
        ready_s=outcome["ready_s"],
        scenes_per_s=round(outcome["scenes"] / outcome["seconds"], 1),
        poses_per_s=outcome["poses_per_s"],
        rss_mb=own[-1],
        rss_growth_mb=round(own[-1] - own[len(own) // 2], 1),
        figure_rss_mb=others[-1],
    )
