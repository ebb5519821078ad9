"""What a camera will see where it hangs, as plain numbers and sentences, for the mirror itself to draw."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config import CameraAt, Config
from kiosk.figure.lens import Lens, project, turn
from kiosk.figure.placement import PEOPLE, Look, look, lost, make_lens, mounted
from kiosk.figure.places import HUNCHED, PLACES, STANDING, Mount, Place
from kiosk.scoring.pose import LEFT_EAR, LEFT_SHOULDER, RIGHT_EAR
from kiosk.session.sink.scenes import CameraPlan, Placed
from kiosk.text import Text, series

#: Half the breadth of a head, as a share of stature (Winter, Biomechanics and Motor Control of Human Movement).
HEAD = 0.046
#: Decimals of what is drawn: half a pixel.
DECIMALS = 3
STANCES = {"standing": Text("Standing"), "leaning": Text("Leaning"), "hunched": Text("Hunched")}
PARTS = {"head": Text("head"), "shoulders": Text("shoulders"), "hips": Text("hips")}
#: Sentences that are told at most: more nobody reads off a glass.
MOST_TOLD = 4


def hung(config: Config) -> tuple[Place, Mount]:
    """Where the mirror of ``config`` hangs, and how its camera does: as usual there, where nobody measured it."""
    beside = config.station == "sink" and config.camera_side != "front"
    place = PLACES["pod" if beside else config.station]
    measured = config.camera_at != CameraAt()
    return place, mounted(config, place.mount.distance) if measured else place.mount


def plan_of(place: Place, mount: Mount) -> CameraPlan:
    """What a camera at ``mount`` will see in the ``place`` of a short, a middling and a tall person.

    Drawn are standing and hunched, between which a good lean lies; told is of every stance of the place.
    """
    lens, looks = make_lens(place, mount), look(place, mount)
    out = lost(place, looks)
    people = tuple(
        _placed(one, lens, seen=all(who is not one for who, _ in out))
        for one in looks
        if one.stance in (STANDING, HUNCHED)
    )
    told = tuple(_sentences(out))[:MOST_TOLD]
    least, most = (f"{stature * 100:.0f}" for stature in (PEOPLE[0], PEOPLE[-1]))
    all_seen = Text("Everybody from {least} to {most} cm stays in the picture.", least=least, most=most)
    return CameraPlan(round(lens.height_px / lens.width, DECIMALS), people, told or (all_seen,))


def _sentences(out: list[tuple[Look, str]]) -> Iterator[Text]:
    """Who of those who lose a part loses it, a sentence for each part and stance; heads first."""
    for part in sorted({part for _, part in out}, key=list(PARTS).index):
        for stance, words in STANCES.items():
            tall = [f"{one.stature * 100:.0f}" for one, which in out if (one.stance.name, which) == (stance, part)]
            if tall:
                who = series(tall)
                yield Text(
                    "{stance}, {statures} cm: {part} out of the picture", stance=words, statures=who, part=PARTS[part]
                )


def _placed(one: Look, lens: Lens, *, seen: bool) -> Placed:
    """Where somebody's head and shoulders are in the picture."""
    joints = one.skeleton.points[[LEFT_EAR, RIGHT_EAR, LEFT_SHOULDER, LEFT_SHOULDER + 1]]
    pixels, depth = project(turn(joints, lens, one.spot), lens)
    x, y = (pixels / (lens.width, lens.height_px)).round(DECIMALS).T.tolist()
    radius = HEAD * one.stature * lens.focus / float(depth[:2].mean()) / lens.width
    head = (round((x[0] + x[1]) / 2, DECIMALS), round((y[0] + y[1]) / 2, DECIMALS))
    shoulders = (x[2], y[2]), (x[3], y[3])
    return Placed(head, round(radius, DECIMALS), shoulders, one.stance is STANDING, seen)
