"""The README's question, asked of the real bot as a person would, and its answer checked against the article itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.escaping import CUT
from bot.playground.shown import LOADING, shown_text
from bot.playground.world import DiscordWorld
from retrieval.text.patterns import linear

QUESTION = "who said the mission isn't over?"
ANSWERS_WITHIN = 60.0

_DECLINED = "The archive doesn't say"
_QUOTED = linear("“([^”]+)”")
_WORDS = re.compile("our mission there is not over yet complete")
_EXPECTED = {
    "the speaker": re.compile("Heather Nauert"),
    "her role": re.compile("spokeswoman"),
    "the date": re.compile("1[23] December 2017|December 1[23], 2017|2017-12-1[23]"),
    "the source": re.compile("Coalition forces to stay in Syria after Russian withdrawal"),
}


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the card showed, and what was wrong with it: nothing, if all is well."""

    card: str
    wrong: tuple[str, ...]


async def demonstrate(world: DiscordWorld, articles: Sequence[str]) -> Demonstration:
    """`articles` are the sample articles as they lie on the disk."""
    message = await world.ask("ask", question=QUESTION)
    if message is None:
        return Demonstration("", ("the bot did not answer within 3 seconds",))
    try:
        await world.until(lambda: not world.message(message)["flags"] & LOADING, ANSWERS_WITHIN)
    except TimeoutError:
        return Demonstration("", (f"the bot was still thinking after {ANSWERS_WITHIN:.0f} seconds",))
    card = shown_text(world.message(message))
    return Demonstration(card, what_is_wrong(card, articles))


def what_is_wrong(card: str, articles: Sequence[str]) -> tuple[str, ...]:
    """Every quotation must stand in an article, character for character, and the one asked for comes first."""
    quotations = [words.removesuffix(CUT).rstrip() for words in _QUOTED.findall(card)]
    asked_for = bool(quotations) and bool(_WORDS.search(quotations[0]))
    return (
        *(["the bot declined"] if _DECLINED in card else []),
        *([] if asked_for else ["the words asked for aren't quoted first"]),
        *(f"{what} isn't on the card" for what, pattern in _EXPECTED.items() if not pattern.search(card)),
        *(f"in no article: “{words}”" for words in quotations if not any(words in text for text in articles)),
    )
