"""Cards of /help and /privacy: how to ask, with examples that the archive answers; what is kept about a person."""

from collections.abc import Iterator, Mapping

import discord

from bot.cards.components import Block, Button, Card, Tone, within_limits
from bot.cards.limits import fit_line
from bot.locales import N_, _, command_name
from retrieval.domain import Citation

_BEGINNING = 7  # words of a quotation that are enough to find it
_WORDS, _NAME = 120, 80
EXPORT, DELETE = Button("privacy", N_("Give me a copy"), "export"), Button("privacy", N_("Delete it"), "delete")
_KEPT = N_(
    "**What is kept about you**\n"
    "Your last question in each channel, for {minutes} minutes and in memory alone, so that you can follow up: "
    "{questions} now.\n"
    "What you said was right or wrong, with your reason, until you delete it: {judgements} now. "
    "Whoever runs me sees it without your name.\n"
    "What you watch for, until you end it: {watches} now.\n"
    "A question that finds no answer on a server is kept for {days} days without your name, so that those who manage "
    "the server see what its archive lacks. It isn't kept if you ask directly, or say that the answer is private.\n"
    "Which of my messages in a server's channels shows which words, for {shown} days, so that I can say there when an "
    "article changes them; not who asked, and nothing of private answers or direct messages.\n"
    "Questions and names don't stand in the log."
)


def help_card(example: Citation | None, user: discord.abc.Snowflake | None) -> Card:
    """Return each command with an example.

    `example` is a quotation of the archive with a certain speaker; None where there is none yet.
    """
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


def privacy_card(counts: Mapping[str, int], *, minutes: int, days: int, shown: int) -> Card:
    """Return what is kept about a person: how many `questions`, `judgements` and `watches`, and for how long.

    Questions are kept for `minutes`, gaps for `days`, and places of posted answers for `shown` days.
    """
    text = _(_KEPT, minutes=minutes, days=days, shown=shown, **counts)
    return Card((Block(text),), Tone.NEUTRAL, (EXPORT, DELETE))
