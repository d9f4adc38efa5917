"""The values that everything else passes around: articles, quotations, citations, answers.

Words are never carried as strings of their own making. A quotation is a pair of character offsets, and
`article.text[start:end]` is the only way to its words, so nothing can be misquoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retrieval.reasons import Reason, ReasonCode

OPERATOR = "operator"
"""The owner of what the operator's own commands add; a server's articles are owned by `guild:ID`."""


class Kind(StrEnum):
    """How words came into an article."""

    DIRECT = "direct"
    MIXED = "mixed"  # a quoted fragment inside a reporting sentence
    NESTED = "nested"  # a quotation within a quotation
    REPORTED = "reported"  # indirect speech, without marks; never shown between quotation marks
    TEXT = "text"  # the article's own sentence
    MENTION = "mention"  # between marks, but nobody's words: a title, a nickname, a scare quote


class SpeakerKind(StrEnum):
    """What kind of speaker words are attributed to; UNNAMED is one person who is only described."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    GROUP = "group"
    UNNAMED = "unnamed"


class SourceKind(StrEnum):
    """What a source is read as."""

    FOLDER = "folder"
    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"


class Certainty(StrEnum):
    """How sure the attribution of words to a speaker is, as people are shown it."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader delivered it.

    `published` is ISO 8601: a date, or a date and time with its offset. What isn't known is None.
    `text` holds the body alone, paragraphs separated by blank lines where the source had them.
    `source` says where it was read: a path, or an address.
    """

    id: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    summary: str | None = None
    language: str | None = None
    source: str | None = None
    owner: str = OPERATOR
    version: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Character offsets into an article's text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the span in its text."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """Return the span further on in the text by so many characters."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Return whether both spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Return whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it. `name` is the fullest that the article gives, None when `certainty` is unclear.

    An unnamed speaker ("a US official") is named by that description, without its article.
    `confidence` is a calibrated probability, 0..1; `reason` says why the speaker isn't certain. `channel` is the news
    outlet that the words were given to or that carried them, where that is not the speaker.
    """

    name: str | None
    role: str | None
    kind: SpeakerKind | None
    confidence: float
    certainty: Certainty
    reason: Reason | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of somebody's words in an article's text.

    `span` leaves the marks out and keeps a comma or stop that stands inside them.
    `mention` names the speaker in the reporting clause. `utterance` is shared by the spans of one utterance
    (interrupted, or over several paragraphs) and counts from 0 in an article. `said_on` rests on `said_on_basis`.
    """

    span: Span
    kind: Kind
    speaker: Speaker | None = None
    mention: Span | None = None
    utterance: int | None = None
    said_on: date | None = None
    said_on_basis: Span | None = None


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What an article said in a place until it was changed; `until` is the day on which the archive learnt of it."""

    text: str
    kind: Kind
    speaker: str | None
    until: date


SURROUNDINGS = 300
"""Characters of the article that a citation shows on each side of its words."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article, with what must stand beside them. `before` and `after` are the surroundings.

    `also_in` are copies of the article that carry the words too, `earlier` what stood in their place before, the
    latest first.
    """

    text: str
    kind: Kind
    span: Span
    speaker: Speaker | None
    said_on: date | None
    article: Article
    before: str
    after: str
    score: float
    quotation: int | None = None  # the store's row, None where the citation is a plain sentence
    also_in: tuple[Article, ...] = ()
    earlier: tuple[EarlierWording, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What comes near without being an answer, and why it isn't one."""

    citation: Citation
    reason: Reason


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """What made an archive's vectors. `sha256` is its weights', in hex: a name can change hands, a hash can't."""

    name: str
    sha256: str


class Verdict(StrEnum):
    """On "did X say …?"."""

    SUPPORTED = "supported"  # X's own words, or reported speech of X, carry the statement
    CONTRADICTED = "contradicted"  # X's words say the opposite, or another number
    MISATTRIBUTED = "misattributed"  # somebody else said it, and X nowhere
    RELATED = "related"  # X spoke of it and said something else
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search may see and what the person narrowed it to. Applied inside the search, never after."""

    owners: frozenset[str] = frozenset({OPERATOR})
    speaker: str | None = None
    publisher: str | None = None
    after: date | None = None  # first day of publication that counts
    before: date | None = None  # last day of publication that counts


class FollowUpKind(StrEnum):
    """How a follow-up question was read in the light of the answer before it."""

    MORE = "more"  # further words of `person`
    AGAIN = "again"  # where and when the words of `person` above were said; without one, the sentence above
    PERSON = "person"  # `pronoun` stands for `person`
    TOPIC = "topic"  # what `person` said about `topic`
    SAME_QUESTION = "same_question"  # the question before, asked about `topic` or of the person named there


@dataclass(frozen=True, slots=True)
class FollowUpReading:
    """A follow-up as it was understood. `FollowUpKind` says which of the fields each kind has."""

    kind: FollowUpKind
    person: str | None = None
    pronoun: str | None = None
    topic: str | None = None

    @property
    def reason(self) -> Reason:
        """The reading as a reason, of which doors make a sentence."""
        person, topic = self.person or "", self.topic or ""
        match self.kind:
            case FollowUpKind.MORE:
                return Reason.of(ReasonCode.READ_AS_MORE, speaker=person)
            case FollowUpKind.AGAIN if self.person:
                return Reason.of(ReasonCode.READ_AS_WORDS, speaker=person)
            case FollowUpKind.AGAIN:
                return Reason.of(ReasonCode.READ_AS_SENTENCE)
            case FollowUpKind.PERSON:
                return Reason.of(ReasonCode.READ_AS_PERSON, word=self.pronoun or "", speaker=person)
            case FollowUpKind.TOPIC:
                return Reason.of(ReasonCode.READ_AS_TOPIC, speaker=person, topic=topic)
            case FollowUpKind.SAME_QUESTION:
                return Reason.of(ReasonCode.READ_AS_SAME_QUESTION, topic=person or topic)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest no.

    `citations` is empty when the archive doesn't say; best first otherwise. `confidence`, 0..1, is how probably the
    first of what was found is right, calibrated on questions with known answers. `did_you_mean` is the name for which
    the answer is given, where the archive has nobody of the name asked for and one person of a name like it.
    """

    question: str
    confidence: float
    citations: Sequence[Citation] = ()
    near_misses: Sequence[NearMiss] = ()
    verdict: Verdict | None = None
    reading: FollowUpReading | None = None
    did_you_mean: str | None = None

    @property
    def answered(self) -> bool:
        """Whether anything is cited."""
        return bool(self.citations)
