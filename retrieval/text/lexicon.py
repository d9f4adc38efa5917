"""Word lists of English, read from `lexicons/*.toml`.

Each word stands there once, with all of its tags; each tag is described once, in the `[tags]` table of one file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


class LexiconError(ValueError):
    """A lexicon file contradicts itself or another one, or a tag is asked for that no file describes."""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """What the lexicons hold about one word.

    `forms` are irregular inflected forms; `number` is that of a month (1-12) or weekday (Monday is 0), or the
    value of a number; `stands_for` is what an abbreviation is short for.
    """

    tags: frozenset[str]
    forms: tuple[str, ...] = ()
    number: int | None = None
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words with their entries, and all tags with their descriptions."""

    entries: Mapping[str, LexiconEntry]
    tags: Mapping[str, str]

    def tagged(self, *tags: str) -> frozenset[str]:
        """Return the words that carry at least one of the tags; raise LexiconError for a tag without description."""
        if unknown := set(tags) - self.tags.keys():
            raise LexiconError(f"no lexicon describes the tag {min(unknown)!r}")
        return frozenset(word for word, entry in self.entries.items() if not entry.tags.isdisjoint(tags))


def read_lexicon(files: Mapping[str, str]) -> Lexicon:
    """Return the lexicon of several TOML texts, given by file name.

    Raise LexiconError where a word or a tag stands in two of them, or where a word carries a tag without description.
    """
    entries: dict[str, LexiconEntry] = {}
    tags: dict[str, str] = {}
    for name, content in sorted(files.items()):
        tables = tomllib.loads(content)
        if twice := (tables["tags"].keys() & tags.keys()) | (tables["words"].keys() & entries.keys()):
            raise LexiconError(f"{name}: {min(twice)!r} stands in another lexicon too")
        tags |= tables["tags"]
        entries |= {word: _entry(value) for word, value in tables["words"].items()}
    for word, entry in entries.items():
        if unknown := entry.tags - tags.keys():
            raise LexiconError(f"{word!r} carries {min(unknown)!r}, which no lexicon describes")
    return Lexicon(entries, tags)


def _entry(value: list[str] | dict[str, Any]) -> LexiconEntry:
    if isinstance(value, list):
        return LexiconEntry(frozenset(value))
    return LexiconEntry(
        frozenset(value["tags"]), tuple(value.get("forms", ())), value.get("number"), value.get("stands_for")
    )


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the bundled files, which are read once a process."""
    folder = resources.files("retrieval.text").joinpath("lexicons")
    return read_lexicon({f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".toml")})


@cache
def tagged(*tags: str) -> frozenset[str]:
    """Return the words of the bundled lexicons that carry at least one of the tags."""
    return lexicon().tagged(*tags)


@cache
def inflected(*tags: str) -> frozenset[str]:
    """Return every verb that carries at least one of the tags, in all of its regular and irregular forms."""
    return frozenset(form for lemma in tagged(*tags) for form in _verb_forms(lemma))


def _verb_forms(lemma: str) -> Iterator[str]:
    ends_in_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if ends_in_y or lemma.endswith("e") else lemma
    yield lemma
    yield from lexicon().entries[lemma].forms
    yield stem + "ies" if ends_in_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    yield stem + ("ied" if ends_in_y else "ed")
    yield (lemma if ends_in_y or lemma.endswith("ee") else stem) + "ing"


def spelt_out(word: str) -> str:
    """Return what an abbreviation in lower case stands for ("senator" of "sen"); any other word as it is."""
    entry = lexicon().entries.get(word)
    return entry.stands_for or word if entry else word


def abbreviations(word: str) -> frozenset[str]:
    """Return the words in lower case that stand for a word: "sen" of "senator"."""
    return frozenset(short for short, entry in lexicon().entries.items() if entry.stands_for == word)


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the number of each month (1-12) by its first three letters in lower case."""
    return {word[:3]: lexicon().entries[word].number or 0 for word in tagged("month")}


@cache
def weekday_numbers() -> Mapping[str, int]:
    """Return the number of each weekday (Monday is 0, as in `datetime`) by its name in lower case."""
    return {word: lexicon().entries[word].number or 0 for word in tagged("weekday")}
