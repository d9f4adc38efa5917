"""Texts of any length: parts that give back the whole, spans that nest or stand apart, time that grows with length."""

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.domain import Quotation
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.spans import paragraphs as dividing
from retrieval.quotes.spans.paragraphs import split_sections

PIECES = [
    '"',
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "\n\n",
    "\n",
    " ",
    ", ",
    ". ",
    "Ada Lind",
    "she",
    "said",
    "that",
    "lost",
]
FIRST = "Ada Bruno Carla David Erika Franz Greta Hanna Ivan Julia".split()
LAST = "Lind Marsh Quell Olin Brandt Keller Stone Webb Vance Yarrow".split()


@pytest.fixture
def short_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dividing, "MAX_SECTION_CHARACTERS", 60)


def apart_or_nested(one: Quotation, other: Quotation) -> bool:
    return not one.span.overlaps(other.span) or one.span.contains(other.span) or other.span.contains(one.span)


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sections_give_back_the_whole_text_at_its_own_offsets(short_sections: None, text: str) -> None:
    parts = list(split_sections(text))
    starts = [0, *map(len, parts)]
    assert "".join(part[start:] for part, start in zip(parts, starts, strict=False)) == text
    assert all(part[:start].strip("\n") == "" for part, start in zip(parts, starts, strict=False))
    assert all(end - start <= 60 for start, end in pairwise(starts))


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_spans_of_a_divided_text_are_exact_and_nest_or_stand_apart(
    extractor: Extractor, short_sections: None, text: str
) -> None:
    found = extractor.extract(text, language="en", keep_mentions=True)
    assert [q.span.start for q in found] == sorted(q.span.start for q in found)
    for index, quotation in enumerate(found):
        words = quotation.span.of(text)
        assert words
        assert words == words.strip()
        assert all(apart_or_nested(quotation, other) for other in found[index + 1 :])


def test_utterances_of_a_divided_text_are_counted_on(extractor: Extractor, short_sections: None) -> None:
    text = "“We are open all of this week,” Ada Lind said.\n\n“They are closed for the summer,” Olin Marsh said."
    found = extractor.extract(text, language="en")
    assert [q.utterance for q in found] == [0, 1]
    assert [q.span.of(text) for q in found] == ["We are open all of this week,", "They are closed for the summer,"]


def test_a_text_in_another_language_is_not_divided(extractor: Extractor, short_sections: None) -> None:
    text = "Sie sagte: „Wir werden das alles nicht hinnehmen, und wir werden dagegen klagen, solange es geht“."
    (found,) = extractor.extract(text, language="de")
    assert found.span.of(text) == "Wir werden das alles nicht hinnehmen, und wir werden dagegen klagen, solange es geht"


def paragraph(number: int) -> str:
    surname = LAST[number // 10 % 10] + ("" if number < 100 else "son")
    return (
        f"{FIRST[number % 10]} {surname}, the engineer, said on Monday that the bridge would stay closed.\n\n"
        f"“We can’t open it before the ‘deep inspection’ is done,” {surname} said. “It isn’t safe.\n\n"
        '“I drove over it myself," she added, "and I won\'t again." He called the work late.\n\n'
    )


def article(size: int) -> str:
    return "".join(paragraph(number) for number in range(size // len(paragraph(0))))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_time_grows_with_the_length_up_to_an_article_of_a_megabyte(extractor: Extractor) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        assert extractor.extract(text, language="en")
        return time.process_time() - start

    short, long = seconds(article(100_000)), seconds(article(1_000_000))
    assert long < 20 * short
