"""Where things are: named boxes by the screen's shape.  The middle stays free: the person sees themselves there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kiosk.ui.drawing import Box

#: Two designs, in pixels of the two sizes they were drawn for; every other size scales the one that is like it.
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Named boxes.  ``unit`` is one pixel of the design; text and lines scale with it.

    Every picture has ``title``, ``trouble``, ``figure`` and ``sign`` along the top; the rest is each picture's own.
    ``light_rows`` lights stand above each other before the next column begins.
    """

    unit: float
    light_rows: int

    title: Box
    trouble: Box
    figure: Box
    sign: Box

    count: Box
    lights: Box
    depth: Box
    band: Box
    unseen: Box

    offer: Box
    note: Box
    cues: Box
    keys: Box

    headline: Box
    ladder: Box
    ring: Box

    message: Box
    emblem: Box
    after: Box

    score: Box
    results: Box
    notes: Box
    next_step: Box
    summary_unseen: Box


_PORTRAIT = {
    "title": (40, 40, 530, 72),
    "figure": (580, 40, 370, 72),
    "sign": (968, 40, 72, 72),
    "trouble": (40, 132, 1000, 96),
    "count": (40, 262, 1000, 210),
    "lights": (40, 510, 440, 990),
    "depth": (910, 510, 130, 990),
    "band": (40, 1530, 1000, 230),
    "unseen": (40, 1785, 1000, 95),
    "offer": (40, 250, 1000, 570),
    "note": (40, 850, 1000, 250),
    "cues": (40, 1140, 1000, 510),
    "keys": (40, 1680, 1000, 200),
    "headline": (40, 250, 1000, 370),
    "ladder": (40, 640, 420, 1240),
    "ring": (60, 520, 960, 960),
    "message": (40, 250, 1000, 320),
    "emblem": (190, 610, 700, 700),
    "after": (40, 1350, 1000, 290),
    "score": (40, 262, 1000, 220),
    "results": (40, 530, 430, 800),
    "notes": (510, 540, 530, 620),
    "next_step": (40, 1360, 1000, 190),
    "summary_unseen": (40, 1570, 1000, 90),
}
_LANDSCAPE = {
    "title": (40, 40, 440, 72),
    "trouble": (500, 26, 900, 104),
    "figure": (1420, 40, 370, 72),
    "sign": (1808, 40, 72, 72),
    "count": (1140, 160, 570, 280),
    "lights": (40, 150, 840, 640),
    "depth": (1750, 150, 130, 640),
    "band": (40, 810, 1840, 150),
    "unseen": (40, 980, 1840, 64),
    "offer": (40, 150, 900, 550),
    "cues": (1060, 150, 820, 640),
    "note": (40, 712, 900, 128),
    "keys": (40, 850, 1840, 190),
    "headline": (600, 730, 1280, 320),
    "ladder": (40, 150, 480, 890),
    "ring": (640, 140, 640, 640),
    "message": (760, 150, 1120, 320),
    "emblem": (40, 150, 660, 660),
    "after": (760, 500, 1120, 310),
    "score": (1180, 150, 700, 240),
    "results": (40, 150, 840, 480),
    "notes": (1060, 405, 820, 325),
    "next_step": (40, 650, 990, 190),
    "summary_unseen": (1060, 740, 820, 100),
}


@lru_cache(maxsize=8)
def layout(size: tuple[int, int]) -> Layout:
    """The boxes for a screen of ``size`` (width, height) pixels."""
    w, h = size
    design, boxes = (PORTRAIT, _PORTRAIT) if h > w else (LANDSCAPE, _LANDSCAPE)
    across, down = w / design[0], h / design[1]
    scaled = {
        name: Box(round(x * across), round(y * down), int(bw * across), int(bh * down))
        for name, (x, y, bw, bh) in boxes.items()
    }
    return Layout(unit=min(across, down), light_rows=7 if h > w else 4, **scaled)
