"""Tables of what guilds and their people decide, set, watch and ask in vain."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, Integer, Table, Text

from retrieval.store.schema.articles import metadata

speaker_decisions = Table(
    "speaker_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # same | apart
    Column("first", Text, nullable=False),  # names as a person gave them
    Column("second", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

server_settings = Table(
    "server_settings",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("chosen", JSON, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("server", BigInteger),  # null where notices go to the person alone
    Column("channel", BigInteger),
    Column("speaker", Text),
    Column("topic", Text),
    Column("seen", Integer, nullable=False),  # the last article's row that it has been held against
    Column("language", Text),  # of the person, for direct messages
    Column("paused", Text),  # why nothing can be sent
    Column("frequency", Text, nullable=False, server_default="at_once"),  # at_once | daily | weekly
    Column("due_on", Date),  # the day of the next digest, null where news are told at once
    Index("ix_watches_person", "person"),
    sqlite_autoincrement=True,
)

watch_notices = Table(
    "watch_notices",
    metadata,
    Column("watch", Integer, ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    Column("article", Text, primary_key=True),  # its id: an article that went and came back is no news
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Index("ix_gaps_server", "server"),
)
