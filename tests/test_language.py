"""Languages: every text in every one of them, in its place, in letters that the screen has."""

from __future__ import annotations

import gettext
import json
import sqlite3
import string
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pygame
import pygame.freetype
import pytest
from sayings import everything
from scenes import SCENES, SIZES
from texts import LANGUAGES, WRITTEN_IN, as_mo, as_po, catalogue, missing, read, said, templates, updated

from kiosk.app import Wishes, run
from kiosk.config import Config, LampPins, Sound
from kiosk.devices.lamps import Lamps
from kiosk.devices.usb import UsbCamera
from kiosk.drills import DRILLS
from kiosk.language import DOMAIN, FOLDER, read_language
from kiosk.memory import Memory
from kiosk.scoring.drill import Drill
from kiosk.session.scene import Keys, Scene
from kiosk.session.sounds import phrases
from kiosk.text import ENGLISH, Language, Text, listed, series, translated
from kiosk.trouble import CameraLost, KioskError, words_of
from kiosk.ui import words
from kiosk.ui.layout import layout
from kiosk.ui.paint import compose

in_every_language = pytest.mark.parametrize("code", LANGUAGES)
OTHERS = [code for code in LANGUAGES if code != WRITTEN_IN]


class Lacking(gettext.NullTranslations):
    """Raises where a catalogue lacks something, rather than say it in English."""

    def gettext(self, message: str) -> str:
        raise AssertionError(f"not in the catalogue: {message!r}")

    def ngettext(self, one: str, many: str, n: int) -> str:
        raise AssertionError(f"not in the catalogue: {one!r}, {many!r}")


def strict(code: str) -> Language:
    """The language of ``code`` that lacks nothing, or says so."""
    found = gettext.translation(DOMAIN, FOLDER, [code])
    found.add_fallback(Lacking())
    return Language(code, found.gettext, found.ngettext)


# --- a text -----------------------------------------------------------------------------------------------------------

REPS = [Text("{n} rep", many="{n} reps", n=n) for n in (0, 1, 2)]
GERMAN = Language(
    "de",
    {
        "{score} of {what}": "{what}: {score}", "Left": "Links", "shoulder": "Schulter", "hip": "Hüfte",
        "{some} and {last}": "{some} und {last}",
    }.__getitem__,
    lambda one, many, n: "{n} Wiederholung" if n == 1 else "{n} Wiederholungen",
)  # fmt: skip


def test_a_text_is_its_english_words() -> None:
    assert Text("Left") == "Left"
    assert REPS == ["0 reps", "1 rep", "2 reps"]
    assert Text("{what}, {score}", what=REPS[2], score=84) == "2 reps, 84"
    assert not Text("")
    assert Text("Braces {stay} where nothing is filled in.") == "Braces {stay} where nothing is filled in."
    with pytest.raises(KeyError):
        Text("{what}, {score}", what="")


def test_its_parts_are_said_in_the_other_language_too_where_that_wants_them() -> None:
    assert GERMAN.say(Text("{score} of {what}", what=Text("Left"), score=84)) == "Links: 84"
    assert [GERMAN.say(reps) for reps in REPS] == ["0 Wiederholungen", "1 Wiederholung", "2 Wiederholungen"]


def test_a_name_or_a_number_is_the_same_in_every_language() -> None:
    assert GERMAN.say("Left") == "Left"
    assert GERMAN.say(Text("{name}", name="Left")) == "Left"
    assert GERMAN.say(Text("{left} ({score})", left=15, score=84)) == "15 (84)"
    assert GERMAN.say(Text("")) == ""


def test_a_list_is_told_as_a_sentence_tells_it() -> None:
    two = [Text("shoulder"), Text("hip")]
    assert listed(two) == "shoulder and hip"
    assert listed([*two, *two]) == "shoulder, hip, shoulder and hip"
    assert listed(two[:1]) == "shoulder"
    assert listed([]) == series([]) == ""
    assert GERMAN.say(listed([*two, *two])) == "Schulter, Hüfte, Schulter und Hüfte"
    assert GERMAN.say(series(two, " / ")) == "Schulter / Hüfte"


