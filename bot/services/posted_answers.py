"""Which messages of the bot show which words, so that they can be corrected when an article changes."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from bot.cards.references import Reference
from bot.services.worker import Worker
from retrieval.answering.posted_answers import OutdatedMessage, PostedAnswers, PostedMessage


class PostedAnswerService:
    """Coroutines over the stored places of posted answers."""

    def __init__(self, posted: PostedAnswers, worker: Worker) -> None:
        self._posted = posted
        self._run = worker.run

    @property
    def kept(self) -> timedelta:
        """For how long a message is remembered."""
        return self._posted.kept

    async def remember(self, where: PostedMessage, references: Collection[Reference], owners: Collection[str]) -> None:
        """Note that a message shows these words; `owners` are those whose articles may be seen there."""
        await self._run(partial(self._posted.remember, where, references, owners))

    async def due(self, waiting: Collection[int] = ()) -> list[OutdatedMessage]:
        """Return some of the messages that must be changed, but for those in `waiting`."""
        return await self._run(partial(self._posted.due, waiting))

    async def told(self, due: OutdatedMessage) -> None:
        """Note that a message has been changed."""
        await self._run(partial(self._posted.told, due))

    async def forget(self, message: int) -> None:
        """Forget a message that is gone, or can't be changed any more."""
        await self._run(partial(self._posted.forget, message))
