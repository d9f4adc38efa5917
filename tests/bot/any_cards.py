"""Any answer, verification or timeline that there may be, hostile ones too; and what must be true of every card."""

import asyncio
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from hypothesis import strategies as st

from bot.cards.components import Card
from bot.cards.escaping import CUT, unescape
from bot.cards.layout import layout
from retrieval.answering.citation_lookup import Timeline
from retrieval.answering.citations import cite
from retrieval.answering.verification.quote_comparison import QuoteChange
from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import SpeakerVerdict, Verification
from retrieval.domain import (
    Answer,
    Article,
    Certainty,
    Citation,
    EarlierWording,
    FollowUpKind,
    FollowUpReading,
    Kind,
    NearMiss,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Verdict,
)
from retrieval.reasons import Reason
from tests.bot.openapi import problems

SPOKEN = {Kind.DIRECT, Kind.MIXED, Kind.NESTED}
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
        "«guillemets» „unten“ ＂wide＂",
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
READINGS = st.none() | WORDS.map(partial(FollowUpReading, FollowUpKind.MORE))
REASONS = st.none() | WORDS.map(Reason.stated)
TITLES = WORDS | st.just("T" * 2_000) | st.just("]( <t:1:R> " * 200)
ADDRESSES = st.sampled_from(
    ("https://a.example/x)>[y](z", "javascript:alert(1)", "https://[::1", "http://" + "a" * 600)
)

_SEPARATE = re.compile(r"[“„«\"＂]([^“”„«»\"＂]*)[“”»\"＂]")
_INVISIBLE = "\u202e|\u200b|\ufeff|[\x00-\x09\x0b-\x1f]"


@st.composite
def articles(draw) -> Article:
    return Article(
        id=draw(WORDS),
        title=draw(TITLES),
        text=draw(WORDS.filter(lambda text: text.strip() != "")),
        publisher=draw(SOME),
        published=draw(SOME | st.just("2024-02-29T23:30:00+14:00")),
        url=draw(SOME | ADDRESSES),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        summary=draw(SOME),
    )


@st.composite
def speakers(draw) -> Speaker:
    kind = draw(st.none() | st.sampled_from(SpeakerKind))
    return Speaker(draw(SOME), draw(SOME), kind, 0.5, draw(st.sampled_from(Certainty)), draw(REASONS))


@st.composite
def citations(draw) -> Citation:
    article = draw(articles())
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    said_on = draw(st.none() | st.dates())
    quotation = Quotation(Span(start, end), draw(st.sampled_from(Kind)), draw(st.none() | speakers()), said_on=said_on)
    cited = cite(article, quotation.span, 1.0, quotation, draw(st.none() | st.integers(1, 2**62)))
    earlier = st.builds(EarlierWording, WORDS, st.sampled_from(Kind), SOME, st.dates())
    return replace(
        cited,
        also_in=tuple(draw(st.lists(articles(), max_size=2))),
        earlier=tuple(draw(st.lists(earlier, max_size=2))),
    )


@st.composite
def answers(draw) -> Answer:
    return Answer(
        question=draw(WORDS),
        confidence=0.5,
        citations=draw(st.lists(citations(), max_size=5)),
        near_misses=[NearMiss(draw(citations()), Reason.stated(draw(WORDS))) for _ in range(draw(st.integers(0, 4)))],
        verdict=draw(st.none() | st.sampled_from(Verdict)),
        reading=draw(READINGS),
    )


@st.composite
def verifications(draw) -> Verification:
    """The real words of a change are the article's, as they are in life."""
    cited = draw(st.lists(citations(), max_size=4))
    real = st.sampled_from(["", *(word for citation in cited for word in citation.text.split()[:20])])
    change = st.builds(QuoteChange, st.sampled_from(("replace", "insert", "delete")), WORDS, real)
    return Verification(
        text=draw(WORDS),
        verdict=draw(st.sampled_from(QuoteVerdict)),
        speaker_verdict=draw(st.none() | st.sampled_from(SpeakerVerdict)),
        stressed=draw(st.booleans()),
        changes=tuple(draw(st.lists(change.filter(lambda made: made.given or made.real), max_size=12))),
        citations=cited,
    )


