"""Tables of sources and of the items that each source lists."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from retrieval.store.schema.articles import metadata

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("kind", Text, nullable=False),  # folder | feed | page | sitemap
    Column("address", Text, nullable=False),
    Column("every", Integer, nullable=False),  # seconds
    Column("added_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("checked_at", Text),
    Column("read_at", Text),  # the last check that went well
    Column("etag", Text),
    Column("last_modified", Text),
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Text),
    UniqueConstraint("owner", "address", name="uq_sources_owner_address"),
    sqlite_autoincrement=True,
)

source_items = Table(
    "source_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Integer, ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),  # what the source knows it by
    Column("address", Text, nullable=False),
    Column("article", Text),  # its id in the archive, once it was read
    Column("state", Text, nullable=False),  # waiting | read | excerpt | gone | left
    Column("listed", Boolean, nullable=False),
    Column("digest", Text),  # of what the source said of it when it was last read
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Text),
    UniqueConstraint("source", "key", name="uq_source_items_source_key"),
    sqlite_autoincrement=True,
)
