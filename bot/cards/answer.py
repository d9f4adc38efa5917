"""Cards of answers: the question, the answer in one line, the words; and of what is opened from there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.blocks import (
    BEST,
    citation_list,
    distinct,
    full_block,
    near_and_others,
    near_block,
    others_button,
    timeline_button,
    unique,
)
from bot.cards.citation import key, source_lines, speaker_line
from bot.cards.components import Block, Button, Card, Tone, notice, within_limits
from bot.cards.limits import fit, fit_end, fit_line, fit_typed
from bot.cards.reasons import reason_told
from bot.cards.references import OPEN, TimelinePage, reference_to
from bot.locales import N_, _
from retrieval.domain import Answer, Article, Certainty, Citation, Kind, NearMiss, Verdict
from retrieval.reasons import ReasonCode

NEAR_ENOUGH = 0.1
"""Least confidence, 0..1, at which what was found comes near enough to a question to be shown beside a decline."""
_BESIDE_THE_POINT = frozenset({ReasonCode.WORD_NOT_MENTIONED, ReasonCode.WORDS_NOT_MENTIONED})
"""Reasons of near misses that no reader would call near: a name or a number that was asked for isn't there."""
_NEAR, _NEARER = 2, 1.0  # near misses at most, and the log-odds between the first and the last of them
_NAME, _REASON, _QUESTION, _AROUND = 100, 200, 300, 700
_HEADINGS = {
    Verdict.SUPPORTED: N_("**Yes.** The archive has these words from this speaker."),
    Verdict.CONTRADICTED: N_("**No.** These words of this speaker contradict it."),
    Verdict.MISATTRIBUTED: N_("**Not by this speaker**, as far as the archive goes. Somebody else said:"),
    Verdict.RELATED: N_("**Not these words.** On this the speaker said:"),
    Verdict.NOT_FOUND: N_("**The archive doesn't have these words.**"),
}
_RELATED_OF = N_("**Not these words.** On this {name} said:")
_REPORTED = N_("**Yes**, as the article reports it.")
_MORE = {
    # whether there is more, and whether the speaker has a name
    (True, True): N_("More from **{name}** in this article"),
    (True, False): N_("More quotations in this article"),
    (False, True): N_("No more from **{name}** in this article."),
    (False, False): N_("No more quotations in this article."),
}


def answer_card(answer: Answer, *, asked: bool = False, thread: bool = False, said: Sequence[str] = ()) -> Card:
    """Return the answer in one line and the words below it; near misses where the archive has no answer.

    With `asked` the question stands on top, for Discord doesn't show it with a command; with `thread` a button opens
    a thread. `said` are sentences of the program's own about the answer, as Markdown.
    """
    card = _answer_card(answer, said, thread=thread)
    return with_top(card, question_line(answer.question)) if asked else card


def with_top(card: Card, line: str) -> Card:
    """Return the card with a line above all else."""
    first, *rest = card.blocks
    return replace(card, blocks=within_limits([replace(first, text=f"{line}\n{first.text}"), *rest]))


def _answer_card(answer: Answer, said: Sequence[str], *, thread: bool) -> Card:
    top = [*heading_lines(answer), *([f"**{line}**" for line in said] if not answer.answered else said)]
    if not answer.answered:
        return _declined(answer, top, said=bool(said))
    near, others = near_and_others(answer.citations)
    best = full_block(near[0])
    best = replace(best, text="\n".join([*top, best.text]))
    blocks = within_limits([best, *citation_list(near[1:], near[0].article)])
    return Card(blocks, _tone(answer, near[0]), _below(near[0], others, thread))


def question_line(question: str) -> str:
    """Return the question as the small first line of a card."""
    return "-# " + fit_typed(question, _QUESTION)


def heading_lines(answer: Answer) -> list[str]:
    """Return the verdict, whose name was taken for the one that was asked for, and how a follow-up was read."""
    lines = [_verdict(answer, answer.verdict)] if answer.verdict else []
    if answer.did_you_mean:
        name = fit_line(answer.did_you_mean, _NAME)
        lines.append(_("Nobody of that name is quoted here. Did you mean **{name}**?", name=name))
    if answer.reading:
        lines.append(f"-# {fit_typed(reason_told(answer.reading.reason), _REASON)}")
    return lines


def _verdict(answer: Answer, verdict: Verdict) -> str:
    best = answer.citations[0] if answer.citations else None
    if verdict is Verdict.RELATED and best and best.speaker and best.speaker.name:
        return _(_RELATED_OF, name=fit_line(best.speaker.name, _NAME))
    reported = best is not None and best.kind in {Kind.REPORTED, Kind.TEXT}
    return _(_REPORTED if verdict is Verdict.SUPPORTED and reported else _HEADINGS[verdict])


