"""Texts cut into words and folded, so that they can be compared whatever their case and typography."""

import re
import unicodedata
from dataclasses import dataclass

from retrieval.domain import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `key` is the word folded for comparison, `span` its characters in the text."""

    key: str
    span: Span


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, folded by NFKC and case, without apostrophes."""
    return tuple(Word(_fold(m.group()), Span(m.start(), m.end())) for m in _WORD.finditer(text))


def vocabulary(text: str) -> frozenset[str]:
    """Return the keys of a text's words, each once; much faster than `words`."""
    if unicodedata.is_normalized("NFKC", text):  # then the whole can be folded at once
        return frozenset(_WORD.findall(_fold(text)))
    return frozenset(map(_fold, set(_WORD.findall(text))))


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    return unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)


def letters_only(text: str) -> str:
    """Return the letters and digits of a text alone, folded by NFKC and case."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())
