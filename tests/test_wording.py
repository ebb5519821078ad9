"""How the mirror speaks: as a coach, briefly, and never in the words of other professions (biomechanics 6.1, 6.4)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from texts import LANGUAGES
from texts import said as translations

from kiosk.drills import CATALOGUE
from kiosk.language import read_language
from kiosk.scoring.drill import Drill
from kiosk.scoring.guards import GUARDS
from kiosk.scoring.ledger import WHY

ROOT = Path(__file__).resolve().parents[1]
KIOSK = ROOT / "kiosk"
#: Text that a person may come to read, beside the program's own strings.
PAGES = ("*.md", "*.toml", "*.service", "*.txt", "*.svg", "*.html", "Makefile", ".setup/*")
#: Files of the scoring loop that say why something does not count, or how to begin.
WORDY = ("guards", "ledger", "holds", "place", "start")
#: Where the words are that the mirror shows to whoever stands before it.
SPEAKING = ("drills/**/*.py", "session/*.py", "ui/*.py", *(f"scoring/{name}.py" for name in WORDY))

#: These words belong to other professions, or promise what nobody knows (biomechanics 6.1).
NOT_OURS = re.compile(
    r"\b(diagnos\w*|treat(s|ed|ing|ment|ments)?|prevent\w*|cur(e|es|ed|ing)|reliev\w*|pain[ -]relief|injur\w*"
    r"|rehab\w*|therap\w*|posture disorders?|disorders?|abnormal\w*|dangerous\w*|clinic\w*|prescri\w*|banish\w*"
    r"|correct(s|ed|ing)? your (spine|back|posture))\b",
    re.IGNORECASE,
)
#: Nor may a drill speak of these; the only "safe" is the safety bar's.
NOT_OF_A_DRILL = re.compile(
    r"\b(pain|painful|hurt\w*|damage\w*|safe|safely|unsafe|wrong|bad|fail\w*|never)\b", re.IGNORECASE
)
#: Words that somebody who has come to bow with a broomstick would have to look up.
JARGON = re.compile(
    r"\b(lockout|neutral|valgus|varus|sagitta\w*|dorsal|ventral|lumbar|thoracic|cervical|kyphosis|lordosis|flexion|flex"
    r"|hyperextension|(con|ec)centric|isometric|propriocepti\w*|kinematics?|keypoints?|calibrat\w*)\b",
    re.IGNORECASE,
)
#: The same in German: of other professions, not of a drill, and not without a dictionary.
GERMAN_NOT_OURS = re.compile(
    r"\b(diagnos\w*|behand(el|l)\w*|vorbeugen\w*|vorzubeugen|verhinder\w*|verhüte\w*|(ge)?heil(en|t|end|ung|sam)?\w*|kurier\w*"
    r"|linder\w*|verletz\w*|reha\w*|\w*therap\w*|\w*störung\w*|abnormal\w*|unnormal\w*|gefährlich\w*|klinisch\w*"
    r"|verschr(eib|ieb)\w*|korrigier\w* dein\w* (wirbelsäule|rücken|haltung))\b",
    re.IGNORECASE,
)
GERMAN_NOT_OF_A_DRILL = re.compile(
    r"\b(\w*schmerz\w*|weh|schad\w*|schäd\w*|sicher|unsicher|falsch\w*|schlecht\w*|scheiter\w*|niemals|nie)\b",
    re.IGNORECASE,
)
GERMAN_JARGON = re.compile(
    r"\b(neutral\w*|valgus|varus|sagittal\w*|dorsal\w*|ventral\w*|lumbal\w*|thorakal\w*|zervikal\w*|kyphose|lordose|flexion"
    r"|hyperextension|ex?zentrisch\w*|konzentrisch\w*|isometrisch\w*|propriozepti\w*|kinemati\w*|kalibrier\w*|keypoints?)\b",
    re.IGNORECASE,
)
AVOIDED = {
    "en": (NOT_OURS, NOT_OF_A_DRILL, JARGON),
    "de": (GERMAN_NOT_OURS, GERMAN_NOT_OF_A_DRILL, GERMAN_JARGON),
}
#: Letters that can be read from two and a half metres, in one glance; a sentence that is read at leisure.
GLANCE, SENTENCE = 60, 100
#: A title, what a drill is, and the name of what is unseen, in letters.
TITLE, SUMMARY, NAME = 24, 72, 36


def texts() -> Iterator[tuple[str, str]]:
    """Every string of the program and every page of the product, each with its place."""
    for source in sorted(KIOSK.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{source.relative_to(ROOT)}:{node.lineno}", node.value
    for pattern in PAGES:
        for page in [*ROOT.glob(pattern), *ROOT.glob(f"[!.]*/**/{pattern}")]:
            if not page.is_relative_to(ROOT / "tests"):
                yield str(page.relative_to(ROOT)), page.read_text()


def shown_by_the_program() -> Iterator[tuple[str, str]]:
    """The sentences, and parts of sentences, among the strings of SPEAKING, each with its place; no docstrings."""
    for source in (path for pattern in SPEAKING for path in sorted(KIOSK.glob(pattern))):
        tree = ast.parse(source.read_text())
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield f"{source.relative_to(ROOT)}:{node.lineno}", node.value


def said(drill: Drill) -> Iterator[str]:
    """Whatever must be read or heard while moving."""
    yield from (*drill.cues, *drill.reminders)
    yield from (text for fault in drill.faults for text in (fault.cue, fault.again))
    yield from (unseen.reminder for unseen in drill.unseen if unseen.reminder)


def shown(drill: Drill) -> Iterator[str]:
    """Whatever is read while standing before the mirror."""
    yield from (drill.title, drill.summary, drill.tempo, drill.confirm)
    yield from (fault.title for fault in drill.faults)
    yield from (text for unseen in drill.unseen for text in (unseen.what, unseen.why))


in_every_language = pytest.mark.parametrize("code", LANGUAGES)
every_drill = pytest.mark.parametrize("drill", CATALOGUE, ids=lambda drill: drill.key)


def test_the_mirror_speaks_as_a_coach() -> None:
    found = [f"{place}: {match.group()}" for place, text in texts() for match in NOT_OURS.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "claim",
    [
        "This drill prevents lower back pain.",
        "Correct your spine!",
        "a clinically proven therapy",
        "curing a posture disorder",
        "abnormal and dangerous",
        "relieve pain",
        "rehabilitation after injuries",
    ],
)
def test_a_claim_would_be_found(claim: str) -> None:
    assert NOT_OURS.search(claim)


def test_plain_words_that_look_alike_are_allowed() -> None:
    assert not NOT_OURS.search("secure the mirror; an accurate picture; retreat of the hips; a treaty")


def test_what_is_shown_needs_no_dictionary() -> None:
    sentences = [(place, text) for place, text in shown_by_the_program() if " " in text]
    assert len(sentences) > 400
    assert [f"{place}: {text}" for place, text in sentences if JARGON.search(text)] == []


def test_why_something_is_not_counted_can_be_taken_in_at_a_glance() -> None:
    reasons = [why for whys in WHY.values() for _, why in whys.values()] + [guard.why for guard in GUARDS]
    for why in reasons:
        assert why.startswith("Not counted: "), why
        assert why.endswith("."), why
        assert len(why) <= GLANCE, f"{len(why)}: {why}"


@every_drill
def test_a_drill_speaks_of_what_to_do(drill: Drill) -> None:
    for text in (*said(drill), *shown(drill)):
        assert not NOT_OF_A_DRILL.search(text), text
        assert not JARGON.search(text), text


@every_drill
def test_what_is_said_can_be_taken_in_at_a_glance(drill: Drill) -> None:
    for text in said(drill):
        assert len(text) <= GLANCE, f"{len(text)}: {text}"
        assert text[0].isupper(), text
        assert text[-1] in ".?", text
    for text in shown(drill):
        assert len(text) <= SENTENCE, f"{len(text)}: {text}"
    assert len(drill.title) <= TITLE
    assert len(drill.summary) <= SUMMARY
    assert all(len(unseen.what) <= NAME for unseen in drill.unseen)


@every_drill
def test_a_cue_that_has_not_helped_is_put_in_other_words(drill: Drill) -> None:
    for fault in drill.faults:
        assert fault.again, fault.key
        assert fault.again != fault.cue


# --- in every language ------------------------------------------------------------------------------------------------


@in_every_language
def test_the_mirror_speaks_as_a_coach_in_every_language(code: str) -> None:
    not_ours, _, jargon = AVOIDED[code]
    assert [text for _, text in translations(code) if not_ours.search(text) or jargon.search(text)] == []


@pytest.mark.parametrize(
    "claim",
    [
        "Das heilt deinen Rücken.",
        "Eine klinisch bewährte Therapie",
        "So kannst du Verletzungen vorbeugen.",
        "Korrigiere deine Haltung!",
        "gegen Haltungsstörungen",
        "lindert Schmerzen",
    ],
)
def test_a_claim_would_be_found_in_german(claim: str) -> None:
    assert GERMAN_NOT_OURS.search(claim)


def test_german_words_that_look_alike_are_allowed() -> None:
    assert not GERMAN_NOT_OURS.search("Beug dich vor; ein ärztlicher Rat; ein Teil; weiter vorn; Beilage")


@in_every_language
@every_drill
def test_a_drill_speaks_of_what_to_do_in_every_language(drill: Drill, code: str) -> None:
    """And can be taken in at a glance in each."""
    language, (_, not_of_a_drill, _) = read_language(code), AVOIDED[code]
    for text in map(language.one, filter(None, said(drill))):
        assert not not_of_a_drill.search(text), text
        assert len(text) <= GLANCE, f"{len(text)}: {text}"
    assert len(language.one(drill.title)) <= TITLE
    assert len(language.one(drill.summary)) <= SUMMARY
    assert all(len(language.one(unseen.what)) <= NAME for unseen in drill.unseen)


@in_every_language
def test_a_refusal_can_be_taken_in_at_a_glance_in_every_language(code: str) -> None:
    reasons = {why for whys in WHY.values() for _, why in whys.values()} | {guard.why for guard in GUARDS}
    for said_so in map(read_language(code).say, reasons):
        assert len(said_so) <= GLANCE, f"{len(said_so)}: {said_so}"
