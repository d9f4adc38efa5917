"""What quoted words tell of their speaker: whom they name, what they are part of, and where they stand again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.carry_over import Given
from retrieval.quotes.attribution.model import Features
from retrieval.quotes.attribution.quote_position import QuotePosition
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.names import folded_words


class Wording:
    """The words of all quotations of an article, each by its index."""

    def __init__(self, text: str, stretches: Sequence[QuoteSpan], roster: Roster) -> None:
        self._stretches = stretches
        self._words = [" ".join(folded_words(s.inner.of(text))) for s in stretches]
        self._bearers: dict[str, set[int]] = defaultdict(set)
        for person in roster.people:
            for word in (*person.words[:1], *person.words[-1:]):
                self._bearers[word].add(id(person))

    def named_in(self, index: int) -> frozenset[int]:
        """Ids of the people whom the words themselves name."""
        words = set(self._words[index].split())
        return frozenset(person for word in words for person in self._bearers.get(word, ()))

    def repeated(self, index: int, others: Sequence[int]) -> Iterator[int]:
        """Those of the others that hold these words: a heading quotes what the article quotes below."""
        mine, outer = self._words[index], self._stretches[index].outer
        if mine.count(" ") < 1 or self._stretches[index].parent is not None:
            return
        for other in others:
            if not outer.overlaps(self._stretches[other].outer) and f" {mine} " in f" {self._words[other]} ":
                yield other


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One quotation, as far as it tells of its speaker before anything around it is looked at.

    `named` and `named_before` are the ids of those whom the words, and those of the quotation before, name. `teller`
    speaks the words around. `goes_on`: one utterance with the quotation before; `told_beside`: a clause gives another
    part of the utterance.
    """

    named: frozenset[int]
    teller: Given | None
    before: Given | None = None
    named_before: frozenset[int] = frozenset()
    goes_on: bool = False
    told_beside: bool = False

    def features(self, entity: Entity | None, mention: Mention, place: QuotePosition) -> Features:
        """Few name themselves in their own words, or quote themselves by name or as "she"."""
        again = self.before is not None and mention.span == self.before.mention
        heard = self.named | self.named_before if again else self.named
        teller = self.teller is not None and self.teller.entity is entity and mention.form is not Form.WE
        return {
            "named_in_words": float(id(entity) in heard),
            "teller": float(teller),
            "goes_on": float(self.goes_on and self.before is not None and entity is self.before.entity),
            "told_elsewhere": float(self.told_beside and mention.head not in place.region),
        }
