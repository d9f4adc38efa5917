"""What people read, in their language.

The language belongs to a request as its time limit does. It is set where an interaction or a message comes in
(`OnTheRecord.answering` and `.replying`), or around what is told unasked (`speaking`), and all texts of a card are in
it. A context variable holds it, and not an argument: nearly every function that makes a card would only hand it on,
and could then mix two languages on one card. Each request runs in its own task, so two of them never meet; worker
threads don't know it, and nothing below `bot` has texts for people in Discord.

Texts are gettext messages in English, with named placeholders: `_("Asked: {question}", question=…)`. Tables outside of
functions mark theirs with `N_` and translate them where they are used. `make translations` brings the catalogues up to
date; CONTRIBUTING.md says how to translate.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Code of each language, and its name in itself."""

NAME = "name"
"""The context, in the catalogues, of the names of commands and options; Discord has rules for those."""

DOMAIN = "bot"
FOLDER = Path(__file__).parent

_REGIONS = {ENGLISH: "en_GB"}  # 4 March 2024; where a language has one way to write days, it needs no region
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def language_of(tag: str) -> str:
    """The language of ours for one of Discord's locales, `es-419` for example; English for those that we lack."""
    language = tag.partition("-")[0].lower()
    return language if language in LANGUAGES else ENGLISH


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Everything inside is told in the language of this locale."""
    token = _spoken.set(language_of(tag))
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken_language() -> str:
    """The language in which everything is told now."""
    return _spoken.get()


def region() -> str:
    """The locale, in Babel's spelling, by whose rules days and numbers are written now."""
    return _REGIONS.get(_spoken.get(), _spoken.get())


def _(message: str, /, **values: object) -> str:
    """The text in the language that is spoken now, its placeholders filled in."""
    text = catalogue(_spoken.get()).gettext(message) if message else ""  # gettext keeps its header under ""
    return _filled(text, values)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The same where the text depends on a number; the placeholder {n} shows that number."""
    text = catalogue(_spoken.get()).ngettext(one, many, count)
    return _filled(text, {"n": number(count), **values})


def command_name(name: str) -> str:
    """How Discord shows the command, or the option of a command, that is called `name` in English."""
    return catalogue(_spoken.get()).pgettext(NAME, name)


def N_(message: str, /) -> str:  # noqa: N802
    """Marks a text for the catalogues that is translated later."""
    return message


def number(count: int) -> str:
    """Write a number by the rules of the language that is spoken."""
    return format_decimal(count, locale=region())


def written(day: date) -> str:
    """Write a day out. Discord's own timestamps would shift it by the reader's time zone."""
    return format_date(day, "long", locale=region())


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the texts of a language."""
    return NullTranslations() if language == ENGLISH else translation(DOMAIN, FOLDER, [language])


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text
