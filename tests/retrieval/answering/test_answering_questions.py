"""Real model, real store, real extractor's shape: a few made-up articles, and what people ask of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.answering.questions.understanding import understand
from retrieval.domain import Article, Certainty, Filters, Kind, Quotation, Span, Speaker, SpeakerKind, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.reranker import BundledReranker
from retrieval.ingest.analysis import QuotationExtractor, draft_units, embed_units
from retrieval.query import QueryKind
from retrieval.quotes.extractor import make_extractor
from retrieval.ranking.boosts import introduction_coverage, reports_denial
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.word_weights import word_weights
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit

FERRY = Article(
    "ferry",
    "Island ferry laid up for repairs",
    "The island ferry has been laid up for the third time this year after its rudder jammed in heavy seas.\n\n"
    "Harbour master Ada Brook said the crew had done nothing wrong. “That boat has been a floating wardrobe since the"
    " day she was launched,” she said.\n\n"
    "Councillor Tom Reed defended the operator. “They have spent four hundred thousand pounds on her engines and nobody"
    " thanks them,” Reed said. The ferry carries 212 passengers and sails from Port Callan.",
    publisher="Harbour Post",
    published="2026-03-12",
)
ORCHARD = Article(
    "orchard",
    "Late frost costs cider growers half their crop",
    "Cider growers in the Vale lost half of their blossom to a frost on 2 May.\n\n"
    "“We lit fires between the rows all night and still woke up to brown petals,” said Mina Okafor, who farms near"
    " Hallow. Prices are expected to rise by 18% in autumn.",
    publisher="Vale Gazette",
    published="2026-05-09",
    owner="guild:7",
)
SPEAKERS = {"floating wardrobe": "Ada Brook", "four hundred": "Tom Reed", "lit fires": "Mina Okafor"}


class Marks:
    """Curly quotation marks, and the speakers set by hand."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        return tuple(self._quotations(text))

    def _quotations(self, text: str) -> Iterator[Quotation]:
        start = text.find("“")
        while start >= 0:
            end = text.index("”", start)
            name = next(name for words, name in SPEAKERS.items() if words in text[start:end])
            speaker = Speaker(name, None, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
            yield Quotation(Span(start + 1, end), Kind.DIRECT, speaker)
            start = text.find("“", end)


def put(archive: Archive, article: Article, extractor: QuotationExtractor, encoder: Encoder) -> None:
    pieces = draft_units(article, extractor)
    units = [
        NewUnit(piece.span, piece.context, piece.quotation, piece.digest, vector)
        for piece, vector in zip(pieces, embed_units(pieces, encoder), strict=True)
    ]
    archive.put(AnalysedArticle(article, units, article.id, 1, encoder.model, {}))


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    encoder = Encoder()
    archive = Archive.open(Path(tmp_path_factory.mktemp("archive")))
    for article in (FERRY, ORCHARD):
        put(archive, article, Marks(), encoder)
    yield Answerer(archive, LocalEngine(archive), encoder, boldness=0.7)
    archive.close()


EVERYWHERE = Filters(owners=frozenset({"operator", "guild:7"}))


def test_who_said_something_in_other_words_is_found_with_the_exact_words(answerer: Answerer) -> None:
    first = answerer.answer("who moaned that the ferry was basically a cupboard that floats?", EVERYWHERE).citations[0]
    assert first.text == "That boat has been a floating wardrobe since the day she was launched,"
    assert first.speaker is not None
    assert first.speaker.name == "Ada Brook"
    assert FERRY.text[first.span.start : first.span.end] == first.text


def test_a_fact_is_answered_by_its_sentence_and_not_by_a_passage(answerer: Answerer) -> None:
    first = answerer.answer("how many passengers does the island ferry carry?", EVERYWHERE).citations[0]
    assert first.text == "The ferry carries 212 passengers and sails from Port Callan."
    assert first.kind is Kind.TEXT


def test_words_put_in_the_wrong_mouth_are_given_back_to_who_said_them(answerer: Answerer) -> None:
    answer = answerer.answer("did Tom Reed say the ferry was a floating wardrobe?", EVERYWHERE)
    assert answer.verdict is Verdict.MISATTRIBUTED
    assert answer.citations[0].speaker is not None
    assert answer.citations[0].speaker.name == "Ada Brook"


def test_words_whose_sense_is_turned_contradict_the_statement(answerer: Answerer) -> None:
    asked = "did Ada Brook say the boat had not been a floating wardrobe since she was launched?"
    answer = answerer.answer(asked, EVERYWHERE)
    assert answer.citations[0].text.startswith("That boat has been a floating wardrobe")
    assert answer.verdict is Verdict.CONTRADICTED


def test_the_opposite_of_anothers_words_is_not_given_to_that_other(answerer: Answerer) -> None:
    asked = "did Tom Reed say the boat had not been a floating wardrobe since she was launched?"
    assert answerer.answer(asked, EVERYWHERE).verdict not in {Verdict.SUPPORTED, Verdict.MISATTRIBUTED}


def test_words_in_the_right_mouth_are_supported(answerer: Answerer) -> None:
    asked = "did Ada Brook say the boat had been a floating wardrobe since the day she was launched?"
    assert answerer.answer(asked, EVERYWHERE).verdict is Verdict.SUPPORTED


def test_a_mere_likeness_of_meaning_is_shown_but_is_no_yes(answerer: Answerer) -> None:
    answer = answerer.answer("did Ada Brook say the ferry was basically a cupboard that floats?", EVERYWHERE)
    assert answer.verdict is Verdict.RELATED
    assert answer.citations[0].text.startswith("That boat has been a floating wardrobe")


@pytest.mark.parametrize("nobody", ["anyone", "people", "they", "somebody"])
def test_who_is_nobody_in_particular_is_asked_for(nobody: str) -> None:
    query = understand(f"did {nobody} say the ferry is a floating wardrobe?", date(2026, 6, 1))
    assert (query.kind, query.speaker) == (QueryKind.WHO_SAID, None)


def test_what_the_archive_does_not_say_is_declined_with_reasons(answerer: Answerer) -> None:
    answer = answerer.answer("who won the world cup in curling?", EVERYWHERE)
    assert not answer.answered
    assert all(miss.reason for miss in answer.near_misses)


def test_what_may_not_be_seen_is_neither_cited_nor_nearly_missed(answerer: Answerer) -> None:
    answer = answerer.answer("who lit fires between the rows all night?")
    shown = [*answer.citations, *(miss.citation for miss in answer.near_misses)]
    assert all(citation.article.owner == "operator" for citation in shown)


def test_no_two_citations_lie_over_each_other(answerer: Answerer) -> None:
    citations = answerer.answer("what did Tom Reed say about the ferry's engines?", EVERYWHERE).citations
    spans = [(citation.article.id, citation.span) for citation in citations]
    assert not any(a is not b and a[0] == b[0] and a[1].overlaps(b[1]) for a in spans for b in spans)


def test_an_empty_archive_is_an_honest_no(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    answer = Answerer(archive, LocalEngine(archive), Encoder()).answer("did Ada Brook say anything?")
    assert not answer.answered
    assert answer.verdict is Verdict.NOT_FOUND


BRIDGE = (
    "Pilot Ina Voss said the remaining boats would be enough to “safely bring everybody home”. The harbour office had"
    " said on Monday that the bridge would stay shut. “What becomes of the bridge is up to the town,” its spokeswoman"
    " Lea Marr said."
)


def test_the_words_that_a_sentence_quotes_go_before_the_sentence(tmp_path: Path) -> None:
    archive, encoder = Archive.open(tmp_path), Encoder()
    put(archive, Article("harbour", "Bridge stays shut, office says", BRIDGE), make_extractor(), encoder)
    answerer = Answerer(archive, LocalEngine(archive), encoder, BundledReranker())
    first = answerer.answer("what did Voss say about the remaining boats?").citations[0]
    assert first.speaker is not None
    assert (first.text, first.speaker.name) == ("safely bring everybody home", "Ina Voss")


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("what did Brook say about the crew?", "That boat", 1.0),
        ("what did Reed say about the engines?", "They have spent", 1.0),
        ("what did Reed say about the rudder?", "They have spent", 0.0),
        ("what did Reed say about the crew?", "That boat", 0.0),
        ("who said the crew had done nothing wrong?", "That boat", 0.0),
    ],
)
def test_words_are_about_what_the_sentence_tells_that_brings_them_in(question: str, words: str, told: float) -> None:
    asked = understand(question, date(2026, 5, 1))
    every = Marks().extract(FERRY.text, published=None, language=None)
    [said] = [each for each in every if each.span.of(FERRY.text).startswith(words)]
    candidate = AnswerCandidate(FERRY, said.span, 1, said, 0.5, 0.5, 1.0)
    weights = word_weights(asked, lambda words: dict.fromkeys(words, 1), 100)
    assert introduction_coverage(asked, candidate, weights) == told


def test_words_that_the_article_calls_a_denial_count_as_one() -> None:
    text = (
        "Ada Brook denied that the crew had been drinking.\n\n“Nobody touched a drop,” she said.\n\n"
        + "It rained. " * 40
    )
    article = Article("denial", "Crew sober", text + "“The rudder is new,” she said.")

    def candidate(words: str) -> AnswerCandidate:
        start = article.text.index(words)
        return AnswerCandidate(article, Span(start, start + len(words)), 1, None, 0.5, 0.5, 1.0)

    asked = understand("who denied that the crew had been drinking?", date(2026, 5, 1))
    assert reports_denial(asked, candidate("Ada Brook denied"), {})
    assert reports_denial(asked, candidate("Nobody touched a drop"), {})
    assert not reports_denial(asked, candidate("The rudder is new"), {})
    assert not reports_denial(understand("who said it?", date(2026, 5, 1)), candidate("Ada Brook denied"), {})
