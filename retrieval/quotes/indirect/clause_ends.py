"""The end of a reported clause: before another report in the sentence, or a remark of the article's own."""

from collections.abc import Iterator, Sequence

from retrieval.quotes.indirect.cues import Cue
from retrieval.quotes.syntax.clauses import SUBJECT_DEPS
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

DASHES = frozenset({"-", "–", "—", "―", "--"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
TENSED_TAGS = frozenset({"VBD", "VBZ"})  # forms that an infinitive doesn't have


def clause_end(parse: Parse, cue: Cue, clause: Token) -> int:
    """Return the token index behind the last token of the clause headed by `clause`, within the cue's sentence."""
    last = parse.sentence(cue.token.sentence)[-1].index + 1
    end = max(t.index for t in parse.subtree(clause) if t.sentence == cue.token.sentence) + 1
    while end < last and parse.tokens[end].pos not in ("PUNCT", "CCONJ"):
        end += 1
    end = min(_next_report(parse, cue, clause, end), end)
    if _continues(parse, end, last):
        end = last
    return min([end, *_closing_remarks(parse, cue, clause, end)])


def _next_report(parse: Parse, cue: Cue, clause: Token, end: int) -> int:
    """Return the token index of "and promised to …", which the parse hangs on the clause instead of the cue."""
    for other in parse.below(clause, "conj"):
        if other.index < end and _is_outside(parse, cue, clause, other):
            between = [t.index for t in parse.below(clause, "cc") if clause.index < t.index < other.index]
            return between[-1] if between else other.index
    return end


def _is_outside(parse: Parse, cue: Cue, clause: Token, other: Token) -> bool:
    """Return whether a verb beside the clause's reports itself, or is finite where the clause is an infinitive."""
    if parse.below(other, *SUBJECT_DEPS):
        return other.lemma in tagged("indirect_speech_verb") and other.tag in FINITE_TAGS
    if any(t.tag == "TO" for t in parse.below(clause, "aux")) and (other.tag in TENSED_TAGS or other.lemma == "be"):
        return True
    return other.lemma in tagged("indirect_speech_verb", "answering_verb") and _same_tense(other, cue.token)


def _same_tense(verb: Token, other: Token) -> bool:
    """Return whether two verbs have the same tense; "has proposed" and "signalled" are both past."""
    return verb.tag == other.tag or {verb.tag, other.tag} == {"VBD", "VBN"}


def _continues(parse: Parse, end: int, last: int) -> bool:
    """Return whether "… but would pay", "… and that …" or "… but not …" follows, which is still reported."""
    if end + 2 >= last:
        return False
    conjunction = end + (parse.tokens[end].text in DASHES | {","})
    following = parse.tokens[conjunction + 1]
    still = following.tag == "MD" or following.text == "not" or (following.dep == "mark" and following.text == "that")
    return parse.tokens[conjunction].pos == "CCONJ" and still


def _closing_remarks(parse: Parse, cue: Cue, clause: Token, end: int) -> Iterator[int]:
    """Yield the token indices of commas and dashes behind which nothing but a remark closes the clause."""
    last = end - 1
    while last > clause.index and parse.tokens[last].pos in ("PUNCT", "SPACE"):
        last -= 1
    for token in parse.tokens[clause.index + 1 : end]:
        inside = [t.index for t in parse.subtree(token) if t.pos not in ("PUNCT", "SPACE")]
        if not inside or inside[-1] < last or inside[0] <= clause.index + 1:
            continue
        comma, first = parse.tokens[inside[0] - 1], parse.tokens[inside[0]]
        parted = comma.text in (",", "(") or (comma.text in DASHES and comma.end < first.start)
        if parted and _is_remark(parse, cue, token, parse.tokens[first.index : end]):
            yield comma.index


def _is_remark(parse: Parse, cue: Cue, token: Token, tokens: Sequence[Token]) -> bool:
    """Return whether tokens are a remark that may be the article's own, or that holds a quotation."""
    quoted = any(t.quotation is not None for t in tokens)
    match token.dep:
        case "relcl":
            return quoted or any(t.text == "which" for t in tokens[:3])
        case "appos" | "npadvmod":
            return quoted or tokens[0].tag == "DT"
        case "advcl" | "prep":
            other = (
                token.lemma in tagged("indirect_speech_verb")
                and token.tag in FINITE_TAGS
                and bool(parse.below(token, *SUBJECT_DEPS))
            )
            return quoted or other or tokens[0].text in tagged("contrast_word") or _comments(cue, token, tokens)
        case "conj":
            return quoted and bool(parse.below(token, *SUBJECT_DEPS))
    return False


def _comments(cue: Cue, token: Token, tokens: Sequence[Token]) -> bool:
    """Return whether tokens comment: "calling it a mistake"; behind a promise also "reversing its course"."""
    if cue.token.lemma in tagged("commitment_verb") and (token.tag == "VBG" or tokens[0].text == "after"):
        return True
    even_as = [t.text for t in tokens[:2]] == ["even", "as"]
    return even_as or (token.tag == "VBG" and token.lemma in tagged("indirect_speech_verb", "commenting_verb"))
