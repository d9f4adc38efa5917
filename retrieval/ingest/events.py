"""What becomes of articles on their way into the archive."""

from dataclasses import dataclass, replace

from retrieval.domain import Article
from retrieval.reasons import Reason


@dataclass(frozen=True, slots=True)
class Stored:
    article: Article
    passages: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """The archive holds the article just so, or `reason` says why it isn't let in."""

    article: Article
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    source: str
    reason: Reason


Event = Stored | Skipped | Failed


@dataclass(frozen=True, slots=True)
class Summary:
    """`articles`, `passages` and `quotations` count what was stored by this run."""

    articles: int = 0
    passages: int = 0
    quotations: int = 0
    skipped: int = 0
    failures: tuple[Failed, ...] = ()

    def with_event(self, event: Event) -> "Summary":
        match event:
            case Skipped():
                return replace(self, skipped=self.skipped + 1)
            case Failed():
                return replace(self, failures=(*self.failures, event))
            case Stored(_, passages, quotations):
                return replace(
                    self,
                    articles=self.articles + 1,
                    passages=self.passages + passages,
                    quotations=self.quotations + quotations,
                )
