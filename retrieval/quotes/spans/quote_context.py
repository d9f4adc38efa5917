"""The context of a quoted span: its words, and the words before and after it in its sentence, without a parse."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import inflected, tagged

_MAX_CONTEXT_CHARACTERS = 200
"""Characters looked at on each side of a span."""
_MAX_REPORTING_CLAUSE_WORDS = 6
"""Words after a span in which a reporting verb may stand: "the prime minister's spokesman said"."""

_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_SENTENCE_BREAK = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s++(?=[“\"‘'(\[]*[A-Z])|\n")
_CONTRACTION = re.compile(
    r"\w(?:n['’]t|['’](?:re|ve|ll|m|d))\b|\b(?:it|he|she|that|there|what|who|here)['’]s\b", re.IGNORECASE
)
_LETTERS = re.compile(r"\w+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """The words of a quoted span, and what stands before and after it in its sentence.

    `words` are the span's own; `words_before` and `words_after` are in lower case. `single`: it stands between single
    marks; `nested`: inside another span; `joined`: its utterance has other spans too.
    """

    quoted: str
    words: Sequence[str]
    before: str
    words_before: Sequence[str]
    after: str
    words_after: Sequence[str]
    single: bool
    nested: bool
    joined: bool
    starts_paragraph: bool
    ends_paragraph: bool

    @property
    def previous_word(self) -> str:
        """The word directly before the opening mark, "" where punctuation stands there."""
        return self.words_before[-1] if self.before.rstrip()[-1:].isalnum() and self.words_before else ""

    @property
    def introduced(self) -> bool:
        """Whether a colon, or a reporting verb with or without a comma, leads to the words."""
        before = self.before.rstrip()
        led_by_clause = before.endswith(",") and _reports_speech(self.words_before)
        return before.endswith(":") or self.previous_word in _reporting_forms() or led_by_clause

    @property
    def followed(self) -> bool:
        """Whether a reporting clause follows: '…," she said'."""
        comma = self.quoted.endswith((",", "!", "?")) or self.after.startswith(",")
        return comma and _reports_speech(self.words_after[:_MAX_REPORTING_CLAUSE_WORDS])

    @property
    def reported(self) -> bool:
        """Whether a verb of saying or thinking stands in the sentence; for a single word, in its own clause."""
        before = self.words_before
        if len(self.words) == 1:
            last = max((index for index, word in enumerate(before) if word in tagged("subordinator")), default=0)
            before = before[last:]
        return _reports_speech(before) or _reports_speech(self.words_after)

    @property
    def has_words(self) -> bool:
        """Whether letters stand outside of brackets."""
        return any(map(str.isalpha, _BRACKETED.sub("", self.quoted)))

    @property
    def has_finite_verb(self) -> bool:
        """Whether a finite verb that is known without a parse stands among the words."""
        words = _LETTERS.findall(self.quoted.lower())
        return not tagged("finite_auxiliary").isdisjoint(words) or bool(_CONTRACTION.search(self.quoted))

    @property
    def is_sentence(self) -> bool:
        """Whether the words are a sentence by themselves, and nothing else of theirs stands outside the marks."""
        bounded = self.quoted[:1].isupper() and self.quoted.endswith((".", "!", "?", "…"))
        behind = self.after.strip()
        return bounded and len(self.words) > 1 and not self.before.strip() and not behind[:1].islower()

    @property
    def several_sentences(self) -> bool:
        """Whether the span holds more than one sentence."""
        return bool(_SENTENCE_BREAK.search(self.quoted))

    @property
    def in_title_case(self) -> bool:
        """Whether the first word and every other one but the small ones of titles begins with a capital."""
        content = [word for word in self.words if word.lower() not in tagged("title_lowercase")]
        first = self.words[0] if len(self.words) > 1 else ""
        begins = first[:1].isupper() or first[:1].isdigit() or first in ("the", "a", "an")
        return begins and bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content)


def context_of_quote(text: str, span: QuoteSpan, around: Span, *, joined: bool) -> QuoteContext:
    """Return the context of a span within `around`: the words of the span that it is nested in, or the whole text."""
    quoted = span.inner.of(text)
    before = text[max(around.start, span.outer.start - _MAX_CONTEXT_CHARACTERS) : span.outer.start]
    after = text[span.outer.end : min(around.end, span.outer.end + _MAX_CONTEXT_CHARACTERS)]
    breaks = list(_SENTENCE_BREAK.finditer(before + quoted[:1]))
    ending = _SENTENCE_BREAK.search(after)
    sentence_before = before[breaks[-1].end() :] if breaks else before
    sentence_after = after[: ending.start()] if ending else after
    return QuoteContext(
        quoted=quoted,
        words=_WORD.findall(quoted),
        before=sentence_before,
        words_before=_WORD.findall(sentence_before.lower()),
        after=sentence_after,
        words_after=_WORD.findall(sentence_after.lower()),
        single=text[span.outer.start] in "'‘‹`‚‛",
        nested=span.parent is not None,
        joined=joined,
        starts_paragraph=not before.strip() or before.endswith("\n"),
        ends_paragraph=not after.strip() or after.startswith("\n"),
    )


def _reports_speech(words: Sequence[str]) -> bool:
    return any(
        (word in _reporting_forms() or word in _thinking_forms()) and after not in tagged("declared_noun")
        for word, after in pairwise([*words, ""])
    )


@cache
def _reporting_forms() -> frozenset[str]:
    return inflected("reporting_verb", "unparsed_reporting_verb") - tagged("noun_like_verb")


@cache
def _thinking_forms() -> frozenset[str]:
    return inflected("thinking_verb") - tagged("noun_like_verb")
