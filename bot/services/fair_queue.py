"""Turns for work that takes minutes, handed out to guilds in rotation."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import Busy, ShuttingDown, TookTooLong

USUAL = 30
"""Seconds that one addition takes as a rule; people are told when to come back by it."""


class FairQueue:
    """One turn at a time. Owners take turns in rotation, however much one of them hands in.

    At most `per_owner` wait for one owner, and `total` for all of them together.
    """

    def __init__(self, *, per_owner: int, total: int) -> None:
        self._per_owner = per_owner
        self._total = total
        self._taken = False
        self._closed = False
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, owner: str, seconds: float) -> AsyncIterator[None]:
        """Wait for a turn, and hold it inside.

        Raises Busy at once if too many wait, TookTooLong if no turn came in so many seconds, and ShuttingDown.
        """
        await self._begin(owner, seconds)
        try:
            yield
        finally:
            self._hand_on()

    async def _begin(self, owner: str, seconds: float) -> None:
        if self._closed:
            raise ShuttingDown
        if not self._taken:
            self._taken = True
            return
        mine = self._waiting.get(owner, ())
        ahead = sum(map(len, self._waiting.values()))
        if len(mine) >= self._per_owner or ahead >= self._total:
            raise Busy(USUAL * (1 + min(ahead, (1 + len(mine)) * len(self._waiting or "x"))))
        await self._wait(owner, seconds)

    async def _wait(self, owner: str, seconds: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(turn)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            self._give_up(owner, turn)
            raise TookTooLong(seconds) if isinstance(error, TimeoutError) else error from None

    def _give_up(self, owner: str, turn: asyncio.Future[None]) -> None:
        if turn.done() and not turn.cancelled() and turn.exception() is None:  # it came in the same moment
            self._hand_on()
        elif owner in self._waiting and turn in self._waiting[owner]:
            self._waiting[owner].remove(turn)
            self._forget_if_empty(owner)

    def _hand_on(self) -> None:
        """Give the turn to the next owner in rotation, who then comes last."""
        while self._waiting:
            owner, queue = next(iter(self._waiting.items()))
            turn = queue.popleft()
            self._waiting.move_to_end(owner)
            self._forget_if_empty(owner)
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False

    def _forget_if_empty(self, owner: str) -> None:
        if not self._waiting[owner]:
            del self._waiting[owner]

    def close(self) -> None:
        """Raise ShuttingDown for all that wait, and for all that come."""
        self._closed = True
        for turn in [turn for queue in self._waiting.values() for turn in queue]:
            if not turn.done():
                turn.set_exception(ShuttingDown())
        self._waiting.clear()
