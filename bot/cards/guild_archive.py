"""What a server has added to the archive, as cards. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.cards.answer import Block, Card, Tone, notice, within_limits
from bot.cards.buttons import Button
from bot.cards.citation import source_lines
from bot.cards.dates import day_of, written
from bot.cards.limits import CUSTOM_ID, fit_line, fit_typed, length
from bot.cards.reasons import reason_told
from bot.locales import N_, _, command_name, ngettext, number
from bot.services.additions import Progress
from retrieval.domain import Article
from retrieval.guilds.additions import GuildArticle
from retrieval.ingest.events import ArticleFailed

PAGE = 10
REMOVE, RESTORE, TURN = "remove", "restore", "shelf"
_TITLE, _PUBLISHER, _REASON = 150, 60, 250
_FAILURES, _TITLES = 3, 5


def progress_card(progress: Progress) -> Card:
    if progress.waiting:
        return notice(_waiting(progress.waiting.since), Tone.UNCERTAIN)
    if not progress.articles:
        return notice(_("Reading…"), Tone.NEUTRAL)
    done = _(
        "Looking for who said what: {done} of {all} articles.",
        done=number(progress.done),
        all=number(progress.articles),
    )
    return notice(done, Tone.NEUTRAL)


def added_card(progress: Progress) -> Card:
    """What came of it all."""
    blocks = [Block("\n".join(_results(progress)))] if progress.done else [Block(_("There was no article in it."))]
    blocks += [Block("\n".join(source_lines(stored.article))) for stored in progress.stored[:_TITLES]]
    reasons = [_reason(failed) for failed in progress.failures[:_FAILURES]]
    if reasons:
        blocks.append(Block("\n".join([_("What could not be read:"), *reasons])))
    doubtful = progress.failures or progress.kept_away
    tone = Tone.CERTAIN if progress.stored else Tone.UNCERTAIN if doubtful else Tone.NEUTRAL
    return Card(within_limits(blocks), tone)


def _results(progress: Progress) -> Iterator[str]:
    if progress.stored:
        quotations = sum(stored.quotations for stored in progress.stored)
        yield "**" + ngettext("{n} article added.", "{n} articles added.", len(progress.stored)) + "**"
        yield "-# " + ngettext("With {n} quotation", "With {n} quotations", quotations)
    if progress.skipped:
        yield ngettext("{n} was there already, just so.", "{n} were there already, just so.", progress.skipped)
    if progress.kept_away:
        yield ngettext(
            "{n} was removed and stays out until whoever runs me lets it in again.",
            "{n} were removed and stay out until whoever runs me lets them in again.",
            progress.kept_away,
        )
    if progress.failures:
        yield ngettext("{n} could not be added.", "{n} could not be added.", len(progress.failures))


def _reason(failed: ArticleFailed) -> str:
    return f"-# {fit_typed(f'{failed.source}: {reason_told(failed.reason)}', _REASON)}"


def confirmation_card(article: Article, row: int) -> Card:
    question = _("Remove this article? No answer to come will cite it.")
    button = Button(REMOVE, N_("Remove it"), str(row))
    return Card((Block(question), Block("\n".join(source_lines(article)))), Tone.UNCERTAIN, (button,))


def removed_card(article: Article) -> Card:
    undo = Button(RESTORE, N_("Undo"), article.id)
    fits = length(undo.identifier) <= CUSTOM_ID and undo.identifier.isprintable()
    block = Block("\n".join([_("Removed:"), *source_lines(article)]))
    return Card((block,), Tone.NEUTRAL, (undo,) if fits else ())


def shelf_card(listed: Sequence[GuildArticle], total: int, page: int) -> Card:
    if not total:
        return notice(_("This server has added no articles. /{command} does it.", command=command_name("archive")))
    heading = ngettext("**{n} article of this server**", "**{n} articles of this server**", total)
    back = (Button(TURN, N_("Back"), str(page - 1)),) if page > 0 else ()
    on = (Button(TURN, N_("Further"), str(page + 1)),) if (page + 1) * PAGE < total else ()
    body = "\n".join(_listed(one) for one in listed)
    blocks = [Block(heading), Block(body)] if body else [Block(heading)]
    return Card(within_limits(blocks), Tone.NEUTRAL, (*back, *on))


def _listed(listed: GuildArticle) -> str:
    day = day_of(listed.published)
    about = " · ".join(
        [*([fit_line(listed.publisher, _PUBLISHER)] if listed.publisher else []), *([written(day)] if day else [])]
    )
    title = f"*{fit_line(listed.title, _TITLE) or _('Untitled article')}*"
    return f"{title}\n-# {about}" if about else title


def status_card(own: int, common: int, most: int, *, since: datetime | None, busy: bool) -> Card:
    """`since` when an ingest has been running, if one is; `busy` if it is one of ours, for any server."""
    lines = [
        ngettext("**{n} article of this server**", "**{n} articles of this server**", own),
        "-# " + _("Of {most} that it may have. Nobody else sees them.", most=number(most)),
        ngettext("{n} article that everybody sees", "{n} articles that everybody sees", common),
    ]
    if busy:
        lines.append(_("I am adding articles at the moment."))
    elif since:
        lines.append(
            _("Somebody else has been adding to the archive since <t:{moment}:t>.", moment=int(since.timestamp()))
        )
    else:
        lines.append(_("Nothing is being added at the moment."))
    return Card((Block("\n".join(lines)),), Tone.NEUTRAL)


def _waiting(since: datetime | None) -> str:
    if since is None:
        return _("Somebody else is adding to the archive. I wait until it is my turn.")
    moment = int(since.timestamp())
    return _(
        "Somebody else has been adding to the archive since <t:{moment}:t>. I wait until it is my turn.", moment=moment
    )
