"""Cards of what a guild adds to the archive, and of what its people asked in vain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.citation import day_of, source_lines
from bot.cards.components import Block, Button, Card, Tone, fitting_button, notice, within_limits
from bot.cards.limits import fit_line, fit_typed
from bot.cards.reasons import reason_told
from bot.locales import N_, _, command_name, ngettext, number, written
from retrieval.domain import Article
from retrieval.guilds.additions import AdditionStarted, AdditionStep, GuildArticle, WaitingForIngest
from retrieval.guilds.gaps import KEPT, Gap
from retrieval.ingest.events import ArticleFailed, ArticleSkipped, ArticleStored
from retrieval.reasons import Reason

PAGE = 10
REMOVE, RESTORE, TURN = "remove", "restore", "shelf"
_TITLE, _PUBLISHER, _REASON = 150, 60, 250
_FAILURES, _TITLES = 3, 5
_GAPS, _WORDINGS, _QUESTION = 10, 3, 200


@dataclass(frozen=True, slots=True)
class AdditionProgress:
    """How far an addition to a guild's archive is.

    `articles` is 0 until it is known how many there are; `waiting` is set while another process holds the archive.
    `kept_away` counts articles that were removed earlier and aren't let in again.
    """

    articles: int = 0
    stored: tuple[ArticleStored, ...] = ()
    skipped: int = 0
    failures: tuple[ArticleFailed, ...] = ()
    waiting: WaitingForIngest | None = None
    kept_away: int = 0

    @property
    def done(self) -> int:
        """Count the articles that are finished, one way or another."""
        return len(self.stored) + self.skipped + self.kept_away + len(self.failures)

    def after(self, step: AdditionStep) -> "AdditionProgress":
        """Return the progress after one more step."""
        match step:
            case AdditionStarted(articles):
                return replace(self, articles=articles)
            case WaitingForIngest():
                return replace(self, waiting=step)
            case ArticleStored():
                return replace(self, waiting=None, stored=(*self.stored, step))
            case ArticleSkipped(reason=Reason()):
                return replace(self, waiting=None, kept_away=self.kept_away + 1)
            case ArticleSkipped():
                return replace(self, waiting=None, skipped=self.skipped + 1)
            case ArticleFailed():
                return replace(self, waiting=None, failures=(*self.failures, step))


@dataclass(frozen=True, slots=True)
class AdditionStatus:
    """How many articles a guild has, may have and shares with everybody; whether something is being added.

    `since` is when an ingest of any process began; `busy` says that one of the bot's is running.
    """

    own: int
    common: int
    most: int
    since: datetime | None
    busy: bool


def progress_card(progress: AdditionProgress) -> Card:
    """Return how far an addition is."""
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


def added_card(progress: AdditionProgress) -> Card:
    """Return what an addition has brought, and what could not be read."""
    blocks = [Block("\n".join(_results(progress)))] if progress.done else [Block(_("There was no article in it."))]
    blocks += [Block("\n".join(source_lines(stored.article))) for stored in progress.stored[:_TITLES]]
    reasons = [_reason(failed) for failed in progress.failures[:_FAILURES]]
    if reasons:
        blocks.append(Block("\n".join([_("What could not be read:"), *reasons])))
    doubtful = progress.failures or progress.kept_away
    tone = Tone.CERTAIN if progress.stored else Tone.UNCERTAIN if doubtful else Tone.NEUTRAL
    return Card(within_limits(blocks), tone)


def _results(progress: AdditionProgress) -> Iterator[str]:
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
    """Return the question whether the article in this row is to be removed."""
    question = _("Remove this article? No answer to come will cite it.")
    button = Button(REMOVE, N_("Remove it"), str(row))
    return Card((Block(question), Block("\n".join(source_lines(article)))), Tone.UNCERTAIN, (button,))


def removed_card(article: Article) -> Card:
    """Return what was removed, with a button to undo it."""
    undo = fitting_button(RESTORE, N_("Undo"), article.id)
    block = Block("\n".join([_("Removed:"), *source_lines(article)]))
    return Card((block,), Tone.NEUTRAL, (undo,) if undo else ())


def archive_list_card(listed: Sequence[GuildArticle], total: int, page: int) -> Card:
    """Return one page of the articles that a guild added, `total` of them, with buttons to its neighbours."""
    if not total:
        return notice(_("This server has added no articles. /{command} does it.", command=command_name("archive")))
    heading = ngettext("**{n} article of this server**", "**{n} articles of this server**", total)
    back = (Button(TURN, N_("Previous"), str(page - 1)),) if page > 0 else ()
    on = (Button(TURN, N_("Next"), str(page + 1)),) if (page + 1) * PAGE < total else ()
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


def status_card(status: AdditionStatus) -> Card:
    """Return how many articles a guild has and may have, and whether something is being added."""
    lines = [
        ngettext("**{n} article of this server**", "**{n} articles of this server**", status.own),
        "-# " + _("Of {most} that it may have. Nobody else sees them.", most=number(status.most)),
        ngettext("{n} article that everybody sees", "{n} articles that everybody sees", status.common),
    ]
    if status.busy:
        lines.append(_("I am adding articles at the moment."))
    elif status.since:
        moment = int(status.since.timestamp())
        lines.append(_("Somebody else has been adding to the archive since <t:{moment}:t>.", moment=moment))
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


def gaps_card(gaps: Sequence[Gap]) -> Card:
    """Return the unanswered questions of a guild, the most frequent first.

    They are people's own words, so they stand without quotation marks.
    """
    kept = ngettext("Kept for {n} day, without names.", "Kept for {n} days, without names.", KEPT.days)
    if not gaps:
        return notice(_("Every question of this server has been answered so far.") + f"\n-# {kept}")
    heading = Block(_("**Asked here, and not answered**") + f"\n-# {kept}")
    return Card(within_limits([heading, *map(_gap, gaps[:_GAPS])]), Tone.NEUTRAL)


def _gap(gap: Gap) -> Block:
    asked = ngettext(
        "asked {n} time, last on {day}", "asked {n} times, last on {day}", gap.count, day=written(gap.last)
    )
    lines = [fit_typed(question, _QUESTION) for question in gap.questions[:_WORDINGS]]
    return Block("\n".join([*lines, f"-# {asked}"]))
