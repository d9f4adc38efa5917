"""Shows the reply of a dialogue, whatever its kind, and remembers which message shows it."""

from contextlib import nullcontext

from bot.cards.components import Card
from bot.cards.dialogue.reply_card import reply_card
from bot.cards.help import HelpFacts, help_card
from bot.interactions.interface import BotInterface
from bot.interactions.replies import InteractionReply, MessageReply
from bot.locales import speaking
from bot.services.dialogue import ConversationKey
from bot.services.visibility import visible_filters
from retrieval.dialogue.replies import DialogueReply, ReplyKind


async def show_reply(  # noqa: PLR0913  where the reply goes, and what is known of it
    bot: BotInterface,
    reply: InteractionReply | MessageReply,
    found: DialogueReply,
    place: ConversationKey,
    *,
    guild: int | None,
    asked: str | None = None,
    thread: bool = False,
) -> None:
    """Show a reply; `asked` is the message, where Discord doesn't show it. With `thread` one can be opened.

    Discord doesn't tell how the writer of a message reads, so a message is answered in its own language.
    """
    with nullcontext() if isinstance(reply, InteractionReply) else speaking(found.language):
        if found.kind is ReplyKind.HELP and not found.parts:
            await reply.show(await guide(bot, guild))
        else:
            await reply.show(reply_card(found, asked=asked, thread=thread))
    if reply.posted is not None:
        bot.services.dialogue.conversations.remember_reply(reply.posted.message.id, place)


async def guide(bot: BotInterface, guild: int | None) -> Card:
    """Return the card of /help, with examples of what may be seen in a guild."""
    seen = visible_filters(bot, guild)
    example = await bot.services.queries.example(seen.owners)
    size = await bot.services.dialogue.size(seen)
    return help_card(HelpFacts(example, size.texts, bot.command_ids), bot.user)
