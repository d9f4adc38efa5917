"""Answer -> what Discord shows. Pure: neither a client nor an event loop is needed, and nothing is looked up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeVar

from bot.cards.buttons import Button
from bot.cards.citation import cited, key, source_lines
from bot.cards.limits import TEXT_TOTAL, fit, fit_end, fit_line, fit_typed, length
from bot.cards.menus import Menu
from bot.cards.reasons import reason_told
from bot.cards.references import reference_to
from bot.interactions.paging import Line
from bot.locales import N_, _
from retrieval.domain import Answer, Article, Certainty, Citation, Kind, NearMiss, Verdict

T = TypeVar("T")

_BEST = 1500
_OTHER = 320
_OTHERS = 2
_NEAR = 3
_REASON = 200
_QUESTION = 300
_AROUND = 700
_LABELS = {"around": N_("Surroundings"), "more": N_("More quotations")}
_HEADINGS = {
    Verdict.SUPPORTED: N_("**Yes. The archive has these words from this speaker.**"),
    Verdict.MISATTRIBUTED: N_("**The words are in the archive, but from somebody else.**"),
    Verdict.NOT_FOUND: N_("**The archive doesn't have these words.**"),
}
_MORE = {
    # whether there is more, and whether the speaker has a name
    (True, True): N_("More from **{name}** in this article"),
    (True, False): N_("More quotations in this article"),
    (False, True): N_("No more from **{name}** in this article."),
    (False, False): N_("No more quotations in this article."),
}


class Tone(IntEnum):
    """The colour of a card's edge, 0xRRGGBB."""

    CERTAIN = 0x2E8B57
    NEUTRAL = 0x4F6BED
    UNCERTAIN = 0xC77D0A
    NOTHING = 0x80848E


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown, with the buttons and menus that belong to it."""

    text: str
    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks from top to bottom, a line between them, and buttons below. Escaped, and within Discord's limits."""

    blocks: tuple[Block, ...]
    tone: Tone = Tone.NEUTRAL
    buttons: tuple[Button, ...] = ()


def answer_card(answer: Answer, *, asked: bool = False, thread: bool = False) -> Card:
    """The best citation in full and the next ones in short, or what comes near where the archive doesn't say.

    With `asked` the question stands below, for Discord doesn't show it with a command; with `thread` a button opens
    one.
    """
    card = _answer_card(answer, thread)
    if not asked:
        return card
    question = Block("-# " + _("Asked: {question}", question=fit_typed(answer.question, _QUESTION)))
    return replace(card, blocks=within_limits([*card.blocks, question]))


def _answer_card(answer: Answer, thread: bool) -> Card:
    heading = [Block(_(_HEADINGS[answer.verdict]))] if answer.verdict else []
    if answer.reading:
        heading.append(Block(f"-# {fit_typed(reason_told(answer.reading.reason), _REASON)}"))
    if not answer.answered:
        return _declined(answer, heading)
    best = answer.citations[0]
    return Card(within_limits([*heading, *citation_blocks(answer.citations)]), _tone(best), _below(best, thread))


def _below(best: Citation, thread: bool) -> tuple[Button, ...]:
    reference = reference_to(best)
    if reference is None:
        return ()
    labels = {"right": N_("Right"), "wrong": N_("Wrong"), "follow": N_("Follow-up question")}
    if thread:
        labels["thread"] = N_("Continue in a thread")
    return tuple(Button(action, label, str(reference)) for action, label in labels.items())


def citation_blocks(citations: Sequence[Citation]) -> list[Block]:
    """The best citation in full, and the next ones in short. None for none."""
    if not citations:
        return []
    best, *rest = distinct(citations)
    main = Block(cited(best, _BEST), _buttons(best, "around", "more"))
    return [main, *citation_list(rest[:_OTHERS], best.article)]


def _declined(answer: Answer, heading: list[Block]) -> Card:
    lead = heading or [Block(_("**The archive doesn't say.**"))]
    misses = _unique(answer.near_misses, lambda miss: key(miss.citation))
    near = [_near(miss) for miss in misses[:_NEAR]]
    if near:
        lead = [Block("\n".join([*(block.text for block in lead), "-# " + _("This comes nearest:")]))]
    return Card(within_limits([*lead, *near]), Tone.NOTHING)


