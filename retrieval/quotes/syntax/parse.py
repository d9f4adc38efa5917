"""A parsed article: tokens with their grammar, in the offsets of the article. Independent of the parser."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span

LONGEST_SENTENCE = 250
"""Tokens at which a sentence is cut; what is looked for within one takes time by the square of its length."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parse.

    `pos` is the Universal POS tag, `tag` the Penn tag, `dep` the ClearNLP label, `head` the index of the head's token
    (its own at a root). `quotation` is the index of the quoted span that the token stands for or lies in. `entity` is
    the label of the named entity, "" outside; `entity_start` is true on its first token. `sentence` and `block` count
    from 0; a block is a line, or the inside of a quotation that holds other quotations.
    """

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int
    block: int
    entity: str
    entity_start: bool
    quotation: int | None


Tokens = Sequence[Token]


class Parse:
    """The tokens of an article by block; the blocks inside quotations come after the article's own.

    `phrases` keeps the noun phrases that were looked up, by the index of their head.
    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tuple(tokens)
        self.children: tuple[list[int], ...] = tuple([] for _ in tokens)
        self.phrases: dict[int, list[Token]] = {}
        self._sentences: list[list[int]] = []
        starts = [token.start for token in tokens]
        self._own = next((i for i in range(1, len(starts)) if starts[i] < starts[i - 1]), len(starts))
        self._starts = starts[: self._own]
        for token in tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)
            while token.sentence >= len(self._sentences):
                self._sentences.append([token.index, token.index])
            self._sentences[token.sentence][1] = token.index + 1

    def sentence(self, number: int) -> Sequence[Token]:
        """Return the tokens of a sentence; none where there is no such sentence."""
        if not 0 <= number < len(self._sentences):
            return ()
        first, last = self._sentences[number]
        return self.tokens[first:last]

    def length(self, number: int) -> int:
        """Return how many tokens a sentence has."""
        first, last = self._sentences[number]
        return last - first

    def __len__(self) -> int:
        return len(self.tokens)

    def outside(self, token: Token) -> Token:
        """Return the token itself, or for one in a quotation's block, the article's own token at that place."""
        return token if token.index < self._own else self.tokens[max(0, bisect_right(self._starts, token.start) - 1)]

    def within(self, span: Span) -> Sequence[Token]:
        """Return the article's own tokens that overlap a span; none of the blocks inside quotations."""
        first = bisect_right(self._starts, span.start) - 1
        while first >= 0 and first + 1 < self._own and self.tokens[first].end <= span.start:
            first += 1
        last = bisect_left(self._starts, span.end)
        return self.tokens[max(0, first) : last]

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self._sentences)

    def text_at(self, index: int) -> str:
        """Return the text of a token; "" behind the last."""
        return self.tokens[index].text if index < len(self.tokens) else ""

    def head(self, token: Token) -> Token:
        """Return the token that a token depends on; the token itself at a root."""
        return self.tokens[token.head]

    def below(self, token: Token, *deps: str) -> list[Token]:
        """Return the children of a token that carry one of the labels, or all of them, in order."""
        found = [self.tokens[index] for index in self.children[token.index]]
        return [child for child in found if child.dep in deps] if deps else found

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the heads above a token, the nearest first."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """Return the token and all that depends on it, in order of the text."""
        found, waiting = [], [token.index]
        while waiting:
            index = waiting.pop()
            found.append(index)
            waiting.extend(self.children[index])
        return [self.tokens[index] for index in sorted(found)]

    def span(self, tokens: Sequence[Token]) -> Span:
        """Return the span from the first token to the last."""
        return Span(tokens[0].start, tokens[-1].end)

    def words(self, tokens: Sequence[Token]) -> str:
        """Return the text from the first token to the last, with single spaces."""
        return " ".join(self.text[tokens[0].start : tokens[-1].end].split())


class TokenIndex:
    """An index of the tokens of a parse by their offset in the article."""

    def __init__(self, parse: Parse) -> None:
        self._tokens = sorted((t for t in parse.tokens), key=lambda t: (t.start, t.end))
        self._starts = [t.start for t in self._tokens]

    def within(self, span: Span) -> list[Token]:
        """Return the tokens that begin within a span, in order."""
        return self._tokens[bisect_left(self._starts, span.start) : bisect_right(self._starts, span.end - 1)]
