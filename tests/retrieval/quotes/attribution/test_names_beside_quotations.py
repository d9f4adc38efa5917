"""Who is named beside the words speaks them, whatever the verb and the name; nobody else is certain there."""

import pytest

from retrieval.domain import Certainty, Kind, Speaker
from retrieval.quotes.extractor import Extractor

EARLIER = (
    "Three weeks after the flood the mill is still shut.\n\n"
    "Maria Keller, the mayor, opened the meeting. “We have waited for nine years,” she said.\n\n"
)
BESIDE = {
    "an unknown verb": ("“The tram smells of fish,” gromphed Otto Lindqvist.", "Otto Lindqvist"),
    "an unknown verb of two words": ("“The tram smells of fish,” piped up Otto Lindqvist.", "Otto Lindqvist"),
    "an unknown verb behind a name": ("“The tram smells of fish,” Otto Lindqvist gromphed.", "Otto Lindqvist"),
    "an unknown verb before": ("Otto Lindqvist gromphed: “The tram smells of fish.”", "Otto Lindqvist"),
    "a Korean name": ("“The tram smells of fish,” said Seo Ha-eun, a nurse.", "Seo Ha-eun"),
    "a Vietnamese name": ("“The tram smells of fish,” said Trần Thị Hoa.", "Trần Thị Hoa"),
    "a nickname": ("“The tram smells of fish,” said Otto “Moose” Lindqvist.", "Otto “Moose” Lindqvist"),
    "initials": ("“The tram smells of fish.”\nA. K. Lindqvist gromphed.", "A. K. Lindqvist"),
    "a handle": ("“The tram smells of fish,” @otto_on_tour posted.", "@otto_on_tour"),
    "a handle with a verb before": ("“The tram smells of fish,” tweeted @otto_on_tour.", "@otto_on_tour"),
    "a dash": ("“The tram smells of fish.” -Commissioner Otto Lindqvist", "Otto Lindqvist"),
    "a dash on the next line": ("“The tram smells of fish.”\n— Otto Lindqvist, baker", "Otto Lindqvist"),
    "brackets": ("“The tram smells of fish.” (Otto Lindqvist, Marlow)", "Otto Lindqvist"),
    "a particle with an apostrophe": ("“The tram smells of fish.” (Otto van ’t Hof, Marlow)", "Otto van ’t Hof"),
    "brackets on the next line": ("“The tram smells of fish.”\n(Otto Lindqvist)", "Otto Lindqvist"),
    "a name and an age below": ("“The tram smells of fish.”\nOtto Lindqvist, 43", "Otto Lindqvist"),
    "a name and a suffix below": ("“The tram smells of fish.”\nOtto Lindqvist Jr.\nMarlow", "Otto Lindqvist Jr."),
    "a clause below": ("“The tram smells of fish.”\n\nSo said Otto Lindqvist, a baker.", "Otto Lindqvist"),
    "a line above": ("And from Chairman Otto Lindqvist:\n\n“The tram smells of fish.”", "Otto Lindqvist"),
    "a desk": ("From the desk of Otto Lindqvist, Marlow Bank.\n\n“The tram smells of fish.”", "Otto Lindqvist"),
    "an age and a colon": ("Otto Lindqvist, 43: “The tram smells of fish.”", "Otto Lindqvist"),
}


def said(extractor: Extractor, text: str, words: str) -> Speaker:
    [found] = [q for q in extractor.extract(text) if q.kind is not Kind.REPORTED and words in q.span.of(text)]
    assert found.speaker is not None
    return found.speaker


@pytest.mark.parametrize("case", BESIDE)
def test_who_is_named_beside_the_words_is_their_speaker(extractor: Extractor, case: str) -> None:
    beside, name = BESIDE[case]
    assert said(extractor, EARLIER + beside, "smells of fish").name == name


@pytest.mark.parametrize(
    "beside",
    [
        "“The tram smells of fish,” the oldest of the rowers gromphed.",
        "“The tram smells of fish.”\nOne of the divers gromphed.",
        "Then the youngest of the firefighters gromphed, “The tram smells of fish.”",
        "It was Tetsuo who gromphed over a cup of tea. “The tram smells of fish.”",
        "“The tram smells of fish,” said Prof. em. Jörg Wendel.",
        "Zdzisława bristled once more. “The tram smells of fish.”",
    ],
)
def test_an_earlier_speaker_is_never_certain_against_somebody_beside_the_words(
    extractor: Extractor, beside: str
) -> None:
    speaker = said(extractor, EARLIER + beside, "smells of fish")
    assert speaker.name != "Maria Keller" or speaker.certainty is not Certainty.CERTAIN


def test_a_clause_of_the_writer_is_not_the_person_of_the_sentence_before(extractor: Extractor) -> None:
    text = EARLIER + "Otto Lindqvist sat down. “I would rather stand by the window,” I said."
    assert said(extractor, text, "rather stand").name != "Otto Lindqvist"


def test_a_heading_behind_a_quotation_is_no_signature(extractor: Extractor) -> None:
    text = (
        EARLIER + "“Nobody asked us,” she said. “We will vote again in May.”\n\nWhat comes next\n\nThe council meets."
    )
    assert said(extractor, text, "vote again").name == "Maria Keller"


def test_a_surname_of_two_people_is_not_certain(extractor: Extractor) -> None:
    text = (
        "Carl Mateen moved here in 1990. His son, Omar Mateen, joined the company later.\n\n"
        "“I never saw the papers,” Mateen said."
    )
    assert said(extractor, text, "the papers").certainty is not Certainty.CERTAIN


def test_a_title_tells_two_people_of_one_surname_apart(extractor: Extractor) -> None:
    text = (
        "Hillary Rowan Voss spoke in Iowa on Sunday. The treaty was signed by President Bill Voss.\n\n"
        "“There should be no deal,” Mrs. Voss said."
    )
    speaker = said(extractor, text, "no deal")
    assert speaker.name == "Hillary Rowan Voss"


def test_bullets_are_no_quotations(extractor: Extractor) -> None:
    text = (
        "A day at the fair\n\n» The fair opens at nine\n» The fair closes at six\n\n“It rained,” said Otto Lindqvist."
    )
    assert [q.span.of(text) for q in extractor.extract(text, keep_mentions=True)] == ["It rained,"]


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_short_second_half_is_direct_speech_of_the_same_speaker(extractor: Extractor, marks: str) -> None:
    text = "“The harbour was shut for us all,” Otto Lindqvist said. “They lied to me.”"
    text = text.replace("“", marks[0]).replace("”", marks[1])
    [_, second] = extractor.extract(text)
    assert (second.span.of(text), second.kind) == ("They lied to me.", Kind.DIRECT)
    assert second.speaker is not None
    assert second.speaker.name == "Otto Lindqvist"


def test_a_short_sentence_behind_a_sentence_about_somebody_is_direct_speech(extractor: Extractor) -> None:
    text = "Mayor Otto Lindqvist was less worried. “Trees come and go.”"
    [found] = extractor.extract(text)
    assert found.kind is Kind.DIRECT
    assert found.speaker is not None
    assert found.speaker.name == "Otto Lindqvist"
