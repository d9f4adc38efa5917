"""One speaker's words by date, page by page; an article and its quotations. Pure."""

from collections.abc import Sequence

from bot.buttons import Button
from bot.cards import Block, Card, Tone, citation_list, notice, within_limits
from bot.citing import source_lines
from bot.dates import written
from bot.limits import fit_line, fit_typed
from bot.paging import PAGE, Line, leaf
from retrieval.articles import Article, Citation
from retrieval.lookup import Timeline

_NAME, _SUMMARY = 100, 300


def timeline_card(line: Line, timeline: Timeline) -> Card:
    name = fit_typed(timeline.speaker, _NAME)
    about = f" about {fit_typed(line.topic, _NAME)}" if line.topic else ""
    if not timeline.total:
        return notice(f"The archive has no words from **{name}**{about}{_days(line)}.")
    first, last = line.page * PAGE + 1, line.page * PAGE + len(timeline.citations)
    counted = f"-# {first}–{last} of {timeline.total:,}, the latest first"
    others = f"\n-# Not {fit_line(', '.join(timeline.others), _SUMMARY)}" if timeline.others else ""
    heading = Block(f"**{name}**{about}{_days(line)}\n{counted}{others}")
    return Card(
        within_limits([heading, *citation_list(timeline.citations)]), Tone.NEUTRAL, _pages(line, timeline.total)
    )


def article_card(article: Article, citations: Sequence[Citation], page: int = 0) -> Card:
    """The article with a page of its quotations."""
    many = "1 quotation" if len(citations) == 1 else f"{len(citations):,} quotations"
    summary = [fit_line(article.summary, _SUMMARY)] if article.summary else []
    authors = [f"-# by {fit_line(', '.join(article.authors), _NAME)}"] if article.authors else []
    heading = Block("\n".join([*source_lines(article), *authors, *summary, f"-# {many}"]))
    shown = citation_list(citations[page * PAGE : (page + 1) * PAGE], article)
    back = leaf(article.id, page - 1, "Back") if page > 0 else None
    on = leaf(article.id, page + 1, "Further") if (page + 1) * PAGE < len(citations) else None
    return Card(within_limits([heading, *shown]), Tone.NEUTRAL, tuple(button for button in (back, on) if button))


def _pages(line: Line, total: int) -> tuple[Button, ...]:
    earlier = line.turned(line.page + 1, "Earlier") if (line.page + 1) * PAGE < total else None
    later = line.turned(line.page - 1, "Later") if line.page > 0 else None
    return tuple(button for button in (later, earlier) if button)


def _days(line: Line) -> str:
    after = f" since {written(line.after)}" if line.after else ""
    before = f" until {written(line.before)}" if line.before else ""
    return after + before
