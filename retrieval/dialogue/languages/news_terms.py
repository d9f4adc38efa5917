"""The bilingual lexicon of news terms: English words and phrases by German, French and Spanish ones."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import snowballstemmer
from anyascii import anyascii

from retrieval.text.patterns import LinearPattern, linear

TRANSLATED_LANGUAGES: Mapping[str, str] = {"de": "german", "fr": "french", "es": "spanish"}
"""The languages whose messages are translated, and the names of their files."""

LONGEST_PHRASE = 4
"""Words of the longest phrase in the lexicon."""

_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class QuestionFrame:
    """A pattern of whole messages, and the English message that each becomes; both share their group names."""

    pattern: LinearPattern
    english: str


@dataclass(frozen=True, slots=True)
class LanguageLexicon:
    """What is known of one language: frames of questions, terms, function words, and endings of cognates.

    `terms` are keyed in lower case, `stems` by Snowball's stem, `folded` without diacritics. `split_at` are the
    prepositions that may stand between a speaker and a topic as well as inside of a name.
    """

    frames: tuple[QuestionFrame, ...]
    terms: Mapping[str, str]
    stems: Mapping[str, str]
    folded: Mapping[str, str]
    functions: Mapping[str, str]
    dropped: frozenset[str]
    suffixes: tuple[tuple[str, str], ...]
    split_at: frozenset[str]
    stemmer: Any

    def term(self, word: str) -> str | None:
        """Return the English of a word in lower case, by its form, its stem, or its form without diacritics."""
        found = self.terms.get(word) or self.stems.get(self.stemmer.stemWord(word))
        return found or (self.folded.get(word) if word.isascii() else None)

    def cognate(self, word: str) -> str | None:
        """Return the English word that differs in its ending alone: "socialismo" is "socialism"."""
        ending = next((pair for pair in self.suffixes if word.endswith(pair[0])), None)
        if ending is None or len(word) - len(ending[0]) < _SHORTEST_PART:
            return None
        return anyascii(word.removesuffix(ending[0])) + ending[1]

    def compound(self, word: str) -> str | None:
        """Return the English of a compound of two terms, with or without a letter that links them."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            second = self.terms.get(word[cut:])
            if second is None:
                continue
            heads = [word[:cut], *(word[:cut].removesuffix(link) for link in ("es", "en", "s", "n", "e"))]
            first = next((self.terms[head] for head in heads if head in self.terms), None)
            if first:
                return f"{first} {second}"
        return None


@cache
def language_lexicon(language: str) -> LanguageLexicon:
    """Return the lexicon of `de`, `fr` or `es`, which is read once a process."""
    name = TRANSLATED_LANGUAGES[language]
    folder = resources.files("retrieval.dialogue.languages")
    written = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    rows = csv.DictReader(folder.joinpath("news_terms.csv").read_text(encoding="utf-8").splitlines())
    terms = {form: row["english"] for row in rows for form in row[name].split("|") if form}
    stemmer = snowballstemmer.stemmer(name)
    single = {form: english for form, english in terms.items() if " " not in form}
    return LanguageLexicon(
        tuple(QuestionFrame(linear(pattern, ignore_case=True), english) for pattern, english in written["frames"]),
        terms,
        _first(((stemmer.stemWord(form), english) for form, english in single.items())),
        _first((anyascii(form), english) for form, english in single.items() if not form.isascii()),
        written["functions"],
        frozenset(written["dropped"]),
        tuple((ending, english) for ending, english in written["suffixes"]),
        frozenset(written.get("split_at", ())),
        stemmer,
    )


def _first(pairs: Any) -> dict[str, str]:
    """Return the first value of each key."""
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
