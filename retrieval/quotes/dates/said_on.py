"""The day on which words were said, where the reporting clause tells it. Rather no day than the wrong one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.domain import Kind, Quotation, Span
from retrieval.quotes.dates.named_days import Anchor, NamedDay, named_days
from retrieval.quotes.syntax.clauses import actors
from retrieval.quotes.syntax.parse import Parse, Token, TokenIndex
from retrieval.text.lexicon import tagged

_NEAR_SENTENCES = 2


def with_days(quotations: Sequence[Quotation], parse: Parse, published: str | None) -> tuple[Quotation, ...]:
    """The quotations with `said_on` and its basis; `published` is ISO 8601 and anchors "on Tuesday".

    The spans of one utterance that share a mention share its day.
    """
    finder = _DayFinder(parse, Anchor.of(published))
    told = [finder.day_of(quotation) for quotation in quotations]
    shared: dict[tuple[int | None, Span | None], NamedDay] = {
        (quotation.utterance, quotation.mention): named
        for quotation, named in zip(quotations, told, strict=True)
        if named and quotation.utterance is not None
    }
    return tuple(
        _dated(quotation, named or shared.get((quotation.utterance, quotation.mention)))
        for quotation, named in zip(quotations, told, strict=True)
    )


def _dated(quotation: Quotation, named: NamedDay | None) -> Quotation:
    return replace(quotation, said_on=named.day, said_on_basis=named.span) if named else quotation


class _DayFinder:
    def __init__(self, parse: Parse, anchor: Anchor | None) -> None:
        self._parse = parse
        self._anchor = anchor
        self._tokens = TokenIndex(parse)

    def day_of(self, quotation: Quotation) -> NamedDay | None:
        mention = self._tokens.within(quotation.mention) if quotation.mention else []
        words = self._tokens.within(quotation.span)
        if quotation.kind in (Kind.NESTED, Kind.MENTION) or not mention or not words:
            return None
        if mention[0].block != words[0].block or not -1 <= words[0].sentence - mention[0].sentence <= _NEAR_SENTENCES:
            return None
        sentence = self._parse.sentence(mention[0].sentence)
        verb = self._giving_verb(sentence, mention, words)
        if verb is None:
            return None
        days = [day for day in self._days(sentence, quotation.span) if self._hangs_on(day, verb)]
        return days[0] if len({day.day for day in days}) == 1 and days[0].day else None

    def _days(self, sentence: Sequence[Token], words: Span) -> Iterator[NamedDay]:
        for day in named_days(self._parse.text, self._parse.span(sentence), self._anchor):
            tokens = self._tokens.within(day.span)
            if tokens and not day.span.overlaps(words) and all(token.quotation is None for token in tokens):
                yield day

    def _giving_verb(self, sentence: Sequence[Token], mention: Sequence[Token], words: Sequence[Token]) -> Token | None:
        """Of the mention's verbs the lowest that the words hang on, else the nearest to them."""
        verbs = [
            actor.verb
            for actor in actors(self._parse, sentence)
            if actor.verb.lemma in tagged("reporting_verb", "speaking_verb")
            and any(_names(token, actor.noun) for token in mention)
        ]
        above = [token for token in self._parse.ancestors(words[0]) if token in verbs]
        if above:
            return above[0]
        return min(
            verbs, key=lambda verb: min(abs(verb.start - words[-1].end), abs(verb.end - words[0].start)), default=None
        )

    def _hangs_on(self, day: NamedDay, verb: Token) -> bool:
        """Nothing stands between the day and the verb in the tree but the occasion: told them in a letter on Friday."""
        inside = {token.index for token in self._tokens.within(day.span)}
        head = next((t for t in self._tokens.within(day.span) if t.head not in inside or t.head == t.index), None)
        if head is None:
            return False
        for token in self._parse.ancestors(head):
            if token.index == verb.index:
                return True
            if token.dep == "acl" and token.lemma in tagged("publishing_verb"):
                continue
            if token.pos in ("VERB", "AUX"):
                return token.lemma in tagged("speaking_verb") and verb.index in (
                    t.index for t in self._parse.ancestors(token)
                )
            if (
                token.pos in ("NOUN", "PROPN", "NUM")
                and token.lemma not in tagged("occasion_noun")
                and token.index not in inside
            ):
                return False
        return False


def _names(token: Token, noun: Token) -> bool:
    return token == noun or (token.dep == "appos" and token.head == noun.index)
