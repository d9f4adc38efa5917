"""Picture credits: names of photographers and agencies that stand under or beside a picture, and speak nowhere."""

from retrieval.quotes.entities.name_chunks import NameChunk
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import fold

LEAST_SLASHED = 3
"""Fewest words of a name with a slash that is a credit: "Getty Images/Jane Doe", and not "AC/DC"."""
STOPS = (".", "!", "?", "…", ":")


def is_picture_credit(parse: Parse, chunk: NameChunk) -> bool:
    """Return whether a name is a picture's credit: "Photo: Jane Doe", "Jane Doe/Getty Images", "A caption. CNN"."""
    first, last = chunk.tokens[0].index, chunk.tokens[-1].index
    slashed = "/" in chunk.text and len(chunk.words) >= LEAST_SLASHED
    beside = "/" in (parse.text_at(first - 1) if first else "", parse.text_at(last + 1))
    agency = bool(set(chunk.words) & tagged("outlet_word", "credit_word"))
    return slashed or (beside and agency) or _is_labelled(parse, first) or _ends_caption(parse, chunk)


def _is_labelled(parse: Parse, first: int) -> bool:
    """Return whether "Photo:" or "Picture by" stands before a name."""
    if first < len(("Photo", ":")):
        return False
    mark, word = parse.tokens[first - 1], parse.tokens[first - 2]
    return mark.text in (":", "by") and fold(word.text) in tagged("credit_word") and mark.block == word.block


def _ends_caption(parse: Parse, chunk: NameChunk) -> bool:
    """Return whether a body's name alone, without a stop, closes a paragraph that quotes nothing."""
    last = chunk.tokens[-1]
    if chunk.label == "PERSON" or not _is_last(parse, last):
        return False
    sentence = parse.sentence(last.sentence)
    before = parse.sentence(last.sentence - 1)
    alone = {t.index for t in sentence if t.pos not in ("SPACE", "DET")} <= {t.index for t in chunk.tokens}
    caption = bool(before) and before[-1].block == last.block
    return alone and caption and not any(t.quotation is not None for t in (*before, *sentence))


def _is_last(parse: Parse, token: Token) -> bool:
    following = [t for t in parse.tokens[token.index + 1 : token.index + 3] if t.pos != "SPACE"]
    return not following or following[0].block != token.block
