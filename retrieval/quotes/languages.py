"""Which languages speakers are named in. Spans are found by the marks in any language; naming needs a parser of it."""

import py3langid

from retrieval.domain import Certainty, Speaker
from retrieval.reasons import Reason, ReasonCode

ENGLISH = "en"
SPOKEN_OF = frozenset({ENGLISH})
"""To add a language: a Parser of it, its word lists beside lexicon.py, and its code here."""

SAMPLE = 2_000  # characters that tell a language
SURE = 100  # letters; less tells little, and counts as English


def is_attributable(text: str, language: str | None) -> bool:
    """Whether speakers can be named; `language` is ISO 639-1 with or without a region, told from the text if None."""
    code = language.replace("_", "-").split("-")[0].casefold() if language else _told(text)
    return code in SPOKEN_OF


def undetermined() -> Speaker:
    return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, Reason.of(ReasonCode.LANGUAGE_NOT_SUPPORTED))


def _told(text: str) -> str:
    """English where the text is too short to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < SURE:
        return ENGLISH
    code: str = py3langid.classify(sample)[0]
    return code
