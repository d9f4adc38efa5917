"""How much each word of a query tells (its inverse document frequency), and what share of that a text covers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from retrieval.domain import Article
from retrieval.query import Query
from retrieval.text.lexicon import tagged
from retrieval.text.stemming import content_words, located_stems, stem, stems
from retrieval.text.word_variants import spellings

WordWeights = Mapping[str, float]
"""The inverse document frequency of each stem of a query's topic."""


def word_weights(query: Query, frequency: Callable[[Sequence[str]], Mapping[str, int]], total: int) -> WordWeights:
    """Return the weights of the words that are asked about, without the speaker who is named.

    `frequency` gives in how many of the archive's `total` texts each word stands.
    """
    words = list(dict.fromkeys(_wanted_words(query)))
    found = frequency([spelling for word in words for spelling in spellings(word)])
    texts = {word: sum(found.get(spelling, 0) for spelling in spellings(word)) for word in words}
    return {stem(word): log(1 + (total + 0.5) / (count + 0.5)) for word, count in texts.items()}


def topic_words(text: str) -> list[str]:
    """Return the content words of what is asked about, without those that belong to the way of asking ("react")."""
    return [word for word in content_words(text) if word not in tagged("asking_word")]


def _wanted_words(query: Query) -> list[str]:
    """Return the words that are asked about; all of them where only words of asking are there."""
    words = content_words(query.topic)
    return (topic_words(query.topic) or words) if query.kind.speech else words


def coverage(told: frozenset[str], weights: WordWeights) -> float:
    """Return the share of the weights whose stems are in `told`, 0..1; 1 for a query without such words."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in told) / total if total else 1.0


def rarest_missing(told: frozenset[str], weights: WordWeights) -> float:
    """Return the largest weight of a stem that isn't in `told`, as a share of the largest of all, 0..1."""
    missing = [weight for word, weight in weights.items() if word not in told]
    return max(missing) / max(weights.values()) if missing else 0.0


def missing_words(query: Query, article_text: str, weights: WordWeights) -> list[str]:
    """Return the query's words that `article_text` doesn't have, as they were asked, the heaviest first."""
    told = stems(article_text)
    absent = dict.fromkeys(word for word in _wanted_words(query) if stem(word) not in told)
    return sorted(absent, key=lambda word: -weights.get(stem(word), 0.0))


@dataclass(frozen=True, slots=True)
class ArticleCoverage:
    """What an article has of the query's words.

    `title` and `whole` are the shares that its title and all of it cover; `located` are the offsets and stems in its
    text.
    """

    title: float
    whole: float
    located: Sequence[tuple[int, str]]

    @classmethod
    def of(cls, article: Article, weights: WordWeights) -> "ArticleCoverage":
        """Return the coverage of `article`."""
        located = [(start, word) for start, word in located_stems(article.text) if word in weights]
        title = stems(article.title)
        whole = coverage(title.union(word for _, word in located), weights)
        return cls(coverage(title, weights), whole, located)

    def between(self, start: int, end: int) -> frozenset[str]:
        """Return the query's stems that begin between two offsets of the text."""
        return frozenset(word for at, word in self.located if start <= at < end)
