"""Inflected forms of one word, and its British and American spellings, told without a dictionary."""

import re
from collections.abc import Iterator
from functools import cache

from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import lexicon

_SHORTEST = 3
_SPELLINGS = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e|ed|es|ing)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w\w)our(s|ed|ing|able|ful|ite|ites|hood|hoods)?$"), r"or\1"),
    (re.compile(r"(?<=\w)([tb])re(s)?$"), r"\1er\2"),
    (re.compile(r"(?<=\w\w)ll(ed|er|ers|ing)$"), r"l\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"^program(?:me)(s)?$"), r"program\1"),
    (re.compile(r"^(def|off|lic|pret)ence(s)?$"), r"\1ense\2"),
)


def same_word(one: str, other: str) -> bool:
    """Return whether two folded words are forms or spellings of one word; "stronger" isn't a form of "strong"."""
    return one == other or bool(lemmas(one) & lemmas(other))


@cached_by_text()
def lemmas(word: str) -> frozenset[str]:
    """Return the base forms that a folded word may be an inflected form of, in American spelling."""
    bases = {_american(word), *_irregular().get(word, ())}
    bases.update(_american(base) for base in _stripped(word) if len(base) >= _SHORTEST)
    return frozenset(bases)


def _american(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def _stripped(word: str) -> Iterator[str]:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            base = word.removesuffix(ending)
            yield base
            yield base + "e"
            if ending == "ed" and base.endswith("i"):
                yield base[:-1] + "y"
            if base[-1:] == base[-2:-1]:
                yield base[:-1]


@cache
def _irregular() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lemma, entry in lexicon().entries.items():
        for form in entry.forms:
            found.setdefault(form, []).append(lemma)
    return found
