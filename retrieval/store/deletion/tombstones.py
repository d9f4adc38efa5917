"""What was removed stays away: an article by its id, and, where the operator removed it, its words under any other."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, delete, false, func, or_, select, update

from retrieval.store.records import DeletionKind
from retrieval.store.schema import articles, copy_bands, set_aside
from retrieval.text.minhash import minhash_bands, shingles

_NAME = 12  # characters of a digest by which words are named of which the article's id is purged


@dataclass(frozen=True, slots=True)
class Tombstone:
    """`named` is what `articles restore` calls it; `words` where another article with the same words was removed."""

    on: date
    named: str
    words: bool


def digest_of(owner: str, id_: str) -> str:
    """What tells an article again of which nothing may be kept."""
    return hashlib.sha256(f"{owner}\0{id_}".encode()).hexdigest()


def digest_of_words(text: str) -> str:
    """The same for a text, however its words are spaced and broken into lines."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def text_tombstone(connection: Connection, owner: str, id_: str, text: str) -> str | None:
    """The digest by which a text that is being removed is kept away.

    None where the same owner has it in another article too: then it is a copy that isn't wanted, and not the words.
    """
    digest = digest_of_words(text)
    alike = select(copy_bands.c.article).where(copy_bands.c.hash.in_(minhash_bands(shingles(text))))
    others = select(articles.c.text).where(articles.c.owner == owner, articles.c.id != id_, articles.c.seq.in_(alike))
    return None if any(digest_of_words(other) == digest for other in connection.scalars(others)) else digest


def tombstone_of(connection: Connection, owner: str, id_: str, text: str | None) -> Tombstone | None:
    """Why an article may not come in, by its id or, where its text is given, by its words; None where it may."""
    mine = set_aside.c.digest == digest_of(owner, id_)
    told = select(set_aside.c.id, set_aside.c.words, set_aside.c.removed_at, mine.label("mine"))
    removed = told.where(set_aside.c.why == DeletionKind.REMOVED.value, mine | _has(owner, text))
    row = connection.execute(removed.order_by(mine.desc())).first()
    if row is None:
        return None
    named = id_ if row.mine else row.id or row.words[:_NAME]
    return Tombstone(datetime.fromisoformat(row.removed_at).date(), named, words=not row.mine)


def _has(owner: str, text: str | None) -> ColumnElement[bool]:
    return false() if text is None else (set_aside.c.owner == owner) & (set_aside.c.words == digest_of_words(text))


def lift_tombstone(connection: Connection, owner: str, id_: str) -> bool:
    """Forget that a purged article was removed."""
    purged = (set_aside.c.digest == digest_of(owner, id_)) & set_aside.c.content.is_(None)
    return (
        connection.execute(delete(set_aside).where(purged, set_aside.c.why == DeletionKind.REMOVED.value)).rowcount > 0
    )


def lift_text_tombstone(connection: Connection, owner: str, named: str) -> bool:
    """Let the words of a removed article come in under another id; itself it stays away."""
    meant = or_(set_aside.c.digest == digest_of(owner, named), func.substr(set_aside.c.words, 1, _NAME) == named)
    banned = update(set_aside).where(meant, set_aside.c.owner == owner, set_aside.c.words.is_not(None))
    return connection.execute(banned.values(words=None)).rowcount > 0
