"""Cards of a speaker's timeline and of an article with its quotations, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cards.answer import citation_list, timeline_button
from bot.cards.citation import source_lines
from bot.cards.components import Block, Button, Card, Tone, fitting_button, notice, within_limits
from bot.cards.limits import fit_line, fit_typed
from bot.cards.references import LEAF, PAGE, TURN, TimelinePage
from bot.locales import N_, _, ngettext, number, written
from retrieval.answering.citation_lookup import Timeline
from retrieval.domain import Article, Citation

_NAME, _SUMMARY = 100, 300


def timeline_card(requested: TimelinePage, timeline: Timeline) -> Card:
    """Return one page of what a speaker said, with buttons to its neighbours."""
    whose = " ".join([f"**{fit_typed(timeline.speaker, _NAME)}**", *_narrowing(requested)])
    if not timeline.total:
        return notice(_("The archive has no words from {whose}.", whose=whose))
    heading = Block("\n".join([whose, *_counted(requested, timeline)]))
    return Card(
        within_limits([heading, *citation_list(timeline.citations)]), Tone.NEUTRAL, _pages(requested, timeline.total)
    )


def _counted(requested: TimelinePage, timeline: Timeline) -> Iterator[str]:
    first, last = requested.page * PAGE + 1, requested.page * PAGE + len(timeline.citations)
    shown = f"{number(first)}–{number(last)}"
    yield "-# " + _("{shown} of {all}, the latest first", shown=shown, all=number(timeline.total))
    if timeline.others:
        yield "-# " + _("Not {names}", names=fit_typed(", ".join(timeline.others), _SUMMARY))


def article_card(article: Article, citations: Sequence[Citation], page: int = 0) -> Card:
    """Return the article with a page of its quotations, numbered from 0."""
    many = ngettext("{n} quotation", "{n} quotations", len(citations))
    summary = [fit_line(article.summary, _SUMMARY)] if article.summary else []
    by = fit_line(", ".join(article.authors), _NAME)
    authors = ["-# " + _("by {authors}", authors=by)] if by else []
    heading = Block("\n".join([*source_lines(article), *authors, *summary, f"-# {many}"]))
    shown = citation_list(citations[page * PAGE : (page + 1) * PAGE], article)
    back = _leaf(article, page - 1, N_("Back")) if page > 0 else None
    on = _leaf(article, page + 1, N_("Further")) if (page + 1) * PAGE < len(citations) else None
    return Card(within_limits([heading, *shown]), Tone.NEUTRAL, tuple(button for button in (back, on) if button))


def _leaf(article: Article, page: int, label: str) -> Button | None:
    return fitting_button(LEAF, label, f"{page}:{article.id}")


def _pages(requested: TimelinePage, total: int) -> tuple[Button, ...]:
    earlier = _turned(requested, requested.page + 1, N_("Earlier")) if (requested.page + 1) * PAGE < total else None
    later = _turned(requested, requested.page - 1, N_("Later")) if requested.page > 0 else None
    return tuple(button for button in (later, earlier) if button)


def _turned(requested: TimelinePage, page: int, label: str) -> Button | None:
    return timeline_button(TURN, label, replace(requested, page=page))


def _narrowing(requested: TimelinePage) -> Iterator[str]:
    if requested.topic:
        yield _("about {topic}", topic=fit_typed(requested.topic, _NAME))
    if requested.after:
        yield _("since {day}", day=written(requested.after))
    if requested.before:
        yield _("until {day}", day=written(requested.before))
