"""What /help shows: each command with an example that the archive answers. Pure."""

from collections.abc import Iterator

import discord

from bot.cards.answer import Block, Card, within_limits
from bot.cards.limits import fit_line
from bot.locales import _, command_name
from retrieval.domain import Citation

_BEGINNING = 7  # words of a quotation that are enough to find it
_WORDS, _NAME = 120, 80


def help_card(example: Citation | None, user: discord.abc.Snowflake | None) -> Card:
    """`example` is a quotation of the archive with a certain speaker; None where there is none yet."""
    mention = f"<@{user.id}>" if user else "@"
    intro = _(
        "**I look things up in an archive of news articles and answer in the exact words**, with who said them, when, "
        "and where they stand. What the archive doesn't say, I don't either."
    )
    talk = _("Mention {bot}, or write to me directly, to ask without a command; reply to follow up.", bot=mention)
    signs = _(
        "{marks} stands around words that the article prints between quotation marks. *reported* is speech that it "
        "tells in its own words. *probably* and *speaker unclear* mean that the article leaves room for doubt.",
        marks="“…”",
    )
    if example is None:
        return Card((Block(intro), Block(_("The archive is empty: there is nothing to ask yet."))))
    return Card(within_limits([Block(intro), Block("\n".join(_examples(example))), Block(talk), Block(signs)]))


def _examples(example: Citation) -> Iterator[str]:
    every = example.text.split()
    words = fit_line(" ".join(every[:_BEGINNING]).strip(" ,.;:!?"), _WORDS)
    name = fit_line(example.speaker.name, _NAME) if example.speaker and example.speaker.name else ""
    yield f"`/{command_name('ask')}` who said {words}"
    yield f"`/{command_name('who-said')}` {words}"
    if name:
        yield f"`/{command_name('quotes')}` {name}"
        yield f"`/{command_name('watch')}` {command_name('speaker')}: {name}"
    yield f"`/{command_name('verify')}` {words}" + (f" · {command_name('speaker')}: {name}" if name else "")
    yield f"`/{command_name('article')}` {fit_line(example.article.title, _WORDS)}"
    yield "-# " + _("and in the menu of any message: Apps, Check quotations")
