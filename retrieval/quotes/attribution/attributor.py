"""Names the speaker of every quotation of one article: candidates, their referents, one probability each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from retrieval.domain import Kind
from retrieval.quotes.attribution.candidates import Candidate, CandidateFinder
from retrieval.quotes.attribution.carry_over import Context, Given, ahead, carried
from retrieval.quotes.attribution.hypotheses import Choice, Reading, weigh
from retrieval.quotes.attribution.model import Features, Ranker
from retrieval.quotes.attribution.nested_sources import sources
from retrieval.quotes.attribution.own_words import OwnWords, Wording
from retrieval.quotes.attribution.quote_position import QuotePosition
from retrieval.quotes.attribution.transcripts import label_inside
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.entities.referents import Referents
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.parse import Parse

NOBODY = "nobody"
MOST_DOUBTS = 4


class Attributor:
    """One article's."""

    def __init__(self, parse: Parse, stretches: Sequence[QuoteSpan], kinds: Sequence[Kind], ranker: Ranker) -> None:
        self.roster = Roster(parse)
        self._parse = parse
        self._stretches = stretches
        self._kinds = kinds
        self._ranker = ranker
        self._finder = CandidateFinder(parse, self.roster)
        self._referents = Referents(parse, self.roster)
        self._candidates: dict[int, Sequence[Candidate]] = {}
        self._wording = Wording(parse.text, stretches, self.roster)

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
            if speaker := taken_over(index, reading):
                before.append(speaker)
        return readings

    def choices(self, index: int, given: Sequence[Given], known: Mapping[int, Reading]) -> Iterator[Choice]:
        """Every way to read one quotation; `given` are those before, `known` an earlier reading of all."""
        place = self._finder.place(index)
        last = given[-1].entity if given else None
        yield Choice(None, None, -1, self._nobody(index, place, last), "")
        if place is None:
            return
        words = self._own_words(index, given, known)
        phrase = 0
        for phrase, candidate in enumerate(self._around(index)):
            for choice in self._meanings(phrase, candidate, place, last, words.teller):
                features = words.features(choice.entity, candidate.mention, place)
                yield replace(choice, referring=choice.referring | features)
        for choice in self._elsewhere(index, place, given, known):
            phrase += 1
            yield replace(choice, phrase=phrase, referring={"named_in_words": float(id(choice.entity) in words.named)})

    def _own_words(self, index: int, given: Sequence[Given], known: Mapping[int, Reading]) -> OwnWords:
        named, teller = self._wording.named_in(index), self._teller(index, known)
        told = any(self._is_told(beside, self._stretches[index].utterance) for beside in (index - 1, index + 1))
        if not given:
            return OwnWords(named, teller, told_beside=told)
        before = given[-1]
        goes_on = self._stretches[before.index].utterance == self._stretches[index].utterance
        return OwnWords(named, teller, before, self._wording.named_in(before.index), goes_on, told)

    def _is_told(self, index: int, utterance: int) -> bool:
        """Whether a clause gives the quotation, which is part of an utterance."""
        if not 0 <= index < len(self._stretches) or self._stretches[index].utterance != utterance:
            return False
        place = self._finder.place(index)
        return place is not None and place.said

    def _meanings(
        self, phrase: int, candidate: Candidate, place: QuotePosition, last: Entity | None, teller: Given | None
    ) -> Iterator[Choice]:
        span, features, why = candidate.mention.span, candidate.features, candidate.why
        if candidate.mention.form is Form.WE and teller:
            told = {"i:teller": 1.0, "i:teller:beside": float(candidate.mention.head not in place.region)}
            yield Choice(teller.entity, span, phrase, features, why, told, teller.spread)
        elif candidate.mention.form is Form.WE:
            yield Choice(None, span, phrase, {**features, "writer": 1.0}, "the writer speaks")
        for referent in self._referents.of(candidate.mention, last):
            yield Choice(referent.entity, span, phrase, features, why, referent.features)

    def _teller(self, index: int, known: Mapping[int, Reading]) -> Given | None:
        """Who speaks the quotation around this one."""
        parent = self._stretches[index].parent
        return taken_over(parent, known[parent]) if parent is not None and parent in known else None

    def _elsewhere(
        self, index: int, place: QuotePosition, given: Sequence[Given], known: Mapping[int, Reading]
    ) -> Iterator[Choice]:
        """What the words' own head and other quotations tell."""
        label = label_inside(self._parse.text, self._stretches[index].inner, self.roster)
        if label:
            features = {"label:inside": 1.0, "label:inside:capitals": float(label.capitals)}
            yield Choice(label.entity, label.span, 0, features, "named at the head of the words")
        context = Context(self._parse, self._stretches, index, place)
        teller = self._teller(index, known)
        if teller:
            yield _taken(teller, {"outer": 1.0, f"outer:{place.company}": 1.0}, "the speaker of the words around")
        yield from self._sources(index, place, given[-1].entity if given else None)
        for earlier, features in carried(context, given):
            between = self._between(earlier, place)
            yield _taken(earlier, features | between, "goes on from the quotation before")
        later = self._later(index, known)
        if later:
            yield _taken(later, ahead(context, later), "goes on in the quotation behind")
        for same in self._same_words(index, known):
            yield _taken(same, {"echo": 1.0, f"echo:{place.company}": 1.0}, "the same words again")

    def _sources(self, index: int, place: QuotePosition, last: Entity | None) -> Iterator[Choice]:
        """Whom the speaker of the words around quotes, beside those who act in these words."""
        parent = self._stretches[index].parent
        around = self._finder.place(parent) if parent is not None else None
        if around is None:
            return
        for mention, way in sources(self._parse, self.roster, place, around):
            features = {way: 1.0, f"{way}:{place.company}": 1.0}
            for referent in self._referents.of(mention, last)[:1]:
                yield Choice(referent.entity, mention.span, 0, features, "quoted by the one who speaks")

    def _between(self, earlier: Given, place: QuotePosition) -> Features:
        """Whom the article speaks of between a quotation and the one before."""
        named = self._referents.pronouns.between(self._stretches[earlier.index].outer.end, place.first)
        subjects = {id(entity) for entity, token in named if token.dep.startswith("nsubj")}
        others = subjects - {id(earlier.entity)}
        company = f"between:{place.company}"
        return {
            f"{company}:speaker": float(id(earlier.entity) in subjects),
            f"{company}:other": float(bool(others)),
            f"{company}:both": float(bool(others) and id(earlier.entity) in subjects),
            f"{company}:last_other": float(bool(named) and named[-1][0] is not earlier.entity),
            f"{company}:last_speaker": float(bool(named) and named[-1][0] is earlier.entity),
        }

    def _around(self, index: int) -> Sequence[Candidate]:
        if index not in self._candidates:
            self._candidates[index] = list(self._finder.around(index))
        return self._candidates[index]

    def _nobody(self, index: int, place: QuotePosition | None, last: Entity | None) -> Features:
        words = len(self._stretches[index].inner.of(self._parse.text).split())
        return {
            NOBODY: 1.0,
            f"{NOBODY}:{place.company if place else 'lost'}": 1.0,
            f"{NOBODY}:short": float(words < 3),
            f"{NOBODY}:asked": float(place is not None and place.asked),
            f"{NOBODY}:first": float(last is None),
        }

    def _later(self, index: int, known: Mapping[int, Reading]) -> Given | None:
        parent = self._stretches[index].parent
        for later in range(index + 1, len(self._stretches)):
            if later in known and self._stretches[later].parent == parent:
                return taken_over(later, known[later])
        return None

    def _same_words(self, index: int, known: Mapping[int, Reading]) -> Iterator[Given]:
        same = (taken_over(other, known[other]) for other in self._wording.repeated(index, list(known)))
        yield from islice(filter(None, same), 1)

    def of_mention(self, mention: Mention, last: Entity | None) -> Reading:
        """Whom a phrase means that is known to name the speaker; `last` is who spoke before."""
        referents = self._referents.of(mention, last)
        why = "named as who reports it"
        return self.weigh([Choice(r.entity, mention.span, 0, {}, why, r.features) for r in referents])

    def weigh(self, choices: Sequence[Choice]) -> Reading:
        return weigh(self._ranker, choices)


def _taken(given: Given, features: Features, why: str) -> Choice:
    return Choice(given.entity, given.mention, 0, features, why, spread=given.spread)


def taken_over(index: int, reading: Reading) -> Given | None:
    best = reading.best
    entity = reading.entities[0][0] if reading.entities else None
    return Given(index, entity, best.mention, reading.entities[:MOST_DOUBTS]) if best and entity else None