def _near(miss: NearMiss) -> Block:
    reason = fit_typed(reason_told(miss.reason), _REASON)
    why = _("Not an answer: {reason}", reason=reason) if reason else _("Not an answer")
    return Block(f"{cited(miss.citation, _OTHER)}\n-# {why}", _buttons(miss.citation, "around"))


def surroundings_card(citation: Citation) -> Card:
    """The words in bold, with what stands before and after them in the article."""
    text, span = citation.article.text, citation.span
    before, after = text[: span.start], text[span.end :]
    passage = (
        fit_end(before, _AROUND),
        _seam(before[-1:]),
        f"**{fit(citation.text, _BEST)}**",
        _seam(after[:1]),
        fit(after, _AROUND),
    )
    heading = "\n".join(["-# " + _("From the article:"), *source_lines(citation.article)])
    return Card(within_limits([Block(heading), Block("".join(passage).strip())]))


def _seam(beside: str) -> str:
    """The blank that stood between the words and what is beside them."""
    return ("\n" if beside in "\n\r" else " ") if beside.isspace() else ""


def list_card(heading: str, citations: Sequence[Citation], above: Article | None = None) -> Card:
    """Citations in short under a heading, which is Markdown already. `above` is the article that it names, if any."""
    return Card(within_limits([Block(heading), *citation_list(distinct(citations), above)]))


def citation_list(citations: Iterable[Citation], above: Article | None = None) -> Iterator[Block]:
    """Each in short; the source is named where it changes, and first of all unless it stands `above`."""
    for citation in citations:
        yield Block(cited(citation, _OTHER, above), _buttons(citation, "around"))
        above = citation.article


def more_card(known: Citation, others: Sequence[Citation]) -> Card:
    """What else the speaker of `known` says in its article, or what anybody says where there is no speaker."""
    name = fit_line(known.speaker.name, _REASON) if known.speaker and known.speaker.name else ""
    heading = _(_MORE[bool(others), bool(name)], name=name)
    lines = [heading, *source_lines(known.article)]
    return list_card("\n".join(lines), others, known.article)


def notice(text: str, tone: Tone = Tone.NOTHING) -> Card:
    """A plain sentence of our own, which is Markdown already."""
    return Card((Block(text),), tone)


def distinct(citations: Iterable[Citation]) -> list[Citation]:
    """The first of those that would read the same."""
    return _unique(citations, key)


def _unique(things: Iterable[T], identity: Callable[[T], object]) -> list[T]:
    first: dict[object, T] = {}
    for thing in things:
        first.setdefault(identity(thing), thing)
    return list(first.values())


def within_limits(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """As many blocks, from the first, as Discord shows in one message, and no button twice."""
    kept: list[Block] = []
    known: set[Button] = set()
    room = TEXT_TOTAL
    for block in blocks:
        room -= length(block.text)
        if room < 0:
            break
        kept.append(replace(block, buttons=tuple(button for button in block.buttons if button not in known)))
        known.update(block.buttons)
    return tuple(kept)


def _buttons(citation: Citation, *actions: str) -> tuple[Button, ...]:
    reference = reference_to(citation)
    buttons = [Button(action, _LABELS[action], str(reference)) for action in actions if reference]
    speaker = citation.speaker
    if "more" in actions and speaker and speaker.name and (timeline := Line(speaker.name).opened(N_("Timeline"))):
        buttons.append(timeline)
    return tuple(buttons)


def _tone(citation: Citation) -> Tone:
    if citation.kind in {Kind.TEXT, Kind.MENTION}:
        return Tone.NEUTRAL
    certain = citation.speaker is not None and citation.speaker.certainty is Certainty.CERTAIN
    if not certain:
        return Tone.UNCERTAIN
    return Tone.NEUTRAL if citation.kind is Kind.REPORTED else Tone.CERTAIN
