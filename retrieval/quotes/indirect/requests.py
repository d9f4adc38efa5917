"""What is reported in less than a clause of its own: promises, requests, names and "X's claim that …"."""

from collections.abc import Sequence

from retrieval.quotes.indirect.clause_ends import clause_end
from retrieval.quotes.indirect.complements import lacks_object
from retrieval.quotes.indirect.cues import Cue
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

Tokens = Sequence[Token]


def promise(parse: Parse, cue: Cue) -> Tokens:
    """ "promised to resign" """
    if cue.token.lemma not in tagged("promising_verb") or lacks_object(cue):
        return ()
    for clause in parse.below(cue.token, "xcomp", "ccomp"):
        following = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if clause.index > cue.token.index and _is_infinitive(parse, clause):
            return parse.tokens[following[0].index : clause_end(parse, cue, clause)]
    return ()


def request(parse: Parse, cue: Cue) -> Tokens:
    """ "urged voters to stay", "called on voters to stay" """
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


def called(parse: Parse, cue: Cue) -> Tokens:
    """ "called for a ban", "asked for time"; "called the plan a mistake" """
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


def named(parse: Parse, cue: Cue) -> Tokens:
    """ "announced 600 layoffs" """
    objects = parse.below(cue.token, "dobj") if cue.token.lemma in tagged("announcing_verb") else []
    return next((parse.subtree(noun) for noun in objects if noun.index > cue.token.index), ())


def of_noun(parse: Parse, cue: Cue) -> Tokens:
    """ "Lee's claim that the dam held", "his promise to resign" """
    for clause in parse.below(cue.token, "acl", "ccomp", "relcl"):
        following = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if following and following[0].text in ("that", "to") and following[0].dep in ("mark", "aux"):
            return following
    return ()
