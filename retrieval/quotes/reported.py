"""Indirect speech: the clause that a reporting word gives as somebody's words, without marks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.articles import Span
from retrieval.quotes.clause_ends import DASHES, clause_end
from retrieval.quotes.clauses import SUBJECTS
from retrieval.quotes.reporting import REPORTING, Cue, cues
from retrieval.quotes.syntax import Parse, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBS = ("VERB", "AUX")
NOMINAL = ("DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ")
CLOSERS = frozenset(")]”’'")
PROMISING = frozenset("promise vow pledge swear threaten claim".split())
REQUESTING = frozenset("ask urge".split())
PROPOSING = frozenset("say suggest propose claim".split())
ADDRESSING = frozenset("tell ask warn remind inform advise assure".split())
NAMING = frozenset("announce acknowledge note".split())
QUESTIONS = frozenset("how why what".split())
FURTHER = 12  # tokens behind the verb within which "that" may open the clause

Tokens = Sequence[Token]
Rule = Callable[[Parse, Cue], Tokens]


@dataclass(frozen=True, slots=True)
class Report:
    """`span` is the reported clause; reporting words that part it ("The plan, she said, is dead") stand in it."""

    span: Span
    cue: Cue


def find_reported(parse: Parse) -> list[Report]:
    """Every reported clause that holds no quotation, in order of start.

    A report within a report ("Lee said that Kim promised to pay") is left out: the article has it at second hand.
    """
    found = sorted(_reports(parse), key=lambda report: (report.span.start, -report.span.end))
    kept: list[Report] = []
    for report in found:
        if not kept or report.span.end > kept[-1].span.end:
            kept.append(report)
    return kept


def _reports(parse: Parse) -> Iterator[Report]:
    for cue in cues(parse):
        clause = _trimmed(_clause(parse, cue))
        words = sum(token.pos not in ("PUNCT", "SPACE") for token in clause)
        if words > 1 and all(token.quotation is None for token in clause):
            yield Report(parse.span(clause), cue)


def _clause(parse: Parse, cue: Cue) -> Tokens:
    rules: tuple[Rule, ...] = (_request, _called)
    if cue.actor.way == "according":
        rules = (_beside_according,)
    elif cue.token.pos == "NOUN":
        rules = (_of_noun,)
    elif cue.token.lemma in REPORTING:
        rules = (_behind_as, _of_relative, _behind, _behind_that, _around, _promise, _request, _called, _named)
    return next((tokens for rule in rules if (tokens := rule(parse, cue))), ())


def _behind_as(parse: Parse, cue: Cue) -> Tokens:
    """ "As Lee noted, the dam held"; "The dam held, as Lee noted" """
    sentence = parse.sentence(cue.token.sentence)
    below = parse.below(cue.token, "mark", "advmod", "prep")
    mark = next((t for t in below if t.text.casefold() == "as" and t.index < cue.first), None)
    if mark is None or cue.token.dep != "advcl":
        return ()
    before = parse.tokens[mark.index - 1] if mark.index > sentence[0].index else None
    if before is None or (before.pos in ("CCONJ", "SPACE", "PUNCT") and before.text != ","):
        comma = next((t.index for t in sentence if t.index > cue.last and t.text == ","), None)
        return parse.tokens[comma + 1 : sentence[-1].index + 1] if comma and comma < cue.last + FURTHER else ()
    if before.text == "," and sentence[-1].index - cue.last < 6:
        return _opened(parse.tokens[sentence[0].index : before.index])
    return ()


def _of_relative(parse: Parse, cue: Cue) -> Tokens:
    """ "which the report said were covered up" """
    for clause in parse.below(cue.token, "ccomp") if cue.token.dep == "relcl" else ():
        for subject in parse.below(clause, *SUBJECTS):
            if subject.tag in ("WDT", "WP") and subject.index < cue.token.index < clause.index:
                return parse.tokens[subject.index : clause_end(parse, cue, clause)]
    return ()


def _behind(parse: Parse, cue: Cue) -> Tokens:
    """ "She said the plan would fail"; "If it rains, she said, the plan will fail" """
    verb = cue.token
    for clause in parse.below(verb, "ccomp", "xcomp"):
        inside = [t for t in parse.subtree(clause) if t.sentence == verb.sentence]
        behind = [t for t in inside if t.index > verb.index]
        if clause.index < verb.index or not behind or not _is_clause(parse, cue, clause):
            continue
        start = _opening(parse, cue, [t for t in inside if t.index < cue.first], behind[0])
        return parse.tokens[start : clause_end(parse, cue, clause)]
    return ()


def _is_clause(parse: Parse, cue: Cue, clause: Token) -> bool:
    subject = bool(parse.below(clause, *SUBJECTS))
    if _lacks_object(cue) and not subject:
        return False
    if clause.dep == "xcomp":
        return subject or (clause.tag == "VBG" and cue.token.lemma in PROPOSING)
    return subject or clause.tag in FINITE or bool(parse.below(clause, "aux", "mark"))


def _lacks_object(cue: Cue) -> bool:
    """ "the sum that he promised to pay": what was said is not in the clause."""
    return cue.token.dep == "relcl" and cue.actor.way == "subject"


def _opening(parse: Parse, cue: Cue, before: Tokens, behind: Token) -> int:
    """Where the clause begins: before the reporting words where they part it, else behind them."""
    told = _text(parse, cue.last + 1) == "," and any(t.pos not in ("CCONJ", "ADV", "PUNCT") for t in before)
    if before and (told or any(t.dep == "mark" for t in before[:2])):
        return before[0].index
    first = parse.tokens[cue.token.index + 1]
    dated = first.entity in ("DATE", "TIME") or first.dep == "npadvmod" or first.tag == "PRP$"
    introduced = behind.text.casefold() in QUESTIONS | {"that", "whether"}
    if first.pos in NOMINAL and not (dated or introduced or cue.token.lemma in ADDRESSING):
        return first.index
    return behind.index


def _behind_that(parse: Parse, cue: Cue) -> Tokens:
    """ "She said in May that the plan would fail", where the parse hangs the clause on "May"."""
    marks = {"that", "whether", "if"} if cue.token.lemma == "ask" else {"that", "whether"}
    for token in parse.tokens[cue.token.index + 1 : cue.token.index + FURTHER]:
        if token.sentence != cue.token.sentence or token.pos in (*VERBS, "PUNCT"):
            break
        if (token.dep == "mark" or token.tag == "IN") and token.text.casefold() in marks:
            return parse.tokens[token.index : clause_end(parse, cue, parse.head(token))]
    return ()


def _around(parse: Parse, cue: Cue) -> Tokens:
    """ "The plan will fail, she said"; "The plan, she said, will fail" """
    sentence = parse.sentence(cue.token.sentence)
    opening, close = sentence[0].index, cue.last + 1
    before = parse.tokens[max(cue.first - 2, 0) : cue.first]
    parted = cue.first - 2 >= opening and before[-1].text in DASHES | {","}
    if cue.actor.way not in ("subject", "inverted") or not parted or any(t.quotation is not None for t in before):
        return ()
    left = parse.tokens[opening : cue.first - 1]
    if cue.token.dep == "parataxis" and _text(parse, close) == "," and _resumes(parse, cue):
        start = opening if any(t.pos in (*VERBS, "NOUN", "PROPN", "PRON") for t in left) else close + 1
        return _opened(parse.tokens[start : clause_end(parse, cue, parse.head(cue.token))])
    if not _holds_clause(left) or any(t.quotation is not None for t in parse.tokens[close : sentence[-1].index]):
        return ()
    return _opened(parse.tokens[opening : sentence[-1].index + 1] if _carries_on(parse, close) else left)


def _resumes(parse: Parse, cue: Cue) -> bool:
    """Whether the clause that the reporting words interrupt goes on behind them."""
    main = parse.head(cue.token)
    behind = [t for t in parse.below(main) if t.index > cue.last + 1 and t.pos not in ("PUNCT", "SPACE")]
    return main.index > cue.token.index or any(t.dep not in ("advcl", "npadvmod") for t in behind)


def _holds_clause(tokens: Tokens) -> bool:
    first, last = tokens[0].index, tokens[-1].index
    tops = [t for t in tokens if t.head == t.index or not first <= t.head <= last]
    return any(t.pos in VERBS and t.dep in ("ccomp", "ROOT", "parataxis", "dep") for t in tops)


def _carries_on(parse: Parse, close: int) -> bool:
    """Whether what follows the comma behind "she said" is still hers: not another report, a date or a relative."""
    if _text(parse, close) != "," or close + 1 >= parse.sentence(parse.tokens[close].sentence)[-1].index:
        return False
    following = parse.tokens[close + 1]
    if following.text in ("who", "which", "as", "when", "while") or following.dep == "npadvmod":
        return False
    return not any(t.lemma in REPORTING and t.pos in VERBS for t in parse.tokens[close + 1 : close + 5])


def _promise(parse: Parse, cue: Cue) -> Tokens:
    """ "promised to resign" """
    if cue.token.lemma not in PROMISING or _lacks_object(cue):
        return ()
    for clause in parse.below(cue.token, "xcomp", "ccomp"):
        behind = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if clause.index > cue.token.index and _is_infinitive(parse, clause):
            return parse.tokens[behind[0].index : clause_end(parse, cue, clause)]
    return ()


def _request(parse: Parse, cue: Cue) -> Tokens:
    """ "urged voters to stay", "called on voters to stay" """
    verb = cue.token
    preposition = verb.lemma == "call" and _text(parse, verb.index + 1) in ("on", "upon", "for")
    if not (verb.lemma in REQUESTING or preposition) or _lacks_object(cue):
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


def _called(parse: Parse, cue: Cue) -> Tokens:
    """ "called for a ban", "asked for time"; "called the plan a mistake" """
    verb, behind = cue.token, cue.token.index + 1
    if verb.lemma in ("call", "ask") and _text(parse, behind) == "for":
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


def _named(parse: Parse, cue: Cue) -> Tokens:
    """ "announced 600 layoffs" """
    objects = parse.below(cue.token, "dobj") if cue.token.lemma in NAMING else []
    return next((parse.subtree(noun) for noun in objects if noun.index > cue.token.index), ())


def _of_noun(parse: Parse, cue: Cue) -> Tokens:
    """ "Lee's claim that the dam held", "his promise to resign" """
    for clause in parse.below(cue.token, "acl", "ccomp", "relcl"):
        behind = [t for t in parse.subtree(clause) if t.index > cue.token.index]
        if behind and behind[0].text in ("that", "to") and behind[0].dep in ("mark", "aux"):
            return behind
    return ()


def _beside_according(parse: Parse, cue: Cue) -> Tokens:
    """The sentence without "according to X" at its end or start; with it where it interrupts."""
    sentence = parse.sentence(cue.token.sentence)
    left = parse.tokens[sentence[0].index : cue.first]
    right = parse.tokens[cue.last + 1 : sentence[-1].index + 1]
    goes_on = bool(right) and right[0].text == ","
    main = parse.head(cue.token)
    if any(t.pos in VERBS for t in left) and not (goes_on and main.index > cue.last and main.pos in VERBS):
        return _opened(left)
    if not goes_on:
        return ()
    return _opened(sentence) if any(t.pos in ("NOUN", "PROPN", "PRON") for t in left) else right


def _opened(tokens: Tokens) -> Tokens:
    """Without another sentence before a semicolon, and without "But" or "Still," in front."""
    parts = [i + 1 for i, t in enumerate(tokens) if t.text in (";", "(", ":") and i < len(tokens) - 2]
    start = max(parts, default=0)
    while start < len(tokens) and tokens[start].pos in ("CCONJ", "PUNCT", "SPACE"):
        start += 1
    if start + 2 < len(tokens) and tokens[start].pos == "ADV" and tokens[start + 1].text == ",":
        start += 2
    return tokens[start:]


def _trimmed(tokens: Tokens) -> Tokens:
    start, end = 0, len(tokens)
    while start < end and tokens[end - 1].pos in ("PUNCT", "SPACE", "CCONJ") and tokens[end - 1].text not in CLOSERS:
        end -= 1
    while start < end and tokens[start].pos in ("PUNCT", "SPACE"):
        start += 1
    return tokens[start:end]


def _text(parse: Parse, index: int) -> str:
    return parse.tokens[index].text if index < len(parse) else ""
