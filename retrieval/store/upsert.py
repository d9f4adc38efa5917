"""How articles come and go, each in the write transaction that is handed in."""

from sqlalchemy import Connection

from retrieval.domain import OPERATOR
from retrieval.store import writing
from retrieval.store.near_duplicates import relate
from retrieval.store.records import Entry
from retrieval.store.soft_deletion import put_back
from retrieval.store.versions import before, differs, keep


def put(connection: Connection, entry: Entry, now: str) -> int:
    """Store an article; what it replaces, is kept as a version. One that was set aside comes back first."""
    article = entry.article
    put_back(connection, article.owner, article.id, by=OPERATOR)
    old = before(connection, article.owner, article.id)
    if old is None:
        seq = writing.put(connection, entry, 1, now)
    else:
        changed = differs(old, entry)
        seq = writing.put(connection, entry, old.article.version + changed, now if changed else old.stored_at)
        if changed:
            keep(connection, old, entry, now)
    relate(connection, seq, article.text)
    return seq
