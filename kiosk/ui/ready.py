"""The pictures before a set: the ladder of getting ready, an outline to step into, and keeping still."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.scoring.verdict import Rung
from kiosk.session.scene import Calibrating, GettingReady, Move, Outline
from kiosk.ui import marks
from kiosk.ui.back import beside_stick
from kiosk.ui.captions import caption, panel, title
from kiosk.ui.colours import CYAN, GREEN, GREY, SOFT, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.layout import Layout
from kiosk.ui.outline import arrow, head_of, outline
from kiosk.ui.pictograms import pictogram
from kiosk.ui.ring import ring
from kiosk.ui.words import write

#: The rungs in the order they are climbed.
RUNGS = (Rung.IN_FRAME, Rung.SIDE_ON, Rung.JOINTS, Rung.STILL)
#: Pixels of the design: the line of the outline (2 mm on a 24 inch panel, three minutes of arc at 2.5 m); the largest
#: arrow, and how far it moves with each beat.
LINE, ARROW, STRIDE = 8, 340, 36
#: Between the ring and the words below it, pixels of the design.
GAP = 20
#: By which share a picture's shape may differ from that of the screen in the settings: more, and it is another screen.
OTHER_SHAPE = 0.15
#: The back beside its stick: the widest it is drawn beside the outline, pixels of the design; half a body with its
#: line, in heights of the standing body; and how much of the ring round it is free for it.
BESIDE, HALF, INSIDE = 420, 0.075, 0.62
#: How far below the crown the middle of the trunk is, in heights of the standing body.
TRUNK = 0.36


def getting_ready(picture: GettingReady, at: Layout, beat: int) -> Iterator[Mark]:
    """What to do next, in words and as a pictogram on its rung of the ladder; where to stand, and which way that is."""
    unit, box = at.unit, at.headline
    yield from title(picture.title, at)
    yield from _outline(picture, at)
    if picture.move:
        outlined = _known(picture.outline, at)
        middle = outlined.x * at.size[0] if outlined else at.stage.x + at.stage.w / 2
        yield _arrow(picture.move, at.stage, middle, unit, beat)
    elif picture.back:
        yield from beside_stick(picture.back, _beside(picture.outline, at), "stage", unit)
    yield from write(picture.text, box.top(box.h * 0.60), "headline", 76 * unit, across=0.5, down=0.5)
    yield from write(picture.hint, box.bottom(box.h * 0.38), "headline", 36 * unit, SOFT, across=0.5)
    yield from (_row if at.ladder.w > at.ladder.h else _column)(picture, at.ladder, unit, beat)


def calibrating(picture: Calibrating, at: Layout) -> Iterator[Mark]:
    """A ring round the person's own picture in the glass; it fills while they stand still."""
    yield from title(picture.title, at)
    around = _round(picture.outline, at)
    yield from ring(picture.share, around, "ring", at.unit)
    inside = around.inset(*[(side - min(around.w, around.h) * INSIDE) / 2 for side in (around.w, around.h)])
    if picture.back:
        yield from beside_stick(picture.back, inside, "ring", at.unit)
    yield from write(picture.back_unseen, inside, "ring", 44 * at.unit, SOFT, across=0.5, down=0.5)
    yield from write(picture.text, at.band, "band", 78 * at.unit, across=0.5, down=0.5)
    yield from write(picture.hint, at.unseen, "unseen", 36 * at.unit, SOFT, across=0.5, down=0.5)


def _beside(person: Outline | None, at: Layout) -> Box:
    """Where there is most room on the stage beside the outline; at its right where there is none."""
    person, stage = _known(person, at), at.stage
    if person is None:
        return stage.right(min(BESIDE * at.unit, stage.w))
    half, middle = HALF * person.tall * at.size[1], person.x * at.size[0]
    left, right = middle - half - stage.x, stage.x + stage.w - middle - half
    if left > right:
        return stage.left(min(left, BESIDE * at.unit))
    return stage.right(min(right, BESIDE * at.unit))


def _known(person: Outline | None, at: Layout) -> Outline | None:
    """The outline; None where the settings are of a screen of another shape, so that it would lie anywhere."""
    same = person and abs(person.shape * at.size[0] / at.size[1] - 1) < OTHER_SHAPE
    return person if same else None


def _outline(picture: GettingReady, at: Layout) -> Iterator[Mark]:
    """Somebody's outline as far as it lies on the stage; nothing where that is less than half of the head."""
    person, stage = _known(picture.outline, at), at.stage
    if person is None:
        return
    tall = person.tall * at.size[1]
    crown = (person.x * at.size[0], person.crown * at.size[1])
    if crown[1] + head_of(picture.start, picture.view) * tall < stage.y + stage.h:
        sprite, box = outline(stage, crown, tall, picture.start, picture.view, LINE * at.unit, SOFT)
        yield Mark(sprite, box, "stage")


