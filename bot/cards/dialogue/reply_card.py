"""The card of any reply: what was understood on top, the answer in one line, then the words."""

from collections.abc import Iterator, Sequence

from bot.cards.answer import answer_card, heading_lines, near_misses, question_line, with_top
from bot.cards.blocks import citation_list, distinct, full_block, timeline_button
from bot.cards.components import Block, Button, Card, Tone, within_limits
from bot.cards.dialogue.list_pages import ListPage, narrowing, page_buttons
from bot.cards.dialogue.reply_texts import told_lines
from bot.cards.dialogue.timeline import article_card
from bot.cards.references import OPEN, PAGE, TimelinePage
from bot.cards.verification import verification_card
from bot.locales import N_, _, number
from retrieval.dialogue.intents import IntentKind
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind
from retrieval.domain import Citation

_OF_A_SIDE = 2
_TITLES = frozenset({ReplyCode.ARTICLE_TOLD, ReplyCode.ARTICLE_WITHOUT_AUTHOR, ReplyCode.ARTICLE_WITHOUT_DATE})
"""Sentences that say of an article what its card shows."""
_ANSWERS = frozenset({ReplyKind.QUOTATIONS, ReplyKind.VERDICT, ReplyKind.DECLINED})


def reply_card(reply: DialogueReply, *, asked: str | None = None, thread: bool = False, offset: int = 0) -> Card:
    """Return the card of a reply. `asked` is the message, where Discord doesn't show it above the reply.

    With `thread` a button opens a thread; `offset` counts the citations on earlier pages of a list.
    """
    card = _card(reply, thread, offset)
    return card if asked is None else with_top(card, question_line(asked))


def _card(reply: DialogueReply, thread: bool, offset: int) -> Card:
    if reply.parts:
        return _compared(reply) if reply.kind is ReplyKind.COMPARISON else _one_after_another(reply)
    if reply.verification is not None:
        return verification_card(reply.verification)
    return _found(reply, thread, offset)


def _found(reply: DialogueReply, thread: bool, offset: int) -> Card:
    if reply.article is not None:
        said = told_lines(text for text in reply.texts if text.code not in _TITLES)
        return article_card(reply.article, reply.answer.citations, said=said)
    if _is_person(reply):
        return _person(reply)
    if reply.kind is ReplyKind.LIST and reply.answer.citations:
        return _listed(reply, offset)
    if reply.kind in _ANSWERS:
        return answer_card(reply.answer, thread=thread, said=told_lines(reply.texts))
    return _told(reply)


def _is_person(reply: DialogueReply) -> bool:
    asked = reply.intent is not None and reply.intent.kind is IntentKind.PERSON
    return asked and bool(reply.texts and reply.answer.citations)


def _listed(reply: DialogueReply, offset: int) -> Card:
    citations = reply.answer.citations
    total = max(reply.total or 0, offset + len(citations))
    page = ListPage(reply.intent.listing, offset) if reply.intent else None
    narrowed = narrowing(page.listing) if page else []
    named = page is not None and bool(page.listing.speakers)
    words = citation_list(citations[:PAGE], speaker=_one_speaker(citations) if named else None)

    def heading(shown: int) -> Block:
        return Block("\n".join([*_headline(reply), "-# " + " · ".join([*narrowed, _shown_of(offset, shown, total)])]))

    _top, *shown = within_limits([heading(len(citations)), *words])
    buttons = page_buttons(page, len(shown), total) if page else ()
    return Card((heading(len(shown)), *shown), Tone.NEUTRAL, buttons)


def _shown_of(offset: int, shown: int, total: int) -> str:
    pages = f"{number(offset + 1)}–{number(offset + shown)}"
    return _("{shown} of {all}", shown=pages, all=number(total))


def _one_speaker(citations: Sequence[Citation]) -> str | None:
    """Return the speaker of all citations, if it is one whose name stands in the heading."""
    names = {citation.speaker.name if citation.speaker else None for citation in citations}
    return names.pop() if len(names) == 1 else None


def _compared(reply: DialogueReply) -> Card:
    """Return each side under its name, or what the program says of it."""
    blocks = [Block("\n".join(_headline(reply)))] if reply.texts else []
    buttons: list[Button] = []
    for side in reply.parts:
        lines = [*_headline(side), *heading_lines(side.answer)]
        words = list(citation_list(distinct(side.answer.citations)[:_OF_A_SIDE]))
        blocks += _under(lines, words)
        buttons += _timeline_of(side.answer.citations)
    return Card(within_limits(blocks), Tone.NEUTRAL, tuple(buttons[:5]))


def _one_after_another(reply: DialogueReply) -> Card:
    """Return the answers to the wishes of one message, each under its own words."""
    blocks: list[Block] = []
    cards = [(part, _card(part, thread=False, offset=0)) for part in reply.parts]
    for part, card in cards:
        top = question_line(part.intent.text if part.intent else part.answer.question)
        blocks += with_top(card, top).blocks[: 1 + _OF_A_SIDE]
    tones = {card.tone for _part, card in cards}
    return Card(within_limits(blocks), tones.pop() if len(tones) == 1 else Tone.NEUTRAL)


def _person(reply: DialogueReply) -> Card:
    """Return who a person is by the roles that articles give, with the words that show them."""
    citations = reply.answer.citations
    heading = [*_headline(reply), *heading_lines(reply.answer)]
    blocks = [Block("\n".join(heading)), *citation_list(distinct(citations)[:PAGE])]
    named = (value for text in reply.texts for name, value in text.parameters if name == "name")
    return Card(within_limits(blocks), Tone.NEUTRAL, tuple(_timeline_of(citations, str(next(named, "")))))


def _told(reply: DialogueReply) -> Card:
    """Return what the program says in its own words, with citations where there are some."""
    lines = [*_headline(reply), *heading_lines(reply.answer)] or [_("**The archive doesn't say.**")]
    words = [full_block(citation) for citation in distinct(reply.answer.citations)[:1]]
    words += citation_list(distinct(reply.answer.citations)[1:PAGE])
    near = citation_list(miss.citation for miss in near_misses(reply.answer)) if not words else ()
    tone = Tone.NOTHING if reply.kind is ReplyKind.LIST else Tone.NEUTRAL
    return Card(within_limits([Block("\n".join(lines)), *words, *near]), tone)


def _headline(reply: DialogueReply) -> list[str]:
    """Return the program's own sentences, the first in bold where words or facts follow it."""
    lines = told_lines(reply.texts)
    if not lines or reply.kind in {ReplyKind.SMALL_TALK, ReplyKind.DECLINED}:
        return lines
    return [f"**{lines[0].removesuffix('.')}**", *lines[1:]]


def _under(lines: Sequence[str], words: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, the first with these lines above its text."""
    if not words:
        yield Block("\n".join(lines) or "…")
        return
    first, *rest = words
    text = "\n".join([*lines, first.text])
    yield Block(text, first.buttons, references=first.references)
    yield from rest


def _timeline_of(citations: Sequence[Citation], name: str | None = None) -> list[Button]:
    speaker = citations[0].speaker if citations else None
    name = name or (speaker.name if speaker else None)
    button = timeline_button(OPEN, N_("All by {what}"), TimelinePage(name), name) if name else None
    return [button] if button else []
