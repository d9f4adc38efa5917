"""Invented articles, and an answerer over them whose answers are known beforehand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from retrieval.answering.citation_lookup import Timeline
from retrieval.answering.citations import cite
from retrieval.answering.verification.quote_comparison import QuoteChange
from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import MessageVerification, SpeakerVerdict, Verification
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.intents import Intent, IntentKind, ListRequest
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import (
    Answer,
    Article,
    Certainty,
    Citation,
    Filters,
    Kind,
    NearMiss,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
)
from retrieval.query import Query
from retrieval.reasons import Reason
from retrieval.store.records import Unit

MARLOWE = Speaker("Ada Marlowe", "harbour minister", SpeakerKind.PERSON, 0.97, Certainty.CERTAIN)
PERHAPS_ROOK = Speaker(
    "Tom Rook", None, SpeakerKind.PERSON, 0.6, Certainty.PROBABLE, Reason.stated("two men are named before it")
)
NOBODY = Speaker(None, None, None, 0.2, Certainty.UNCLEAR, Reason.stated("the paragraph names nobody"))

TEXT = (
    "The harbour talks went on for a third day.\n\n"
    '"We will not close the harbour," said Ada Marlowe, the harbour minister. '
    '"Not this year, and not the next."\n\n'
    "Marlowe said that the dredging would be paid for by the town. "
    '"Somebody has to do it," he added.\n\n'
    'On Sunday a voice in the crowd shouted: "Open the gates!"'
)
ARTICLE = Article(
    id="harbour",
    title="Harbour stays open, minister says",
    text=TEXT,
    publisher="The Pebble Bay Gazette",
    published="2024-03-05T08:00:00+01:00",
    url="https://gazette.example/harbour?from=front page",
)


def _quotation(words: str, kind: Kind, speaker: Speaker | None, said_on: date | None = None) -> Quotation:
    start = TEXT.index(words)
    return Quotation(Span(start, start + len(words)), kind, speaker, said_on=said_on)


QUOTATIONS = (
    _quotation("We will not close the harbour,", Kind.DIRECT, MARLOWE, date(2024, 3, 4)),
    _quotation("Not this year, and not the next.", Kind.DIRECT, MARLOWE),
    _quotation("that the dredging would be paid for by the town", Kind.REPORTED, MARLOWE),
    _quotation("Somebody has to do it,", Kind.DIRECT, PERHAPS_ROOK),
    _quotation("Open the gates!", Kind.DIRECT, NOBODY),
)
UNITS = tuple(
    Unit(number, 1, quotation.span, quotation.span.start, quotation) for number, quotation in enumerate(QUOTATIONS, 1)
)


def citation(number: int, article: Article = ARTICLE) -> Citation:
    """Of the quotation with this row."""
    return cite(article, QUOTATIONS[number - 1].span, 1.0, QUOTATIONS[number - 1], number)


def sentence(article: Article = ARTICLE) -> Citation:
    return cite(article, Span(0, article.text.index("\n")), 1.0)


HARBOUR = Answer("who said the harbour stays open?", 0.9, (citation(1), citation(2)))
DECLINED = Answer("who won the cup?", 0.1, (), (NearMiss(citation(3), Reason.stated("it is about the harbour")),))


class FakeAnswerer:
    """Answers with `answer`, or runs it if it can be called; keeps what it was asked."""

    def __init__(self, answer: Answer | Callable[[str], Answer] = HARBOUR) -> None:
        self.gives = answer
        self.asked: list[tuple[str, Filters]] = []
        self.boldness: float | None = None

    def as_bold_as(self, boldness: float) -> "FakeAnswerer":
        self.boldness = boldness
        return self

    def today(self) -> date:
        return date(2026, 1, 1)

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        question, filters = query.text, filters or Filters()
        self.asked.append((question, filters))
        return self.gives(question) if callable(self.gives) else replace(self.gives, question=question)


class FakeDialogue:
    """Replies with what `replies` holds for a message, and answers any other one as a question."""

    def __init__(self, conversation: Conversation, replies: Mapping[str, DialogueReply] = MappingProxyType({})) -> None:
        self.conversation = conversation
        self.replies = replies
        self.wishes: list[tuple[Intent, ReplyContext]] = []

    def as_bold_as(self, boldness: float) -> "FakeDialogue":
        return FakeDialogue(self.conversation.as_bold_as(boldness), self.replies)

    def reply(
        self, message: str, last: ConversationTurn | None, filters: Filters, *, language: str = "en"
    ) -> DialogueReply:
        if message in self.replies:
            return replace(self.replies[message], language=language)
        answer = self.conversation.answer(message, last, filters)
        kind = ReplyKind.VERDICT if answer.verdict else ReplyKind.QUOTATIONS
        kind = kind if answer.answered or answer.verdict else ReplyKind.DECLINED
        return DialogueReply(kind, answer, intent=Intent(IntentKind.QUESTION, message), language=language)

    def reply_to(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        self.wishes.append((intent, context))
        if intent.kind is IntentKind.ARCHIVE:
            counted = ReplyText.of(ReplyCode.ARTICLES_COUNTED, articles=1, quotations=5)
            return DialogueReply(ReplyKind.ARCHIVE, Answer("", 0.0), (counted,))
        said = [citation(number) for number in (1, 2, 3, 4, 5)] * 2
        page = said[context.offset : context.offset + context.limit]
        return DialogueReply(ReplyKind.LIST, Answer("", 0.9, page), intent=intent, total=len(said))


class FakeLists:
    """Lists `said`, whatever is asked for."""

    def __init__(self, *said: Citation) -> None:
        self.said = said or tuple(citation(number) for number in (1, 2, 3, 4))

    def citations(self, request: ListRequest, filters: Filters) -> Sequence[Citation]:
        return self.said


ALTERED = Verification(
    "We will never close the harbour,",
    QuoteVerdict.ALTERED,
    SpeakerVerdict.SUPPORTED,
    stressed=True,
    changes=(QuoteChange("replace", "never", "not"), QuoteChange("delete", "", "Not this year")),
    citations=(citation(1), citation(2)),
)


class FakeVerifier:
    """Finds `found` for each quotation; keeps what it was asked."""

    def __init__(self, *found: Verification) -> None:
        self.found = found or (ALTERED,)
        self.asked: list[tuple[str, str | None, Filters]] = []

    def verify(self, text: str, speaker: str | None, filters: Filters, *, seconds: float) -> Verification:
        self.asked.append((text, speaker, filters))
        return self.found[0]

    def verify_message(self, message: str, filters: Filters, *, limit: int, seconds: float) -> MessageVerification:
        self.asked.append((message, None, filters))
        return MessageVerification(self.found[:limit], len(self.found))


class FakeLookup:
    """`said` are the words of the one speaker it knows; a person's timeline is in that order."""

    def __init__(self, said: Sequence[Citation] = (), owner: str = "operator") -> None:
        self.said = said or [citation(number) for number in (2, 1, 3)] * 4
        self.owner = owner
        self.quotations = [citation(number) for number in range(1, 6)]
        self.asked: list[tuple[str, str | None, Filters]] = []

    def speakers(self) -> dict[str, dict[str, int]]:
        return {self.owner: {"Ada Marlowe": 3, "Tom Rook": 1, "Marlon Reef": 9}}

    def titles(self) -> dict[str, dict[str, int]]:
        return {self.owner: {ARTICLE.title: 1}}

    def publishers(self) -> dict[str, dict[str, int]]:
        return {self.owner: {"The Pebble Bay Gazette": 2, "Evening Pebble": 1}}

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline:
        self.asked.append((speaker, topic, filters))
        if speaker not in "Ada Marlowe":
            return Timeline(speaker, 0, ())
        return Timeline("Ada Marlowe", len(self.said), self.said[offset : offset + limit])

    def example(self, owners: Collection[str]) -> Citation | None:
        return citation(1) if self.owner in owners else None

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None:
        known = title in {ARTICLE.title, ARTICLE.id} and self.owner in owners
        return (ARTICLE, self.quotations) if known else None


class FakeStore:
    """One article, with its quotations."""

    def __init__(self, article: Article = ARTICLE, units: Sequence[Unit] = UNITS) -> None:
        self.article = article
        self.stored = units

    def find(self, id_: str, owners: Collection[str]) -> tuple[int, Article] | None:
        return (1, self.article) if id_ == self.article.id and self.article.owner in owners else None

    def articles(self, seqs: Iterable[int]) -> dict[int, Article]:
        return {seq: self.article for seq in seqs if seq == 1}

    def units(self, ids: Sequence[int]) -> list[Unit]:
        return [unit for unit in self.stored if unit.id in ids]

    def units_of(self, seq: int) -> list[Unit]:
        return list(self.stored) if seq == 1 else []
