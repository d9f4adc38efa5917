"""Articles about a topic: those that have its words and are near in meaning, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from retrieval.domain import Article, Filters
from retrieval.query import Query, QueryKind
from retrieval.ranking.candidates import WORDS_WEIGHT
from retrieval.ranking.pipeline import CandidateRanking
from retrieval.ranking.word_weights import ArticleCoverage, word_weights
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.text.lexicon import tagged

HITS, LOOKED_AT = 200, 60
"""Units near in meaning, and articles near in words, that are looked at."""
COVERED = 0.85
"""Least share of the topic's words, weighted, that an article about it has."""
IN_TITLE, SIMILAR = 0.6, 0.4
"""Least share of the topic's words in the title, and least cosine, of an article that lacks some of the words."""
TITLE_BONUS = 0.3
"""Cosine that an article gains for a title with all of the words; by hand."""


@dataclass(frozen=True, slots=True)
class TopicArticle:
    """An article, what it covers of the topic's words, its cosine to the topic, and its score by meaning and words."""

    article: Article
    covered: ArticleCoverage
    similarity: float
    score: float


@dataclass(frozen=True, slots=True)
class TopicArticles:
    """Finds articles about a topic in one archive. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine
    ranking: CandidateRanking

    def about(self, topic: str, filters: Filters) -> Sequence[Article]:
        """Return the articles about `topic`, best first; none that lacks much of its words."""
        return [found.article for found in self._found(topic, filters) if found.covered.whole >= COVERED]

    def nearest(self, topic: str, filters: Filters) -> Article | None:
        """Return the article that is most surely about `topic`; also one whose title has part of its words."""
        return next(
            (
                found.article
                for found in self._found(topic, filters)
                if found.covered.whole >= COVERED or (found.covered.title >= IN_TITLE and found.similarity >= SIMILAR)
            ),
            None,
        )

    def _found(self, topic: str, filters: Filters) -> list[TopicArticle]:
        """Return the articles that have words of the topic or are near in meaning, best first."""
        query = Query(topic, QueryKind.OTHER, topic)
        frequency = partial(self.engine.frequencies, owners=filters.owners)
        found = word_weights(query, frequency, self.engine.unit_count(filters.owners))
        weights = {word: weight for word, weight in found.items() if word not in tagged("local_preposition")}
        if not weights:
            return []
        near, scores = self._scores(query, filters)
        articles = self.archive.articles(sorted(scores, key=lambda seq: -scores[seq])[:LOOKED_AT])
        ranked = [
            TopicArticle(article, ArticleCoverage.of(article, weights), near.get(seq, 0.0), scores[seq])
            for seq, article in articles.items()
        ]
        return sorted(ranked, key=lambda each: each.score + TITLE_BONUS * each.covered.title, reverse=True)

    def _scores(self, query: Query, filters: Filters) -> tuple[dict[int, float], dict[int, float]]:
        """Return the cosine of each article that is near in meaning, and the score of each article by both."""
        vector = self.ranking.encoder.encode([query.text])[0]
        hits = self.engine.search_vector(vector, filters, HITS)
        article_of = self.archive.articles_of([hit.unit for hit in hits])
        near: dict[int, float] = {}
        for hit in hits:
            if hit.unit in article_of:
                near.setdefault(article_of[hit.unit], hit.score)
        named = {hit.unit: hit.score for hit in self.engine.search_articles(query.text, filters, LOOKED_AT)}
        least = min(near.values(), default=0.0)
        return near, {seq: near.get(seq, least) + WORDS_WEIGHT.value * named.get(seq, 0.0) for seq in near | named}
