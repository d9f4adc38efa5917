"""One speaker's words by date, page by page; an article and its quotations. Pure."""

from collections.abc import Iterator, Sequence

from bot.cards.answer import Block, Card, Tone, citation_list, notice, within_limits
from bot.cards.buttons import Button
from bot.cards.citation import source_lines
from bot.cards.dates import written
from bot.cards.limits import fit_line, fit_typed
from bot.interactions.paging import PAGE, Line, leaf
from bot.locales import N_, _, ngettext, number
from retrieval.answering.citation_lookup import Timeline
from retrieval.domain import Article, Citation

_NAME, _SUMMARY = 100, 300


def timeline_card(line: Line, timeline: Timeline) -> Card:
    whose = " ".join([f"**{fit_typed(timeline.speaker, _NAME)}**", *_narrowing(line)])
    if not timeline.total:
        return notice(_("The archive has no words from {whose}.", whose=whose))
    heading = Block("\n".join([whose, *_counted(line, timeline)]))
    return Card(
        within_limits([heading, *citation_list(timeline.citations)]), Tone.NEUTRAL, _pages(line, timeline.total)
    )


def _counted(line: Line, timeline: Timeline) -> Iterator[str]:
    first, last = line.page * PAGE + 1, line.page * PAGE + len(timeline.citations)
    shown = f"{number(first)}–{number(last)}"
    yield "-# " + _("{shown} of {all}, the latest first", shown=shown, all=number(timeline.total))
    if timeline.others:
        yield "-# " + _("Not {names}", names=fit_typed(", ".join(timeline.others), _SUMMARY))


def article_card(article: Article, citations: Sequence[Citation], page: int = 0) -> Card:
    """The article with a page of its quotations."""
    many = ngettext("{n} quotation", "{n} quotations", len(citations))
    summary = [fit_line(article.summary, _SUMMARY)] if article.summary else []
    by = fit_line(", ".join(article.authors), _NAME)
    authors = ["-# " + _("by {authors}", authors=by)] if by else []
    heading = Block("\n".join([*source_lines(article), *authors, *summary, f"-# {many}"]))
    shown = citation_list(citations[page * PAGE : (page + 1) * PAGE], article)
    back = leaf(article.id, page - 1, N_("Back")) if page > 0 else None
    on = leaf(article.id, page + 1, N_("Further")) if (page + 1) * PAGE < len(citations) else None
    return Card(within_limits([heading, *shown]), Tone.NEUTRAL, tuple(button for button in (back, on) if button))


def _pages(line: Line, total: int) -> tuple[Button, ...]:
    earlier = line.turned(line.page + 1, N_("Earlier")) if (line.page + 1) * PAGE < total else None
    later = line.turned(line.page - 1, N_("Later")) if line.page > 0 else None
    return tuple(button for button in (later, earlier) if button)


def _narrowing(line: Line) -> Iterator[str]:
    if line.topic:
        yield _("about {topic}", topic=fit_typed(line.topic, _NAME))
    if line.after:
        yield _("since {day}", day=written(line.after))
    if line.before:
        yield _("until {day}", day=written(line.before))
