"""Reported words that hang on a cue in the parse: clauses, infinitives, names and nouns.

Each rule returns the tokens of the reported words, none where it does not apply.
"""

from retrieval.quotes.indirect.clause_ends import FINITE_TAGS, clause_end
from retrieval.quotes.indirect.cues import Cue
from retrieval.quotes.syntax.clauses import SUBJECT_DEPS
from retrieval.quotes.syntax.parse import Parse, Token, Tokens
from retrieval.text.lexicon import tagged

NOMINAL = ("DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ")
MAX_TOKENS_TO_THAT = 12
"""Tokens behind a verb within which "that" may open its clause."""


def relative_complement(parse: Parse, cue: Cue) -> Tokens:
    """Return a relative clause: "which the report said were covered up"."""
    for clause in parse.below(cue.token, "ccomp") if cue.token.dep == "relcl" else ():
        for subject in parse.below(clause, *SUBJECT_DEPS):
            if subject.tag in ("WDT", "WP") and subject.index < cue.token.index < clause.index:
                return parse.tokens[subject.index : clause_end(parse, cue, clause)]
    return ()


def verb_complement(parse: Parse, cue: Cue) -> Tokens:
    """Return the clause behind a verb: "She said the plan would fail", "If it rains, she said, the plan will fail"."""
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


def colon_complement(parse: Parse, cue: Cue) -> Tokens:
    """Return the rest of the sentence behind a colon: "She said: the plan is dead"."""
    close = cue.last + 1
    last = parse.sentence(cue.token.sentence)[-1].index
    return parse.tokens[close + 1 : last + 1] if parse.text_at(close) == ":" and close < last else ()


def _is_clause(parse: Parse, cue: Cue, clause: Token) -> bool:
    """Return whether a complement is a clause of its own, or a participle that is proposed."""
    subject = bool(parse.below(clause, *SUBJECT_DEPS))
    if lacks_object(cue) and not subject:
        return False
    if clause.dep == "xcomp":
        return subject or (clause.tag == "VBG" and cue.token.lemma in tagged("proposing_verb"))
    return subject or clause.tag in FINITE_TAGS or bool(parse.below(clause, "aux", "auxpass", "mark"))


def lacks_object(cue: Cue) -> bool:
    """Return whether what was said stands outside the clause: "the sum that he promised to pay"."""
    return cue.token.dep == "relcl" and cue.actor.way == "subject"


def _opening(parse: Parse, cue: Cue, before: Tokens, following: Token) -> int:
    """Return the token index at which a clause begins: before the reporting words where they part it, else behind."""
    told = parse.text_at(cue.last + 1) == "," and any(t.pos not in ("CCONJ", "ADV", "PUNCT") for t in before)
    if before and (told or any(t.dep == "mark" for t in before[:2])):
        return before[0].index
    first = parse.tokens[cue.token.index + 1]
    dated = first.entity in ("DATE", "TIME") or first.dep == "npadvmod" or first.tag == "PRP$"
    introduced = following.text.casefold() in tagged("question_word") | {"that", "whether"}
    if first.pos in NOMINAL and not (dated or introduced or cue.token.lemma in tagged("addressing_verb")):
        return first.index
    return following.index


def that_complement(parse: Parse, cue: Cue) -> Tokens:
    """Return a clause behind "that" which the parse hangs on another word: "She said in May that it would fail"."""
    marks = {"that", "whether", "if"} if cue.token.lemma == "ask" else {"that", "whether"}
    for token in parse.tokens[cue.token.index + 1 : cue.token.index + MAX_TOKENS_TO_THAT]:
        if token.sentence != cue.token.sentence or token.pos in ("VERB", "AUX", "PUNCT"):
            break
        if (token.dep == "mark" or token.tag == "IN") and token.text.casefold() in marks:
            return parse.tokens[token.index : clause_end(parse, cue, parse.head(token))]
    return ()


def promised_infinitive(parse: Parse, cue: Cue) -> Tokens:
    """Return the infinitive of a promise: "promised to resign"."""
    if cue.token.lemma not in tagged("promising_verb") or lacks_object(cue):
        return ()
    for clause in parse.below(cue.token, "xcomp", "ccomp"):
        following = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if clause.index > cue.token.index and _is_infinitive(parse, clause):
            return parse.tokens[following[0].index : clause_end(parse, cue, clause)]
    return ()


def requested_infinitive(parse: Parse, cue: Cue) -> Tokens:
    """Return the infinitive of a request with the person asked: "urged voters to stay", "called on voters to stay"."""
    verb = cue.token
    preposition = verb.lemma == "call" and parse.text_at(verb.index + 1) in ("on", "upon", "for")
    if not (verb.lemma in tagged("requesting_verb") or preposition) or lacks_object(cue):
        return ()
    start = verb.index + 1 + preposition
    for clause in parse.below(verb, "xcomp", "ccomp", *(() if preposition else ("advcl",))):
        between = parse.tokens[start : clause.index]
        broken = any(t.pos in ("PUNCT", "VERB") for t in between) and not preposition
        if clause.index > start and _is_infinitive(parse, clause) and not broken:
            return parse.tokens[start : clause_end(parse, cue, clause)]
    return ()


def _is_infinitive(parse: Parse, clause: Token) -> bool:
    return any(t.tag == "TO" for t in parse.below(clause, "aux"))


def called_for(parse: Parse, cue: Cue) -> Tokens:
    """Return what is called for, or a name that is given: "called for a ban", "called the plan a mistake"."""
    verb, behind = cue.token, cue.token.index + 1
    if verb.lemma in ("call", "ask") and parse.text_at(behind) == "for":
        head = parse.head(parse.tokens[behind])
        top = head if head.index > verb.index else parse.tokens[behind]
        return parse.tokens[behind + 1 : clause_end(parse, cue, top)]
    if verb.lemma not in ("call", "declare") or verb.dep == "acl" or parse.below(verb, "auxpass"):
        return ()
    for name in parse.below(verb, "oprd", "ccomp"):
        inside = parse.subtree(name)
        if inside[0].index > verb.index and all(t.quotation is None for t in inside):
            return parse.tokens[behind : clause_end(parse, cue, name)]
    return ()


def announced_noun(parse: Parse, cue: Cue) -> Tokens:
    """Return the object of an announcement: "announced 600 layoffs"."""
    objects = parse.below(cue.token, "dobj") if cue.token.lemma in tagged("announcing_verb") else []
    return next((parse.subtree(noun) for noun in objects if noun.index > cue.token.index), ())


def noun_complement(parse: Parse, cue: Cue) -> Tokens:
    """Return the clause that hangs on a noun: "Lee's claim that the dam held", "his promise to resign"."""
    for clause in parse.below(cue.token, "acl", "ccomp", "relcl"):
        following = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if following and following[0].text in ("that", "to") and following[0].dep in ("mark", "aux"):
            return following
    return ()
