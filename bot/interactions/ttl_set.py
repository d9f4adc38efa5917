"""What happened a short while ago, so that it needn't be said again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic

_REMEMBERED = 5_000


class Lately:
    """Remembers for `seconds`, in memory."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._moments: OrderedDict[Hashable, float] = OrderedDict()

    def again(self, thing: Hashable) -> bool:
        """Whether it happened lately before this time."""
        now = self._clock()
        before = self._moments.get(thing)
        if before is not None and now - before < self._seconds:
            return True
        self._moments[thing] = now
        self._moments.move_to_end(thing)
        if len(self._moments) > _REMEMBERED:
            self._moments.popitem(last=False)
        return False
