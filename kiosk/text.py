"""A text: what is shown or said, in English, remembering what it was made of, so that it can be said in any language.

Only a `Text` is translated, at the two places where words leave the program: the scene on its way to the screen and the
sentence on its way to the voice.  A plain str is a key or a name and stays as it is.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


class Text(str):
    """English words: ``template``, its ``{named}`` places filled with ``parts``, which may be texts themselves.

    With ``many``, the template is the one for exactly one and ``many`` that for any other ``n`` among the parts.
    """

    template: str
    many: str
    parts: dict[str, object]
    __slots__ = ("many", "parts", "template")

    def __new__(cls, template: str, *, many: str = "", **parts: object) -> Text:
        """The text; raises KeyError when a place has no part."""
        chosen = many if many and parts["n"] != 1 else template
        text = super().__new__(cls, chosen.format(**parts) if parts else chosen)
        text.template, text.many, text.parts = str(template), str(many), parts
        return text


def series(texts: Sequence[str], between: str = ", ") -> Text:
    """``texts`` after one another, ``between`` them signs that every language shares."""
    parts = {f"_{i}": text for i, text in enumerate(texts)}
    return Text(between.join(f"{{{name}}}" for name in parts), **parts)


def listed(texts: Sequence[Text]) -> Text:
    """``texts`` as a sentence names them: "shoulder, hip and knee"; "" for none."""
    if len(texts) < 2:
        return texts[0] if texts else Text("")
    return Text("{some} and {last}", some=series(texts[:-1]), last=texts[-1])


def has_words(template: str) -> bool:
    """Whether there is anything to translate in ``template``: a letter outside its places."""
    return any(letter.isalpha() for literal, *_ in string.Formatter().parse(template) for letter in literal)


@dataclass(frozen=True, slots=True)
class Language:
    """One language by its ``code``: ``one`` says what a template is in it, ``many`` which of two fits a number."""

    code: str
    one: Callable[[str], str]
    many: Callable[[str, str, int], str]

    def say(self, text: str) -> str:
        """``text`` in this language; a plain str as it is."""
        if not isinstance(text, Text):
            return text
        n = text.parts.get("n")
        if text.many and isinstance(n, int):
            said = self.many(text.template, text.many, n)
        else:
            said = self.one(text.template) if has_words(text.template) else text.template
        parts = {name: self.say(part) if isinstance(part, str) else part for name, part in text.parts.items()}
        return said.format(**parts) if parts else said


ENGLISH = Language("en", lambda template: template, lambda one, many, n: one if n == 1 else many)


def translated(value: T, language: Language) -> T:
    """``value`` with every Text in it said in ``language``: a text, a dataclass, a tuple of them, or anything else."""
    return _translated(value, language)


def _translated(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return language.say(value)
    if type(value) is tuple:
        each_said = tuple(_translated(each, language) for each in value)
        return value if all(new is old for new, old in zip(each_said, value, strict=True)) else each_said
    if is_dataclass(value) and not isinstance(value, type):
        found = {each.name: getattr(value, each.name) for each in fields(value)}
        said = {name: new for name, old in found.items() if (new := _translated(old, language)) is not old}
        return replace(value, **said) if said else value
    return value
