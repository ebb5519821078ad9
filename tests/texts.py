"""Every text there is, and the catalogues of what each is called in each language.

``python tests/texts.py`` (``make texts``) brings the catalogues up to date: what is new comes in, English as it is and
in other languages empty; what is gone goes; all else stays as it was put.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args, get_type_hints

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiosk.config import Config
from kiosk.drills import CATALOGUE, doubted
from kiosk.language import DOMAIN, FOLDER
from kiosk.scoring.drill import LIGHTS, Drill
from kiosk.scoring.geometry import NEEDS
from kiosk.text import has_words

KIOSK = Path(__file__).resolve().parents[1] / "kiosk"
LANGUAGES: tuple[str, ...] = get_args(get_type_hints(Config)["language"])
#: The language in which the texts are written.
WRITTEN_IN = "en"
#: Columns of a catalogue, and what stands above it.
WIDTH = 120
HEADER = """\
# What the mirror shows and says.  Put it as you like: what stands in {braces} is filled in.
# `make texts` takes it over, and says what is missing."""


@dataclass(frozen=True, slots=True)
class Template:
    """One text to be translated: ``one``, and ``many`` for any other number than one, or ""; ``place``: where it is."""

    one: str
    many: str
    place: str


def templates() -> Iterator[Template]:
    """Every template with words in it, once."""
    known = set()
    for template in (*_written(), *_declared()):
        if has_words(template.one) and (template.one, template.many) not in known:
            known.add((template.one, template.many))
            yield template


def _written() -> Iterator[Template]:
    """Those in the source: the literals of ``Text("...", many="...")``."""
    for source in sorted(KIOSK.rglob("*.py")):
        code = source.read_text()
        if "from rich.text import Text" in code:  # the terminal's, which stays English
            continue
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text" and node.args:
                many = next((_literals(each.value)[0] for each in node.keywords if each.arg == "many"), "")
                place = str(source.relative_to(KIOSK.parent))
                yield from (Template(one, many, place) for one in _literals(node.args[0]))


def _literals(node: ast.expr) -> list[str]:
    """The strings that ``node`` can be, without what is not written there."""
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _declared() -> Iterator[Template]:
    """Those in the data, which become texts where they are shown: drills, their lights and joints."""
    yield from (Template(name, "", "lights") for name in LIGHTS)
    yield from (Template(name, "", "joints") for name in NEEDS)
    for drill in CATALOGUE:
        yield from (Template(text, "", f"drills/{drill.key}") for text in _words_of(drill))


def _words_of(drill: Drill) -> Iterator[str]:
    yield from (drill.title, drill.summary, *drill.cues, *drill.reminders)
    yield from (drill.confirm, drill.touching, drill.long_back, drill.felt)
    yield from (text for fault in drill.faults for text in (fault.title, fault.cue, fault.again))
    yield from (each.what for each in (*drill.unseen, *(doubted(fault) for fault in drill.faults)))


def catalogue(code: str) -> Path:
    """The file of the language ``code``."""
    return FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(code: str) -> Catalog:
    """The catalogue of ``code`` as it is; an empty one where there is none yet."""
    path = catalogue(code)
    if not path.exists():
        return Catalog(code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


class Kept(Catalog):
    """A catalogue whose header says only what gettext has to know: nothing that differs from day to day."""

    mime_headers = property(
        lambda self: [
            ("Language", self.locale_identifier),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
        ]
    )


def updated(code: str) -> Catalog:
    """The catalogue of ``code`` with every template and nothing else."""
    old, new = read(code), Kept(code, header_comment=HEADER, fuzzy=False)
    for each in templates():
        key = (each.one, each.many) if each.many else each.one
        said = known.string if (known := old.get(key)) and not known.fuzzy else ""
        new.add(key, said if _is_complete(said) or code != WRITTEN_IN else key, locations=[(each.place, None)])
    return new


def _is_complete(said: str | tuple[str, ...]) -> bool:
    return all(said) if isinstance(said, tuple) else bool(said)


def missing(code: str) -> list[str]:
    """Templates without a translation, or with one that was only guessed."""
    return [str(each.id) for each in updated(code) if not _is_complete(each.string)]


def said(code: str) -> Iterator[tuple[str, str]]:
    """Every template, in English and as it is said in the language of ``code``; both forms of one that has two."""
    for message in updated(code):
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            yield message.id[0], message.string[0]
            yield from ((message.id[1], form) for form in message.string[1:])
        else:
            yield message.id, message.string


def as_po(found: Catalog) -> bytes:
    """The catalogue for people."""
    file = io.BytesIO()
    write_po(file, found, width=WIDTH, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def as_mo(found: Catalog) -> bytes:
    """The catalogue for gettext."""
    file = io.BytesIO()
    write_mo(file, found)
    return file.getvalue()


def main() -> None:
    """Bring the catalogues up to date, and say what is missing in them."""
    for code in LANGUAGES:
        found, path = updated(code), catalogue(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(found))
        path.with_suffix(".mo").write_bytes(as_mo(found))
        print(f"{path}: {len(found)} texts")
        for text in missing(code):
            print(f"  missing: {text}")


if __name__ == "__main__":
    main()