def _arrow(move: Move, stage: Box, middle: float, unit: float, beat: int) -> Mark:
    """An arrow at the side of the ``stage`` to move to; those from and to the glass in the ``middle`` of the body."""
    stride = beat * STRIDE * unit
    size = round(min(ARROW * unit, stage.h - 2 * STRIDE * unit, stage.w / 3))
    right, far = stage.x + stage.w - size, middle - size / 2
    y = stage.y + (stage.h - size) / 2
    x, y = {
        Move.LEFT: (stage.x + STRIDE * unit - stride, y),
        Move.RIGHT: (right - STRIDE * unit + stride, y),
        Move.CLOSER: (max(stage.x, min(far, right)), y - stride),
        Move.BACK: (max(stage.x, min(far, right)), y + stride),
    }[move]
    return Mark(arrow(move, size, CYAN), Box(round(x), round(y), size, size), "stage")


def _round(person: Outline | None, at: Layout) -> Box:
    """Where the ring is: round the trunk of the reflection, as far as there is room between the words."""
    box, person = at.ring, _known(person, at)
    if person is None:
        return box
    top, bottom = at.stage.y, round(at.band.y - GAP * at.unit) - box.h
    middle = round((person.crown + TRUNK * person.tall) * at.size[1])
    return box._replace(y=max(min(middle - box.h // 2, bottom), top))


def _climbed(picture: GettingReady) -> int:
    return RUNGS.index(picture.rung) if picture.rung in RUNGS else len(RUNGS)


def _column(picture: GettingReady, box: Box, unit: float, beat: int) -> Iterator[Mark]:
    """The rungs from the bottom up: done ones ticked, the current one large with its pictogram."""
    climbed = _climbed(picture)
    gap, low = 16 * unit, min(110 * unit, box.h / 7)
    large = min(box.w, box.h - len(RUNGS) * (low + gap))
    left = box
    for i, word in enumerate(picture.rungs):
        row = left.bottom(low + large if i == climbed else low)
        left = left.top(left.h - row.h - gap)
        if i == climbed:
            yield from _here(word, row, low, picture, unit, beat)
        else:
            colour = _colour(i < climbed)
            yield panel(row, "ladder", colour, 24 * unit, 3 * unit)
            sign = marks.tick if i < climbed else marks.dot
            inner = row.inset(22 * unit, 22 * unit)
            yield from caption(word, sign, inner, "ladder", 34 * unit, colour, row.h * 0.6)


def _row(picture: GettingReady, box: Box, unit: float, beat: int) -> Iterator[Mark]:
    """The rungs from the left to the right: as in the column, where there is more room across."""
    climbed = _climbed(picture)
    gap, low = 16 * unit, 90 * unit
    large = min(box.h - low, box.w / 2)
    small = (box.w - large - len(RUNGS) * gap) / (len(RUNGS) - (climbed < len(RUNGS)))
    left = box
    for i, word in enumerate(picture.rungs):
        place = left.left(large + gap if i == climbed else small)
        left = left.right(left.w - place.w - gap)
        if i == climbed:
            yield from _here(word, place, low, picture, unit, beat)
        else:
            colour = _colour(i < climbed)
            yield panel(place, "ladder", colour, 24 * unit, 3 * unit)
            sign = marks.tick if i < climbed else marks.dot
            yield placed(sign(round(min(small, box.h) * 0.4), colour), place.top(place.h - low), "ladder")
            foot = place.bottom(low).inset(12 * unit, 8 * unit)
            yield from write(word, foot, "ladder", 34 * unit, colour, across=0.5, down=0.3)


def _colour(done: bool) -> Colour:
    return GREEN if done else GREY


def _here(word: str, box: Box, low: float, picture: GettingReady, unit: float, beat: int) -> Iterator[Mark]:
    """The rung to climb now: its pictogram, and its word in the lowest ``low`` pixels."""
    yield panel(box, "ladder", CYAN, 24 * unit, 6 * unit)
    large = box.h - low
    sprite = pictogram(picture.rung, round(min(large, box.w) - 30 * unit), beat, picture.start, picture.view)
    yield placed(sprite, box.top(large), "ladder")
    yield from write(word, box.bottom(low).inset(12 * unit, 8 * unit), "ladder", 46 * unit, CYAN, across=0.5, down=0.3)
