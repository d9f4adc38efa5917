"""What must hold of an archive whatever befell it: nothing that was told is lost, and nothing is there by half."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import faiss
import numpy as np

from benchmarks.reliability.durability_life import ABSENT, PURGED, REMOVED, Message, made, revision_of, secret_of
from benchmarks.reliability.light_models import HashEncoder, MarksOnly, vector_of
from retrieval.answering.citations import cite
from retrieval.doctor.archive import check_store
from retrieval.doctor.findings import FindingLevel
from retrieval.domain import OPERATOR, Filters
from retrieval.ingest.analysis import draft_units, embed_units
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import FILE, Archive


@dataclass
class Ledger:
    """What was told of each article: the state that it has for `sure`, and those it may have come to since."""

    sure: dict[str, str] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, set[str]] = field(default_factory=dict)  # that were ever begun

    def take(self, message: Message) -> None:
        """Note what the killed process reported."""
        if message.kind != "began":
            self.sure.update(message.states)
            return
        self.begun.update(message.states)
        for id_, state in message.states.items():
            if state not in (REMOVED, PURGED):
                self.revisions.setdefault(id_, set()).add(state)

    def may_be(self, id_: str) -> set[str]:
        """Return the states that an article may have."""
        known = {self.sure.get(id_, ABSENT)}
        return known | {self.begun[id_]} if id_ in self.begun else known

    def settle(self, found: Mapping[str, str]) -> None:
        """Go on from what was found."""
        self.sure = dict(found)
        self.begun.clear()


def faults(folder: Path, ledger: Ledger) -> list[str]:
    """What is wrong, in words; the ledger then stands at what was found."""
    archive = Archive.open(folder)
    try:
        found = states(archive, ledger)
        wrong = [
            f"{id_} is {state}, and was told to be {' or '.join(sorted(ledger.may_be(id_)))}"
            for id_, state in found.items()
            if state not in ledger.may_be(id_)
        ]
        wrong += [*halves(archive), *misquoted(archive), *out_of_step(archive), *left(folder, found, ledger)]
        now = datetime.now(UTC)
        findings = check_store(archive, HashEncoder().model, 1, now)
        wrong += [finding.said for finding in findings if finding.level is FindingLevel.WRONG]
        ledger.settle(found)
        return wrong
    finally:
        archive.close()


def states(archive: Archive, ledger: Ledger) -> dict[str, str]:
    """Return the state of every article that was reported or is there."""
    held = {line.id: revision_of(archive.article(line.article)) for line in archive.listing()}
    aside = {each.id: REMOVED for each in archive.deleted_articles({OPERATOR})}
    told = ledger.sure.keys() | ledger.begun.keys()
    away = {id_: PURGED for id_ in told if archive.tombstone(OPERATOR, id_)}
    return dict.fromkeys(told, ABSENT) | away | aside | held


def halves(archive: Archive) -> Iterator[str]:
    """Articles that aren't there as they were read, with all that is searched of them."""
    for line in archive.listing():
        article = archive.article(line.article)
        whole = made(line.id, int(revision_of(article)))
        pieces = draft_units(whole, MarksOnly())
        units = archive.units_of(line.article)
        expected = [(piece.span, piece.context, piece.quotation) for piece in pieces]
        if article.text != whole.text or [(u.span, u.context, u.quotation) for u in units] != expected:
            yield f"{line.id} is there by half"
        elif not np.allclose(archive.vectors([u.id for u in units]), embed_units(pieces, HashEncoder()), atol=1e-3):  # type: ignore[arg-type]
            yield f"{line.id} has other vectors"


def misquoted(archive: Archive) -> Iterator[str]:
    """What is cited, found by words and by meaning, must stand in the article as it was read."""
    engine = LocalEngine(archive)
    hits = [*engine.search_terms("sails", Filters(), 50), *engine.search_vector(vector_of("x"), Filters(), 50)]
    for unit in archive.units([hit.unit for hit in hits]):
        article = archive.article(unit.article)
        citation = cite(article, unit.span, 0.0, unit.quotation, unit.id)
        if citation.text not in made(article.id, int(revision_of(article))).text:
            yield f"{article.id} doesn't say {citation.text!r}"


def out_of_step(archive: Archive) -> Iterator[str]:
    """The engine, as it starts from its snapshot, against the store."""
    engine = LocalEngine(archive)
    ids = [unit.id for line in archive.listing() for unit in archive.units_of(line.article)]
    hits = engine.search_vector(vector_of("x"), Filters(), len(ids) + 1)
    if sorted(hit.unit for hit in hits) != sorted(ids):
        yield "the index holds other passages than the store"
    elif ids:
        scores = archive.vectors([hit.unit for hit in hits]) @ vector_of("x")
        if not np.allclose(scores, [hit.score for hit in hits], atol=1e-3):
            yield "the index holds other vectors than the store"


def left(folder: Path, found: Mapping[str, str], ledger: Ledger) -> Iterator[str]:
    """Words of articles whose purge was told to be done."""
    files: Sequence[Path] = [path for path in folder.iterdir() if path.name.startswith(FILE)]
    stored = b"".join(path.read_bytes() for path in files)
    for id_ in [id_ for id_, state in ledger.sure.items() if state == PURGED and found[id_] == PURGED]:
        if any(secret_of(id_, int(revision)).encode() in stored for revision in ledger.revisions.get(id_, ())):
            yield f"words of {id_}, which was purged, are still in the archive's file"


faiss.omp_set_num_threads(1)  # a fork copies no other threads
