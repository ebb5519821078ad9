"""Where things are: named boxes by the screen's shape.  The middle stays free: the person sees themselves there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kiosk.config import ButtonsAt
from kiosk.ui.drawing import Box

#: Two designs, in pixels of the two sizes they were drawn for; every other size scales the one that is like it.
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
#: The short side of both.
DESIGNED = 1080


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Named boxes.  ``unit`` is one pixel of the design; text and lines scale with it.

    Every picture has ``title``, ``trouble``, ``figure`` and ``sign`` along the top; the rest is each picture's own.
    Of a set under way the lights of head to knees have their places in ``upper_columns`` in ``upper``, those of shins
    and feet in ``lower``.  ``keys`` lies along the edge at which the ``buttons`` of a screen of ``size`` are; ``body``
    is what it and the top leave.
    """

    size: tuple[int, int]
    buttons: ButtonsAt
    unit: float
    upper_columns: int

    title: Box
    trouble: Box
    figure: Box
    sign: Box

    upper: Box
    lower: Box
    tempo: Box
    depth: Box
    count: Box
    said: Box
    working_unseen: Box

    band: Box
    unseen: Box

    offer: Box
    about: Box
    demonstration: Box
    facts: Box
    cues: Box
    keys: Box

    stage: Box
    headline: Box
    ladder: Box
    ring: Box

    message: Box
    emblem: Box
    after: Box

    score: Box
    bars: Box
    replays: Box
    next_step: Box
    better: Box
    results: Box
    notes: Box
    summary_unseen: Box

    body: Box


#: The usual place of the buttons, for which the boxes below are drawn.
BELOW = ButtonsAt()
#: In pixels of the design: from the screen's edge to what is drawn, and to keys at the top, where there is less room;
#: the width of the strip beside the picture that keys at a side take, enough for a word and an arrow.
EDGE, TOP_EDGE, STRIP = 40, 26, 310

_PORTRAIT = {
    "title": (40, 40, 530, 72),
    "figure": (580, 40, 370, 72),
    "sign": (968, 40, 72, 72),
    "trouble": (40, 132, 1000, 96),
    "upper": (16, 232, 320, 1616),
    "lower": (664, 232, 320, 808),
    "tempo": (664, 1040, 320, 404),
    "depth": (1000, 232, 64, 1200),
    "count": (356, 1474, 708, 144),
    "said": (356, 1648, 708, 186),
    "working_unseen": (16, 1858, 1048, 50),
    "band": (40, 1530, 1000, 230),
    "unseen": (40, 1785, 1000, 95),
    "offer": (40, 250, 1000, 240),
    "about": (40, 505, 1000, 115),
    "demonstration": (40, 630, 1000, 600),
    "facts": (40, 1250, 1000, 54),
    "cues": (40, 1325, 1000, 335),
    "keys": (40, 1680, 1000, 200),
    "stage": (40, 250, 1000, 860),
    "headline": (40, 1130, 1000, 350),
    "ladder": (40, 1500, 1000, 380),
    "ring": (60, 520, 960, 960),
    "message": (40, 250, 1000, 320),
    "emblem": (190, 610, 700, 700),
    "after": (40, 1350, 1000, 290),
    "score": (40, 250, 1000, 160),
    "bars": (40, 428, 1000, 110),
    "replays": (40, 552, 1000, 480),
    "next_step": (40, 1045, 1000, 150),
    "better": (40, 1207, 1000, 75),
    "results": (40, 1300, 1000, 120),
    "notes": (40, 1440, 620, 220),
    "summary_unseen": (690, 1440, 350, 220),
    "body": (40, 250, 1000, 1410),
}
_LANDSCAPE = {
    "title": (40, 40, 440, 72),
    "trouble": (500, 26, 900, 104),
    "figure": (1420, 40, 370, 72),
    "sign": (1808, 40, 72, 72),
    "upper": (24, 134, 656, 792),
    "lower": (1128, 134, 320, 792),
    "tempo": (1464, 134, 320, 396),
    "depth": (1812, 134, 64, 792),
    "count": (1464, 546, 320, 330),
    "said": (24, 934, 1106, 134),
    "working_unseen": (1150, 934, 726, 134),
    "band": (40, 810, 1840, 150),
    "unseen": (40, 980, 1840, 64),
    "offer": (40, 150, 800, 220),
    "about": (40, 380, 800, 115),
    "demonstration": (900, 150, 980, 690),
    "facts": (40, 503, 800, 48),
    "cues": (40, 564, 800, 276),
    "keys": (40, 850, 1840, 190),
    "stage": (560, 150, 1320, 580),
    "headline": (560, 760, 1320, 290),
    "ladder": (40, 150, 480, 890),
    "ring": (640, 140, 640, 640),
    "message": (760, 150, 1120, 320),
    "emblem": (40, 150, 660, 660),
    "after": (760, 500, 1120, 310),
    "score": (40, 150, 860, 140),
    "bars": (40, 302, 860, 98),
    "replays": (940, 150, 940, 435),
    "next_step": (940, 598, 940, 140),
    "better": (940, 752, 940, 88),
    "results": (40, 420, 860, 110),
    "notes": (40, 548, 500, 292),
    "summary_unseen": (566, 548, 334, 292),
    "body": (40, 150, 1840, 690),
}


@lru_cache(maxsize=8)
def layout(size: tuple[int, int], buttons: ButtonsAt = BELOW) -> Layout:
    """The boxes for a screen of ``size`` (width, height) pixels, in a picture that says what its ``buttons`` do."""
    w, h = size
    design, boxes = (PORTRAIT, _PORTRAIT) if h > w else (LANDSCAPE, _LANDSCAPE)
    keys, shift, squeeze = _pushed(design, boxes, buttons.edge)
    across, down = w / design[0], h / design[1]
    pushed = {name: _moved(box, shift, squeeze) for name, box in boxes.items()} | {"keys": keys}
    scaled = {
        name: Box(round(x * across), round(y * down), int(bw * across), int(bh * down))
        for name, (x, y, bw, bh) in pushed.items()
    }
    unit = min(across * squeeze[0], down * squeeze[1])
    return Layout(size=size, buttons=buttons, unit=unit, upper_columns=1 if h > w else 2, **scaled)


Place = tuple[float, float, float, float]
Pair = tuple[float, float]


def _pushed(design: Pair, boxes: Mapping[str, Place], edge: str) -> tuple[Place, Pair, Pair]:
    """The strip of keys at ``edge``; how far it pushes the rest aside, and to which share of itself it squeezes it."""
    w, h = design
    x, _, wide, high = boxes["keys"]
    end = boxes["body"][1] + boxes["body"][3]
    match edge:
        case "bottom":
            return boxes["keys"], (0.0, 0.0), (1.0, 1.0)
        case "top":
            return (x, TOP_EDGE, wide, high), (0.0, h - EDGE - end), (1.0, 1.0)
    left = edge == "left"
    strip = (EDGE if left else w - STRIP, EDGE, STRIP - EDGE, h - 2 * EDGE)
    return strip, (float(STRIP) if left else 0.0, 0.0), (1 - STRIP / w, (h - EDGE) / end)


def _moved(box: Place, shift: Pair, squeeze: Pair) -> Place:
    x, y, w, h = box
    return x * squeeze[0] + shift[0], y * squeeze[1] + shift[1], w * squeeze[0], h * squeeze[1]
