"""Which language a message is in, by its commonest words. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from retrieval.text.patterns import linear

ENGLISH = "en"
"""The language of the articles, and of messages that tell no other."""
_WORD = linear(r"\w+")


def language_of(message: str, preferred: str = ENGLISH) -> str:
    """Return the code of the language of `message`; `preferred`, the person's own, where its words don't tell.

    In doubt it is English, since names and titles of the articles are.
    """
    words = [word.lower() for word in _WORD.findall(message)]
    counts = {code: sum(word in known for word in words) for code, known in _function_words().items()}
    best = max(counts.values())
    if best == 0:
        return preferred if preferred in counts else ENGLISH
    found = [code for code, count in counts.items() if count == best]
    if ENGLISH in found:
        return ENGLISH
    return preferred if preferred in found else found[0]


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    file = resources.files("retrieval.dialogue.languages").joinpath("function_words.toml")
    return {code: frozenset(words) for code, words in tomllib.loads(file.read_text(encoding="utf-8")).items()}
