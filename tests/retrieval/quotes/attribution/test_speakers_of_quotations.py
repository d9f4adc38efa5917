"""Who said it: every way in which an English article names a speaker, on invented sentences."""

import pytest

from retrieval.domain import Certainty, Kind, Quotation, Speaker, SpeakerKind
from retrieval.quotes.extractor import Extractor


def quotations(extractor: Extractor, text: str) -> list[Quotation]:
    return [q for q in extractor.extract(text) if q.kind is not Kind.REPORTED]


def speaker_of(extractor: Extractor, text: str, words: str) -> Speaker:
    for quotation in quotations(extractor, text):
        if words in quotation.span.of(text):
            assert quotation.speaker is not None
            return quotation.speaker
    raise AssertionError(f"no quotation with {words!r}")


CASES = {
    "a clause behind": ('"The bridge will open in May," said Maria Keller.', "bridge", "Maria Keller"),
    "a clause before": ('Maria Keller said: "The bridge will open in May."', "bridge", "Maria Keller"),
    "a question and its clause": ('"Who will pay for the bridge?" Maria Keller asked.', "pay", "Maria Keller"),
    "a surname": (
        'Maria Keller runs the port. The dredging starts in June. "We are ready for it," Keller said.',
        "ready",
        "Maria Keller",
    ),
    "a title and a surname": (
        'Maria Keller runs the port. "We are ready for the dredging," Ms Keller said.',
        "ready",
        "Maria Keller",
    ),
    "a pronoun": (
        'Maria Keller met Thomas Brandt on Monday. "He was very kind to all of us," she said.',
        "kind",
        "Maria Keller",
    ),
    "a pronoun of the other gender": (
        'Thomas Brandt met Maria Keller on Monday. "It was a very long meeting," he said.',
        "long meeting",
        "Thomas Brandt",
    ),
    "a hearer is no speaker": (
        '"The tunnel is closed for the winter," Thomas Brandt told Maria Keller.',
        "tunnel",
        "Thomas Brandt",
    ),
    "a relative clause": (
        'Thomas Brandt, who said the tunnel was "a danger to every driver", resigned.',
        "danger",
        "Thomas Brandt",
    ),
    "according to": (
        'The tunnel is "a danger to every driver", according to Thomas Brandt.',
        "danger",
        "Thomas Brandt",
    ),
    "a role before the name": (
        '"The tunnel is closed for the winter," said harbour spokesman Thomas Brandt.',
        "tunnel",
        "Thomas Brandt",
    ),
    "an interrupted sentence": (
        '"The tunnel," said Thomas Brandt, "will stay closed for the whole winter."',
        "whole winter",
        "Thomas Brandt",
    ),
    "carried over": (
        '"The tunnel is closed," said Thomas Brandt. "Nobody knows when it will open again."',
        "Nobody knows",
        "Thomas Brandt",
    ),
    "carried over paragraphs": (
        '"The tunnel is closed," Thomas Brandt said.\n\n"Nobody knows when it will open again."',
        "Nobody knows",
        "Thomas Brandt",
    ),
    "marks reopened without being closed": (
        'Thomas Brandt said: "The tunnel is closed. "Nobody knows when it will open again."',
        "Nobody knows",
        "Thomas Brandt",
    ),
    "a statement and who issued it": (
        'The Harbour Authority said in a statement nobody was hurt.\n\n"The ferry sails again," the statement said.',
        "ferry",
        "Harbour Authority",
    ),
    "a first name that is another's surname": (
        'Photographer Brandt Lindqvist drove to the harbour. "The water was black with oil," Brandt said. '
        "Later Thomas Brandt took over from him.",
        "black with oil",
        "Brandt Lindqvist",
    ),
    "dashes one below the other": (
        "“The dam was never safe.” ― Maria Keller\n\n“Nobody hears those who live below it.” ― Thomas Brandt",
        "Nobody hears",
        "Thomas Brandt",
    ),
    "a fragment": (
        'Thomas Brandt accused the ministry of "a complete lack of interest" on Friday.',
        "lack of interest",
        "Thomas Brandt",
    ),
    "a dash behind": ('"The tunnel has been closed for far too long." — Thomas Brandt', "tunnel", "Thomas Brandt"),
    "a heading and its source": ("‘Tunnel closed for too long’: Thomas Brandt", "too long", "Thomas Brandt"),
    "a genitive with the wrong mark": (
        'Thomas Brandt‘s ferry sank. Maria Keller rowed to it. "The water was very cold," Brandt said.',
        "very cold",
        "Thomas Brandt",
    ),
    "a rank that is a surname": (
        'The bridge was opened by Samuel Keller King Jr. "It was a very cold morning," said King.',
        "cold morning",
        "Samuel Keller King Jr.",
    ),
    "an age": (
        'Thomas Brandt won the race in May. "It was the best day of my whole life," the 36-year-old said.',
        "best day",
        "Thomas Brandt",
    ),
    "a transcript of two": (
        "Thomas Brandt was on the radio.\n\n“KELLER: When will the tunnel open?\n\n“BRANDT: Nobody knows that yet.”",
        "Nobody knows",
        "Thomas Brandt",
    ),
    "a transcript": (
        'Thomas Brandt was on the radio.\n\n"BRANDT: The tunnel has been closed for far too long."',
        "tunnel",
        "Thomas Brandt",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_speaker_is_named_in_full_however_the_clause_does_it(extractor: Extractor, case: str) -> None:
    text, words, name = CASES[case]
    assert speaker_of(extractor, text, words).name == name


def test_who_quotes_himself_is_the_speaker_of_both(extractor: Extractor) -> None:
    text = 'Thomas Brandt recalled the day. "Then I said: ‘We will never reach the harbour’," he told the court.'
    assert [q.speaker.name for q in quotations(extractor, text) if q.speaker] == ["Thomas Brandt"] * 2


def test_whom_somebody_quotes_is_looked_for_in_his_own_words(extractor: Extractor) -> None:
    text = (
        "Thomas Brandt thanked Maria Keller. Then he said: “My grandmother built the bridge. She told us, "
        "‘it will stand for a hundred years’.”"
    )
    assert [q.speaker.name for q in quotations(extractor, text) if q.speaker] == ["Thomas Brandt", "grandmother"]


def test_several_speakers_are_a_group(extractor: Extractor) -> None:
    text = '"The dam has been unsafe for many years," the Harbour Authority and other agencies said on Friday.'
    speaker = speaker_of(extractor, text, "unsafe")
    assert (speaker.name, speaker.kind) == ("Harbour Authority and other agencies", SpeakerKind.GROUP)


def test_another_of_a_kind_is_not_the_one_before(extractor: Extractor) -> None:
    text = 'A hospital nurse was there. Another nurse said: "It was over in two short minutes."'
    assert speaker_of(extractor, text, "over in two").name == "nurse"


def test_an_organisation_speaks_under_its_name(extractor: Extractor) -> None:
    text = '"The ferries will sail again from Monday," the Harbour Authority said in a statement.'
    speaker = speaker_of(extractor, text, "ferries")
    assert speaker.name == "Harbour Authority"
    assert speaker.kind is SpeakerKind.ORGANISATION


def test_a_nameless_speaker_is_named_by_the_description(extractor: Extractor) -> None:
    speaker = speaker_of(extractor, '"The talks have failed completely," a senior diplomat said on Sunday.', "talks")
    assert speaker.name == "senior diplomat"
    assert speaker.kind is SpeakerKind.UNNAMED


def test_a_document_speaks(extractor: Extractor) -> None:
    speaker = speaker_of(extractor, 'The report says the dam is "unsafe in every respect".', "unsafe")
    assert speaker.name == "report"
    assert speaker.kind is SpeakerKind.DOCUMENT


def test_the_role_is_given_as_the_article_states_it(extractor: Extractor) -> None:
    text = '"The tunnel is closed for the winter," said harbour spokesman Thomas Brandt.'
    assert speaker_of(extractor, text, "tunnel").role == "harbour spokesman"


def test_what_is_not_certain_says_why(extractor: Extractor) -> None:
    text = 'Anna Keller and Maria Brandt walked home. "It was a very long day for the two of us," she said.'
    speaker = speaker_of(extractor, text, "long day")
    assert speaker.certainty is not Certainty.CERTAIN
    assert speaker.reason is not None
    assert "Anna Keller" in str(speaker.reason)
    assert "Maria Brandt" in str(speaker.reason)


def test_the_writers_own_words_are_nobodys_else(extractor: Extractor) -> None:
    text = 'Thomas Brandt sat down. "I would rather stand here by the window," I said.'
    assert speaker_of(extractor, text, "rather stand").name != "Thomas Brandt"


def test_the_mention_is_the_phrase_in_the_clause(extractor: Extractor) -> None:
    text = 'Maria Keller runs the port. "We are ready for the dredging," she said.'
    mention = quotations(extractor, text)[-1].mention
    assert mention is not None
    assert mention.of(text) == "she"


def test_an_interrupted_utterance_is_one(extractor: Extractor) -> None:
    text = '"The tunnel," said Thomas Brandt, "will stay closed for the whole winter."'
    assert len({quotation.utterance for quotation in quotations(extractor, text)}) == 1


def test_a_word_or_two_in_nobodys_clear_mouth_is_no_quotation(extractor: Extractor) -> None:
    text = (
        'The council approved the plan. The road, long known for its "quiet" corners, closed on Monday after the '
        "committee had rejected the appeal by residents. Nobody complained."
    )
    found = extractor.extract(text, keep_mentions=True)
    assert [(q.kind, q.span.of(text)) for q in found if q.kind is not Kind.REPORTED] == [(Kind.MENTION, "quiet")]


def test_a_word_or_two_in_somebodys_mouth_is_a_quotation(extractor: Extractor) -> None:
    assert speaker_of(extractor, 'Anna Weiss said the delay was "regrettable".', "regrettable").name == "Anna Weiss"


@pytest.mark.parametrize("verb", ["walked out of the meeting", "had drawn up the plan"])
def test_nothing_tells_which_of_two_in_one_list_he_means(extractor: Extractor, verb: str) -> None:
    text = f'Karl Bauer and Peter Vogel {verb}. "I have never seen such a mess," he said.'
    speaker = speaker_of(extractor, text, "mess")
    assert speaker.certainty is not Certainty.CERTAIN
    either = {"'he' could be Karl Bauer or Peter Vogel", "'he' could be Peter Vogel or Karl Bauer"}
    assert str(speaker.reason) in either
