"""What stands between quotation marks and around them in the sentence, as the rules of speech look at it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import inflected, tagged

_REACH = 200
"""How many characters of a sentence count before and after a stretch."""
_NEXT_WORDS = 6
"""How many words after a stretch may belong to a reporting clause such as: the prime minister's spokesman said."""

_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_SENTENCE_BREAK = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s++(?=[“\"‘'(\[]*[A-Z])|\n")
_CONTRACTION = re.compile(
    r"\w(?:n['’]t|['’](?:re|ve|ll|m|d))\b|\b(?:it|he|she|that|there|what|who|here)['’]s\b", re.IGNORECASE
)
_LETTERS = re.compile(r"\w+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """A stretch's words, and what stands before and after it in its sentence.

    `words` are the stretch's own; `words_before` and `words_after` are in lower case. `joined`: the stretch is part of
    an utterance of several.
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
    def previous(self) -> str:
        """The word directly before the mark."""
        return self.words_before[-1] if self.before.rstrip()[-1:].isalnum() and self.words_before else ""

    @property
    def introduced(self) -> bool:
        """A colon, or a verb of saying with or without a comma, leads to the words."""
        before = self.before.rstrip()
        led_by_clause = before.endswith(",") and _tells(self.words_before)
        return before.endswith(":") or self.previous in _telling() or led_by_clause

    @property
    def followed(self) -> bool:
        """A reporting clause follows: '…," she said'."""
        comma = self.quoted.endswith((",", "!", "?")) or self.after.startswith(",")
        return comma and _tells(self.words_after[:_NEXT_WORDS])

    @property
    def reported(self) -> bool:
        """Somewhere in the sentence somebody says or thinks something; for a single word, in its own clause."""
        before = self.words_before
        if len(self.words) == 1:
            last = max((index for index, word in enumerate(before) if word in tagged("subordinator")), default=0)
            before = before[last:]
        return _tells(before) or _tells(self.words_after)

    @property
    def has_words(self) -> bool:
        """Letters stand outside of brackets."""
        return any(map(str.isalpha, _BRACKETED.sub("", self.quoted)))

    @property
    def clause(self) -> bool:
        """Among the words is a finite verb that can be known without a parse."""
        words = _LETTERS.findall(self.quoted.lower())
        return not tagged("finite_auxiliary").isdisjoint(words) or bool(_CONTRACTION.search(self.quoted))

    @property
    def sentences(self) -> bool:
        """More than one sentence."""
        return bool(_SENTENCE_BREAK.search(self.quoted))

    @property
    def titled(self) -> bool:
        """Every word that counts has a capital."""
        content = [word for word in self.words if word.lower() not in tagged("title_lowercase")]
        return len(self.words) > 1 and bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content)


def context_of_quote(text: str, stretch: QuoteSpan, around: Span, *, joined: bool) -> QuoteContext:
    """`around` is where to look at most: the words of the stretch that this one is nested in, or the text."""
    quoted = stretch.inner.of(text)
    before = text[max(around.start, stretch.outer.start - _REACH) : stretch.outer.start]
    after = text[stretch.outer.end : min(around.end, stretch.outer.end + _REACH)]
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
        single=text[stretch.outer.start] in "'‘‹`‚‛",
        nested=stretch.parent is not None,
        joined=joined,
        starts_paragraph=not before.strip() or before.endswith("\n"),
        ends_paragraph=not after.strip() or after.startswith("\n"),
    )


def _tells(words: Sequence[str]) -> bool:
    return any(
        (word in _telling() or word in _thinking()) and after not in tagged("declared_noun")
        for word, after in pairwise([*words, ""])
    )


@cache
def _telling() -> frozenset[str]:
    return inflected("reporting_verb", "unparsed_reporting_verb") - tagged("noun_like_verb")


@cache
def _thinking() -> frozenset[str]:
    return inflected("thinking_verb") - tagged("noun_like_verb")
