"""For any answer: within Discord's limits, true to the article, and nothing renders as something else."""

import asyncio
import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Card, answer_card, list_card, more_card, surroundings_card
from bot.citing import link
from bot.escaping import CUT, escape, unescape
from bot.layout import layout
from retrieval.articles import (
    Answer,
    Article,
    Certainty,
    Kind,
    NearMiss,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Verdict,
)
from retrieval.citations import cite
from tests.bot.made_up import ARTICLE, HARBOUR, NOBODY, PERHAPS_ROOK, QUOTATIONS, citation, sentence

HOSTILE = st.sampled_from(
    (
        "@everyone",
        "<@&123456789012345678>",
        "[free](https://evil.example)",
        "\u202egnorw",
        "\u200b\u200d\ufeff",
        "**_~~||`",
        "\n> quoted\n# big\n- listed\n",
        "<t:1700000000:R>",
        "Z" + "\u0301" * 40,
        '"marked" “so” [...] […]',
        "\\",
        "x" * 900,
        "word " * 400,
        "😀" * 400,
        "\ud800",
        "\x00\x1b[31m",
    )
)
WORDS = st.lists(st.text(max_size=30) | HOSTILE, max_size=6).map("".join)
SOME = st.none() | WORDS
SPOKEN = {Kind.DIRECT, Kind.MIXED, Kind.NESTED}


@st.composite
def articles(draw):
    text = draw(WORDS.filter(lambda text: text.strip() != ""))
    return Article(
        id=draw(WORDS),
        title=draw(WORDS | st.just("T" * 1_000) | st.just("]( <t:1:R> " * 100)),
        text=text,
        publisher=draw(SOME),
        published=draw(SOME | st.just("2024-02-29T23:30:00+14:00")),
        url=draw(
            SOME
            | st.sampled_from(
                ("https://a.example/x)>[y](z", "javascript:alert(1)", "https://[::1", "http://" + "a" * 600)
            )
        ),
    )


@st.composite
def citations(draw):
    article = draw(articles())
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    certainty = draw(st.sampled_from(Certainty))
    speaker = Speaker(
        draw(SOME), draw(SOME), draw(st.none() | st.sampled_from(SpeakerKind)), 0.5, certainty, draw(SOME)
    )
    quotation = Quotation(
        Span(start, end),
        draw(st.sampled_from(Kind)),
        draw(st.none() | st.just(speaker)),
        said_on=draw(st.none() | st.dates()),
    )
    row = draw(st.none() | st.integers(1, 2**62))
    cited = cite(article, quotation.span, 1.0, quotation, row)
    return replace(cited, quotation=row)


@st.composite
def answers(draw):
    return Answer(
        question=draw(WORDS),
        confidence=0.5,
        citations=draw(st.lists(citations(), max_size=5)),
        near_misses=[NearMiss(draw(citations()), draw(WORDS)) for _ in range(draw(st.integers(0, 4)))],
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        reading=draw(SOME),
    )


def sent(card: Card):
    """As the bot sends it, with the last check before sending."""

    async def build():
        return layout(card).to_components()

    return asyncio.run(build())


def quoted_blocks(card: Card):
    """What stands in each block quotation, as it is seen."""
    for block in card.blocks:
        lines = [line[2:] for line in block.text.split("\n") if line.startswith("> ")]
        if lines:
            yield unescape("\n".join(lines))


def stands_in(shown: str, text: str) -> bool:
    """Whether the pieces between marked cuts stand in `text` in order, blanks and what can't be seen aside."""
    seen, at = _bare(text), 0
    for piece in map(_bare, shown.split(CUT)):
        at = seen.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _bare(text: str) -> str:
    kept = (character for character in text if not character.isspace() and unicodedata.category(character) != "Cf")
    return re.sub("[\ud800-\udfff]", "\ufffd", "".join(kept))


@settings(deadline=None, max_examples=20)
@given(answers())
def test_any_answer_is_within_limits_and_true_to_its_articles(answer):
    card = answer_card(answer, asked=True)
    sent(card)
    shown = [*answer.citations, *(miss.citation for miss in answer.near_misses)]
    for seen in quoted_blocks(card):
        assert any(_shows(seen, cited) for cited in shown)


def _shows(seen: str, cited) -> bool:
    if cited.kind not in SPOKEN:
        return stands_in(seen, cited.text)
    return seen.startswith("“") and seen.endswith("”") and stands_in(seen[1:-1], cited.text)


@settings(deadline=None, max_examples=20)
@given(citations())
def test_reported_speech_and_sentences_get_no_quotation_marks(cited):
    for kind in (Kind.REPORTED, Kind.TEXT, Kind.MENTION):
        card = answer_card(Answer("q", 0.5, [replace(cited, kind=kind)]))
        (seen,) = quoted_blocks(card)
        assert stands_in(seen, cited.text)


