"""Sentences that report what a named person said or denied: "Lee denied the report". Pure; no parse is needed.

Strict: the name must be the subject of the reporting verb as far as its neighbours tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.text.lexicon import inflected, tagged
from retrieval.text.person_names.matching import identifying_words, name_tokens
from retrieval.text.statements.comparison import Relation, StatementMatch, compare_statement, terms_in_order
from retrieval.text.statements.inflection import same_word
from retrieval.text.tokens import Word, words

DENYING = frozenset("deny reject dismiss dispute refute".split())
"""Verbs whose question is answered by words that make the opposite statement too."""
_LEAD = 6
"""Words in front of reported speech among which the verb that governs it stands."""


@dataclass(frozen=True, slots=True)
class _Report:
    """A reporting verb of the named subject; `negated` where the sentence says that it was not said."""

    verb: Word
    negated: bool


def asserts(verb: str) -> bool:
    """Return whether "did X `verb` …?" asks whether X made the statement."""
    return any(same_word(_first(verb), lemma) for lemma in tagged("asserting_verb"))


def denies(verb: str) -> bool:
    """Return whether "did X `verb` …?" asks whether X made the opposite statement."""
    return any(same_word(_first(verb), lemma) for lemma in DENYING)


def compare_report(name: str, verb: str, statement: str, sentence: str) -> StatementMatch | None:
    """Return what a sentence reports of `name` on "did `name` `verb` `statement`?"; None where it reports nothing.

    SAME means yes. A verb that asserts is met by any reporting verb with the statement behind it; another verb by
    itself alone, with the words of the statement behind it in order.
    """
    found = [match for report in _reports(name, sentence) if (match := _compare(report, verb, statement, sentence))]
    order = list(Relation)
    return min(found, key=lambda match: order.index(match.relation), default=None)


def relation_under(lead: str, relation: Relation) -> Relation:
    """Return the relation of reported speech, given what stands in front of it: "she denied that …"."""
    before = [word.key for word in words(lead)][-_LEAD:]
    if any(word in tagged("hedging_word") for word in before):
        return Relation.OTHER
    if not any(word in _denials() for word in before):
        return relation
    return Relation.OPPOSITE if relation is Relation.SAME else Relation.OTHER


def _compare(report: _Report, verb: str, statement: str, sentence: str) -> StatementMatch | None:
    behind = report.verb.span.end
    rest = sentence[behind:]
    if asserts(verb):
        match = compare_statement(statement, rest, reported=True)
        return match and StatementMatch(relation_under(sentence[:behind], match.relation), match.span.moved(behind))
    span = terms_in_order(statement, rest) if same_word(_first(verb), report.verb.key) else None
    relation = Relation.OPPOSITE if report.negated else Relation.SAME
    return StatementMatch(relation, span.moved(behind)) if span else None


def _reports(name: str, sentence: str) -> Iterator[_Report]:
    surname = (identifying_words(name) or [""])[-1]
    every = words(sentence)
    verbs = inflected("reporting_verb", "indirect_speech_verb")
    for at, word in enumerate(every):
        if name_tokens(word.span.of(sentence)) != [surname] or _is_another(every, at):
            continue
        for further in range(at + 1, min(len(every), at + 12)):
            if every[further].key in verbs:
                between = every[at + 1 : further]
                if _is_subject(sentence, word, every[further], between):
                    yield _Report(every[further], any(w.key in tagged("negator", "joined_negation") for w in between))
                break


def _is_another(every: Sequence[Word], at: int) -> bool:
    """Whether the name belongs to a phrase about somebody else: "the lawyer of Ann Lee"."""
    return any(word.key in tagged("other_subject") for word in every[max(0, at - 3) : at])


def _is_subject(sentence: str, name: Word, verb: Word, between: Sequence[Word]) -> bool:
    gap = sentence[name.span.end : verb.span.start]
    if re.match(r"['’]s\b", gap):
        return False
    apposition = re.fullmatch(r",[^,]*,(.*)", gap.strip())
    left = words(apposition.group(1)) if apposition else between
    return all(word.key in tagged("report_adverb", "joined_negation") or word.key.endswith("ly") for word in left)


def _denials() -> frozenset[str]:
    return inflected("denying_verb") | {"rejected", "rejects", "dismissed", "dismisses", "disputed", "refuted"}


def _first(verb: str) -> str:
    return verb.split(maxsplit=1)[0].lower()
