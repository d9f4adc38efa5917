"""Cards of /help and /privacy: how to ask, with examples that the archive answers; what is kept about a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import discord

from bot.cards.components import Block, Button, Card, Tone, within_limits
from bot.cards.dialogue.reply_texts import told_lines
from bot.cards.limits import fit_typed
from bot.locales import N_, _, command_name
from retrieval.dialogue.replies import ReplyText
from retrieval.domain import Citation

_WORDS, _NAME = 160, 80
_INTRO = N_(
    "**I look things up in an archive of news articles and answer in the exact words**, with who said them, when, "
    "and where they stand. What the archive doesn't say, I don't either."
)
_COMMANDS = {
    "ask": N_("who said what, narrowed by speaker, publisher or days"),
    "who-said": N_("whose words these are"),
    "verify": N_("whether a quotation is right, word for word"),
    "quotes": N_("all that one person said, the latest first"),
    "article": N_("an article with its quotations"),
    "watch": N_("be told of new quotations, at once, daily or weekly"),
    "privacy": N_("what is kept about you"),
}
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


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """What /help says of an archive.

    `example` is a quotation with a certain speaker, None where there is none yet; `size` says how much the archive
    holds; `commands` are Discord's ids of the commands by name.
    """

    example: Citation | None
    size: Sequence[ReplyText] = ()
    commands: Mapping[str, int] = field(default_factory=dict)


def help_card(facts: HelpFacts, user: discord.abc.Snowflake | None) -> Card:
    """Return how to ask: whole sentences that this archive answers, and each command with a line."""
    if facts.example is None:
        return Card((Block(_(_INTRO)), Block(_("The archive is empty: there is nothing to ask yet."))))
    mention = f"<@{user.id}>" if user else "@"
    intro = [_(_INTRO), *(f"-# {line}" for line in told_lines(facts.size))]
    ask = [_("**Just write**: mention {bot}, reply to an answer, or send me a direct message.", bot=mention)]
    ask += [f"- {line}" for line in _examples(facts.example)]
    ask.append("-# " + _("In English, German, French or Spanish. The words stay in the language of their article."))
    lines = [f"{clickable(name, facts.commands)} {_(what)}" for name, what in _COMMANDS.items()]
    lines.append(_("In the menu of any message: **Apps → Check quotations**"))
    return Card(within_limits(map(Block, ("\n".join(intro), "\n".join(ask), "\n".join(lines), _signs()))))


def clickable(name: str, ids: Mapping[str, int]) -> str:
    """Return a command as Markdown that can be clicked; its name alone where Discord's id isn't known."""
    return f"</{name}:{ids[name]}>" if name in ids else f"`/{command_name(name)}`"


def _signs() -> str:
    return _(
        "{marks} stands around words that the article prints between quotation marks. *reported* is speech that it "
        "tells in its own words. *probably* and *speaker unclear* mean that the article leaves room for doubt.",
        marks="“…”",
    )


def _examples(example: Citation) -> Iterator[str]:
    words = fit_typed(example.text.strip(" ,.;:!?"), _WORDS)
    yield _("who said ‘{words}’?", words=words)
    if example.speaker and example.speaker.name:
        name = fit_typed(example.speaker.name, _NAME)
        yield _("did {name} say ‘{words}’?", name=name, words=words)
        yield _("what are the latest quotes of {name}?", name=name)
        yield _("who is {name}?", name=name)


def privacy_card(counts: Mapping[str, int], *, minutes: int, days: int, shown: int) -> Card:
    """Return what is kept about a person: how many `questions`, `judgements` and `watches`, and for how long.

    Questions are kept for `minutes`, gaps for `days`, and places of posted answers for `shown` days.
    """
    text = _(_KEPT, minutes=minutes, days=days, shown=shown, **counts)
    return Card((Block(text),), Tone.NEUTRAL, (EXPORT, DELETE))