@dataclass(frozen=True)
class Sample:
    """One of each that a scene may hold."""

    text: Text
    name: str
    both: tuple[Text | int, ...]
    keys: Keys
    number: float | None


class Dots(NamedTuple):
    """Nothing to say."""

    x: Text


def test_a_scene_is_translated_as_deep_as_it_goes_and_nothing_else_of_it_changes() -> None:
    sample = Sample(Text("Left"), "Left", (Text("hip"), 3), Keys(select=Text("shoulder")), None)
    assert translated(sample, GERMAN) == Sample("Links", "Left", ("Hüfte", 3), Keys(select="Schulter"), None)
    assert translated(sample, ENGLISH) == sample
    assert translated(Sample, GERMAN) is Sample
    numbers = (3, "Left", None, Dots(Text("Left")))
    assert translated(numbers, GERMAN) is numbers


# --- the catalogues ---------------------------------------------------------------------------------------------------


@in_every_language
def test_the_catalogues_are_up_to_date(code: str) -> None:
    """`make texts` brings them there."""
    path, now = catalogue(code), updated(code)
    assert path.read_bytes() == as_po(now)
    assert path.with_suffix(".mo").read_bytes() == as_mo(now)


@in_every_language
def test_no_text_is_missing(code: str) -> None:
    assert missing(code) == []
    assert not [message.id for message in read(code) if message.fuzzy]


@in_every_language
def test_what_is_filled_in_is_filled_in_in_every_language(code: str) -> None:
    for template, translation in said(code):
        assert _places(translation) == _places(template), (template, translation)


def _places(template: str) -> set[tuple[str, str]]:
    parsed = string.Formatter().parse(template)
    return {(name, form or "") for _, name, form, _ in parsed if name is not None}


@in_every_language
def test_a_sentence_ends_as_it_does_in_english(code: str) -> None:
    for template, translation in said(code):
        assert translation == translation.strip()
        assert "  " not in translation
        if translation.endswith("Wdh."):
            continue
        for sign in ".?!":
            assert translation.endswith(sign) is template.endswith(sign), (template, translation)


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_says_a_sentence_in_other_words(code: str) -> None:
    assert [template for template, translation in said(code) if template == translation and template[-1] in ".?!"] == []


@in_every_language
def test_the_screen_has_every_letter(code: str) -> None:
    pygame.freetype.init()
    font = pygame.freetype.Font(None)
    letters = {letter for _, translation in said(code) for letter in translation + translation.upper()}
    assert {letter for letter in letters if font.get_metrics(letter, size=40)[0] is None} == set()


def test_a_language_without_a_catalogue_is_english() -> None:
    unknown = read_language("xx")
    assert unknown.say(Text("Hip hinge")) == "Hip hinge"
    assert [unknown.say(reps) for reps in REPS] == ["0 reps", "1 rep", "2 reps"]


def test_english_says_what_is_written() -> None:
    english = read_language(WRITTEN_IN)
    assert [each.one for each in templates() if english.one(each.one) != each.one and not each.many] == []


@in_every_language
@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_whatever_is_spoken_can_be_spoken_in_every_language(code: str, drill: Drill) -> None:
    assert all(translated(phrases(drill), strict(code)))


# --- on the screen ----------------------------------------------------------------------------------------------------


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that did not fit, as they come up; nothing is drawn, only measured."""
    lines: list[str] = []

    def measured(text: str, width: int, height: int, capital: float, *_: object) -> pygame.Surface:
        words._fit(text, width, height, capital)
        return pygame.Surface((1, 1))

    monkeypatch.setattr(words, "_cut", lambda line, *_: lines.append(line) or line)
    monkeypatch.setattr(words, "_sprite", measured)
    monkeypatch.setattr(words, "_passing", measured)
    return lines


@in_every_language
@pytest.mark.parametrize("size", SIZES)
def test_nothing_that_is_shown_is_ever_cut(size: tuple[int, int], code: str, cut: list[str]) -> None:
    language = strict(code)
    for scene in (*everything(), *SCENES.values()):
        compose(translated(scene, language), size)
        assert not cut, scene


@in_every_language
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_the_drill_that_is_offered_can_be_read_from_afar(drill: Drill, size: tuple[int, int], code: str) -> None:
    """Its capitals are at least a fiftieth of the screen's short side."""
    at = layout(size)
    room = int(at.offer.w - 40 * at.unit), int(at.offer.h * 0.5)
    assert words.even((strict(code).say(Text(drill.title)),), *room, 100 * at.unit) > min(size) / 50


