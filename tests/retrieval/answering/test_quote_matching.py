"""What a reader is told about words that somebody gives, against one article."""

import pytest
from hypothesis import assume
from hypothesis import given as for_any
from hypothesis import strategies as st

from retrieval.answering.verification.quote_matching import (
    QuoteMatch,
    QuoteVerdict,
    interpretations,
    least_cost,
    locate,
)
from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.store.records import Unit

FIRST = "We have promised this town a boat for three years, and now we have one."
SECOND = "It will not sail in winter,"
THIRD = "and it may be late in spring."
TEXT = f'The quay was full.\n\n"{FIRST} {SECOND}" said Ingrid Vasko. "{THIRD}"\n\nThe ship carries 140 passengers.'


def unit(number: int, words: str, utterance: int) -> Unit:
    start = TEXT.index(words)
    speaker = Speaker("Ingrid Vasko", None, SpeakerKind.PERSON, 0.99, Certainty.CERTAIN)
    span = Span(start, start + len(words))
    return Unit(number, 1, span, start, Quotation(span, Kind.DIRECT, speaker, utterance=utterance))


UNITS = [unit(1, f"{FIRST} {SECOND}", 0), unit(2, THIRD, 0)]


def look_up(words: str) -> QuoteMatch | None:
    return locate(interpretations(words), Article("a", "Ferry", TEXT), UNITS)


def verdict(words: str) -> QuoteVerdict | None:
    match = look_up(words)
    return match.verdict if match else None


def test_a_whole_sentence_of_a_quotation_as_it_stands_is_exact() -> None:
    assert verdict(FIRST) is QuoteVerdict.EXACT
    assert verdict(f"“{FIRST}”") is QuoteVerdict.EXACT


def test_a_sentence_of_the_article_itself_is_exact() -> None:
    assert verdict("The ship carries 140 passengers.") is QuoteVerdict.EXACT


@pytest.mark.parametrize(
    "words",
    [
        "We have promised this town a boat",
        "promised this town a boat for three years, and now we have one.",
        "we have promised this town a boat for three years - and now we have one",
        "We have promised this town … and now we have one.",
        "We have promised [Port Ellery] a boat for three years, and now we have one.",
        "[We] have promised this town a boat for three years, and now we have one.",
    ],
)
def test_what_is_only_cut_bracketed_or_set_otherwise_is_trimmed(words: str) -> None:
    match = look_up(words)
    assert match is not None
    assert (match.verdict, match.stressed) == (QuoteVerdict.TRIMMED, False)


def test_an_article_may_have_brackets_of_its_own() -> None:
    text = 'He wrote: "They [the board] read it twice, and then they lost it."'
    match = locate(
        interpretations("They [the board] read it twice, and then they lost it."), Article("b", "Board", text), []
    )
    assert match is not None
    assert match.verdict is not QuoteVerdict.ALTERED
    assert match.stressed is False


def test_words_on_both_sides_of_an_interruption_are_one_utterance() -> None:
    match = look_up("It will not sail in winter, and it may be late in spring.")
    assert match is not None
    assert match.verdict is QuoteVerdict.TRIMMED
    assert [place.span.of(TEXT) for place in match.places] == [SECOND, THIRD]


def test_a_negation_lost_with_what_was_cut_is_stressed() -> None:
    match = look_up("sail in winter,")
    assert match is not None
    assert (match.verdict, match.stressed) == (QuoteVerdict.TRIMMED, True)


@pytest.mark.parametrize(
    ("words", "op", "mine", "real", "stressed"),
    [
        ("We have promised this city a boat for three years, and now we have one.", "replace", "city", "town", False),
        ("We have promised this town a boat for nine years, and now we have one.", "replace", "nine", "three", True),
        ("We have promised this town a big boat for three years, and now we have one.", "insert", "big", "", False),
        ("We have promised this town boat for three years, and now we have one.", "delete", "", "a", False),
        ("It will sail in winter", "delete", "", "not", True),
        ("and it will be late in spring.", "replace", "will", "may", True),
        ("The ship carries 410 passengers.", "replace", "410", "140", True),
    ],
)
def test_a_change_inside_is_named_and_stressed_where_the_sense_turns(
    words: str, op: str, mine: str, real: str, stressed: bool
) -> None:
    match = look_up(words)
    assert match is not None
    (change,) = match.comparison.changes
    assert (change.op, change.given, change.real) == (op, mine, real)
    assert (match.verdict, match.stressed) == (QuoteVerdict.ALTERED, stressed)


def test_words_that_never_stood_there_are_not_found() -> None:
    assert look_up("The harbour belongs to whoever sweeps it in the morning") is None


def test_the_changed_words_can_be_put_back_to_get_the_real_ones() -> None:
    match = look_up("We had promised that town a boat for three years, and now we have another.")
    assert match is not None
    assert [(change.given, change.real) for change in match.comparison.changes] == [
        ("had", "have"),
        ("that", "this"),
        ("another", "one"),
    ]


@for_any(st.text(max_size=300))
def test_any_text_may_be_looked_up(words: str) -> None:
    ways = [way for way in interpretations(words) if way.length]
    if ways:
        match = locate(ways, Article("a", "Ferry", TEXT), UNITS)
        assert match is None or all(place.span.of(TEXT) for place in match.places)
        assert match is None or match.comparison.cost >= least_cost(ways, TEXT)


@for_any(st.integers(0, 60), st.integers(3, 60))
def test_every_run_of_words_of_an_article_is_found_unaltered(start: int, length: int) -> None:
    words = TEXT.replace('"', "").split()[start : start + length]
    assume(len(words) >= 3)
    match = look_up(" ".join(words))
    assert match is not None
    assert match.verdict is not QuoteVerdict.ALTERED


def test_the_verdicts_have_the_names_that_programs_read() -> None:
    assert [verdict.value for verdict in QuoteVerdict] == ["exact", "trimmed", "altered", "paraphrase", "not_found"]
