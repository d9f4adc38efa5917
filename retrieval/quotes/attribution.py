"""Names the speaker of every quotation of one article: candidates, their referents, one probability each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.articles import Kind, Span
from retrieval.quotes.candidates import CandidateFinder, Features
from retrieval.quotes.carry_over import Given, carried
from retrieval.quotes.ranking import Ranker
from retrieval.quotes.referents import Referents
from retrieval.quotes.roster import Entity, Roster
from retrieval.quotes.scanner import Stretch
from retrieval.quotes.syntax import Parse

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read who speaks. `entity` is None for "the article does not tell"."""

    entity: Entity | None
    mention: Span | None
    features: Features
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was decided for one quotation: every choice with its probability, summed up by entity, the likeliest first."""

    choices: tuple[tuple[Choice, float], ...]
    entities: tuple[tuple[Entity | None, float], ...]

    @property
    def best(self) -> Choice | None:
        """The likeliest choice of the likeliest entity."""
        if not self.entities:
            return None
        entity = self.entities[0][0]
        return max((pair for pair in self.choices if pair[0].entity is entity), key=lambda pair: pair[1])[0]


class Attributor:
    """One article's."""

    def __init__(self, parse: Parse, stretches: Sequence[Stretch], kinds: Sequence[Kind], ranker: Ranker) -> None:
        self.roster = Roster(parse)
        self._parse = parse
        self._stretches = stretches
        self._kinds = kinds
        self._ranker = ranker
        self._finder = CandidateFinder(parse, self.roster)
        self._referents = Referents(parse, self.roster)

    def read(self) -> dict[int, Reading]:
        """A reading for every stretch that is speech, by its index."""
        readings: dict[int, Reading] = {}
        given: dict[int | None, list[Given]] = {}
        for index, stretch in enumerate(self._stretches):
            if self._kinds[index] is Kind.MENTION:
                continue
            before = given.setdefault(stretch.parent, [])
            readings[index] = reading = self._reading(list(self.choices(index, before)))
            best = reading.best
            if best and best.entity:
                before.append(Given(index, best.entity, best.mention))
        return readings

    def choices(self, index: int, given: Sequence[Given]) -> Iterator[Choice]:
        place = self._finder.place(index)
        last = given[-1].entity if given else None
        words = len(self._stretches[index].inner.of(self._parse.text).split())
        yield Choice(
            None,
            None,
            {
                NOBODY: 1.0,
                f"{NOBODY}:alone": float(place is None or place.alone),
                f"{NOBODY}:short": float(words < 3),
                f"{NOBODY}:first": float(last is None),
            },
            "",
        )
        if place is None:
            return
        for candidate in self._finder.around(index):
            for referent in self._referents.of(candidate.mention, last):
                features = {**candidate.features, **referent.features}
                yield Choice(referent.entity, candidate.mention.span, features, candidate.why)
        for earlier, features in carried(self._parse, self._stretches, index, place, given):
            yield Choice(earlier.entity, earlier.mention, features, "goes on from the quotation before")

    def _reading(self, choices: list[Choice]) -> Reading:
        weighed = self._ranker.probabilities([choice.features for choice in choices])
        totals: dict[int, float] = {}
        entities: dict[int, Entity | None] = {}
        for choice, probability in zip(choices, weighed, strict=True):
            totals[id(choice.entity)] = totals.get(id(choice.entity), 0.0) + probability
            entities[id(choice.entity)] = choice.entity
        ranked = sorted(((entities[key], total) for key, total in totals.items()), key=lambda pair: -pair[1])
        return Reading(tuple(zip(choices, weighed, strict=True)), tuple(ranked))
