"""Plain questions that an archive gives for free: what a speaker said about a topic that their words name, or not."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

from retrieval.answering.questions.understanding import understand
from retrieval.domain import Article, Certainty, Filters
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.question_encoder import question_encoder
from retrieval.evaluation.questions import UNANSWERABLE, KnownQuestion
from retrieval.ranking.candidates import gather_candidates
from retrieval.ranking.features import feature_matrix
from retrieval.ranking.word_weights import word_weights
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.stemming import content_words, stems
from training.answer_models.pools import QuestionPool

TOPIC = "topic-"
"""How the ids of these questions begin."""
COMMON = 400
"""Units in which a word that is asked about may stand."""


def topics(data: Path, count: int, kept_out: set[str]) -> list[QuestionPool]:
    """Return the pools of at most `count` questions with an answer, and as many without."""
    archive = Archive.open(data)
    engine, encoder = LocalEngine(archive), question_encoder(Encoder())
    found: list[QuestionPool] = []
    for number, (speaker, asked, gold) in enumerate(questions(archive, engine, count, kept_out)):
        question = understand(asked, date(2026, 1, 1))
        candidates = gather_candidates(question, encoder.encode([asked])[0], archive, engine, Filters())
        frequency = engine.frequencies(list(dict.fromkeys(content_words(question.topic))), Filters().owners)
        table = feature_matrix(
            question,
            candidates,
            word_weights(question, partial(engine.frequencies, owners=Filters().owners), len(engine)),
        )
        topic = stems(question.topic)
        right = [
            c.article.id in gold and c.quotation is not None and c.speaker == speaker and topic <= stems(c.text)
            for c in candidates
        ]
        kind = "what_said" if gold else UNANSWERABLE
        known = KnownQuestion(f"{TOPIC}{number}", kind, asked, frozenset(gold))
        found.append(QuestionPool(known, question, candidates, frequency, len(engine), table, np.array(right)))
    return found


def questions(
    archive: Archive, engine: LocalEngine, count: int, kept_out: set[str]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield speaker, question and the article that answers; no article where none does."""
    chance = Random(0)
    listings = [each for each in archive.listing() if each.id not in kept_out and each.quotations > 2]
    elsewhere: list[str] = []
    for listing in chance.sample(listings, len(listings)):
        article = archive.article(listing.article)
        said = [unit for unit in archive.units_of(listing.article) if certain(unit)]
        topic = a_topic(article, said, engine, chance)
        if topic is None:
            continue
        speaker, words = topic
        yield speaker, f"what did {speaker} say about {words}?", [article.id]
        if elsewhere and not stems(elsewhere[-1]) & stems(article.text):
            yield speaker, f"what did {speaker} say about {elsewhere[-1]}?", []
        elsewhere.append(words)
        if len(elsewhere) == count:
            return


def certain(unit: Unit) -> bool:
    """Return whether a unit is a quotation with a certain speaker."""
    speaker = unit.quotation.speaker if unit.quotation else None
    return bool(speaker and speaker.name and speaker.certainty is Certainty.CERTAIN)


def a_topic(article: Article, said: Sequence[Unit], engine: LocalEngine, chance: Random) -> tuple[str, str] | None:
    """Return a speaker, and a word or two of theirs that stand together and are not too common."""
    for unit in chance.sample(said, len(said)):
        words = [word for word in unit.span.of(article.text).split() if word.isalpha() and len(word) > 4]
        telling = [
            word
            for word in words
            if 0 < engine.frequencies([word.casefold()], Filters().owners)[word.casefold()] < COMMON
        ]
        if telling and unit.quotation and unit.quotation.speaker:
            at = words.index(chance.choice(telling))
            chosen = words[at : at + chance.choice((1, 2))]
            if all(content_words(word) for word in chosen):
                return str(unit.quotation.speaker.name), " ".join(chosen).casefold()
    return None
