"""Names that stand beside quoted words without a clause: "NAME: …" before them, ": NAME" or "— NAME" behind."""

from collections.abc import Iterator

from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.quotes.syntax.quote_position import Place
from retrieval.text.lexicon import tagged
from retrieval.text.names import plain

DASHES = frozenset({"-", "--", "–", "—", "―", "~"})
LONGEST = 12  # tokens


def labels(parse: Parse, roster: Roster, place: Place) -> Iterator[tuple[Mention, Features]]:
    """At most one before the words and one behind; each reaches to the end of its paragraph or sentence."""
    tokens = parse.tokens
    before, after = place.first.index - 1, place.last.index + 1
    if before > 0 and tokens[before].text in {":"} | DASHES and tokens[before].block == place.first.block:
        yield from _label(parse, roster, _run(parse, place, before - 1, -1), "label:before")
    if after >= len(tokens) or tokens[after].block != place.last.block:
        return
    if tokens[after].text in {":", ","} | DASHES:
        mark = "comma" if tokens[after].text == "," else "mark"
        yield from _label(parse, roster, _run(parse, place, after + 1, 1), f"label:after:{mark}")


def _run(parse: Parse, place: Place, index: int, step: int) -> list[Token]:
    """The words from `index` on, in order, up to another quotation; none where they are too many for a label."""
    tokens = parse.tokens
    run: list[Token] = []
    while 0 <= index < len(tokens) and tokens[index].block == place.first.block and len(run) <= LONGEST:
        token = tokens[index]
        if token.quotation is not None or (step < 0 and token.text in ".!?"):
            break
        run.append(token)
        index += step
    run = [t for t in (run if step > 0 else run[::-1]) if t.pos != "SPACE"]
    return run if len(run) <= LONGEST else []


def _label(parse: Parse, roster: Roster, run: list[Token], where: str) -> Iterator[tuple[Mention, Features]]:
    verbs = any(t.pos in ("VERB", "AUX") for t in run)
    nouns = [t for t in run if t.index in roster.chunk_at or (t.pos in ("NOUN", "PROPN") and not t.entity)]
    nouns = [t for t in nouns if plain(t.text).rstrip(".") not in tagged("calendar_word")]
    if run and run[0].tag in ("VBG", "WP", "WDT"):
        return
    heads = [t for t in nouns if t.head == t.index or parse.head(t) not in nouns]
    for head in heads[:1]:
        mention = mention_of(parse, roster, head)
        yield mention, {where: 1.0, f"{where}:form:{mention.form}": 1.0, f"{where}:verbs": float(verbs)}
