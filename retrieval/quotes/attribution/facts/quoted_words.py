"""What quoted words tell of their speaker: whom they name, what they are part of, and where they stand again."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from retrieval.quotes.attribution.facts.carry_over import AttributedQuotation
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.person_names.names import folded_words

MOST_BEARERS = 50
"""People of one first name or surname whom quoted words may name."""
LEAST_ECHOED = 4
"""Fewest words of a heading that are looked for in other quotations."""
MOSTLY = 0.75
"""Share of a heading's words that another quotation must hold."""
MOST_REPEATED = 50
"""Quotations with two words of another that are searched for all of its words."""


@dataclass(frozen=True, slots=True)
class QuotedWordsFacts:
    """What quoted words tell of a person as their speaker.

    `named`: they name the person; `outer_speaker`: the person speaks the quotation around them; `continues`: the person
    spoke the part of the utterance before; `reported_beside`: a clause that reports another part of the utterance names
    its speaker already, and this mention stands elsewhere.
    """

    named: bool
    outer_speaker: bool = False
    continues: bool = False
    reported_beside: bool = False


@dataclass(frozen=True, slots=True)
class FirstPersonFacts:
    """A "we" or "I" beside quoted words.

    `quoted`: it is the speaker's of the quotation around; else it is the writer's. `beside`: it stands outside of the
    sentence of the words.
    """

    quoted: bool
    beside: bool = False


@dataclass(frozen=True, slots=True)
class UnattributedFacts:
    """What a quotation tells for the hypothesis that the article does not name its speaker.

    `surroundings` is what its sentence holds beside it, "lost" where it is not in the parse; `asked`: somebody is asked
    the words; `first`: no quotation before it has a speaker.
    """

    surroundings: str
    words: int
    asked: bool
    first: bool


class QuotationWords:
    """The words of all quotations of one article, each by its index."""

    def __init__(self, text: str, stretches: Sequence[QuoteSpan], entities: EntityIndex) -> None:
        """Fold the words of all quotations."""
        self._stretches = stretches
        self._words = [" ".join(folded_words(s.inner.of(text))) for s in stretches]
        self._holding: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, words in enumerate(self._words):
            for pair in set(pairwise(words.split())):
                self._holding[pair].append(index)
        self._named: dict[int, frozenset[int]] = {}
        self._bearers: dict[str, set[int]] = defaultdict(set)
        for person in entities.people:
            for word in (*person.words[:1], *person.words[-1:]):
                if len(self._bearers[word]) < MOST_BEARERS:
                    self._bearers[word].add(id(person))

    def named_in(self, index: int) -> frozenset[int]:
        """Return the `id()` of every person whom the words name."""
        if index not in self._named:
            words = set(self._words[index].split())
            self._named[index] = frozenset(person for word in words for person in self._bearers.get(word, ()))
        return self._named[index]

    def repeated(self, index: int, others: Container[int]) -> Iterator[int]:
        """Iterate over the others that hold these words: a heading quotes what the article quotes below."""
        mine, outer = self._words[index], self._stretches[index].outer
        if mine.count(" ") < 1 or self._stretches[index].parent is not None:
            return
        rarest = min((self._holding[pair] for pair in pairwise(mine.split())), key=len)
        apart = (i for i in rarest if i in others and not outer.overlaps(self._stretches[i].outer))
        for other in islice(apart, MOST_REPEATED):
            if f" {mine} " in f" {self._words[other]} ":
                yield other

    def echoed(self, index: int, others: Container[int]) -> Iterator[int]:
        """Iterate over the others that hold most of the words of a heading: they say the same at more length."""
        mine = self._words[index].split()
        if len(mine) < LEAST_ECHOED:
            return
        apart = {
            i for pair in pairwise(mine) for i in self._holding[pair][:MOST_REPEATED] if i in others and i != index
        }
        for other in sorted(apart):
            shared = sum(word in self._words[other].split() for word in mine)
            if shared >= MOSTLY * len(mine):
                yield other


@dataclass(frozen=True, slots=True)
class QuotedContent:
    """One quotation, as far as its words tell of the speaker.

    `named` and `named_before` are the `id()` of those whom the words, and those of the quotation before, name. `outer`
    is the quotation around it. `goes_on`: it is one utterance with the quotation before; `reported_beside`: a clause
    reports another part of the utterance.
    """

    named: frozenset[int]
    outer: AttributedQuotation | None
    before: AttributedQuotation | None = None
    named_before: frozenset[int] = frozenset()
    goes_on: bool = False
    reported_beside: bool = False

    def facts(self, entity: Entity | None, mention: Mention, position: QuotePosition) -> QuotedWordsFacts:
        """Return what the words tell of an entity that a mention means.

        Few name themselves in their own words, or quote themselves by name or as "she".
        """
        again = self.before is not None and mention.span == self.before.mention
        named = self.named | self.named_before if again else self.named
        speaks_outer = self.outer is not None and self.outer.entity is entity
        return QuotedWordsFacts(
            named=id(entity) in named,
            outer_speaker=speaks_outer and mention.form is not MentionForm.WE,
            continues=self.goes_on and self.before is not None and entity is self.before.entity,
            reported_beside=self.reported_beside and mention.head not in position.region,
        )
