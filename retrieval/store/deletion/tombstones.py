"""Keep removed articles away: by their id, and, where the operator removed them, by their text under any id."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, delete, false, func, or_, select, update

from retrieval.store.records import DeletionKind
from retrieval.store.schema import articles, copy_bands, set_aside
from retrieval.text.minhash import minhash_bands, shingles

_REFERENCE = 12
"""Characters of a text's digest that name it where the article's id is purged."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Why an article may not be ingested: it was removed `on` a day.

    `named` is what `articles restore` calls it; `words` is true where another article with the same text was removed.
    """

    on: date
    named: str
    words: bool


def digest_of(owner: str, id_: str) -> str:
    """Return what identifies an article of which nothing may be kept, in hex."""
    return hashlib.sha256(f"{owner}\0{id_}".encode()).hexdigest()


def digest_of_words(text: str) -> str:
    """Return what identifies a text, however its words are spaced and broken into lines, in hex."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def text_tombstone(connection: Connection, owner: str, id_: str, text: str) -> str | None:
    """Return the digest that keeps a removed text away.

    None where the same owner has the text in another article too: then a copy isn't wanted, and not the text.
    """
    digest = digest_of_words(text)
    alike = select(copy_bands.c.article).where(copy_bands.c.hash.in_(minhash_bands(shingles(text))))
    others = select(articles.c.text).where(articles.c.owner == owner, articles.c.id != id_, articles.c.seq.in_(alike))
    return None if any(digest_of_words(other) == digest for other in connection.scalars(others)) else digest


def tombstone_of(connection: Connection, owner: str, id_: str, text: str | None) -> Tombstone | None:
    """Return why an article may not be ingested, by its id or, where it is given, by its text; None where it may."""
    mine = set_aside.c.digest == digest_of(owner, id_)
    told = select(set_aside.c.id, set_aside.c.words, set_aside.c.removed_at, mine.label("mine"))
    removed = told.where(set_aside.c.why == DeletionKind.REMOVED.value, mine | _has_text(owner, text))
    row = connection.execute(removed.order_by(mine.desc())).first()
    if row is None:
        return None
    named = id_ if row.mine else row.id or row.words[:_REFERENCE]
    return Tombstone(datetime.fromisoformat(row.removed_at).date(), named, words=not row.mine)


def _has_text(owner: str, text: str | None) -> ColumnElement[bool]:
    return false() if text is None else (set_aside.c.owner == owner) & (set_aside.c.words == digest_of_words(text))


def lift_tombstone(connection: Connection, owner: str, id_: str) -> bool:
    """Forget that a purged article was removed. Returns False if there is none."""
    purged = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_(None)
    return (
        connection.execute(delete(set_aside).where(purged, set_aside.c.why == DeletionKind.REMOVED.value)).rowcount > 0
    )


def lift_text_tombstone(connection: Connection, owner: str, named: str) -> bool:
    """Let the text of a removed article be ingested under another id; the article itself stays away."""
    meant = or_(set_aside.c.digest == digest_of(owner, named), func.substr(set_aside.c.words, 1, _REFERENCE) == named)
    banned = update(set_aside).where(meant, set_aside.c.owner == owner, set_aside.c.words.is_not(None))
    return connection.execute(banned.values(words=None)).rowcount > 0
