"""What candidates gain for what too few questions show for it to be fitted."""

from collections.abc import Sequence

import numpy as np

from retrieval.domain import SURROUNDINGS, Span
from retrieval.query import Asks, Question, tells_denial
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.features import Weights, coverage
from retrieval.ranking.ranker import Row
from retrieval.text.passages import context_of, overlapping_sentences
from retrieval.text.polarity import contains_negation
from retrieval.text.stemming import stems
from retrieval.text.tokens import words

WISH = 3.0
"""For a publisher or a time that the question names."""
INTRODUCED = 3.0
"""What words of the one who is asked about gain where the sentence that brings them in tells the topic, which the words
themselves may leave unsaid. Of the fitted features, one looks further around and one at the words alone."""
DENIED = 1.5
"""For a denial that is asked for where the article calls the words one."""
DENIAL = 0.5
"""What a "not" adds to the log-odds where the question asks for a denial, which seldom repeats what it denies."""
LIFTED = 3.0
"""How far quoted words may score below their sentence to be put before it; further below they tell too little of it."""


def unfitted(asked: Question, candidates: Sequence[Candidate], telling: Weights) -> Row:
    """What is added to the score of each candidate."""
    wishes = [asked.wishes_met(c.article.publisher, c.article.published) for c in candidates]
    denied = [asked.denies and called_denial(c) for c in candidates]
    brought_in = [introduced(asked, c, telling) for c in candidates]
    return WISH * np.array(wishes) + DENIED * np.array(denied) + INTRODUCED * np.array(brought_in)


def called_denial(candidate: Candidate) -> bool:
    """Whether "denied" or the like stands in the words, or shortly before them."""
    span = candidate.span
    return tells_denial(candidate.article.text[max(0, span.start - SURROUNDINGS) : span.end])


def introduced(asked: Question, candidate: Candidate, telling: Weights) -> float:
    """How much of the topic stands where the words asked for are brought in, 0..1; 0 for words of others."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if asked.asks is not Asks.WHAT_SAID or speaker is None or not asked.names(speaker):
        return 0.0
    text, span = candidate.article.text, candidate.span
    paragraph = Span(text.rfind("\n", 0, span.start) + 1, span.end)
    return coverage(stems(context_of(overlapping_sentences(text, paragraph), span).of(text)), telling)


def denial_met(asked: Question, candidate: Candidate) -> bool:
    """Whether one who is asked for as denying something says "not" here."""
    return asked.denies and contains_negation(word.key for word in words(candidate.text))


def lift_quoted(candidates: Sequence[Candidate], scores: Row, most: int) -> None:
    """Put the words that a sentence quotes before it where they come near, for theirs is the speaker asked about.

    `most` of the best are looked at; `scores` is changed in place.
    """
    for at in np.argsort(-scores, kind="stable")[:most]:
        sentence = candidates[at]
        if sentence.quotation is None:
            inside = [n for n, other in enumerate(candidates) if other.speaker and quoted_in(other, sentence)]
            best = max(inside, key=scores.__getitem__, default=at)
            if best != at and scores[best] > scores[at] - LIFTED:
                scores[best] = max(scores[best], np.nextafter(scores[at], np.inf))


def quoted_in(quoted: Candidate, sentence: Candidate) -> bool:
    return quoted.article is sentence.article and sentence.span.contains(quoted.span)
