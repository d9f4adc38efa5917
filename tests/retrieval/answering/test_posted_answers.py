from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from retrieval.answering.posted_answers import PostedAnswers, PostedMessage
from retrieval.answering.quotation_status import QuotationFate, QuotationStatus, QuotationStatuses, QuotedSpan
from retrieval.domain import Kind, Span
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import Days, article, entry, quotation

TEXT = (
    "The pier is closed. “It will open again in May,” said Ada Brook. "
    "“Nobody fell into the water,” said Carl Voss. Rain fell all night."
)
MAY, NOBODY, RAIN = "It will open again in May,", "Nobody fell into the water,", "Rain fell all night."
SEEN = {"operator"}
WHERE = PostedMessage(message=1, channel=2, guild=3)


@dataclass(frozen=True)
class Words:
    """A button's way of referring to words."""

    words: str
    span: Span
    quotation: int | None = None
    article: str | None = None

    def still_means(self, words: str) -> bool:
        return words == self.words

    def __str__(self) -> str:
        return f"q{self.quotation}" if self.quotation else f"s{self.article}"


@pytest.fixture
def shown(archive: Archive, days: Days) -> PostedAnswers:
    return PostedAnswers(archive, days, timedelta(days=90))


def put(archive: Archive, text: str = TEXT, may: str = MAY, speaker: str = "Ada Brook", id_: str = "a1") -> int:
    said = [(may, speaker), (NOBODY, "Carl Voss")]
    return archive.put(entry(article(id_, text), [quotation(text, *each) for each in said if each[0] in text]))


def pointer(archive: Archive, words: str, seq: int = 1) -> Words:
    text = archive.article(seq).text
    span = Span(text.index(words), text.index(words) + len(words))
    unit = next((unit for unit in archive.units_of(seq) if unit.quotation and unit.span == span), None)
    return Words(words, span, unit.id) if unit else Words(words, span, article=archive.article(seq).id)


def fates(archive: Archive, *pointers: Words) -> list[QuotationFate]:
    standings = QuotationStatuses(archive)
    places = [standings.find(each, SEEN) for each in pointers]
    return [standings.of(place).fate for place in places if place]


def test_words_that_stand_have_nothing_to_tell(archive: Archive, days: Days) -> None:
    put(archive)
    known = [pointer(archive, words) for words in (MAY, NOBODY, RAIN)]
    put(archive, "Late news. “Nobody fell into the water,” said Carl Voss. " + TEXT)
    assert fates(archive, *known) == [QuotationFate.STANDS] * 3


def test_changed_words_are_told_as_they_read_now_with_the_day(archive: Archive, days: Days) -> None:
    put(archive)
    known = pointer(archive, MAY)
    days.pass_by(4)
    put(archive, TEXT.replace("May", "June"), "It will open again in June,")
    days.pass_by(4)
    put(archive, TEXT.replace("May", "June") + " More.", "It will open again in June,")
    standings = QuotationStatuses(archive)
    place = standings.find(known, SEEN)
    assert place == QuotedSpan(1, 1, known.span)
    found = standings.of(place)
    assert (found.fate, found.on) == (QuotationFate.CHANGED, date(2026, 3, 5))
    assert (found.words, found.kind, found.speaker) == ("It will open again in June,", Kind.DIRECT, "Ada Brook")


def test_words_taken_out_and_words_given_to_another_are_told(archive: Archive) -> None:
    put(archive)
    known = [pointer(archive, words) for words in (MAY, NOBODY)]
    new = TEXT.replace("Ada Brook", "Bea Lind").replace("“Nobody fell into the water,” said Carl Voss. ", "")
    put(archive, new, speaker="Bea Lind")
    assert fates(archive, *known) == [QuotationFate.REATTRIBUTED, QuotationFate.TAKEN_OUT]


def test_words_of_an_article_that_is_gone_are_told_even_after_the_purge(archive: Archive) -> None:
    put(archive)
    known = [pointer(archive, words) for words in (MAY, RAIN)]
    archive.withdraw("operator", "a1", "410 Gone")
    assert fates(archive, *known) == [QuotationFate.WITHDRAWN, QuotationFate.WITHDRAWN]
    archive.remove("operator", "a1")
    assert fates(archive, *known) == [QuotationFate.REMOVED, QuotationFate.REMOVED]
    archive.purge(archive.deleted_articles(SEEN))
    assert fates(archive, *known) == [QuotationFate.REMOVED, QuotationFate.REMOVED]


