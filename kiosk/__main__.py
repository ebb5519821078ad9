"""The command line.  Each command is one file in kiosk/commands, imported only when it is asked for."""

from __future__ import annotations

import signal

# Nothing is open yet that had to be closed: interrupted while it is still importing, the program just ends.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from kiosk import __version__
from kiosk.config import Config, Display, Station, change_config
from kiosk.trouble import KioskError, Trouble

#: Where a mirror keeps its settings.
CONFIG = Path("/etc/hinge-mirror/config.toml")
#: Pixels along a side of a display: smaller is no screen, larger no panel that is made.
SIDES = range(100, 8193)
#: Where mirrors hang, and cameras to hang there (figure/places.py, which is imported only for the command).
WHERE, MODULES = ("gym", "floor", "hallway", "sink", "pod"), ("3", "3-wide", "2", "1")
#: Exit codes (README): done, could not (one line on stderr); wrong usage is 2, which argparse sees to.
DONE, COULD_NOT = 0, 1


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    if not sys.stdout:  # started without one: what is said is lost, nothing else
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without × or → gets a question mark, not a traceback
    asked = _parser().parse_args(words)
    try:
        # Told to end, a long command cleans up as if it were interrupted; the mirror has its own way (app.py).
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.default_int_handler)
        code = asked.run(asked) or DONE
        sys.stdout.flush()
        return code
    except KioskError as error:
        print(f"kiosk {asked.command}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"kiosk {asked.command}: interrupted", file=sys.stderr)
    except MemoryError:  # started anew it has what it needs, or the machine has not
        print(f"kiosk {asked.command}: there is no memory left", file=sys.stderr)
    except BrokenPipeError:
        _drop_output()
    except OSError as error:  # a full disk, a folder of somebody else: it names the place itself
        _drop_output()
        print(f"kiosk {asked.command}: {error}", file=sys.stderr)
    return COULD_NOT


def _drop_output() -> None:
    """What could not be written to standard output is let go, or Python would complain of it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="A mirror that coaches the hip hinge.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    run = command("run", _run, "the mirror")
    run.add_argument("--camera", metavar="CAMERA", help="auto, pi, usb, figure, or the path of a clip (auto)")
    run.add_argument("--display", choices=get_args(Display), help="where to show it (auto)")
    run.add_argument("--size", type=_size, metavar="WxH", help="of a window or an offscreen display (1080x1920)")
    run.add_argument("--station", choices=get_args(Station), help="what the mirror is for (gym)")
    run.add_argument("--drill", metavar="KEY", help="begin a set of this drill at once")
    run.add_argument("--for", dest="seconds", type=_positive, metavar="SECONDS", help="end after that time")
    run.add_argument("--record", type=Path, metavar="FILE.jsonl", help="write poses and presses (never pictures)")
    run.add_argument("--shots", type=Path, metavar="DIR", help="write a picture of every scene entered")
    run.add_argument("--profile", metavar="NAME", help="remember the sets as this person's (anonymous)")
    run.add_argument("--override-levels", action="store_true", help="offer drills whose level is not open yet")
    run.add_argument("--config", type=Path, metavar="FILE.toml", help="settings of this mirror")

    watch = command("watch", _watch, "score a recording as fast as the machine can")
    watch.add_argument("source", type=Path, help="video, folder of pictures, track (.csv), recording (.jsonl[.gz])")
    watch.add_argument("--drill", required=True, metavar="KEY")
    watch.add_argument("--fps", type=_positive, metavar="N", help="pictures a second (a folder needs it)")
    watch.add_argument("--report", metavar="FILE|-", help="write the report as JSON")
    watch.add_argument("--realtime", action="store_true", help="no faster than it was recorded")

    pose = command("pose", _pose, "the 17 keypoints of each picture")
    pose.add_argument("pictures", type=Path, nargs="+", metavar="PICTURE")
    pose.add_argument("--json", action="store_true")

    figure = command("figure", _figure, "film the simulated person")
    figure.add_argument("--drill", required=True, metavar="KEY")
    figure.add_argument("--faults", default="", metavar="a,b", help="faults, each with an optional size: F10,F9a=0.5")
    figure.add_argument("--reps", type=int, default=5, metavar="N")
    figure.add_argument("--fps", type=_positive, default=15.0, metavar="N")
    figure.add_argument("--camera-height", type=float, metavar="M", help="over the floor (as the drill needs it)")
    figure.add_argument("--distance", type=_positive, metavar="M", help="from the person (as the drill needs it)")
    figure.add_argument("--yaw", type=float, metavar="DEG", help="turned from side-on (as the drill needs it)")
    figure.add_argument("--passer-by", action="store_true", help="somebody else walks behind")
    figure.add_argument("--seed", type=int, default=0, metavar="N")
    figure.add_argument("--out", type=Path, required=True, metavar="DIR")

    place = command("place", _place, "what a camera will see from where it is to hang")
    place.add_argument("where", nargs="?", choices=WHERE, help="the place (as the settings' station has it)")
    place.add_argument("--module", choices=MODULES, help="the camera module (as suits the place)")
    place.add_argument("--orientation", choices=("portrait", "landscape"), help="how it is mounted")
    place.add_argument("--height", type=float, metavar="M", help="of the lens over the floor")
    place.add_argument("--pitch", type=float, metavar="DEG", help="that it looks down")
    place.add_argument("--distance", type=float, metavar="M", help="to the person; of the sink, to the basin's front")
    place.add_argument("--measured", action="store_true", help="as the settings say that it hangs (camera_at)")
    place.add_argument("--config", type=Path, metavar="FILE.toml")
    place.add_argument("--out", type=Path, metavar="FILE.png", help="draw it")
    place.add_argument("--json", action="store_true")

    drills = command("drills", _drills, "the catalogue of drills")
    drills.add_argument("--json", action="store_true")

    models = command("models", _models, "get the pose model")
    models.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="take it from this folder if it is there"
    )

    history = command("history", _history, "the sets done on this mirror under a profile")
    form = history.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", action="store_true")
    form.add_argument("--html", type=Path, metavar="FILE", help="write one page with plots, to look at or to print")
    form.add_argument("--backup", type=Path, metavar="FILE", help="write a copy of all that is kept")
    history.add_argument("--profile", metavar="NAME", help="of this person only")

    forget = command("forget", _forget, "remove what is remembered of a profile")
    whom = forget.add_mutually_exclusive_group(required=True)
    whom.add_argument("profile", nargs="?", metavar="PROFILE")
    whom.add_argument("--all", action="store_true", help="everybody")
    forget.add_argument("--yes", action="store_true", help="without asking")

    doctor = command("doctor", _doctor, "every part of the machine, a line each")
    doctor.add_argument("--json", action="store_true")
    doctor.add_argument("--config", type=Path, metavar="FILE.toml")

    accuracy = command("accuracy", _accuracy, "how well it sees and judges: simulated and real people")
    accuracy.add_argument("--json", action="store_true")
    accuracy.add_argument("--quick", action="store_true", help="a sample, in two minutes; writes no page by itself")
    accuracy.add_argument("--data", type=Path, metavar="DIR", help="real data: tracks, mocap, photos (../shared)")
    accuracy.add_argument("--out", type=Path, metavar="FILE.md", help="where the page goes (models/ACCURACY.md)")

    bench = command("bench", _bench, "how long everything takes here")
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--quick", action="store_true", help="seconds instead of minutes")
    return parser


def _run(asked: argparse.Namespace) -> None:
    import json

    from kiosk.app import Wishes, run

    given = {name: getattr(asked, name) for name in ("camera", "display", "station", "profile")}
    settings = {name: value for name, value in given.items() if value is not None}
    config, trouble = _config_of_mirror(asked.config)
    config = change_config(config, **settings, unlock=config.unlock or asked.override_levels)
    wishes = Wishes(drill=asked.drill, seconds=asked.seconds, size=asked.size, record=asked.record, shots=asked.shots)
    print(json.dumps(run(config, wishes, trouble).told()))


def _watch(asked: argparse.Namespace) -> None:
    from kiosk.commands import watch
    from kiosk.devices.model_file import find_model

    watch.run(asked.source, asked.drill, asked.fps, asked.report, asked.realtime, find_model)


def _pose(asked: argparse.Namespace) -> None:
    from kiosk.commands import pose
    from kiosk.devices.model_file import find_model

    pose.run(asked.pictures, find_model(), asked.json)


def _figure(asked: argparse.Namespace) -> None:
    from kiosk.commands import film

    film.run(
        drill=asked.drill,
        faults=asked.faults,
        reps=asked.reps,
        fps=asked.fps,
        camera_height=asked.camera_height,
        distance=asked.distance,
        yaw=asked.yaw,
        seed=asked.seed,
        out=asked.out,
        passer_by=asked.passer_by,
    )


def _place(asked: argparse.Namespace) -> None:
    from kiosk.commands import place

    place.run(
        asked.where,
        _config(asked.config),
        measured=asked.measured,
        module=asked.module,
        orientation=asked.orientation,
        out=asked.out,
        as_json=asked.json,
        height=asked.height,
        pitch=asked.pitch,
        distance=asked.distance,
    )


def _drills(asked: argparse.Namespace) -> None:
    from kiosk.commands import catalogue

    catalogue.run(asked.json)


def _models(asked: argparse.Namespace) -> None:
    from kiosk.commands import models

    models.run(asked.folder)


def _history(asked: argparse.Namespace) -> None:
    from kiosk.commands import history

    history.run(asked.profile, as_json=asked.json, as_csv=asked.csv, html=asked.html, backup=asked.backup)


def _forget(asked: argparse.Namespace) -> int:
    from kiosk.commands import forget

    return forget.run(None if asked.all else asked.profile, asked.yes)


def _doctor(asked: argparse.Namespace) -> int:
    from kiosk.commands import doctor

    return doctor.run(asked.json, _config(asked.config))


def _accuracy(asked: argparse.Namespace) -> None:
    from kiosk.commands import accuracy

    accuracy.run(asked.json, asked.quick, asked.data, asked.out)


def _bench(asked: argparse.Namespace) -> None:
    from kiosk.commands import bench

    bench.run(asked.json, asked.quick)


def _config(path: Path | None) -> Config:
    """The settings in ``path``, or in their usual place if they are there, or the defaults."""
    place = path or CONFIG
    if path is None and not place.exists():
        return Config()
    from kiosk.records.settings import read_settings

    return read_settings(place)


def _config_of_mirror(path: Path | None) -> tuple[Config, Trouble | None]:
    """The same for the mirror itself: where nobody named a file, one that is broken is survived, and said."""
    if path is not None:
        return _config(path), None
    from kiosk.records.history import find_history
    from kiosk.records.settings import settings_of_mirror

    return settings_of_mirror(CONFIG, find_history().parent)


def _positive(word: str) -> float:
    """A finite number above 0."""
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{word!r} is not a number above 0")
    return value


def _size(word: str) -> tuple[int, int]:
    """Width and height in pixels."""
    sides = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", word)
    width, height = map(int, sides.groups()) if sides else (0, 0)
    if width not in SIDES or height not in SIDES:
        rule = f"width x height, each from {SIDES[0]} to {SIDES[-1]} pixels, as 1080x1920"
        raise argparse.ArgumentTypeError(f"{word!r} is not {rule}")
    return width, height


if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if __name__ == "__main__":
    sys.exit(main())
