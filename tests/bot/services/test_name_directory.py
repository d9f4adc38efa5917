import time

import pytest

from bot.services.name_directory import NameDirectory, NameIndex
from bot.services.worker import Worker
from retrieval.errors import ArchiveDamaged


@pytest.fixture
def worker():
    worker = Worker(threads=1, queue=5, limit=30)
    yield worker
    worker.close()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


async def test_names_are_found_by_the_beginning_of_any_word(worker):
    directory = NameDirectory(lambda: {"operator": {"José Ángel Vidal": 2, "Ada Marlowe": 3, "Vida Stone": 1}}, worker)
    await directory.refresh()

    assert directory.suggest("vid", {"operator"}) == ["José Ángel Vidal", "Vida Stone"]
    assert directory.suggest("angel v", {"operator"}) == ["José Ángel Vidal"]
    assert directory.suggest("idal", {"operator"}) == []


async def test_only_what_may_be_seen_is_suggested_and_counted_together(worker):
    counted = {"operator": {"Ada": 1, "Ann": 2}, "guild:1": {"Ada": 5, "Amy": 1}, "guild:2": {"Abe": 9}}
    directory = NameDirectory(lambda: counted, worker)
    await directory.refresh()

    assert directory.suggest("a", {"operator", "guild:1"}) == ["Ada", "Ann", "Amy"]


async def test_names_are_read_again_after_a_while_and_the_old_ones_serve_meanwhile(worker):
    clock, counted = Clock(), {"operator": {"Ada": 1}}
    directory = NameDirectory(lambda: dict(counted), worker, freshness=10, clock=clock)
    await directory.refresh()
    counted["operator"] = {"Amy": 1}
    assert directory.suggest("a", {"operator"}) == ["Ada"]
    clock.now = 11
    assert directory.suggest("a", {"operator"}) == ["Ada"]
    await directory._refreshing
    assert directory.suggest("a", {"operator"}) == ["Amy"]


async def test_names_stay_when_they_can_not_be_read(worker):
    def load():
        if broken:
            raise ArchiveDamaged("broken")
        return {"operator": {"Ada": 1}}

    broken = False
    directory = NameDirectory(load, worker)
    await directory.refresh()
    broken = True
    await directory.refresh()

    assert directory.suggest("", {"operator"}) == ["Ada"]


def test_names_that_discord_can_not_show_are_left_out():
    assert NameIndex({"x" * 101: 1, " ": 1, "": 1, "y" * 100: 1}).starting("") == ["y" * 100]


async def test_a_hundred_thousand_names_are_searched_within_a_tenth_of_a_second(worker):
    counted = {
        "operator": {f"{first} {last}": last % 97 for first in ("Ada", "Ben", "Cy", "Di") for last in range(25_000)}
    }
    directory = NameDirectory(lambda: counted, worker)
    await directory.refresh()
    begun = time.perf_counter()
    for typed in ("", "a", "ada 1", "2", "zz"):
        directory.suggest(typed, {"operator"})

    assert (time.perf_counter() - begun) / 5 < 0.1
