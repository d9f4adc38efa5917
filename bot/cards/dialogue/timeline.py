"""Cards of a speaker's timeline and of an article with its quotations, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cards.blocks import citation_list, timeline_button
from bot.cards.citation import source_lines
from bot.cards.components import Block, Button, Card, Tone, fitting_button, notice, within_limits
from bot.cards.dialogue.list_pages import ListPage, whole_buttons
from bot.cards.limits import ROW, fit_line, fit_typed
from bot.cards.references import LEAF, OPEN, PAGE, TURN, TimelinePage
from bot.locales import N_, _, ngettext, number, written
from retrieval.answering.citation_lookup import Timeline
from retrieval.dialogue.intents import ListOrder, ListRequest
from retrieval.domain import Article, Citation
from retrieval.query import Period

_NAME, _SUMMARY = 100, 300


def timeline_card(requested: TimelinePage, timeline: Timeline, near: Sequence[str] = ()) -> Card:
    """Return one page of what a speaker said, with buttons to its neighbours.

    `near` are names like the requested one, offered where nothing was found.
    """
    whose = " ".join([f"**{fit_typed(timeline.speaker, _NAME)}**", *_narrowing(requested)])
    if not timeline.total:
        return _nothing(requested, whose, near)
    heading = Block("\n".join([whose, *_counted(requested, timeline)]))
    return Card(
        within_limits([heading, *citation_list(timeline.citations, speaker=timeline.speaker)]),
        Tone.NEUTRAL,
        _pages(requested, timeline.total),
    )


def _nothing(requested: TimelinePage, whose: str, near: Sequence[str]) -> Card:
    lines = [_("The archive has no words from {whose}.", whose=whose)]
    pages = ((name, replace(requested, speaker=name, page=0)) for name in near[:ROW])
    meant = [timeline_button(OPEN, "{what}", page, name) for name, page in pages]
    if buttons := tuple(button for button in meant if button):
        lines.append(_("Did you mean one of these?"))
        return Card((Block("\n".join(lines)),), Tone.NOTHING, buttons)
    return notice("\n".join(lines))


def _counted(requested: TimelinePage, timeline: Timeline) -> Iterator[str]:
    first, last = requested.page * PAGE + 1, requested.page * PAGE + len(timeline.citations)
    shown = f"{number(first)}–{number(last)}"
    yield "-# " + _("{shown} of {all}, the latest first", shown=shown, all=number(timeline.total))
    if requested.speaker.casefold() not in timeline.speaker.casefold() and requested.page == 0:
        yield "-# " + _("For {name}", name=fit_typed(requested.speaker, _NAME))
    if timeline.others:
        yield "-# " + _("Not {names}", names=fit_typed(", ".join(timeline.others), _SUMMARY))


def article_card(article: Article, citations: Sequence[Citation], page: int = 0, said: Sequence[str] = ()) -> Card:
    """Return the article with a page of its quotations, numbered from 0; `said` are sentences about it, as Markdown."""
    many = ngettext("{n} quotation", "{n} quotations", len(citations))
    summary = [fit_line(article.summary, _SUMMARY)] if article.summary else []
    by = fit_line(", ".join(article.authors), _NAME)
    authors = ["-# " + _("by {authors}", authors=by)] if by else []
    heading = Block("\n".join([*said, *source_lines(article), *authors, *summary, f"-# {many}"]))
    shown = citation_list(citations[page * PAGE : (page + 1) * PAGE], article)
    left = len(citations) - (page + 1) * PAGE
    back = _leaf(article, page - 1, N_("Previous")) if page > 0 else None
    on = _leaf(article, page + 1, N_("Next {what}"), str(min(PAGE, left))) if left > 0 else None
    return Card(within_limits([heading, *shown]), Tone.NEUTRAL, tuple(button for button in (back, on) if button))


def near_titles_card(near: Sequence[str]) -> Card:
    """Return the titles of articles that may be meant, each with a button that opens it."""
    lines = [_("There is no article with that title.")]
    if near:
        lines.append(_("Did you mean one of these?"))
    buttons = ((each, fitting_button(LEAF, N_("Open"), f"0:{each}")) for each in near)
    found = [Block(f"*{fit_line(each, _SUMMARY)}*", (button,) if button else ()) for each, button in buttons]
    return Card(within_limits([Block("\n".join(lines)), *found]), Tone.NOTHING)


def _leaf(article: Article, page: int, label: str, what: str = "") -> Button | None:
    return fitting_button(LEAF, label, f"{page}:{article.id}", what)


def _pages(requested: TimelinePage, total: int) -> tuple[Button, ...]:
    left = total - (requested.page + 1) * PAGE
    back = _turned(requested, requested.page - 1, N_("Previous")) if requested.page > 0 else None
    on = _turned(requested, requested.page + 1, N_("Next {what}"), str(min(PAGE, left))) if left > 0 else None
    listing = ListRequest(
        topic=requested.topic or None,
        speakers=(requested.speaker,),
        period=Period(requested.after, requested.before) if requested.after or requested.before else None,
        order=ListOrder.NEWEST,
    )
    return (*(button for button in (back, on) if button), *whole_buttons(ListPage(listing), total))


def _turned(requested: TimelinePage, page: int, label: str, what: str = "") -> Button | None:
    return timeline_button(TURN, label, replace(requested, page=page), what)


def _narrowing(requested: TimelinePage) -> Iterator[str]:
    if requested.topic:
        yield _("about {topic}", topic=fit_typed(requested.topic, _NAME))
    if requested.after:
        yield _("since {day}", day=written(requested.after))
    if requested.before:
        yield _("until {day}", day=written(requested.before))
