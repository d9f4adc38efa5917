"""Article lookup: the articles that a title, a part of one, an address, or what they are about may mean."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz
from sqlalchemy import select

from retrieval.domain import Article, Filters
from retrieval.readers.identity import canonical_url, site_of
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.store.schema import articles
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.patterns import linear
from retrieval.text.tokens import letters_only

SAME_TITLE = 88
"""Least similarity, in per cent, of a title that is given with slips."""
PART_OF_TITLE = 90
"""Least similarity, in per cent, of a part of a title; short parts must be the same to the letter."""
SHORTEST_PART = 12
"""Letters of a part of a title that may have slips."""
NEAREST = 60
"""Least similarity, in per cent, of a title that is offered in place of an unknown one."""
TITLED = 12
"""Articles found by words whose titles are compared."""
_ADDRESS = linear(r"(?:https?://|www\.)\S+", ignore_case=True)


@dataclass(frozen=True, slots=True)
class ArticleLookup:
    """Looks articles up in one archive. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine

    def by_address(self, address: str, owners: Collection[str]) -> Article | None:
        """Return the newest article with this address, whatever its tracking parameters; None if there is none."""
        wanted = address_key(address)
        if not wanted:
            return None
        last = wanted.rstrip("/").rpartition("/")[2].partition("?")[0]
        query = (
            select(articles.c.seq, articles.c.url)
            .where(articles.c.owner.in_(owners), articles.c.url.contains(last, autoescape=True))
            .order_by(articles.c.published.desc(), articles.c.seq.desc())
        )
        with read_transaction(self.archive.database) as connection:
            seq = next((seq for seq, url in connection.execute(query) if address_key(url) == wanted), None)
        return None if seq is None else self.archive.articles([seq]).get(seq)

    def by_title(self, given: str, owners: frozenset[str]) -> Article | None:
        """Return the article whose title is `given`, a part of it, or nearly so; the newest of several."""
        scored = [(title_likeness(given, article.title), article) for article in self.like_title(given, owners)]
        likely = [(score, article.published or "", article) for score, article in scored if score]
        return max(likely, key=lambda each: each[:2])[2] if likely else None

    def like_title(self, given: str, owners: frozenset[str]) -> Sequence[Article]:
        """Return articles whose titles have words of `given`, in no particular order."""
        folded = letters_only(given)
        query = select(articles.c.seq, articles.c.title).where(articles.c.owner.in_(owners))
        with read_transaction(self.archive.database) as connection:
            rows = connection.execute(query.where(articles.c.title.contains(given.strip(), autoescape=True)))
            same = [seq for seq, _ in rows.fetchmany(TITLED)] if folded else []
        found = [hit.unit for hit in self.engine.search_articles(given, Filters(owners), TITLED)]
        return list(self.archive.articles(dict.fromkeys([*same, *found])).values())

    def nearest_titles(self, given: str, owners: frozenset[str], limit: int = 3) -> Sequence[str]:
        """Return the titles that are written most nearly like `given`, best first; none that is unlike it."""
        scored = {
            article.title: fuzz.token_set_ratio(given.casefold(), article.title.casefold())
            for article in self.like_title(given, owners)
        }
        best = sorted(scored, key=lambda title: (-scored[title], title))
        return [title for title in best if scored[title] >= NEAREST][:limit]


def title_likeness(given: str, title: str) -> float:
    """Return how much `given` is like a title or a part of it, 0..100; 0 where it isn't enough."""
    mine, whole = letters_only(given), letters_only(title)
    if not mine or not whole:
        return 0.0
    if mine == whole:
        return 100.0
    if fuzz.ratio(mine, whole) >= SAME_TITLE:
        return fuzz.ratio(mine, whole)
    if len(mine) < SHORTEST_PART or len(mine) > len(whole):
        return 0.0
    return fuzz.partial_ratio(mine, whole, score_cutoff=PART_OF_TITLE) * len(mine) / len(whole)


def address_in(text: str) -> str | None:
    """Return the first web address in a text."""
    match = _ADDRESS.search(text)
    return match.group().rstrip(".,;:!?)>]\"'”’") if match else None


def address_key(address: str) -> str:
    """Return what two addresses of one page share: neither scheme, www or m., tracking parameters nor a last slash."""
    canonical = canonical_url(address if "://" in address else f"https://{address}")
    if canonical is None:
        return ""
    parts = urlsplit(canonical)
    return f"{site_of(canonical)}{parts.path.rstrip('/').removesuffix('/amp')}?{parts.query}".rstrip("?")
