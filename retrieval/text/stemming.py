"""Words as ranking compares them: folded, without inflections, the small ones left out. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from retrieval.text.lexicon import tagged

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|[.,]\d+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_ENDINGS = tuple("ingly edly ments ment ings ness ing ies ied ers ed er es ly s e".split())


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as they stand but folded, in order and with repetitions."""
    return [word for word in words(text) if word not in tagged("stopword")]


def words(text: str) -> list[str]:
    """Every word, folded, without possessives and apostrophes."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [plain(word) if "'" in word or "’" in word else word for word in found]


def plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").translate(_APOSTROPHES)


@cache
def stem(word: str) -> str:
    """A crude stem: enough that "warned" meets "warning" and "cities" meets "city"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word[0].isdigit():
            return word[: -len(ending)].removesuffix("y").removesuffix("i")
    return word.removesuffix("y") if len(word) > 3 else word


def stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, set(words(text)) - tagged("stopword")))


def located_stems(text: str) -> Iterator[tuple[int, str]]:
    """Where each word of `text` begins, and its stem; the small words are left out."""
    folded = text.lower()
    if len(folded) != len(text):  # a few letters of other alphabets grow
        folded = text
    for match in _WORD.finditer(folded):
        word = match.group()
        word = plain(word) if "'" in word or "’" in word else word
        if word not in tagged("stopword"):
            yield match.start(), stem(word)
