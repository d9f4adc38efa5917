from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest

from retrieval.answering.quotation_status import QuotationFate, QuotationStatuses
from retrieval.domain import OPERATOR, Article, SourceKind, Span
from retrieval.sources.item_checks import ItemChange
from retrieval.store.sqlite.database import read_transaction
from retrieval.store.versions import versions_of
from tests.retrieval.sources.conftest import World
from tests.retrieval.sources.publisher import LISTED, Publisher, Story

POLLS = 100
OWNERS = frozenset({OPERATOR})


@dataclass(frozen=True)
class Shown:
    """A quotation that an answer once showed."""

    story: int
    words: str
    quotation: int
    span: Span
    article: str | None = None

    def still_means(self, words: str) -> bool:
        return words == self.words


def happen(publisher: Publisher, chance: Random, world: World) -> Counter[str]:
    """An hour at the publisher's. Only what has been read changes: nobody could know of the rest."""
    done = Counter[str]()
    old = [story for story in publisher.stories if story.read]
    live = [story for story in old if story.status == 200]
    for _ in range(chance.choice((0, 1, 1, 2))):
        publisher.publish(world.calendar.now)
    if live and chance.random() < 0.35:
        publisher.correct(chance.choice(live))
        done["corrected"] += 1
    if live and chance.random() < 0.2 and (story := chance.choice(live)).places < 10:
        story.places += 1
        done["moved"] += 1
    if len(live) > 5 and chance.random() < 0.12:
        chance.choice(live).status = chance.choice((404, 410))
        done["taken back"] += 1
    gone = [story for story in old if story.status != 200]
    if gone and chance.random() < 0.05:
        chance.choice(gone).status = 200
        done["brought back"] += 1
    if live and chance.random() < 0.1:
        publisher.slips[chance.choice(live).path()] = chance.choice((404, 500, 503))
        done["slipped"] += 1
    publisher.broken = chance.choice((b"", b"<html>Error</html>")) if chance.random() < 0.07 else None
    return done


def shown_now(world: World, chance: Random) -> list[Shown]:
    """What somebody who asks today gets to see."""
    listing = world.archive.listing()
    if not listing:
        return []
    found, article = world.archive.find(chance.choice(listing).id, OWNERS) or pytest.fail("it isn't there")
    number = int(article.title.rpartition(" ")[2])
    said = [unit for unit in world.archive.units_of(found) if unit.quotation]
    return [Shown(number, unit.span.of(article.text), unit.id, unit.span) for unit in said]


def expected(story: Story, words: str) -> QuotationFate:
    if story.status != 200:
        return QuotationFate.WITHDRAWN
    return QuotationFate.STANDS if words in story.texts[-1] else QuotationFate.CHANGED


SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in (14, 159, 2653)]


@pytest.mark.parametrize("seed", [3, *SLOW])
def test_after_a_hundred_polls_the_archive_says_what_the_publisher_says(
    seed: int, world: World, publisher: Publisher
) -> None:
    chance = Random(seed)
    world.sources.add(f"{publisher.site}/feed.xml", SourceKind.FEED, every=timedelta(hours=1))
    told, done, shown = Counter[ItemChange](), Counter[str](), list[Shown]()
    for _ in range(POLLS):
        done += happen(publisher, chance, world)
        told += Counter(happened.change for happened in world.refresh())
        shown += shown_now(world, chance)
        world.calendar.pass_(timedelta(hours=1))
    publisher.broken = None
    for _ in range(20):
        told += Counter(happened.change for happened in world.refresh())
        world.calendar.pass_(timedelta(days=2))
    check_articles(world, publisher)
    check_versions(world, publisher)
    check_answers(world, publisher, shown)
    assert min(done[what] for what in ("corrected", "moved", "taken back", "brought back", "slipped")) > 0
    assert told[ItemChange.NEW] == len(publisher.stories)
    assert min(told[change] for change in ItemChange) > 0


def stored(world: World) -> dict[int, Article]:
    found = (world.archive.find(line.id, OWNERS) for line in world.archive.listing())
    return dict(each for each in found if each is not None)


def check_articles(world: World, publisher: Publisher) -> None:
    """Each story is there once, in its last wording, under its last address; what was taken back isn't."""
    articles = stored(world).values()
    live = [story for story in publisher.stories if story.status == 200]
    assert len(articles) == len(live)
    assert {article.title: (article.text, article.url) for article in articles} == {
        story.title: (story.texts[-1], publisher.site + story.path()) for story in live
    }
    aside = world.archive.deleted_articles(OWNERS)
    assert sorted(each.title for each in aside) == sorted(
        story.title for story in publisher.stories if story not in live
    )
    (kept,) = world.sources.summaries()
    assert (kept.totals.read, kept.totals.gone, kept.totals.failing) == (len(live), len(aside), 0)
    assert kept.source.problem is None


def check_versions(world: World, publisher: Publisher) -> None:
    """The ledger holds nothing that wasn't published, in the order in which it was."""
    by_title = {story.title: story for story in publisher.stories}
    with read_transaction(world.archive.database) as connection:
        for row in stored(world):
            versions = [article for article, _, _ in versions_of(connection, row)]
            published = by_title[versions[-1].title].texts
            places = [published.index(article.text) for article in versions]
            assert places == sorted(places)
            assert places[-1] == len(published) - 1


def check_answers(world: World, publisher: Publisher, shown: list[Shown]) -> None:
    """What answers showed on their day stands, or it is known what stands there now."""
    standings = QuotationStatuses(world.archive)
    fates = Counter[QuotationFate]()
    for each in shown:
        story = publisher.stories[each.story - 1]
        place = standings.find(each, OWNERS)
        assert place is not None, each
        standing = standings.of(place)
        assert standing.fate is expected(story, each.words), (each, story)
        if standing.fate is QuotationFate.CHANGED:
            assert standing.words == f"{story.quote},"
        fates[standing.fate] += 1
    assert min(fates[fate] for fate in (QuotationFate.STANDS, QuotationFate.CHANGED, QuotationFate.WITHDRAWN)) > 0


def test_what_is_listed_is_read_from_the_next_poll_on(world: World, publisher: Publisher) -> None:
    world.sources.add(f"{publisher.site}/feed.xml", SourceKind.FEED)
    for _ in range(LISTED + 5):
        publisher.publish(world.calendar.now)
    assert [happened.change for happened in world.refresh()] == [ItemChange.NEW] * LISTED
    assert world.refresh() == []
    world.calendar.pass_(timedelta(minutes=30))
    publisher.correct(publisher.stories[-1])
    assert [happened.change for happened in world.refresh()] == [ItemChange.CHANGED]