def test_words_whose_version_was_wiped_out_are_not_told_to_stand(
    archive: Archive, shown: PostedAnswers, days: Days
) -> None:
    put(archive)
    known = [pointer(archive, words) for words in (MAY, RAIN)]
    shown.remember(WHERE, known, SEEN)
    days.pass_by(4)
    put(archive, TEXT.replace("May", "June").replace("all night", "all day"), "It will open again in June,")
    archive.purge([], archive.earlier_versions(SEEN))
    standings = QuotationStatuses(archive)
    for each in known:
        place = standings.find(each, SEEN)
        assert place
        assert standings.of(place) == QuotationStatus(QuotationFate.WIPED_OUT, date(2026, 3, 5))
    (due,) = shown.due()
    assert {standing.fate for standing in due.statuses.values()} == {QuotationFate.WIPED_OUT}
    assert fates(archive, pointer(archive, NOBODY)) == [QuotationFate.STANDS]


def test_nothing_is_told_to_those_who_may_not_see_the_article(archive: Archive) -> None:
    put(archive)
    known = pointer(archive, MAY)
    assert QuotationStatuses(archive).find(known, {"guild:7"}) is None
    archive.remove("operator", "a1")
    assert QuotationStatuses(archive).find(known, {"guild:7"}) is None


def test_a_message_is_due_once_its_words_are_changed_and_only_once(archive: Archive, shown: PostedAnswers) -> None:
    put(archive)
    known = [pointer(archive, words) for words in (MAY, NOBODY)]
    shown.remember(WHERE, known, SEEN)
    assert shown.due() == []
    put(archive, TEXT.replace("May", "June"), "It will open again in June,")
    (due,) = shown.due()
    assert (due.message, due.channel, due.guild) == (1, 2, 3)
    assert {reference: standing.fate for reference, standing in due.statuses.items()} == {
        str(known[0]): QuotationFate.CHANGED,
        str(known[1]): QuotationFate.STANDS,
    }
    assert shown.due() == [due]
    shown.told(due)
    assert shown.due() == []
    put(archive, TEXT.replace("May", "June") + " More.", "It will open again in June,")
    assert shown.due() == []


def test_a_note_goes_when_the_words_come_back(archive: Archive, shown: PostedAnswers) -> None:
    put(archive)
    shown.remember(WHERE, [pointer(archive, MAY)], SEEN)
    archive.remove("operator", "a1")
    (due,) = shown.due()
    shown.told(due)
    archive.restore("operator", "a1")
    (due,) = shown.due()
    assert [standing.fate for standing in due.statuses.values()] == [QuotationFate.STANDS]
    shown.told(due)
    assert shown.due() == []


def test_what_a_message_showed_before_is_forgotten_and_all_of_it_in_time(
    archive: Archive, shown: PostedAnswers, days: Days
) -> None:
    put(archive)
    shown.remember(WHERE, [pointer(archive, MAY)], SEEN)
    shown.remember(WHERE, [pointer(archive, RAIN)], SEEN)
    put(archive, TEXT.replace("May", "June"), "It will open again in June,")
    assert shown.due() == []
    archive.remove("operator", "a1")
    assert len(shown.due()) == 1
    days.pass_by(91)
    assert shown.due() == []


def test_a_message_that_is_gone_is_due_no_more(archive: Archive, shown: PostedAnswers) -> None:
    put(archive)
    shown.remember(WHERE, [pointer(archive, MAY)], SEEN)
    archive.remove("operator", "a1")
    shown.forget(1)
    assert shown.due() == []


def test_nothing_is_remembered_for_no_time(archive: Archive, days: Days) -> None:
    put(archive)
    forgetful = PostedAnswers(archive, days, timedelta())
    forgetful.remember(WHERE, [pointer(archive, MAY)], SEEN)
    archive.remove("operator", "a1")
    assert forgetful.due() == []


def test_many_messages_without_news_hold_no_other_up(archive: Archive, shown: PostedAnswers) -> None:
    put(archive)
    known, rain = pointer(archive, MAY), pointer(archive, RAIN)
    for number in range(1, 121):
        shown.remember(PostedMessage(number, 2, 3), [known if number == 120 else rain], SEEN)
    put(archive, TEXT.replace("May", "June"), "It will open again in June,")
    assert [due.message for due in shown.due()] == [120]


def test_no_note_tells_apart_what_reads_the_same() -> None:
    assert QuotationStatus(QuotationFate.STANDS, words="a").digest is None
    assert (
        QuotationStatus(QuotationFate.CHANGED, date(2026, 3, 1), "a").digest
        != QuotationStatus(QuotationFate.CHANGED, date(2026, 3, 1), "b").digest
    )
