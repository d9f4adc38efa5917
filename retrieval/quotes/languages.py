"""Languages in which speakers can be named; quoted spans are found by their marks in any language."""

import py3langid

from retrieval.domain import Certainty, Speaker
from retrieval.reasons import Reason, ReasonCode

ENGLISH = "en"
ATTRIBUTABLE = frozenset({ENGLISH})
"""ISO 639-1 codes; another language needs a parser and lexicons of its own."""

MAX_SAMPLE_CHARACTERS = 2_000
"""Characters from the start of a text by which its language is told."""
MIN_LETTERS = 100
"""A text with fewer letters tells little and counts as English."""


def is_attributable(text: str, language: str | None) -> bool:
    """Return whether speakers can be named; `language` is ISO 639-1, perhaps with a region, or None to detect it."""
    code = language.replace("_", "-").split("-")[0].casefold() if language else _detected(text)
    return code in ATTRIBUTABLE


def undetermined_speaker() -> Speaker:
    """Return the speaker of a quotation in a language in which speakers can't be named."""
    return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, Reason.of(ReasonCode.LANGUAGE_NOT_SUPPORTED))


def _detected(text: str) -> str:
    sample = text[:MAX_SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return ENGLISH
    code: str = py3langid.classify(sample)[0]
    return code
