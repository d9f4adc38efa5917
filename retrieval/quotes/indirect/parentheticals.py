"""Reported words beside a parenthetical cue: "The plan, she said, is dead", "according to Lee", "as Lee noted".

Each rule returns the tokens of the reported words, none where it does not apply.
"""

from retrieval.quotes.indirect.clause_ends import DASHES, clause_end
from retrieval.quotes.indirect.cues import Cue
from retrieval.quotes.syntax.parse import Parse, Tokens
from retrieval.text.lexicon import tagged

VERBS = ("VERB", "AUX")
MAX_DATELINE_TOKENS = 8
MAX_TOKENS_TO_COMMA = 12
"""Tokens behind "as Lee noted" within which its comma stands."""


def as_clause(parse: Parse, cue: Cue) -> Tokens:
    """Return the clause beside an "as" clause: "As Lee noted, the dam held", "The dam held, as Lee noted"."""
    sentence = parse.sentence(cue.token.sentence)
    below = parse.below(cue.token, "mark", "advmod", "prep")
    mark = next((t for t in below if t.text.casefold() == "as" and t.index < cue.first), None)
    if mark is None or cue.token.dep != "advcl":
        return ()
    before = parse.tokens[mark.index - 1] if mark.index > sentence[0].index else None
    if before is None or (before.pos in ("CCONJ", "SPACE", "PUNCT") and before.text != ","):
        comma = next((t.index for t in sentence if t.index > cue.last and t.text == ","), None)
        return (
            parse.tokens[comma + 1 : sentence[-1].index + 1] if comma and comma < cue.last + MAX_TOKENS_TO_COMMA else ()
        )
    if before.text == "," and sentence[-1].index - cue.last < 6:
        return _without_opening(parse, parse.tokens[sentence[0].index : before.index], cue)
    return _without_opening(parse, sentence, cue) if before.text == "," and _is_interrupted(parse, cue) else ()


def _is_interrupted(parse: Parse, cue: Cue) -> bool:
    """Return whether an "as" clause parts the clause that it hangs on: "The dam, as Lee noted in May, held"."""
    comma = parse.subtree(cue.token)[-1].index + 1
    behind = [t for t in parse.sentence(cue.token.sentence) if t.index > comma]
    return parse.text_at(comma) == "," and any(t.pos in VERBS for t in behind)


def interrupted_clause(parse: Parse, cue: Cue) -> Tokens:
    """Return the clause that a cue follows or interrupts: "It will fail, she said", "The plan, she said, will fail"."""
    sentence = parse.sentence(cue.token.sentence)
    opening, close = sentence[0].index, _close(parse, cue)
    before = parse.tokens[max(cue.first - 2, 0) : cue.first]
    parted = cue.first - 2 >= opening and before[-1].text in DASHES | {","}
    if cue.actor.way not in ("subject", "inverted") or not parted or any(t.quotation is not None for t in before):
        return ()
    if cue.token.lemma not in tagged("addressing_verb") and any(
        t.index > cue.last for t in parse.below(cue.token, "dobj")
    ):
        return ()
    left = parse.tokens[opening : cue.first - 1]
    if cue.token.dep == "parataxis" and parse.text_at(close) == "," and _resumes(parse, cue):
        return _without_opening(parse, parse.tokens[opening : clause_end(parse, cue, parse.head(cue.token))], cue)
    if not _holds_clause(left) or any(t.quotation is not None for t in parse.tokens[close : sentence[-1].index]):
        return ()
    return _without_opening(
        parse, parse.tokens[opening : sentence[-1].index + 1] if _carries_on(parse, close) else left, cue
    )


def _close(parse: Parse, cue: Cue) -> int:
    """Return the token index behind the reporting words, with an adverb that a comma follows: "he said then, was"."""
    beside = parse.below(cue.token, "advmod", "npadvmod", "prep", "dobj", "dative")
    ends = [parse.subtree(t)[-1].index + 1 for t in beside if t.index > cue.last]
    return max((end for end in ends if parse.text_at(end) == ","), default=cue.last + 1)


def _resumes(parse: Parse, cue: Cue) -> bool:
    """Return whether the clause that the reporting words interrupt goes on behind them."""
    main = parse.head(cue.token)
    following = [t for t in parse.below(main) if t.index > cue.last + 1 and t.pos not in ("PUNCT", "SPACE")]
    return main.index > cue.token.index or any(t.dep not in ("advcl", "npadvmod") for t in following)


def _holds_clause(tokens: Tokens) -> bool:
    """Return whether the tokens hold a main clause with a verb."""
    first, last = tokens[0].index, tokens[-1].index
    tops = [t for t in tokens if t.head == t.index or not first <= t.head <= last]
    return any(t.pos in VERBS and t.dep in ("ccomp", "ROOT", "parataxis", "dep") for t in tops)


def _carries_on(parse: Parse, close: int) -> bool:
    """Return whether the report goes on behind "she said,": with no other report, date or relative clause."""
    if parse.text_at(close) != "," or close + 1 >= parse.sentence(parse.tokens[close].sentence)[-1].index:
        return False
    following = parse.tokens[close + 1]
    if following.text in ("who", "which", "as", "when", "while") or following.dep == "npadvmod":
        return False
    return not any(
        t.lemma in tagged("indirect_speech_verb") and t.pos in VERBS for t in parse.tokens[close + 1 : close + 5]
    )


def according_to(parse: Parse, cue: Cue) -> Tokens:
    """Return the sentence without "according to X" at its end or start, and with it where it interrupts."""
    sentence = parse.sentence(cue.token.sentence)
    left = parse.tokens[sentence[0].index : cue.first]
    right = parse.tokens[cue.last + 1 : sentence[-1].index + 1]
    goes_on = bool(right) and right[0].text == ","
    main = parse.head(cue.token)
    if any(t.pos in VERBS for t in left) and not (goes_on and main.index > cue.last and main.pos in VERBS):
        return _without_opening(parse, left, cue)
    if not goes_on:
        return ()
    return _without_opening(parse, sentence, cue) if any(t.pos in ("NOUN", "PROPN", "PRON") for t in left) else right


def _without_opening(parse: Parse, tokens: Tokens, cue: Cue) -> Tokens:
    """Return the tokens without a sentence before a semicolon, a dateline, and "But" or "Still," in front."""
    ahead = [t.text for t in tokens if t.index < cue.first]
    parts = [i + 1 for i, text in enumerate(ahead[:-1]) if text in (";", ":") or (text == "(" and ")" not in ahead[i:])]
    parts.append(_dateline(parse, tokens))
    start = max(parts, default=0)
    while start < len(tokens) and tokens[start].pos in ("CCONJ", "PUNCT", "SPACE"):
        start += 1
    if start + 2 < len(tokens) and tokens[start].pos == "ADV" and tokens[start + 1].text == ",":
        start += 2
    if start < len(tokens) and tokens[start].index == cue.first:
        start += cue.last + 2 - cue.first
    return tokens[start:]


def _dateline(parse: Parse, tokens: Tokens) -> int:
    """Return how many tokens a dateline ("WASHINGTON (AP) — ") takes at the start of a paragraph."""
    first = tokens[0].index if tokens and tokens[0].text.isupper() else None
    if first is None or (first and parse.tokens[first - 1].block == tokens[0].block):
        return 0
    return next((i + 1 for i, token in enumerate(tokens[:MAX_DATELINE_TOKENS]) if token.text in DASHES), 0)