@st.composite
def timelines(draw) -> Timeline:
    cited = draw(st.lists(citations(), max_size=5))
    others = tuple(draw(st.lists(WORDS, max_size=3)))
    return Timeline(draw(WORDS), draw(st.integers(len(cited), 10_000)), cited, others)


def check_card(card: Card, shown: Sequence[Citation], about: Sequence[Article] = ()) -> None:
    """Within limits; nothing pings or renders as something else; and what is marked as quoted stands in an article.

    `shown` are the citations that the card may show, `about` articles that it names beside theirs.
    """
    payload = {"components": sent(card), "flags": 1 << 15, "allowed_mentions": {"parse": []}}
    assert problems("POST", "/channels/1/messages", payload) == []
    for block in card.blocks:
        check_markdown(block.text)
        for quoted in _block_quotations(block.text):
            assert any(_shows(quoted, cited) for cited in shown), quoted
        _check_marks_outside(block.text, list(_sources(shown, about)))


def sent(card: Card) -> list[dict]:
    """As the bot sends it, with the last check before sending."""

    async def build():
        return layout(card).to_components()

    return asyncio.run(build())


def check_markdown(text: str) -> None:
    """Our own Markdown is known: emphasis, subtext, block quotations, struck words, channels, one form of link."""
    bare = re.sub(r"\\.", "", text, flags=re.DOTALL)
    bare = re.sub(r"\[([^\[\]]*)\]\(<https?://[!-;=?-~]+>\)", r"\1", bare)
    bare = re.sub(r"~~([^~]*)~~", r"\1", bare)
    bare = re.sub(r"<#\d+>|`/[\w-]+`", "", bare)
    assert not re.search(rf"[\[\]`|~<@]|://|{_INVISIBLE}", bare)
    assert not re.search(r"^(?!-# |> |\*)[^\S\n]*(#|-|\+|>|\d+[.)])", bare, re.MULTILINE)
    bare = re.sub(r"\*\*|\*speaker unclear\*|^\*|\*$", "", bare, flags=re.MULTILINE)
    assert bare.count("*") == 0


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


def _shows(seen: str, cited: Citation) -> bool:
    """Marks stand around what stood between marks in the article, and around nothing else."""
    if cited.kind not in SPOKEN:
        return stands_in(seen, cited.text)
    return seen.startswith("“") and seen.endswith("”") and stands_in(seen[1:-1], cited.text)


def _block_quotations(text: str) -> Iterator[str]:
    """What stands in each block quotation, as it is seen."""
    for group in re.findall(r"(?:^> .*(?:\n|\Z))+", text, re.MULTILINE):
        yield unescape("\n".join(line[2:] for line in group.rstrip("\n").split("\n")))


def _check_marks_outside(text: str, sources: list[str]) -> None:
    """Outside of block quotations an article's own marks may stand, in its title for example; typed words get none."""
    for line in text.split("\n"):
        if not line.startswith("> "):
            for marked in _SEPARATE.findall(unescape(line)):
                assert any(stands_in(marked, source) for source in sources), marked


def _sources(shown: Sequence[Citation], about: Sequence[Article]) -> Iterator[str]:
    named = [*about, *(article for cited in shown for article in (cited.article, *cited.also_in))]
    for article in named:
        yield from (article.text, article.title, article.publisher or "", article.summary or "", article.url or "")
        yield ", ".join(article.authors)
    for cited in shown:
        yield from (part for words in cited.earlier for part in (words.text, words.speaker or ""))
        if cited.speaker:
            yield from (cited.speaker.name or "", cited.speaker.role or "")