@settings(deadline=None, max_examples=20)
@given(st.lists(citations(), min_size=1, max_size=8))
def test_surroundings_and_lists_are_within_limits(cited):
    card = surroundings_card(cited[0])
    sent(card)
    assert stands_in(unescape(card.blocks[1].text).replace("**", ""), cited[0].article.text.replace("**", ""))
    sent(list_card("Quotations", cited))
    sent(more_card(cited[0], cited[1:]))


@settings(deadline=None, max_examples=20)
@given(answers())
def test_nothing_pings_links_or_renders_as_something_else(answer):
    for block in answer_card(answer).blocks:
        bare = re.sub(r"\\.", "", block.text, flags=re.DOTALL)
        bare = re.sub(r"\[([^\[\]]*)\]\(<https?://[!-;=?-~]+>\)", r"\1", bare)
        assert not re.search(r"[\[\]`|~<@]|://|\u202e|\u200b|[\x00-\x09\x0b-\x1f]", bare)
        assert not re.search(r"^(?!-# |> |\*)\s*(#|-|\+|>|\d+[.)])", bare, re.MULTILINE)
        assert re.sub(r"\*\*|\*speaker unclear\*|^\*|\*$", "", bare, flags=re.MULTILINE).count("*") == 0


def test_certainty_is_shown():
    assert "**Ada Marlowe**, harbour minister" in answer_card(Answer("q", 1, [citation(1)])).blocks[0].text
    doubtful = answer_card(Answer("q", 1, [citation(4)])).blocks[0].text
    assert f"probably **Tom Rook** ({PERHAPS_ROOK.reason})" in doubtful
    assert f"*speaker unclear* ({NOBODY.reason})" in answer_card(Answer("q", 1, [citation(5)])).blocks[0].text


def test_a_speaker_who_has_no_name_is_shown_by_role():
    speaker = Speaker(None, "a harbour worker", SpeakerKind.UNNAMED, 0.9, Certainty.CERTAIN)
    assert "\na harbour worker\n" in answer_card(Answer("q", 1, [replace(citation(1), speaker=speaker)])).blocks[0].text


def test_reported_speech_is_labelled():
    text = answer_card(Answer("q", 1, [citation(3)])).blocks[0].text
    assert text.startswith("> that the dredging would be paid for by the town\n**Ada Marlowe**")
    assert "-# reported, not word for word" in text


def test_what_is_not_known_is_left_out():
    bare = replace(ARTICLE, title="", publisher=None, published=None, url=None)
    text = answer_card(Answer("q", 1, [sentence(bare)])).blocks[0].text
    assert text == "> The harbour talks went on for a third day.\n-# from the article\n*Untitled article*"


def test_the_best_comes_first_and_repeated_words_once():
    card = answer_card(replace(HARBOUR, citations=(citation(2), citation(2), citation(1), citation(4), citation(5))))
    assert [block.text.split("\n")[0] for block in card.blocks] == [
        "> “Not this year, and not the next.”",
        "> “We will not close the harbour,”",
        "> “Somebody has to do it,”",
    ]


@pytest.mark.parametrize(
    ("verdict", "heading"),
    [(Verdict.SUPPORTED, "Yes"), (Verdict.MISATTRIBUTED, "somebody else"), (Verdict.NOT_FOUND, "doesn't have")],
)
def test_a_question_whether_somebody_said_it_gets_a_verdict(verdict, heading):
    assert heading in answer_card(replace(HARBOUR, verdict=verdict)).blocks[0].text


def test_a_day_is_written_out_as_it_was_where_it_was_written():
    late = replace(ARTICLE, published="2024-12-31T23:30:00-11:00")
    assert "31 December 2024" in answer_card(Answer("q", 1, [citation(1, late)])).blocks[0].text
    assert "4 March 2024" in answer_card(Answer("q", 1, [citation(1)])).blocks[0].text
    assert QUOTATIONS[0].said_on == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/b c", "https://a.example/b%20c"),
        ("https://a.example/x)>[y](z)", "https://a.example/x%29%3E%5By%5D%28z%29"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("javascript:alert(1)", None),
        ("https://user:secret@a.example/", None),
        ("https://[::1", None),
        ("//a.example", None),
        ("https://a.example/" + "x" * 600, None),
        (None, None),
    ],
)
def test_only_addresses_that_can_not_break_out_are_linked(address, shown):
    assert link(address) == shown


def test_escaped_cuts_are_recognised():
    assert unescape(escape(CUT)) == CUT
