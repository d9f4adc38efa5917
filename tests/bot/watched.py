"""What people watch for: an article that comes in, and the bot's look at it."""

from bot.tasks.watch_notices import WatchNotices
from tests.retrieval.made_up_archive import article, entry, quotation

WORDS = '"The tower may stay," said Ada Marlowe. "We wait," said Tom Rook.'


def store(archive, id_="tower", owner="operator", rules=1):
    said = [quotation(WORDS, "The tower may stay,", "Ada Marlowe"), quotation(WORDS, "We wait,", "Tom Rook")]
    archive.put(entry(article(id_, WORDS, owner=owner), said, rules_version=rules))


async def look(bot):
    await WatchNotices(bot).look()
