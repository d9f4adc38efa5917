"""How much one person, and one guild, may ask; and when to come back."""

import math
from collections.abc import Callable
from copy import copy
from time import monotonic, time
from typing import Any

from cachetools import TTLCache
from discord.ext import commands

from bot.errors import TooFast

WINDOW = 60.0
"""Seconds of one window; it begins with the first use."""

_REMEMBERED = 10_000

Key = tuple[str, int]


class Cooldowns:
    """Counts what each person and each guild asks in a minute. A question costs 1, what takes longer costs more.

    `clock` measures durations, in seconds, and may not go back; `wall_clock` gives seconds since 1970, for people are
    told a moment.
    """

    def __init__(
        self,
        *,
        person: int,
        guild: int,
        clock: Callable[[], float] = monotonic,
        wall_clock: Callable[[], float] = time,
    ) -> None:
        self._clock = clock
        self._wall_clock = wall_clock
        self._uses = {"person": _mapping(person), "guild": _mapping(guild)}
        self._told: TTLCache[Key, None] = TTLCache(_REMEMBERED, WINDOW, timer=clock)

    def take(self, person: int, guild: int | None, cost: int = 1) -> None:
        """Count one use. Raises TooFast, and counts nothing, if it is too much for the person or the guild.

        What costs more than a whole minute's share costs just that share.
        """
        now = self._clock()
        keys: list[Key] = [("person", person), *([("guild", guild)] if guild is not None else [])]
        buckets = [self._bucket(key, now) for key in keys]
        for key, bucket in zip(keys, buckets, strict=True):
            if retry_after := copy(bucket).update_rate_limit(now, tokens=min(cost, bucket.rate)):
                raise self._too_fast(key, retry_after)
        for bucket in buckets:
            bucket.update_rate_limit(now, tokens=min(cost, bucket.rate))

    def _bucket(self, key: Key, now: float) -> commands.Cooldown:
        bucket = self._uses[key[0]].get_bucket(key, now)
        assert bucket is not None
        return bucket

    def _too_fast(self, key: Key, retry_after: float) -> TooFast:
        repeated = key in self._told
        self._told[key] = None
        return TooFast(math.ceil(self._wall_clock() + retry_after), key[0], repeated=repeated)


def _mapping(rate: int) -> commands.CooldownMapping[Any]:
    return commands.CooldownMapping.from_cooldown(rate, WINDOW, lambda key: key)
