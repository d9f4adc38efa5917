"""What articles said before: their versions, and the earlier wording of what is cited."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from retrieval.domain import Article, Citation, EarlierWording
from retrieval.errors import NotFound
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import may_be_same_speaker
from retrieval.store.records import DeletionKind, PastQuotation
from retrieval.store.rows import rows_of
from retrieval.store.sqlite.database import read_transaction
from retrieval.store.versions import past_quotations_of, row_of, versions_of


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An article as it was from one moment to another, ISO 8601; `until` is None for the present one.

    `changed` and `taken_out` count the quotations that the version after it doesn't have, or has otherwise.
    """

    article: Article
    since: str
    until: str | None
    changed: int
    taken_out: int


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """An article's versions, the oldest first. `why` and `reason` tell of one that was removed."""

    versions: tuple[HistoryEntry, ...]
    why: DeletionKind | None = None
    reason: str | None = None

    def version(self, number: int) -> Article:
        """Return one version. Raises NotFound."""
        for version in self.versions:
            if version.article.version == number:
                return version.article
        known = ", ".join(str(version.article.version) for version in self.versions)
        raise NotFound(f"there is no version {number} of {self.versions[0].article.id}; there are {known}")


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """Reads versions and earlier wording from one archive."""

    archive: Archive

    def of(self, id_: str, owners: Collection[str]) -> ArticleHistory:
        """Return the history of an article, or of one that was removed and not purged yet. Raises NotFound."""
        with read_transaction(self.archive.database) as connection:
            found = row_of(connection, id_, owners)
            if found is None:
                raise NotFound(f"the archive knows no article {id_}; `ontherecord articles list` shows what there is")
            seq, aside = found
            told = versions_of(connection, seq)
            gone = past_quotations_of(connection, [seq])
        versions = (
            HistoryEntry(
                article,
                since,
                until,
                changed=sum(each.version == article.version and each.now is not None for each in gone),
                taken_out=sum(each.version == article.version and each.now is None for each in gone),
            )
            for article, since, until in told
        )
        return ArticleHistory(
            tuple(versions), DeletionKind(aside["why"]) if aside else None, aside["reason"] if aside else None
        )

    def with_earlier(self, citations: Iterable[Citation]) -> list[Citation]:
        """Return the citations with what stood in their place before."""
        citations = list(citations)
        with read_transaction(self.archive.database) as connection:
            rows = rows_of(connection, (citation.article for citation in citations))
            gone = past_quotations_of(connection, set(rows.values()))
        return [
            replace(citation, earlier=_earlier(citation, [each for each in gone if each.article == row]))
            for citation in citations
            for row in [rows.get((citation.article.owner, citation.article.id))]
        ]

    def taken_out(self, article: Article) -> list[EarlierWording]:
        """Return the quotations that the article doesn't have any more, those that went last first."""
        with read_transaction(self.archive.database) as connection:
            seqs = set(rows_of(connection, [article]).values())
            return [_wording(each) for each in past_quotations_of(connection, seqs) if each.now is None]


def _earlier(citation: Citation, gone: Iterable[PastQuotation]) -> tuple[EarlierWording, ...]:
    found: dict[tuple[str, str | None], EarlierWording] = {}
    for each in gone:
        if each.now and each.now.overlaps(citation.span) and not _reads_the_same(each, citation):
            found.setdefault((each.words, each.speaker), _wording(each))
    return tuple(found.values())


def _reads_the_same(gone: PastQuotation, citation: Citation) -> bool:
    """As after a change that was taken back."""
    name = citation.speaker.name if citation.speaker else None
    return gone.words.split() == citation.text.split() and may_be_same_speaker(gone.speaker, name)


def _wording(gone: PastQuotation) -> EarlierWording:
    return EarlierWording(gone.words, gone.kind, gone.speaker, day_of(gone.until))


def day_of(moment: str) -> date:
    """Return the day of a moment in ISO 8601."""
    return datetime.fromisoformat(moment).date()