def translations(value: object, language: Language) -> set[str]:
    """Every text in ``value`` as it is said in ``language``."""
    if isinstance(value, Text):
        return {" ".join(language.say(value).split())}
    if isinstance(value, tuple):
        return set().union(*(translations(each, language) for each in value))
    fields = getattr(value, "__dataclass_fields__", {})
    return set().union(*(translations(getattr(value, name), language) for name in fields))


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_shown_that_the_scene_does_not_say(
    name: str, size: tuple[int, int], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But numbers, signs and names: a word that the screen had of its own would stay English."""
    drawn: list[str] = []
    for draw in ("_sprite", "_passing"):
        monkeypatch.setattr(words, draw, lambda text, *_: drawn.append(text) or pygame.Surface((1, 1)))
    language, scene = strict(code), SCENES[name]
    compose(translated(scene, language), size)
    known = translations(scene, language) | set(getattr(scene.picture, "names", ()))
    known |= {text.upper() for text in known} | {text.capitalize() for text in known}
    for text in drawn:
        own = text.lstrip(string.digits + "+/× ")
        assert own in known or text in known or own in ("", "s", "%", "?"), text


def test_a_word_of_the_screens_own_would_be_found() -> None:
    scene = Scene(SCENES["resting"].picture)
    assert "Rest" not in translations(scene, strict("de"))
    assert "Pause" in translations(scene, strict("de"))


# --- what is wrong with the machine -----------------------------------------------------------------------------------


def test_why_a_camera_is_lost_is_shown_in_german_and_told_in_english() -> None:
    with pytest.raises(CameraLost) as lost, UsbCamera(Path("/dev/video99")):
        pass
    assert str(lost.value) == "USB camera /dev/video99: cannot be opened (No such file or directory)"
    why = strict("de").say(words_of(lost.value))
    assert why == "USB-Kamera /dev/video99: lässt sich nicht öffnen (Datei oder Ordner fehlt)"


def test_why_nothing_is_remembered_is_shown_in_german(tmp_path: Path) -> None:
    place = tmp_path / "history.db"
    with closing(sqlite3.connect(place)) as database:
        database.execute("create table other (x)")
    with Memory(Config(profile="me"), place) as memory:
        assert memory.trouble
        said_so = strict("de").say(memory.trouble.text)
    because = f"{place}: gehört einem anderen Programm, ist kein Verlauf dieses Spiegels"
    assert said_so == f"Sätze werden nicht gespeichert: {because}."


def test_why_the_lamps_stay_dark_is_shown_in_german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    with Lamps(LampPins(red=17, green=22)) as lamps:
        assert lamps.trouble
        why = strict("de").say(lamps.trouble.text).removeprefix("Die Lampen bleiben dunkel: ")
    assert why == (
        "einzelne Lampen an GPIO 17 (Rot), 22 (Grün): "
        "dafür braucht es die 40 Pins eines Raspberry Pi, und hier sind keine."
    )


def test_what_others_say_is_quoted_as_it_is_but_for_the_commonest() -> None:
    assert words_of(ValueError("a bug")) == "a bug"
    assert words_of(ValueError()) == "ValueError"
    assert words_of(KioskError("of a command")) == "of a command"
    assert strict("de").say(words_of(PermissionError(13, "Permission denied", "/x"))) == "keine Berechtigung"


def test_a_german_mirror_reports_in_english() -> None:
    german = Config(language="de", display="offscreen", camera="/dev/video99", sound=Sound(volume=0))
    told = json.dumps(run(german, Wishes(seconds=0.5, size=(800, 480))).told())
    assert "There is no camera /dev/video99: using" in told
    assert not [word for word in ("Kamera", "Nicht") if word in told]