def _below(best: Citation, others: Sequence[Citation], thread: bool) -> tuple[Button, ...]:
    reference = reference_to(best)
    if reference is None:
        return ()
    labels = {"follow": N_("Ask further"), "right": N_("Right"), "wrong": N_("Wrong")}
    if thread:
        labels["thread"] = N_("Continue in a thread")
    more = others_button(others)
    return (*(Button(action, label, str(reference)) for action, label in labels.items()), *([more] if more else []))


def _declined(answer: Answer, top: list[str], *, said: bool) -> Card:
    misses = near_misses(answer)
    if answer.verdict is None and not said:
        top.append(_("**The archive doesn't say.**"))
    if misses:
        top.append("-# " + _("This comes nearest:"))
    name = answer.did_you_mean
    meant = timeline_button(OPEN, N_("All by {what}"), TimelinePage(name), name) if name else None
    blocks = [Block("\n".join(top)), *map(_near, misses)]
    return Card(within_limits(blocks), Tone.NOTHING, (meant,) if meant else ())


def near_misses(answer: Answer) -> list[NearMiss]:
    """Return at most two near misses that a reader would call near; none where nothing is."""
    if answer.confidence < NEAR_ENOUGH:
        return []
    told = [miss for miss in answer.near_misses if miss.reason.code not in _BESIDE_THE_POINT]
    misses = unique(told, lambda miss: key(miss.citation))[:_NEAR]
    return [miss for miss in misses if misses[0].citation.score - miss.citation.score <= _NEARER]


def _near(miss: NearMiss) -> Block:
    reason = fit_typed(reason_told(miss.reason), _REASON)
    return near_block(
        miss.citation, "-# " + (_("Not an answer: {reason}", reason=reason) if reason else _("Not an answer"))
    )


def surroundings_card(citation: Citation) -> Card:
    """Return the words in bold, with what stands before and after them in the article."""
    text, span = citation.article.text, citation.span
    before, after = text[: span.start], text[span.end :]
    passage = (
        fit_end(before, _AROUND),
        _seam(before[-1:]),
        f"**{fit(citation.text, BEST)}**",
        _seam(after[:1]),
        fit(after, _AROUND),
    )
    heading = "\n".join(["-# " + _("From the article:"), *source_lines(citation.article)])
    return Card(within_limits([Block(heading), Block("".join(passage).strip())]))


def _seam(beside: str) -> str:
    """Return the blank that stood between the words and what is beside them."""
    return ("\n" if beside in "\n\r" else " ") if beside.isspace() else ""


def doubt_card(citation: Citation) -> Card:
    """Return why it isn't certain who said the words."""
    speaker = citation.speaker
    reason = fit_typed(reason_told(speaker.reason), _REASON) if speaker and speaker.reason else ""
    if not reason:
        return notice(_("The article says clearly who said this."))
    lines = [speaker_line(citation), _("The article leaves room for doubt: {reason}.", reason=reason)]
    return notice("\n".join(filter(None, lines)), Tone.UNCERTAIN)


def others_card(citations: Sequence[Citation]) -> Card:
    """Return what else was found for a question, further from it than what was shown."""
    return list_card("**" + _("Further from your question") + "**", citations)


def list_card(heading: str, citations: Sequence[Citation], above: Article | None = None) -> Card:
    """Return citations in short under a heading, which is Markdown. `above` is the article that it names, if any."""
    return Card(within_limits([Block(heading), *citation_list(distinct(citations), above)]))


def more_card(known: Citation, others: Sequence[Citation]) -> Card:
    """Return other quotations of `known`'s article: its speaker's, or everybody's where it has no speaker."""
    name = fit_line(known.speaker.name, _REASON) if known.speaker and known.speaker.name else ""
    heading = _(_MORE[bool(others), bool(name)], name=name)
    lines = [heading, *source_lines(known.article)]
    return list_card("\n".join(lines), others, known.article)


def _tone(answer: Answer, best: Citation) -> Tone:
    """Return green for a verified statement alone; what is found for a question is only near it."""
    if answer.verdict in {Verdict.CONTRADICTED, Verdict.MISATTRIBUTED}:
        return Tone.UNCERTAIN
    certain = best.speaker is not None and best.speaker.certainty is Certainty.CERTAIN
    if answer.verdict is Verdict.SUPPORTED and certain and best.kind not in {Kind.TEXT, Kind.MENTION, Kind.REPORTED}:
        return Tone.CERTAIN
    return Tone.NEUTRAL if certain or best.kind in {Kind.TEXT, Kind.MENTION} else Tone.UNCERTAIN
