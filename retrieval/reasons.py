"""Why something isn't an answer, why a speaker is in doubt, how a follow-up was read, why a file can't be read.

A reason is a code with parameters. Doors make a sentence of it: `str(reason)` is the English one, which the command
line and JSON show, and `bot/cards/reasons.py` gives the reader's language. Nothing compares or parses those sentences.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ReasonCode(StrEnum):
    """Every reason that the program can give. The values are stored in archives: they may be added to, not changed."""

    # why a candidate isn't an answer
    SAID_BY_ANOTHER = "said_by_another"
    WORDS_NOT_MENTIONED = "words_not_mentioned"
    WORD_NOT_MENTIONED = "word_not_mentioned"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_PERSON = "no_person"
    NOT_SAID = "not_said"
    SPEAKER_UNCLEAR = "speaker_unclear"
    NOT_QUITE_SAID = "not_quite_said"
    # why a speaker is in doubt
    SPEAKER_NOT_TOLD = "speaker_not_told"
    MENTION_AMBIGUOUS = "mention_ambiguous"
    SPEAKER_AMBIGUOUS = "speaker_ambiguous"
    SEVERAL_SPEAKERS = "several_speakers"
    NOT_A_SPEAKER = "not_a_speaker"
    MAY_NOT_SPEAK = "may_not_speak"
    LANGUAGE_NOT_SUPPORTED = "language_not_supported"
    WORDS_OF_ANOTHER = "words_of_another"
    # how a follow-up question was read
    READ_AS_MORE = "read_as_more"
    READ_AS_WORDS = "read_as_words"
    READ_AS_SENTENCE = "read_as_sentence"
    READ_AS_PERSON = "read_as_person"
    READ_AS_TOPIC = "read_as_topic"
    READ_AS_SAME_QUESTION = "read_as_same_question"
    # why an address, a page or a file can't be read
    HOST_NOT_FOUND = "host_not_found"
    NOT_HTTP = "not_http"
    FORBIDDEN_BY_ROBOTS = "forbidden_by_robots"
    PAGE_NOT_FOUND = "page_not_found"
    SERVER_ANSWERS = "server_answers"
    SERVER_UNREACHABLE = "server_unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    NOT_A_WEB_PAGE = "not_a_web_page"
    FORMAT_UNKNOWN = "format_unknown"
    NO_TEXT = "no_text"
    NO_ROOM = "no_room"
    STATED = "stated"


ENGLISH: Mapping[ReasonCode, str] = MappingProxyType(
    {
        ReasonCode.SAID_BY_ANOTHER: "said by {speaker}, not by {asked}",
        ReasonCode.WORDS_NOT_MENTIONED: "the article does not mention '{word}' or '{other}'",
        ReasonCode.WORD_NOT_MENTIONED: "the article does not mention '{word}'",
        ReasonCode.NO_NUMBER: "it is near, but gives no number",
        ReasonCode.NO_DATE: "it is near, but gives no date",
        ReasonCode.NO_PERSON: "it is near, but names nobody",
        ReasonCode.NOT_SAID: "it is near, but does not say it",
        ReasonCode.SPEAKER_UNCLEAR: "it is unclear who said it",
        ReasonCode.NOT_QUITE_SAID: "it is about this, but does not quite say it",
        ReasonCode.SPEAKER_NOT_TOLD: "the article does not tell clearly who speaks",
        ReasonCode.MENTION_AMBIGUOUS: "'{words}' could be {name} or {other}",
        ReasonCode.SPEAKER_AMBIGUOUS: "could be {name} or {other}",
        ReasonCode.SEVERAL_SPEAKERS: "more than one speaker is named",
        ReasonCode.NOT_A_SPEAKER: "what reports it is neither person, body nor document",
        ReasonCode.MAY_NOT_SPEAK: "it is not sure that '{name}' can speak",
        ReasonCode.LANGUAGE_NOT_SUPPORTED: "speaker not determined (language)",
        ReasonCode.WORDS_OF_ANOTHER: "words that {name} quotes, and whose isn't clear",
        ReasonCode.READ_AS_MORE: "more by {speaker}",
        ReasonCode.READ_AS_WORDS: "reading 'that' as the words of {speaker} above",
        ReasonCode.READ_AS_SENTENCE: "reading 'that' as the sentence above",
        ReasonCode.READ_AS_PERSON: "reading '{word}' as {speaker}",
        ReasonCode.READ_AS_TOPIC: "asking what {speaker} said about {topic}",
        ReasonCode.READ_AS_SAME_QUESTION: "asking the same of {topic}",
        ReasonCode.HOST_NOT_FOUND: "its host can't be found on the public internet",
        ReasonCode.NOT_HTTP: "isn't an http or https address",
        ReasonCode.FORBIDDEN_BY_ROBOTS: "its site's robots.txt asks not to fetch it",
        ReasonCode.PAGE_NOT_FOUND: "its server answers 404 (Not Found)",
        ReasonCode.SERVER_ANSWERS: "its server answers {status}",
        ReasonCode.SERVER_UNREACHABLE: "its server can't be reached, or broke off",
        ReasonCode.TOO_SLOW: "took too long",
        ReasonCode.TOO_LARGE: "is larger than {size}",
        ReasonCode.NOT_A_WEB_PAGE: "isn't a web page ({kind})",
        ReasonCode.FORMAT_UNKNOWN: "isn't of a format that can be read ({formats})",
        ReasonCode.NO_TEXT: "holds no text",
        ReasonCode.NO_ROOM: "there is room for {most} articles, and no more",
        ReasonCode.STATED: "{text}",
    }
)
"""The English sentence of each code, with placeholders for the parameters; also the texts that are translated."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the values for the placeholders of its sentence, as pairs of name and text."""

    code: ReasonCode
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: ReasonCode, **parameters: str) -> "Reason":
        """Return the reason with `parameters` by name."""
        return cls(code, tuple(parameters.items()))

    @classmethod
    def stated(cls, text: str) -> "Reason":
        """Return a reason that has no code of its own: an English sentence, which isn't translated."""
        return cls.of(ReasonCode.STATED, text=text)

    @classmethod
    def from_json(cls, text: str) -> "Reason":
        """Return the reason that `to_json` wrote."""
        code, parameters = json.loads(text)
        return cls.of(ReasonCode(code), **parameters)

    def to_json(self) -> str:
        """Return the form in which archives store it: a JSON list of the code and the parameters by name."""
        return json.dumps([self.code.value, dict(self.parameters)], ensure_ascii=False)

    def __str__(self) -> str:
        """Return the English sentence."""
        return ENGLISH[self.code].format(**dict(self.parameters))
