"""Earlier versions of articles, and the quotations that these had and the present version lacks.

An article gets a new version when it is read otherwise than before: in its text, or in what is told about it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from retrieval.domain import Article, Kind, Quotation, Span
from retrieval.store.records import AnalysedArticle, ArticleVersion, PastQuotation
from retrieval.store.rows import UNITS, article_of, article_row, unit_of
from retrieval.store.schema import articles, changes, past_quotations, set_aside, units, versions
from retrieval.text.diff import TracedSpan, span_tracer
from retrieval.text.person_names.matching import same_name

TECHNICAL_FIELDS = ("version", "modified", "source")
"""Fields that say nothing to a reader: where they alone differ, the article is the same."""


@dataclass(frozen=True, slots=True)
class ReplacedArticle:
    """A stored article that is about to be replaced."""

    seq: int
    article: Article
    content_hash: str
    rules_version: int
    stored_at: str
    quotations: Sequence[Quotation]


def stored_article(connection: Connection, owner: str, id_: str) -> ReplacedArticle | None:
    """Return the stored article with this owner and id, None where there is none."""
    row = connection.execute(select(articles).where(articles.c.owner == owner, articles.c.id == id_)).mappings().first()
    if row is None:
        return None
    said = (
        unit_of(each).quotation for each in connection.execute(UNITS.where(units.c.article == row["seq"])).mappings()
    )
    quotations = [quotation for quotation in said if quotation and quotation.kind is not Kind.MENTION]
    facts = (row["content_hash"], row["rules_version"], row["stored_at"])
    return ReplacedArticle(row["seq"], article_of(row), *facts, quotations)


def differs(old: ReplacedArticle, replacement: AnalysedArticle) -> bool:
    """Return whether the article was read otherwise; a correction, or what other rules found, is no difference."""
    return old.content_hash != replacement.content_hash and _reader_fields(old.article) != _reader_fields(
        replacement.article
    )


def _reader_fields(article: Article) -> dict[str, object]:
    return {field: value for field, value in article_row(article).items() if field not in TECHNICAL_FIELDS}


def keep_version(connection: Connection, old: ReplacedArticle, replacement: AnalysedArticle, now: str) -> None:
    """Keep what `replacement` replaces: the article as it was, and those of its quotations that no longer stand."""
    version = {"article": old.seq, "version": old.article.version, "content": article_row(old.article)}
    connection.execute(insert(versions).values(version | {"stored_at": old.stored_at, "until": now}))
    if old.article.text == replacement.article.text:
        return
    trace = span_tracer(old.article.text, replacement.article.text)
    new = [unit.quotation for unit in replacement.units if unit.quotation and unit.quotation.kind is not Kind.MENTION]
    _update_past(connection, old.seq, trace, replacement.article.text, new)
    same_rules = old.rules_version == replacement.rules_version
    traced = [(quotation, trace(quotation.span)) for quotation in old.quotations]
    gone = [
        _past_row(old, quotation, found, new, now)
        for quotation, found in traced
        if not _stands(quotation, found, new if same_rules else [])
    ]
    if gone:
        connection.execute(insert(past_quotations), gone)


def _update_past(
    connection: Connection, seq: int, trace: Callable[[Span], TracedSpan], text: str, new: Sequence[Quotation]
) -> None:
    """Update what stands in the place of quotations that went earlier, by the new text."""
    for gone in past_quotations_of(connection, [seq]):
        span = _whole_quotation(trace(gone.now).span, new) if gone.now else _quoted_again(gone.words, text, new)
        place = {"now_start": span and span.start, "now_end": span and span.end}
        connection.execute(update(past_quotations).where(past_quotations.c.id == gone.id).values(place))


def _quoted_again(words: str, text: str, new: Sequence[Quotation]) -> Span | None:
    """Return where a quotation that had been taken out is quoted again."""
    return next((each.span for each in new if each.span.of(text).split() == words.split()), None)


def _stands(quotation: Quotation, found: TracedSpan, new: Sequence[Quotation]) -> bool:
    """Return whether the words are still in the text, and no other speaker is named for them."""
    if not found.same or found.span is None:
        return False
    names = [each.speaker.name for each in new if each.span.overlaps(found.span) and each.speaker and each.speaker.name]
    name = quotation.speaker.name if quotation.speaker else None
    return name is None or not names or any(same_name(name, other) for other in names)


def _whole_quotation(span: Span | None, new: Sequence[Quotation]) -> Span | None:
    """Return the span of the quotation that overlaps `span`, or `span` itself where none does."""
    return next((each.span for each in new if span and each.span.overlaps(span)), span)


def _past_row(
    old: ReplacedArticle, quotation: Quotation, found: TracedSpan, new: Sequence[Quotation], now: str
) -> dict[str, object]:
    span = _whole_quotation(found.span, new)
    return {
        "article": old.seq,
        "version": old.article.version,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "kind": quotation.kind.value,
        "speaker": quotation.speaker and quotation.speaker.name,
        "until": now,
        "now_start": span and span.start,
        "now_end": span and span.end,
    }


def versions_of(connection: Connection, seq: int) -> list[ArticleVersion]:
    """Return every version, the oldest first; of a deleted article the last one ends with the deletion."""
    query = select(versions).where(versions.c.article == seq).order_by(versions.c.version)
    kept = [ArticleVersion(article_of(row.content), row.stored_at, row.until) for row in connection.execute(query)]
    present = connection.execute(select(articles).where(articles.c.seq == seq)).mappings().first()
    if present:
        return [*kept, ArticleVersion(article_of(present), present["stored_at"], None)]
    aside = connection.execute(select(set_aside).where(set_aside.c.seq == seq)).mappings().first()
    if aside and aside["content"]:
        content = aside["content"]
        return [*kept, ArticleVersion(article_of(content), content["stored_at"], aside["removed_at"])]
    return kept


def row_of(connection: Connection, id_: str, owners: Collection[str]) -> tuple[int, RowMapping | None] | None:
    """Return the row of an article, and the row of its deletion if it is deleted; None if there is none, or purged."""
    mine = (articles.c.id == id_) & articles.c.owner.in_(owners)
    seq = connection.scalar(select(articles.c.seq).where(mine).order_by(articles.c.seq))
    if seq is not None:
        return seq, None
    removed = (set_aside.c.id == id_) & set_aside.c.owner.in_(owners)
    aside = connection.execute(select(set_aside).where(removed).order_by(set_aside.c.seq)).mappings().first()
    return (aside["seq"], aside) if aside else None


def owner_of(connection: Connection, seq: int) -> str | None:
    """Return the owner of an article, present or deleted; None where there is none."""
    for table in (articles, set_aside):
        owner: str | None = connection.scalar(select(table.c.owner).where(table.c.seq == seq))
        if owner is not None:
            return owner
    return None


def replaced_unit(connection: Connection, unit: int) -> tuple[int, int] | None:
    """Return the row and the version of the article that a deleted unit belonged to; None if that isn't known."""
    within = (changes.c.first_unit <= unit) & (changes.c.last_unit >= unit)
    query = select(changes.c.article, changes.c.version).where(within, changes.c.op == "removed")
    row = connection.execute(query.where(changes.c.article.is_not(None))).first()
    return (row[0], row[1]) if row else None


def past_quotations_of(connection: Connection, seqs: Collection[int]) -> list[PastQuotation]:
    """Return the quotations that the articles in rows `seqs` no longer have, the latest to go first."""
    query = (
        select(past_quotations, versions.c.content)
        .join(
            versions,
            (versions.c.article == past_quotations.c.article) & (versions.c.version == past_quotations.c.version),
        )
        .where(past_quotations.c.article.in_(seqs))
        .order_by(past_quotations.c.until.desc(), past_quotations.c.start)
    )
    return [_past(row) for row in connection.execute(query).mappings()]


def _past(row: RowMapping) -> PastQuotation:
    now = Span(row["now_start"], row["now_end"]) if row["now_start"] is not None else None
    words = Span(row["start"], row["end"]).of(row["content"]["text"])
    return PastQuotation(
        row["id"], row["article"], row["version"], words, Kind(row["kind"]), row["speaker"], row["until"], now
    )


def delete_versions(connection: Connection, seqs: Sequence[int]) -> None:
    """Delete the earlier versions and past quotations of the articles in rows `seqs`."""
    connection.execute(delete(past_quotations).where(past_quotations.c.article.in_(seqs)))
    connection.execute(delete(versions).where(versions.c.article.in_(seqs)))
