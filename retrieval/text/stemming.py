"""Words as ranking compares them: folded, stemmed, stop words left out."""

import re
import unicodedata
from collections.abc import Iterator

from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import tagged
from retrieval.text.word_variants import british

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|[.,]\d+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_SUFFIXES = (
    "ingly",
    "edly",
    "ments",
    "ment",
    "ings",
    "ness",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "er",
    "es",
    "ly",
    "s",
    "e",
)


def content_words(text: str) -> list[str]:
    """Return the words of a text without stop words, folded but not stemmed, in order and with repetitions."""
    return [word for word in unstemmed_words(text) if word not in tagged("stopword")]


def unstemmed_words(text: str) -> list[str]:
    """Return every word of a text, folded, without possessives and apostrophes."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [_without_possessive(word) if "'" in word or "’" in word else word for word in found]


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").translate(_APOSTROPHES)


@cached_by_text()
def stem(word: str) -> str:
    """Return a crude stem of a folded word, the same for "warned" and "warning", "cities" and "city".

    Shorter than Porter's stem; the fitted weights of ranking were learnt with it.
    """
    word = british(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word[0].isdigit():
            return word[: -len(suffix)].removesuffix("y").removesuffix("i")
    return word.removesuffix("y") if len(word) > 3 else word


def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words without stop words, each once."""
    return frozenset(map(stem, set(unstemmed_words(text)) - tagged("stopword")))


def located_stems(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the stem of each word of a text; stop words are left out."""
    folded = text.lower()
    if len(folded) != len(text):  # a few letters of other alphabets become two
        folded = text
    for match in _WORD.finditer(folded):
        word = match.group()
        word = _without_possessive(word) if "'" in word or "’" in word else word
        if word not in tagged("stopword"):
            yield match.start(), stem(word)
