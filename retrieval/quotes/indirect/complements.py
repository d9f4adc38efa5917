"""The clause that hangs on a reporting verb: "She said the plan would fail", "which she said were covered up"."""

from collections.abc import Sequence

from retrieval.quotes.indirect.clause_ends import clause_end
from retrieval.quotes.indirect.cues import Cue
from retrieval.quotes.syntax.clauses import SUBJECTS
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL = ("DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ")
FURTHER = 12  # tokens behind the verb within which "that" may open the clause

Tokens = Sequence[Token]


def of_relative(parse: Parse, cue: Cue) -> Tokens:
    """ "which the report said were covered up" """
    for clause in parse.below(cue.token, "ccomp") if cue.token.dep == "relcl" else ():
        for subject in parse.below(clause, *SUBJECTS):
            if subject.tag in ("WDT", "WP") and subject.index < cue.token.index < clause.index:
                return parse.tokens[subject.index : clause_end(parse, cue, clause)]
    return ()


def behind_verb(parse: Parse, cue: Cue) -> Tokens:
    """ "She said the plan would fail"; "If it rains, she said, the plan will fail" """
    verb = cue.token
    for clause in parse.below(verb, "ccomp", "xcomp"):
        inside = [t for t in parse.subtree(clause) if t.sentence == verb.sentence]
        following = [t for t in inside if t.index > verb.index]
        if (
            clause.index < verb.index
            or not following
            or cue.actor.noun in following
            or not _is_clause(parse, cue, clause)
        ):
            continue
        start = _opening(parse, cue, [t for t in inside if t.index < cue.first], following[0])
        return parse.tokens[start : clause_end(parse, cue, clause)]
    return ()


def behind_colon(parse: Parse, cue: Cue) -> Tokens:
    """ "She said: the plan is dead" """
    close = cue.last + 1
    last = parse.sentence(cue.token.sentence)[-1].index
    return parse.tokens[close + 1 : last + 1] if parse.text_at(close) == ":" and close < last else ()


def _is_clause(parse: Parse, cue: Cue, clause: Token) -> bool:
    subject = bool(parse.below(clause, *SUBJECTS))
    if lacks_object(cue) and not subject:
        return False
    if clause.dep == "xcomp":
        return subject or (clause.tag == "VBG" and cue.token.lemma in tagged("proposing_verb"))
    return subject or clause.tag in FINITE or bool(parse.below(clause, "aux", "auxpass", "mark"))


def lacks_object(cue: Cue) -> bool:
    """ "the sum that he promised to pay": what was said is not in the clause."""
    return cue.token.dep == "relcl" and cue.actor.way == "subject"


def _opening(parse: Parse, cue: Cue, before: Tokens, following: Token) -> int:
    """Where the clause begins: before the reporting words where they part it, else behind them."""
    told = parse.text_at(cue.last + 1) == "," and any(t.pos not in ("CCONJ", "ADV", "PUNCT") for t in before)
    if before and (told or any(t.dep == "mark" for t in before[:2])):
        return before[0].index
    first = parse.tokens[cue.token.index + 1]
    dated = first.entity in ("DATE", "TIME") or first.dep == "npadvmod" or first.tag == "PRP$"
    introduced = following.text.casefold() in tagged("question_word") | {"that", "whether"}
    if first.pos in NOMINAL and not (dated or introduced or cue.token.lemma in tagged("addressing_verb")):
        return first.index
    return following.index


def behind_that(parse: Parse, cue: Cue) -> Tokens:
    """ "She said in May that the plan would fail", where the parse hangs the clause on "May"."""
    marks = {"that", "whether", "if"} if cue.token.lemma == "ask" else {"that", "whether"}
    for token in parse.tokens[cue.token.index + 1 : cue.token.index + FURTHER]:
        if token.sentence != cue.token.sentence or token.pos in ("VERB", "AUX", "PUNCT"):
            break
        if (token.dep == "mark" or token.tag == "IN") and token.text.casefold() in marks:
            return parse.tokens[token.index : clause_end(parse, cue, parse.head(token))]
    return ()
