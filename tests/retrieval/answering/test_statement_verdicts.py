""" "Did X say …?" over articles read by the real extractor: five verdicts, each with the words that it rests on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.answering.questions.understanding import understand
from retrieval.answering.verification.statement_verdicts import judge_statement
from retrieval.domain import Article, Filters, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.entailment import entailment_reader
from retrieval.embedding.reranker import BundledReranker
from retrieval.quotes.extractor import make_extractor
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from tests.retrieval.answering.test_answering_questions import put

PIER = (
    "The pier at Callan was inspected in March after a crack had been reported by walkers.\n\n"
    "“The pier is as safe as a bank,” said Ottilie Marsh, the minister for harbours. “I would let my children swim"
    " below it.” Marsh denied that oars were stolen.\n\n"
    "Bram Tolliver, the engineer who led the inspection, was more careful. “Iron never sleeps,” he said. “The crack is"
    " four millimetres wide, and we may close the pier in autumn.”\n\n"
    "Tolliver also denied a Harbour Post report that divers had refused to work.\n\n"
    "“Nobody drowned because of this crack,” Marsh said."
)
TODAY = date(2026, 3, 20)
SEED = Path(__file__).parents[4] / "shared/seed/article.txt"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    encoder, archive = Encoder(), Archive.open(tmp_path_factory.mktemp("archive"))
    extractor = make_extractor()
    put(archive, Article("pier", "Pier at Callan is safe, says minister", PIER), extractor, encoder)
    if SEED.exists():
        seed = SEED.read_text(encoding="utf-8")
        put(archive, Article("seed", seed.splitlines()[0], seed), extractor, encoder)
    yield Answerer(archive, LocalEngine(archive), encoder, BundledReranker(), statements=entailment_reader())
    archive.close()


@pytest.mark.parametrize(
    ("question", "verdict", "words"),
    [
        ("did Marsh say the pier is as safe as a bank?", Verdict.SUPPORTED, "The pier is as safe as a bank"),
        ("Did Ottilie Marsh say that the pier was unsafe?", Verdict.CONTRADICTED, "The pier is as safe as a bank"),
        ("did marsh say people drowned because of the crack", Verdict.CONTRADICTED, "Nobody drowned"),
        ("did Tolliver say the crack is nine millimetres wide?", Verdict.CONTRADICTED, "four millimetres"),
        ("did Tolliver say they will close the pier in autumn?", Verdict.RELATED, "may close"),
        ("did Marsh say iron never sleeps?", Verdict.MISATTRIBUTED, "Iron never sleeps"),
        ("did Tolliver deny the report?", Verdict.SUPPORTED, "Tolliver also denied"),
        ("did Marsh say that oars were stolen?", Verdict.CONTRADICTED, "oars were stolen"),
    ],
)
def test_a_verdict_rests_on_the_words_that_are_cited_first(
    answerer: Answerer, question: str, verdict: Verdict, words: str
) -> None:
    answer = answerer.answer(question)
    assert answer.verdict is verdict
    assert words in answer.citations[0].text


OTHER_WORDS = "did Marsh say she'd allow her own children to go swimming there?"


def test_other_words_for_what_was_said_are_said(answerer: Answerer) -> None:
    answer = answerer.answer(OTHER_WORDS)
    assert answer.verdict is Verdict.SUPPORTED
    assert "let my children swim" in answer.citations[0].text


@pytest.mark.parametrize(
    "question",
    [
        "did Marsh say her kids could never go for a dip under the pier?",
        "did Marsh say her five kids could go for a dip under the pier?",
        "did Tolliver say his kids could go for a dip under the pier?",
        "did Marsh say the lighthouse is as safe as a bank?",
        "did Marsh say iron always sleeps?",
        "did Tolliver say the gap is sure to shut the pier this autumn?",
    ],
)
def test_other_words_for_something_else_are_not_said(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).verdict is not Verdict.SUPPORTED


def test_without_a_reader_other_words_are_related(answerer: Answerer) -> None:
    query = understand(OTHER_WORDS, TODAY)
    found = answerer.ranking.rank(query, Filters())
    assert found
    assert judge_statement(query, [], found).verdict is Verdict.RELATED


def test_what_nobody_said_is_not_found(answerer: Answerer) -> None:
    answer = answerer.answer("did Marsh say that whales sing in Latin at midnight?")
    assert answer.verdict in {Verdict.NOT_FOUND, Verdict.RELATED}
    assert answer.verdict is Verdict.NOT_FOUND or not answer.near_misses


def test_who_said_the_opposite_is_not_who_said_it(answerer: Answerer) -> None:
    answer = answerer.answer("who said the pier is not safe?")
    assert not answer.citations or "safe as a bank" not in answer.citations[0].text


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository alone")
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("did Nauert say the mission is over?", Verdict.CONTRADICTED),
        ("did Nauert deny the report?", Verdict.SUPPORTED),
        ("did Nauert say there are still pockets of IS militants?", Verdict.SUPPORTED),
    ],
)
def test_the_seed_article_is_judged_by_its_words(answerer: Answerer, question: str, verdict: Verdict) -> None:
    assert answerer.answer(question).verdict is verdict
