"""What a message follows up: the reply that it answers, or the person's last turn in the channel."""

import discord

from bot.cards.correction import references_in
from bot.errors import Stale
from bot.interactions.interface import BotInterface
from bot.services.dialogue import ConversationKey
from bot.services.visibility import visible_owners
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Answer, Citation

_SHOWN = 1.0  # words that were shown count as sure


def turn_of(citation: Citation) -> ConversationTurn:
    """Return the turn of an answer of which only the words are known."""
    return ConversationTurn.after(None, "", Answer("", _SHOWN, (citation,)))


async def turn_before(bot: BotInterface, message: discord.Message) -> ConversationTurn | None:
    """Return the turn that a message follows up, None for a first one.

    A reply to one of the bot's messages follows that one, whoever asked for it and however long ago; any other message
    follows what its writer asked last in the channel.
    """
    conversations = bot.services.dialogue.conversations
    if message.reference is not None and message.reference.message_id is not None:
        known = conversations.recall_reply(message.reference.message_id, message.channel.id)
        if turn := known or await _turn_shown(bot, message):
            return turn
    return conversations.recall(ConversationKey(message.channel.id, message.author.id))


async def _turn_shown(bot: BotInterface, message: discord.Message) -> ConversationTurn | None:
    """Return the turn of the first words that the answered message shows; None where they can't be looked up."""
    answered = message.reference.resolved if message.reference else None
    if not isinstance(answered, discord.Message) or answered.author != bot.user:
        return None
    owners = visible_owners(bot, message.guild.id if message.guild else None)
    for reference in references_in(answered)[:1]:
        try:
            return turn_of(await bot.services.queries.look_up(reference, owners))
        except Stale:
            return None
    return None
