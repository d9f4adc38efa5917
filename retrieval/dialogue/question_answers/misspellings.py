"""Misspellings: words of a question that stand nowhere, put right by the articles that have its other words."""

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from retrieval.answering.questions.understanding import understand
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.text.stemming import content_words, unstemmed_words

ARTICLES = 8
"""Articles in which the right spelling is looked for."""
SHORTEST = 5
"""Letters of a word that is put right."""
RARE = 1
"""Units of the archive in which a word may stand, misspelt or as a form of another one, and still be put right."""
COMMON = 3
"""Units of the archive in which the word stands at least that replaces a usual slip."""
LONG = 8
"""Letters of a word from which on two slips are put right; one in shorter ones."""
_VOWELS = "aeiou"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Misspellings:
    """Puts misspelt words right. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine

    def put_right(self, question: str, context: ReplyContext) -> str:
        """Return the question with words that hardly any article has as a near word of the likeliest articles.

        Names of speakers, words with a capital and short words stay as they are.
        """
        speaker = set(content_words(understand(question, context.today).speaker or ""))
        words = [word for word in content_words(question) if word not in speaker]
        known = self.engine.frequencies(words, context.filters.owners)
        strange = {word for word in words if known.get(word, 0) <= RARE and len(word) >= SHORTEST and word.isalpha()}
        if not strange or len(strange) == len(words):
            return question
        right = {word: found for word in strange if not known.get(word) and (found := self._usual(word, context))}
        near = self._vocabulary(" ".join(word for word in content_words(question) if word not in strange), context)
        right |= {word: found for word in strange - right.keys() - near.keys() if (found := _nearest(word, near))}
        return _WORD.sub(lambda match: right.get(match[0], match[0]), question)

    def _usual(self, word: str, context: ReplyContext) -> str | None:
        """Return the commonest word of the archive of which `word` is a usual slip."""
        known = self.engine.frequencies(sorted(_usual_slips(word)), context.filters.owners)
        found = max(known, key=lambda other: (known[other], other), default=None)
        return found if found and known[found] >= COMMON else None

    def _vocabulary(self, terms: str, context: ReplyContext) -> Counter[str]:
        hits = self.engine.search_articles(terms, context.filters, ARTICLES)
        articles = self.archive.articles([hit.unit for hit in hits]).values()
        return Counter(word for article in articles for word in unstemmed_words(article.text))


def _nearest(word: str, vocabulary: Counter[str]) -> str | None:
    """Return the word that is the fewest slips away, with the same letters if possible; the commonest of several."""
    allowed = 2 if len(word) >= LONG else 1
    near = (
        (OSA.distance(word, other, score_cutoff=allowed), sorted(word) != sorted(other), -count, other)
        for other, count in vocabulary.items()
        if other[:1] == word[:1]
    )
    found = min((each for each in near if each[0] <= allowed), default=None)
    return found[-1] if found else None


def _usual_slips(word: str) -> set[str]:
    """Return the words of which `word` has a letter doubled or not, i and e exchanged, or no e before its last d."""
    single = {word[:n] + word[n + 1 :] for n in range(len(word) - 1) if word[n] == word[n + 1]}
    doubled = {word[:n] + word[n] + word[n:] for n in range(1, len(word))}
    exchanged = {word.replace("ei", "ie", 1), word.replace("ie", "ei", 1)}
    past = {f"{word[:-1]}ed"} if word.endswith("d") and word[-2] not in _VOWELS else set()
    return (single | doubled | exchanged | past) - {word}
