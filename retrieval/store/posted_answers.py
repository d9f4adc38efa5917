"""Posted answers: which message shows which excerpts, to tell when they change. No words, and not who asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Text, case, cast, delete, func, insert, select, update

from retrieval.domain import Span
from retrieval.store.near_duplicates import numbers_table
from retrieval.store.schema import articles, set_aside
from retrieval.store.schema import shown_words as table


@dataclass(frozen=True, slots=True)
class PostedExcerpt:
    """An excerpt that a Discord message shows: a span of one version of the article in row `article`.

    `message`, `channel` and `guild` are Discord's ids. `reference` is what the message's buttons call the excerpt,
    `noted` the digest of the quotation status that the message shows, None for none.
    """

    message: int
    channel: int
    guild: int | None
    article: int
    version: int
    span: Span
    reference: str
    noted: str | None = None


STATE: ColumnElement[str] = case(
    (articles.c.version.is_not(None), cast(articles.c.version, Text)),
    else_=func.coalesce(set_aside.c.why + " " + set_aside.c.removed_at, "gone"),
)
"""SQL: a string that differs as soon as the article may say something else than it did."""

ROWS = (
    select(table, STATE.label("state"))
    .outerjoin(articles, articles.c.seq == table.c.article)
    .outerjoin(set_aside, set_aside.c.seq == table.c.article)
    .order_by(table.c.message, table.c.start)
)


def save_excerpts(connection: Connection, shown: Sequence[PostedExcerpt], now: str) -> None:
    """Store what messages show; `now` is ISO 8601."""
    rows = [_row(each) | {"shown_at": now, "looked": str(each.version)} for each in shown]
    if rows:
        connection.execute(insert(table), rows)


def _row(shown: PostedExcerpt) -> dict[str, object]:
    return {
        "message": shown.message,
        "channel": shown.channel,
        "guild": shown.guild,
        "article": shown.article,
        "version": shown.version,
        "start": shown.span.start,
        "end": shown.span.end,
        "reference": shown.reference,
        "noted": shown.noted,
    }


def outdated_excerpts(
    connection: Connection, limit: int, waiting: Collection[int] = ()
) -> list[tuple[PostedExcerpt, str]]:
    """Return the excerpts of `limit` messages with an article that changed after it was checked, each with its state.

    Messages in `waiting` are passed over.
    """
    moved = ROWS.where(table.c.looked != STATE, table.c.message.not_in(numbers_table(waiting))).subquery()
    messages = select(moved.c.message).distinct().order_by(moved.c.message).limit(limit)
    rows = connection.execute(ROWS.where(table.c.message.in_(messages)))
    return [
        (
            PostedExcerpt(
                row.message,
                row.channel,
                row.guild,
                row.article,
                row.version,
                Span(row.start, row.end),
                row.reference,
                row.noted,
            ),
            row.state,
        )
        for row in rows
    ]


def mark_checked(connection: Connection, shown: PostedExcerpt, state: str, noted: str | None) -> None:
    """Note that an excerpt was compared with its article in `state`."""
    span = (table.c.start == shown.span.start) & (table.c.end == shown.span.end)
    mine = (table.c.message == shown.message) & (table.c.article == shown.article) & (table.c.version == shown.version)
    connection.execute(update(table).where(mine, span).values(looked=state, noted=noted))


def delete_message(connection: Connection, message: int) -> None:
    """Forget what a message shows."""
    connection.execute(delete(table).where(table.c.message == message))


def delete_before(connection: Connection, moment: str) -> None:
    """Forget what was shown before `moment`, ISO 8601."""
    connection.execute(delete(table).where(table.c.shown_at < moment))
