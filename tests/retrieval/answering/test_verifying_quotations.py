"""Does it stand in the archive, was it changed, whose is it: over a real store and engine, with made-up vectors."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import SpeakerVerdict, Verifier
from retrieval.domain import Article, Certainty, Citation, Filters, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.reasons import Reason
from retrieval.search.local.engine import LocalEngine
from tests.retrieval.made_up_archive import article, entry, open_archive, quotation

FERRY = (
    '"The ferry will not sail on Monday, nor on Tuesday," said Ada Brook. "We are," she went on, "very sorry for it." '
    'The mayor said that the town would pay for new engines. "Nobody asked me about engines," a voice added.'
)
QUAY = '"The quay belongs to our club and to nobody else," said Eve Lake.'
NOT_MONDAY = "The ferry will not sail on Monday, nor on Tuesday"
EVERYWHERE = Filters(frozenset({"operator", "guild:1"}))


class Nothing:
    def paraphrases(self, words: str, filters: Filters = EVERYWHERE, limit: int = 5) -> Sequence[Citation]:
        return ()


def part(words: str, utterance: int, kind: Kind = Kind.DIRECT, speaker: Speaker | None = None) -> Quotation:
    start = FERRY.index(words)
    brook = Speaker("Ada Brook", "harbour master", SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
    return Quotation(Span(start, start + len(words)), kind, speaker or brook, None, utterance)


@pytest.fixture
def verifier(tmp_path: Path) -> Iterator[Verifier]:
    archive = open_archive(tmp_path)
    unclear = Speaker(None, None, None, 0.2, Certainty.UNCLEAR, Reason.stated("the paragraph names nobody"))
    mayor = Speaker("the mayor", None, SpeakerKind.UNNAMED, 0.9, Certainty.CERTAIN)
    said = [
        part(f"{NOT_MONDAY},", 0),
        part("We are,", 1),
        part("very sorry for it.", 1),
        part("that the town would pay for new engines", 2, Kind.REPORTED, mayor),
        part("Nobody asked me about engines,", 3, Kind.DIRECT, unclear),
    ]
    archive.put(entry(article("ferry", FERRY), said))
    theirs = [quotation(QUAY, "The quay belongs to our club and to nobody else,", "Eve Lake")]
    archive.put(entry(article("quay", QUAY, owner="guild:1"), theirs))
    yield Verifier(archive, LocalEngine(archive), Nothing())
    archive.close()


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (NOT_MONDAY, QuoteVerdict.EXACT),
        (f"“{NOT_MONDAY},”", QuoteVerdict.EXACT),
        ("The ferry will not sail on Monday", QuoteVerdict.TRIMMED),
        ("The ferry … nor on Tuesday", QuoteVerdict.TRIMMED),
        ("The ferry will sail on Monday, nor on Tuesday", QuoteVerdict.ALTERED),
        ("We are very sorry for it.", QuoteVerdict.TRIMMED),
        ("The lighthouse keeper has won the lottery twice", QuoteVerdict.NOT_FOUND),
        ("???", QuoteVerdict.NOT_FOUND),
    ],
)
def test_a_quotation_is_exact_trimmed_altered_or_not_there(
    verifier: Verifier, given: str, verdict: QuoteVerdict
) -> None:
    assert verifier.verify(given).verdict is verdict


@pytest.mark.parametrize(
    "given", [NOT_MONDAY, "the ferry will sail monday", "we are very sorry", "pay for new engines"]
)
def test_what_is_shown_are_the_articles_words_character_for_character(verifier: Verifier, given: str) -> None:
    found = verifier.verify(given)
    assert found.citations
    for citation in found.citations:
        assert citation.text == FERRY[citation.span.start : citation.span.end]


def test_a_lost_not_is_told_as_turning_the_sense(verifier: Verifier) -> None:
    found = verifier.verify("The ferry will sail on Monday, nor on Tuesday")
    assert found.stressed
    assert [(change.given, change.real) for change in found.changes] == [("", "not")]


def test_a_few_words_out_of_a_sentence_without_its_not_are_altered(verifier: Verifier) -> None:
    found = verifier.verify("will sail on Monday")
    assert (found.verdict, found.stressed) == (QuoteVerdict.ALTERED, True)


@pytest.mark.parametrize(
    ("words", "speaker", "verdict"),
    [
        (NOT_MONDAY, "Brook", SpeakerVerdict.SUPPORTED),
        (NOT_MONDAY, "the harbour master", SpeakerVerdict.SUPPORTED),
        (NOT_MONDAY, "Tom Reed", SpeakerVerdict.MISATTRIBUTED),
        (NOT_MONDAY, "Tom Brook", SpeakerVerdict.MISATTRIBUTED),
        ("Nobody asked me about engines", "Ada Brook", SpeakerVerdict.UNCLEAR),
    ],
)
def test_whose_words_they_are_is_said_only_where_it_is_clear(
    verifier: Verifier, words: str, speaker: str, verdict: SpeakerVerdict
) -> None:
    assert verifier.verify(words, speaker).speaker_verdict is verdict


def test_words_of_two_quotations_given_as_one_are_told_so(verifier: Verifier) -> None:
    found = verifier.verify("The ferry will not sail on Monday … Nobody asked me about engines")
    assert (found.verdict, found.joined, found.stressed) == (QuoteVerdict.ALTERED, True, True)


def test_an_interrupted_quotation_is_one(verifier: Verifier) -> None:
    assert not verifier.verify("We are … very sorry for it.").joined


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("[N]obody asked me about engine[s]", QuoteVerdict.TRIMMED),
        ("Nobody asked me about eng\u00adines", QuoteVerdict.EXACT),
        ("We are,", QuoteVerdict.EXACT),
    ],
)
def test_editorial_brackets_and_invisible_marks_change_nothing(
    verifier: Verifier, given: str, verdict: QuoteVerdict
) -> None:
    assert verifier.verify(given).verdict is verdict


@pytest.mark.parametrize(
    ("message", "verdicts"),
    [
        (f"Reed said '{NOT_MONDAY}'", [SpeakerVerdict.MISATTRIBUTED]),
        (f"“{NOT_MONDAY}” – Ada Brook", [SpeakerVerdict.SUPPORTED]),
        (f"look: “{NOT_MONDAY}”", [None]),
        ("hello, how are you?", []),
    ],
)
def test_a_speaker_named_in_a_message_is_held_against_the_words(
    verifier: Verifier, message: str, verdicts: list[SpeakerVerdict | None]
) -> None:
    assert [found.speaker_verdict for found in verifier.verify_message(message).checked] == verdicts


def test_reported_speech_stays_reported(verifier: Verifier) -> None:
    [citation] = verifier.verify("the town would pay for new engines").citations
    assert citation.kind is Kind.REPORTED


def test_what_only_another_server_may_see_is_not_found(verifier: Verifier) -> None:
    words = "The quay belongs to our club and to nobody else"
    assert verifier.verify(words, "Eve Lake", EVERYWHERE).speaker_verdict is SpeakerVerdict.SUPPORTED
    hidden = verifier.verify(words, "Eve Lake", Filters())
    assert (hidden.verdict, hidden.speaker_verdict, hidden.citations) == (QuoteVerdict.NOT_FOUND, None, ())
    assert verifier.verify(words, None, Filters(frozenset({"operator", "guild:2"}))).verdict is QuoteVerdict.NOT_FOUND


def test_every_quotation_of_a_message_is_checked_and_a_message_without_marks_is_one(verifier: Verifier) -> None:
    found = verifier.verify_message(f'She wrote: "{NOT_MONDAY}" and "the moon is made of cheese".').checked
    assert [each.verdict for each in found] == [QuoteVerdict.EXACT, QuoteVerdict.NOT_FOUND]
    assert [each.verdict for each in verifier.verify_message(NOT_MONDAY).checked] == [QuoteVerdict.EXACT]


def test_an_article_that_is_replaced_meanwhile_gives_nobody_anothers_words(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, articles = verifier.archive, verifier.archive.articles
    corrected = FERRY.replace("Ada Brook", "Eve Stone")
    new = entry(article("ferry", corrected), [quotation(corrected, f"{NOT_MONDAY},", "Eve Stone")])

    def replaced_behind(rows: Iterable[int]) -> dict[int, Article]:
        found = articles(rows)
        archive.put(new)
        return found

    monkeypatch.setattr(archive, "articles", replaced_behind)
    shown = verifier.verify(NOT_MONDAY).citations[0]
    assert shown.speaker is not None
    assert str(shown.speaker.name) in shown.article.text
