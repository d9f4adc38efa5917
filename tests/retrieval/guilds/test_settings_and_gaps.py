from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import insert

from retrieval.guilds.gaps import KEPT, MOST_QUESTIONS, Gap, GapRepository
from retrieval.guilds.settings import GuildSettings, GuildSettingsRepository, ThreadMode
from retrieval.store.schema import server_settings
from retrieval.store.sqlite.database import write_transaction
from tests.retrieval.made_up_archive import NOON


class Clock:
    now = NOON

    def __call__(self):
        return self.now


class FirstWord:
    """Questions with the same first word ask for the same."""

    def encode(self, texts):
        known = {}
        return np.stack([np.eye(16)[known.setdefault(text.split()[0], len(known))] for text in texts])


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gaps(archive, clock):
    return GapRepository(archive.database, FirstWord(), clock)


def test_gaps_that_ask_for_the_same_stand_together_the_most_frequent_first(gaps):
    for question in ("harbour fees?", "tower height?", "tower age?", "tower height"):
        gaps.add(1, question)

    assert gaps.of(1) == [
        Gap(("tower height", "tower age?"), 3, NOON.date()),
        Gap(("harbour fees?",), 1, NOON.date()),
    ]


def test_a_server_sees_its_own_gaps_alone(gaps):
    gaps.add(1, "harbour fees?")

    assert gaps.of(2) == []
    gaps.forget(1)
    assert gaps.of(1) == []


def test_gaps_are_forgotten_in_time_and_beyond_a_number(gaps, clock):
    gaps.add(1, "old question?")
    clock.now += KEPT + timedelta(days=1)
    assert gaps.of(1) == []
    gaps.forget_old()
    for _ in range(MOST_QUESTIONS + 5):
        gaps.add(1, "new question?")

    assert [gap.count for gap in gaps.of(1)] == [MOST_QUESTIONS]


def test_what_a_server_decided_is_kept_and_given_back(archive):
    records = GuildSettingsRepository(archive.database)
    chosen = GuildSettings((3, 4), private=True, boldness=0.3, language="de", may_add=5, threads=ThreadMode.OFFER)
    records.put(1, GuildSettings())
    records.put(1, chosen)
    records.put(2, GuildSettings())

    assert records.all() == {1: chosen, 2: GuildSettings()}
    records.forget(1)
    assert records.all() == {2: GuildSettings()}


def test_what_another_version_wrote_is_read_as_far_as_it_is_known(archive):
    with write_transaction(archive.database) as connection:
        connection.execute(
            insert(server_settings).values(server=1, chosen={"private": True, "mood": "bold", "threads": "some"})
        )

    assert GuildSettingsRepository(archive.database).all() == {1: GuildSettings(private=True)}


def test_what_is_forgotten_is_overwritten_at_once(gaps, archive):
    def content() -> bytes:
        with archive.database.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join(file.read_bytes() for file in archive.folder.iterdir() if file.is_file())

    gaps.add(1, "who paid the zyzzyva fees?")
    assert b"zyzzyva" in content()
    gaps.forget(1)
    assert b"zyzzyva" not in content()
