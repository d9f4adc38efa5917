"""How a description of the speaker counts for a candidate."""

from datetime import date

from retrieval.answering.questions.understanding import understand
from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.descriptions import description_share, is_speaker_meant

TEXT = "Ada Brook, a professor from Texas, came on Monday. “The ferry is safe,” Brook said."
WORDS = "“The ferry is safe,”"
TODAY = date(2026, 3, 20)


def candidate(role: str | None = None) -> AnswerCandidate:
    span = Span(TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS))
    speaker = Speaker("Ada Brook", role, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
    article = Article(id="ferry", title="The ferry", text=TEXT)
    return AnswerCandidate(article, span, 1, Quotation(span, Kind.DIRECT, speaker), 0.5, 0.5, 1.0)


def test_a_description_is_looked_for_in_the_article_where_the_role_is_unknown() -> None:
    asked = understand("what did that Texas professor say about the ferry?", TODAY)
    assert description_share(asked, candidate()) == 1.0
    assert is_speaker_meant(asked, candidate())


def test_another_description_fits_in_part_or_not_at_all() -> None:
    assert description_share(understand("what did the Ohio professor say?", TODAY), candidate()) == 0.5
    assert description_share(understand("what did the mayor of Callan say?", TODAY), candidate()) == 0.0


def test_a_role_tells_too_and_a_question_without_description_counts_nothing() -> None:
    asked = understand("which harbour master said the ferry was safe?", TODAY)
    assert description_share(asked, candidate("harbour master of Callan")) == 1.0
    assert description_share(understand("who said the ferry was safe?", TODAY), candidate()) == 0.0


def test_a_source_is_described_by_the_news_outlet_that_the_words_were_given_to() -> None:
    asked = understand("what did the AFP source say about the ferry?", TODAY)
    span = Span(TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS))
    official = Speaker("US official", None, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN, channel="AFP")
    article = Article(id="ferry", title="The ferry", text=TEXT)
    told = AnswerCandidate(article, span, 1, Quotation(span, Kind.DIRECT, official), 0.5, 0.5, 1.0)
    assert description_share(asked, told) == 0.5
    assert description_share(asked, candidate()) == 0.0
