"""What goes on in an archive while it is killed: articles come, change and go, are purged, and snapshots are written.

It tells what it begins and what it has done, as a program that reports to a person does. The models are light ones, so
that most of the time goes into storing.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from retrieval.domain import OPERATOR, Article
from retrieval.ingest.events import ArticleStored
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import Archive

REMOVED, PURGED, ABSENT = "removed", "purged", "absent"
MOST = 30  # articles, from which on more go than come
PARAGRAPHS = 8


@dataclass(frozen=True)
class Message:
    """`states` are those that the articles will have, or have: a revision's number, REMOVED or PURGED."""

    kind: str  # began, stored, did
    work: str
    states: Mapping[str, str]


Tell = Callable[[Message], None]


@dataclass(frozen=True)
class Life:
    """A program that works on an archive, and reports what it begins and what it has done."""

    archive: Archive
    engine: LocalEngine
    tell: Tell
    dice: random.Random

    def next(self) -> None:
        """Do one thing, drawn at random."""
        held = self.archive.counts().articles
        first = self.come if held < MOST else self.go
        self.dice.choice([first, self.change, self.go, self.purge, self.save] if held else [first])()

    def ingest(self, work: str, wanted: Sequence[Article]) -> None:
        """Ingest articles, reporting each one that is stored."""
        self.tell(Message("began", work, {article.id: revision_of(article) for article in wanted}))
        ingester = Ingester(self.archive, HashEncoder(), ExtractionRules(MarksOnly, 1), workers=1)  # type: ignore[arg-type]
        for event in ingester.ingest(wanted):
            if not isinstance(event, ArticleStored):
                raise TypeError(f"not stored: {event}")
            self.tell(Message("stored", work, {event.article.id: revision_of(event.article)}))
        self.tell(Message("did", work, {}))

    def come(self) -> None:
        """Ingest four new articles."""
        first = self.dice.randrange(10**9)
        self.ingest("ingest", [made(f"ferry-{first + number}", 1) for number in range(4)])

    def change(self) -> None:
        """Ingest the next revision of four articles."""
        ids = self.present(4)
        held = [self.archive.find(id_, {OPERATOR}) for id_ in ids]
        self.ingest("refresh", [made(found[1].id, int(revision_of(found[1])) + 1) for found in held if found])

    def go(self) -> None:
        """Remove four articles."""
        for id_ in self.present(4):
            self.tell(Message("began", "delete", {id_: REMOVED}))
            self.archive.remove(OPERATOR, id_)
            self.tell(Message("did", "delete", {id_: REMOVED}))

    def purge(self) -> None:
        """Purge every removed article."""
        aside = self.archive.deleted_articles({OPERATOR})
        states = {each.id: PURGED for each in aside}
        self.tell(Message("began", "purge", states))
        self.archive.purge(aside)
        self.tell(Message("did", "purge", states))

    def save(self) -> None:
        """Write a snapshot of the index."""
        self.engine.refresh()
        self.tell(Message("began", "snapshot", {}))
        self.engine.save()
        self.tell(Message("did", "snapshot", {}))

    def present(self, count: int) -> list[str]:
        """Return the ids of up to `count` stored articles, drawn at random."""
        ids = [line.id for line in self.archive.listing()]
        return self.dice.sample(ids, min(count, len(ids)))


def live(folder: Path, seed: int, tell: Tell, works: int | None = None) -> None:
    """Do `works` things, or go on for ever, one after another as chance has it."""
    archive = Archive.open(folder)
    try:
        life = Life(archive, LocalEngine(archive), tell, random.Random(seed))
        done = 0
        while works is None or done < works:
            life.next()
            done += 1
    finally:
        archive.close()


def made(id_: str, revision: int) -> Article:
    """Words that stand in no other article, nor in another revision of it."""
    secret = secret_of(id_, revision)
    paragraphs = [
        f"Ferry {number} was late again, {secret}{number} wrote.\n\n“It sails at {number} in {secret},” said Brook. "
        f"Nobody on the quay saw the boat {number} come in. It may come tomorrow."
        for number in range(PARAGRAPHS)
    ]
    return Article(id_, f"{id_}, revision {revision}", "\n\n".join(paragraphs))


def secret_of(id_: str, revision: int) -> str:
    """Return the word that stands in one revision of one article alone."""
    return f"q{id_.removeprefix('ferry-')}x{revision}z"


def revision_of(article: Article) -> str:
    """Return the revision of a made-up article, from its title."""
    return article.title.rsplit(maxsplit=1)[-1]
