"""The settings file of a mirror: read, kept when it was good, and the last good one taken when it is broken.

A mirror on a wall has nobody beside it who reads an error: one whose settings were spoilt by a typing error, a pulled
plug or a full disk goes on as it was, and says so.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.config import Config, read_config
from kiosk.drills import find_drill
from kiosk.records.whole import written_whole
from kiosk.text import Text
from kiosk.trouble import BadInput, Trouble

#: What the last good one is called, beside the history.
LAST_GOOD = "last-good-config.toml"
#: Bytes of settings at most: the default ones with a page of comments for each key stay far below.
LARGEST = 256 * 1024


def read_settings(place: Path) -> Config:
    """The settings in the file ``place``.  Raises BadInput, with a line that names the place and the rule."""
    return _understand(_read(place), place)


def settings_of_mirror(place: Path, folder: Path) -> tuple[Config, Trouble | None]:
    """The settings in ``place``, kept in ``folder`` as good; if broken, the last good ones, else the defaults.

    Never an error: what is wrong is told as the trouble.
    """
    if not place.exists():
        return Config(), None
    try:
        text = _read(place)
        config = _understand(text, place)
    except BadInput as error:
        return _last_good(folder / LAST_GOOD, error)
    with suppress(BadInput, OSError):  # a disk that is full or read-only costs nothing but the next such rescue
        _keep(text, folder / LAST_GOOD)
    return config, None


def _last_good(kept: Path, error: BadInput) -> tuple[Config, Trouble]:
    try:
        config = read_settings(kept)
    except BadInput:
        said = Text("The settings cannot be used: {why}. Those the mirror comes with are used.", why=str(error))
        return Config(), Trouble("bad_settings", said)
    said = Text("The settings cannot be used: {why}. The last good ones are used.", why=str(error))
    return config, Trouble("bad_settings", said)


def _keep(text: str, kept: Path) -> None:
    if kept.exists() and _read(kept) == text:
        return  # an SD card is written to as seldom as can be
    kept.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(kept) as file:
        file.write(text)


def _read(place: Path) -> str:
    try:
        with place.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise BadInput(f"{place}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > LARGEST:
        raise BadInput(f"{place}: is larger than {LARGEST} bytes, so these are no settings")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{place}: is not a TOML file: it is not text") from None


def _understand(text: str, place: Path) -> Config:
    config = read_config(text, str(place))
    try:
        find_drill(config.drill)
    except BadInput as error:
        raise BadInput(f"{place}: {error}") from None
    return config
