"""Check an archive. Nothing is changed, not even an older version's tables."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from retrieval.doctor.findings import PUT_BACK, REBUILD, Finding, fine, note, wrong
from retrieval.doctor.sources import check_sources
from retrieval.domain import EmbeddingModel
from retrieval.errors import ArchiveDamaged, ArchiveError, ModelMismatch
from retrieval.search.local import engine as local
from retrieval.search.local import snapshot
from retrieval.store.archive import FILE, Archive
from retrieval.store.changelog import current_state, stored_model
from retrieval.store.schema import REVISION, articles, units
from retrieval.store.sqlite.database import connect, read_transaction, revision

# Articles with units, mentions or dates whose offsets lie outside the text.
OFFSETS_OUTSIDE_TEXT = text("""
    SELECT articles.id FROM articles JOIN (
        SELECT article, min(start) AS first, min("end" - start) AS shortest,
            max(max("end", coalesce(mention_end, 0), coalesce(basis_end, 0))) AS last
        FROM units LEFT JOIN quotations ON unit = units.id GROUP BY article
    ) ON article = seq
    WHERE first < 0 OR shortest <= 0 OR last > length(text)
""")


def check_archive(folder: Path, model: EmbeddingModel | None, rules_version: int, now: datetime) -> Iterator[Finding]:
    """Check the archive in `folder`, if there is one. `model` is the one that the settings name."""
    if not (folder / FILE).is_file():
        yield note("archive", f"there is no archive in {folder} yet", "`ontherecord ingest PATH` makes one")
        return
    archive = Archive(folder, connect(folder / FILE), lambda: now)
    try:
        yield from check_store(archive, model, rules_version, now)
    except ArchiveDamaged as error:
        yield wrong("archive", str(error), PUT_BACK)
    except ArchiveError as error:
        yield wrong("archive", str(error), "then run doctor again")
    finally:
        archive.close()


def check_store(archive: Archive, model: EmbeddingModel | None, rules_version: int, now: datetime) -> Iterator[Finding]:
    """Check an open archive: tables, keyword indexes, vectors, index, offsets, clock, sources and rules."""
    version = revision(archive.database)
    if version is None or version != REVISION:
        yield of_another_version(version)
        return
    yield fine("version", f"the archive's tables are of version {version}")
    with read_transaction(archive.database) as connection:
        broken = connection.scalar(text("PRAGMA quick_check(1)"))
        if broken != "ok":
            yield wrong("archive", f"{archive.folder / FILE} is damaged: {broken}", PUT_BACK)
            return
    counts = archive.counts()
    yield fine("archive", f"{counts.articles} articles with {counts.quotations} quotations, whole")
    yield from check_keywords(archive)
    yield check_model(archive, model)
    yield check_index(archive)
    with read_transaction(archive.database) as connection:
        yield check_offsets(connection)
        yield check_clock(connection, now)
        yield from check_sources(connection, now)
    yield check_rules(archive, rules_version)


def check_rules(archive: Archive, rules_version: int) -> Finding:
    """Check that every article was analysed by the rules of this version."""
    stored = archive.model()
    outdated = len(archive.outdated(rules_version, stored)) if stored else 0
    if outdated:
        return note("rules", f"{outdated} articles were analysed by other rules or another model", REBUILD)
    return fine("rules", "all articles were analysed by the rules of this version")


def of_another_version(version: str | None) -> Finding:
    """Return the finding for tables of another migration than this program's."""
    if version is None:
        return wrong("version", f"{FILE} is no archive of ontherecord", PUT_BACK)
    if version > REVISION:
        return wrong("version", "a newer version of ontherecord wrote this archive", "update ontherecord to use it")
    remedy = "`ontherecord status` brings them up to date; make a backup first, and run doctor again after it"
    return note("version", f"the archive's tables are of version {version}, an older one", remedy)


def check_keywords(archive: Archive) -> Iterator[Finding]:
    """Compare the FTS5 indexes with the texts. FTS5 takes the command as an INSERT, which writes nothing."""
    for index, of in (("terms", "passages and quotations"), ("article_terms", "articles")):
        check = f"keywords of {of}"
        try:
            with archive.database.connect() as connection:
                connection.exec_driver_sql(
                    f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
                )
                connection.rollback()
            yield fine(check, "the index is that of the texts")
        except DatabaseError as error:
            if "malformed" in str(error.orig):
                yield wrong(check, "the index isn't that of the texts", PUT_BACK)
            else:
                yield note(check, f"the index couldn't be checked: {error.orig}", "run doctor again later")


def check_model(archive: Archive, model: EmbeddingModel | None) -> Finding:
    """Check that the archive's vectors are those of the model that the settings name."""
    stored = archive.model()
    if stored is None or model is None:
        return fine("vectors", "there are none yet" if stored is None else f"made by {stored.name}")
    try:
        archive.expect_model(model)
    except ModelMismatch as error:
        return wrong("vectors", str(error), f"{REBUILD}, or set ONTHERECORD_MODEL back")
    return fine("vectors", f"made by {stored.name}, which the settings name")


def check_index(archive: Archive) -> Finding:
    """Compare the search index's snapshot with the store. One that is behind is no fault: a loader catches up."""
    path = archive.folder / local.FILE
    remedy = f"{REBUILD}, which writes it anew; until then each start builds it from the archive"
    loaded = snapshot.read(path, archive.model())
    with read_transaction(archive.database) as connection:
        if not path.exists():
            empty = stored_model(connection) is None
            return fine("index", "there is none yet") if empty else note("index", f"{path} is missing", remedy)
        if loaded is None:
            return wrong("index", f"{path} is cut short, damaged, or another model's", remedy)
        vectors, state = loaded
        if state != current_state(connection):
            return note("index", f"{path} is behind the archive", f"nothing, or {REBUILD}: whoever starts catches up")
        ids = np.fromiter(connection.scalars(select(units.c.id).order_by(units.c.id)), dtype=np.int64)
        if not np.array_equal(vectors.catalogue.ids, ids):
            return wrong("index", f"{path} holds other passages than the archive", f"delete it, then {REBUILD}")
    return fine("index", f"holds the archive's {len(ids)} passages and quotations")


def check_offsets(connection: Connection) -> Finding:
    """Check that every quotation lies inside its article's text."""
    outside = list(connection.scalars(OFFSETS_OUTSIDE_TEXT))
    if not outside:
        return fine("offsets", "every quotation stands inside its article")
    remedy = f"`ontherecord articles remove {outside[0]}`, then ingest its source again"
    return wrong("offsets", f"{len(outside)} articles have quotations that end outside them", remedy)


def check_clock(connection: Connection, now: datetime) -> Finding:
    """Check that no article was stored in the future."""
    newest = connection.scalar(select(func.max(articles.c.stored_at)))
    if newest and datetime.fromisoformat(newest) > now + timedelta(minutes=1):
        return wrong("clock", f"it is {now:%F %T} here, but an article was stored at {newest}", "set the clock")
    return fine("clock", f"{now:%F %T} UTC, after all that was stored")
