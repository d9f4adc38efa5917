"""Cards of answers and of lists of citations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.cards.citation import cited, key, source_lines
from bot.cards.components import Block, Button, Card, Tone, fitting_button, within_limits
from bot.cards.limits import fit, fit_end, fit_line, fit_typed
from bot.cards.reasons import reason_told
from bot.cards.references import OPEN, TimelinePage, reference_to
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
    Verdict.CONTRADICTED: N_("**No. These words of this speaker contradict it.**"),
    Verdict.MISATTRIBUTED: N_("**The words are in the archive, but from somebody else.**"),
    Verdict.RELATED: N_("**Not these words. On this the speaker said:**"),
    Verdict.NOT_FOUND: N_("**The archive doesn't have these words.**"),
}
_RELATED_OF = N_("**Not these words. On this {name} said:**")
_VERDICT_TONES = {
    Verdict.CONTRADICTED: Tone.UNCERTAIN,
    Verdict.MISATTRIBUTED: Tone.UNCERTAIN,
    Verdict.RELATED: Tone.NEUTRAL,
}
"""What isn't supported is never green."""
_REPORTED = N_("**Yes, as the article reports it.**")
_MORE = {
    # whether there is more, and whether the speaker has a name
    (True, True): N_("More from **{name}** in this article"),
    (True, False): N_("More quotations in this article"),
    (False, True): N_("No more from **{name}** in this article."),
    (False, False): N_("No more quotations in this article."),
}


def answer_card(answer: Answer, *, asked: bool = False, thread: bool = False) -> Card:
    """Return the best citation in full and the next ones in short, or near misses where the archive has no answer.

    With `asked` the question stands below, for Discord doesn't show it with a command; with `thread` a button opens a
    thread.
    """
    card = _answer_card(answer, thread)
    if not asked:
        return card
    question = Block("-# " + _("Asked: {question}", question=fit_typed(answer.question, _QUESTION)))
    return replace(card, blocks=within_limits([*card.blocks, question]))


def _answer_card(answer: Answer, thread: bool) -> Card:
    heading = [Block(_heading(answer, answer.verdict))] if answer.verdict else []
    if answer.did_you_mean:
        name = fit_line(answer.did_you_mean, _REASON)
        heading.append(Block("-# " + _("The archive has nobody of that name. Did you mean **{name}**?", name=name)))
    if answer.reading:
        heading.append(Block(f"-# {fit_typed(reason_told(answer.reading.reason), _REASON)}"))
    if not answer.answered:
        return _declined(answer, heading)
    best = answer.citations[0]
    tone = _VERDICT_TONES.get(answer.verdict) if answer.verdict else None
    blocks = within_limits([*heading, *citation_blocks(answer.citations)])
    return Card(blocks, tone or _tone(best), _below(best, thread))


def _heading(answer: Answer, verdict: Verdict) -> str:
    best = answer.citations[0] if answer.citations else None
    if verdict is Verdict.RELATED and best and best.speaker and best.speaker.name:
        return _(_RELATED_OF, name=fit_line(best.speaker.name, _REASON))
    reported = best is not None and best.kind in {Kind.REPORTED, Kind.TEXT}
    return _(_REPORTED if verdict is Verdict.SUPPORTED and reported else _HEADINGS[verdict])


def _below(best: Citation, thread: bool) -> tuple[Button, ...]:
    reference = reference_to(best)
    if reference is None:
        return ()
    labels = {"right": N_("Right"), "wrong": N_("Wrong"), "follow": N_("Follow-up question")}
    if thread:
        labels["thread"] = N_("Continue in a thread")
    return tuple(Button(action, label, str(reference)) for action, label in labels.items())


def citation_blocks(citations: Sequence[Citation]) -> list[Block]:
    """Return the best citation in full and the next ones in short; nothing for no citations."""
    if not citations:
        return []
    best, *rest = distinct(citations)
    main = _citation_block(best, cited(best, _BEST), "around", "more")
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
    return _citation_block(miss.citation, f"{cited(miss.citation, _OTHER)}\n-# {why}", "around")


def surroundings_card(citation: Citation) -> Card:
    """Return the words in bold, with what stands before and after them in the article."""
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
    """Return the blank that stood between the words and what is beside them."""
    return ("\n" if beside in "\n\r" else " ") if beside.isspace() else ""


def list_card(heading: str, citations: Sequence[Citation], above: Article | None = None) -> Card:
    """Return citations in short under a heading, which is Markdown. `above` is the article that it names, if any."""
    return Card(within_limits([Block(heading), *citation_list(distinct(citations), above)]))


def citation_list(citations: Iterable[Citation], above: Article | None = None) -> Iterator[Block]:
    """Yield each citation in short; the source is named where it changes, and at first unless it stands `above`."""
    for citation in citations:
        yield _citation_block(citation, cited(citation, _OTHER, above), "around")
        above = citation.article


def more_card(known: Citation, others: Sequence[Citation]) -> Card:
    """Return other quotations of `known`'s article: its speaker's, or everybody's where it has no speaker."""
    name = fit_line(known.speaker.name, _REASON) if known.speaker and known.speaker.name else ""
    heading = _(_MORE[bool(others), bool(name)], name=name)
    lines = [heading, *source_lines(known.article)]
    return list_card("\n".join(lines), others, known.article)


def distinct(citations: Iterable[Citation]) -> list[Citation]:
    """Return the first of those citations that would read the same."""
    return _unique(citations, key)


def _unique(things: Iterable[T], identity: Callable[[T], object]) -> list[T]:
    first: dict[object, T] = {}
    for thing in things:
        first.setdefault(identity(thing), thing)
    return list(first.values())


def _citation_block(citation: Citation, text: str, *actions: str) -> Block:
    """Return the text with a button for each action; no buttons, and no reference, where there can't be one."""
    reference = reference_to(citation)
    buttons = [Button(action, _LABELS[action], str(reference)) for action in actions if reference]
    if "more" in actions and (timeline := _timeline_button(citation)):
        buttons.append(timeline)
    return Block(text, tuple(buttons), references=(reference,) if reference else ())


def _timeline_button(citation: Citation) -> Button | None:
    speaker = citation.speaker
    return timeline_button(OPEN, N_("Timeline"), TimelinePage(speaker.name)) if speaker and speaker.name else None


def timeline_button(action: str, label: str, page: TimelinePage) -> Button | None:
    """Return a button that opens or turns to a page of a timeline; None where the names are too long for a button."""
    about = str(page)
    return fitting_button(action, label, about) if about else None


def _tone(citation: Citation) -> Tone:
    if citation.kind in {Kind.TEXT, Kind.MENTION}:
        return Tone.NEUTRAL
    certain = citation.speaker is not None and citation.speaker.certainty is Certainty.CERTAIN
    if not certain:
        return Tone.UNCERTAIN
    return Tone.NEUTRAL if citation.kind is Kind.REPORTED else Tone.CERTAIN
