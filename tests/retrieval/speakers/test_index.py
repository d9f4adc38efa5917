"""The ledger's speakers as they come out of a stored archive, and decisions that outlast it."""

from datetime import UTC, datetime

import numpy as np
import pytest

from retrieval.domain import OPERATOR, Article, Certainty, EmbeddingModel, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.errors import ArchiveError, NotFound
from retrieval.speakers.decisions import IdentityVerdict
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit

TEXT = '"The harbour is open to everyone," she said.'
GUILD = "guild:7"
MINE = {OPERATOR}


@pytest.fixture
def speakers(archive: Archive) -> SpeakerIndex:
    return SpeakerIndex(archive, lambda: datetime(2026, 3, 1, tzinfo=UTC))


def store(archive: Archive, id_: str, name: str, *, owner: str = OPERATOR, published: str | None = None) -> int:
    speaker = Speaker(name, None, SpeakerKind.PERSON, 0.95, Certainty.CERTAIN)
    unit = NewUnit(Span(1, 32), 0, Quotation(Span(1, 32), Kind.DIRECT, speaker), b"x", np.ones(4, dtype=np.float32) / 2)
    article = Article(id_, "Harbour", TEXT, owner=owner, published=published)
    return archive.put(AnalysedArticle(article, [unit], "hash", 1, EmbeddingModel("m", "00"), {}))


def test_one_person_in_two_articles_is_counted_once(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Sen. Ada Brook")
    store(archive, "b", "Ada Brook")
    (entry,) = speakers.entries(MINE)
    assert (entry.quotations, entry.certain, len(entry.articles)) == (2, 2, 2)


def test_what_another_server_holds_is_neither_seen_nor_merged(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Ada Brook")
    store(archive, "b", "Ada Lynn Brook", owner=GUILD)
    (entry,) = speakers.entries(MINE)
    assert entry.names == ("Ada Brook",)
    assert entry.quotations == 1


def test_another_servers_decision_changes_nothing(archive: Archive, speakers: SpeakerIndex) -> None:
    for owner in (OPERATOR, GUILD):
        store(archive, f"a {owner}", "Brook", owner=owner)
        store(archive, f"b {owner}", "Ada Brook", owner=owner)
    speakers.decide(IdentityVerdict.SAME, "Brook", "Ada Brook", GUILD)
    assert len(speakers.entries(MINE)) == 2
    assert len(speakers.entries({GUILD})) == 1


def test_a_merge_can_be_undone(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Brook")
    store(archive, "b", "Ada Brook")
    number = speakers.decide(IdentityVerdict.SAME, "Brook", "Ada Brook", OPERATOR)
    assert len(speakers.entries(MINE)) == 1
    speakers.undo(number, OPERATOR)
    assert len(speakers.entries(MINE)) == 2
    with pytest.raises(NotFound, match="no decision 1"):
        speakers.undo(number, OPERATOR)


def test_the_latest_decision_about_two_names_counts(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Ada Lynn Brook")
    store(archive, "b", "Ada Brook")
    speakers.decide(IdentityVerdict.APART, "Ada Brook", "Ada Lynn Brook", OPERATOR)
    assert len(speakers.entries(MINE)) == 2
    speakers.decide(IdentityVerdict.SAME, "Ada Lynn Brook", "Ada Brook", OPERATOR)
    assert len(speakers.entries(MINE)) == 1
    assert len(speakers.decisions(MINE)) == 1


def test_a_decision_about_nobody_is_refused(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Ada Brook")
    with pytest.raises(NotFound, match="Finn Brook"):
        speakers.decide(IdentityVerdict.SAME, "Ada Brook", "Finn Brook", OPERATOR)
    with pytest.raises(ArchiveError, match="the same name"):
        speakers.decide(IdentityVerdict.SAME, "Ada Brook", "Sen. Ada Brook", OPERATOR)


def test_a_surname_finds_everybody_who_bears_it(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "a", "Ada Brook")
    store(archive, "b", "Finn Brook")
    assert {entry.name for entry in speakers.named("Brook", MINE)} == {"Ada Brook", "Finn Brook"}
    assert [entry.name for entry in speakers.named("Ada Brook", MINE)] == ["Ada Brook"]
    with pytest.raises(NotFound, match="Ines Brook"):
        speakers.named("Ines Brook", MINE)


def test_a_speakers_words_come_latest_first(archive: Archive, speakers: SpeakerIndex) -> None:
    store(archive, "old", "Ada Brook", published="2024-01-01")
    store(archive, "new", "Ada Brook", published="2025-01-01")
    store(archive, "undated", "Ada Brook")
    (entry,) = speakers.named("Ada Brook", MINE)
    units = archive.units(speakers.said(entry))
    known = archive.articles({unit.article for unit in units})
    assert [known[unit.article].id for unit in units] == ["new", "old", "undated"]


def test_a_name_is_clustered_among_its_relatives_as_among_everybody(archive: Archive, speakers: SpeakerIndex) -> None:
    for number, name in enumerate(("Ada Brook", "Sen. Ada Brook", "Brook", "Tom Brook", "Eve Lake", "E. Lake")):
        store(archive, f"a{number}", name)
    speakers.decide(IdentityVerdict.SAME, "Tom Brook", "Eve Lake", OPERATOR)
    every = speakers.entries(MINE)
    assert {entry.name for entry in speakers.relatives("brook", MINE)} == {entry.name for entry in every}
    assert set(speakers.families(["Brook"], MINE)) == set(every)
    assert speakers.relatives("Stone", MINE) == ()
