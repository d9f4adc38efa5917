"""Names the speaker of every quotation of one article: candidates, their referents, one probability each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.articles import Kind, Span
from retrieval.quotes.candidates import Candidate, CandidateFinder, Features, Place
from retrieval.quotes.carry_over import Context, Given, ahead, carried
from retrieval.quotes.mentions import Form, Mention
from retrieval.quotes.names import plain_words
from retrieval.quotes.ranking import Ranker
from retrieval.quotes.referents import Referents
from retrieval.quotes.roster import Entity, Roster
from retrieval.quotes.scanner import Stretch
from retrieval.quotes.syntax import Parse
from retrieval.quotes.transcripts import label_inside

NOBODY = "nobody"
MOST_DOUBTS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read who speaks. `entity` is None for "the article does not tell".

    A speaker taken over from another quotation brings along the doubts about that one: `spread`.
    """

    entity: Entity | None
    mention: Span | None
    features: Features
    why: str
    spread: tuple[tuple[Entity | None, float], ...] = ()

    @property
    def shares(self) -> tuple[tuple[Entity | None, float], ...]:
        return self.spread or ((self.entity, 1.0),)


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
        fitting = [pair for pair in self.choices if pair[0].entity is entity]
        return max(fitting or self.choices, key=lambda pair: pair[1])[0]


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
        self._candidates: dict[int, Sequence[Candidate]] = {}
        self._words = [" ".join(plain_words(s.inner.of(parse.text))) for s in stretches]

    def read(self) -> dict[int, Reading]:
        """A reading for every stretch that is speech, by its index.

        Read twice: the second time the speakers of later quotations, and of the same words elsewhere, are known.
        """
        return self._pass(self._pass({}))

    def _pass(self, known: Mapping[int, Reading]) -> dict[int, Reading]:
        readings: dict[int, Reading] = {}
        given: dict[int | None, list[Given]] = {}
        for index, stretch in enumerate(self._stretches):
            if self._kinds[index] is Kind.MENTION:
                continue
            before = given.setdefault(stretch.parent, [])
            readings[index] = reading = self.weigh(list(self.choices(index, before, known)))
            speaker = taken_over(index, reading)
            if speaker:
                before.append(speaker)
        return readings

    def choices(self, index: int, given: Sequence[Given], known: Mapping[int, Reading]) -> Iterator[Choice]:
        """Every way to read one quotation; `given` are those before, `known` an earlier reading of all."""
        place = self._finder.place(index)
        last = given[-1].entity if given else None
        yield Choice(None, None, self._nobody(index, place, last), "")
        if place is None:
            return
        for candidate in self._around(index):
            if candidate.mention.form is Form.WE:
                features = {**candidate.features, "writer": 1.0}
                yield Choice(None, candidate.mention.span, features, "the writer speaks")
            for referent in self._referents.of(candidate.mention, last):
                features = {**candidate.features, **referent.features}
                yield Choice(referent.entity, candidate.mention.span, features, candidate.why)
        label = label_inside(self._parse.text, self._stretches[index].inner, self.roster)
        if label:
            features = {"label:inside": 1.0, "label:inside:capitals": float(label.capitals)}
            yield Choice(label.entity, label.span, features, "named at the head of the words")
        context = Context(self._parse, self._stretches, index, place)
        for earlier, features in carried(context, given):
            yield Choice(earlier.entity, earlier.mention, features, "goes on from the quotation before", earlier.spread)
        later = self._later(index, known)
        if later:
            yield Choice(
                later.entity, later.mention, ahead(context, later), "goes on in the quotation behind", later.spread
            )
        for same in self._same_words(index, known):
            yield Choice(
                same.entity,
                same.mention,
                {"echo": 1.0, f"echo:{place.company}": 1.0},
                "the same words again",
                same.spread,
            )

    def _around(self, index: int) -> Sequence[Candidate]:
        if index not in self._candidates:
            self._candidates[index] = list(self._finder.around(index))
        return self._candidates[index]

    def _nobody(self, index: int, place: Place | None, last: Entity | None) -> Features:
        words = len(self._stretches[index].inner.of(self._parse.text).split())
        return {
            NOBODY: 1.0,
            f"{NOBODY}:{place.company if place else 'lost'}": 1.0,
            f"{NOBODY}:short": float(words < 3),
            f"{NOBODY}:first": float(last is None),
        }

    def _later(self, index: int, known: Mapping[int, Reading]) -> Given | None:
        parent = self._stretches[index].parent
        for later in range(index + 1, len(self._stretches)):
            if later in known and self._stretches[later].parent == parent:
                return taken_over(later, known[later])
        return None

    def _same_words(self, index: int, known: Mapping[int, Reading]) -> Iterator[Given]:
        """Readings of quotations that hold this one's words: a heading quotes what the article quotes below."""
        mine = self._words[index]
        span = self._stretches[index].outer
        if mine.count(" ") < 1 or self._stretches[index].parent is not None:
            return
        for other, reading in known.items():
            apart = not span.overlaps(self._stretches[other].outer)
            if apart and f" {mine} " in f" {self._words[other]} ":
                speaker = taken_over(other, reading)
                if speaker:
                    yield speaker
                    return

    def of_mention(self, mention: Mention, last: Entity | None) -> Reading:
        """Whom a phrase means that is known to name the speaker; `last` is who spoke before."""
        referents = self._referents.of(mention, last)
        return self.weigh([Choice(r.entity, mention.span, r.features, "named as who reports it") for r in referents])

    def weigh(self, choices: list[Choice]) -> Reading:
        weighed = self._ranker.probabilities([choice.features for choice in choices])
        totals: dict[int, float] = {}
        entities: dict[int, Entity | None] = {}
        for choice, probability in zip(choices, weighed, strict=True):
            for entity, share in choice.shares:
                totals[id(entity)] = totals.get(id(entity), 0.0) + probability * share
                entities[id(entity)] = entity
        ranked = sorted(((entities[key], total) for key, total in totals.items()), key=lambda pair: -pair[1])
        return Reading(tuple(zip(choices, weighed, strict=True)), tuple(ranked))


def taken_over(index: int, reading: Reading) -> Given | None:
    best = reading.best
    entity = reading.entities[0][0] if reading.entities else None
    return Given(index, entity, best.mention, reading.entities[:MOST_DOUBTS]) if best and entity else None
