"""Evidence on "did X say …?": all places of the archive where the statement's words stand, and whose they are there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answering.citations import cite
from retrieval.domain import SURROUNDINGS, Article, Certainty, Citation, Filters, Kind, Quotation, Span, Speaker
from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate, citable
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.passages import overlapping_sentences
from retrieval.text.statements.comparison import Relation, StatementMatch, compare_statement, terms_in_order
from retrieval.text.statements.reported import asserts, compare_report, denies, relation_under

OCCURRENCES = 60
"""Units looked at for having the statement's words, beside the candidates."""


class Whose(StrEnum):
    """Whose words those of a unit are, compared with the speaker who is asked about."""

    ASKED = "asked"
    ANOTHER = "another"
    OPEN = "open"  # nobody's, or perhaps the asked one's


@dataclass(frozen=True, slots=True)
class StatementEvidence:
    """One place where the words stand. SAME means that they say what is asked; `span` is what is cited."""

    relation: Relation
    whose: Whose
    article: Article
    span: Span
    unit: Unit

    @property
    def citation(self) -> Citation:
        """The citation of the place, with full score."""
        return cite(self.article, self.span, 1.0, self.unit.quotation, self.unit.id)


@dataclass(frozen=True, slots=True)
class EvidenceSearch:
    """Looks through one archive. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine

    def find(self, query: Query, candidates: Sequence[AnswerCandidate], filters: Filters) -> list[StatementEvidence]:
        """Return the evidence in units that have the statement's rarest words, and in the candidates' units."""
        hits = self.engine.search_wording(query.statement, filters, OCCURRENCES)
        units = {
            unit.id: unit for unit in self.archive.units([*(hit.unit for hit in hits), *(c.unit for c in candidates)])
        }
        rows = {unit.article for unit in units.values()}
        articles, every = self.archive.articles(rows), self.archive.units_of_all(rows)
        found: list[StatementEvidence] = []
        for row, article in articles.items():
            looked_at = [unit for unit in units.values() if unit.article == row]
            found += _evidence(query, article, _overlapping(every.get(row, []), looked_at))
        return found


def whose_words(query: Query, speaker: Speaker | None, around: str) -> Whose:
    """Return whether a speaker is the one asked about, surely another, or perhaps either."""
    if speaker is None or speaker.name is None:
        return Whose.OPEN
    if query.names(speaker):
        sure = speaker.certainty is not Certainty.UNCLEAR and not query.may_be_namesake(speaker)
        return Whose.ASKED if sure else Whose.OPEN
    return Whose.ANOTHER if query.names_another(speaker, around) else Whose.OPEN


def surroundings(text: str, span: Span) -> str:
    """Return the text about a span, in which names are looked for."""
    return text[max(0, span.start - SURROUNDINGS) : span.end + SURROUNDINGS]


def _overlapping(units: Iterable[Unit], looked_at: Collection[Unit]) -> list[Unit]:
    return [unit for unit in units if any(unit.span.overlaps(other.span) for other in looked_at)]


def _evidence(query: Query, article: Article, units: Sequence[Unit]) -> Iterator[StatementEvidence]:
    quoted = [unit for unit in units if unit.quotation]
    for unit in quoted:
        assert unit.quotation
        match = _said(query, article.text, unit, unit.quotation)
        if match:
            whose = whose_words(query, unit.quotation.speaker, surroundings(article.text, unit.span))
            span = match.span if unit.quotation.kind is Kind.TEXT else _cited(article.text, unit, match.span)
            yield StatementEvidence(match.relation, whose, article, span, unit)
    for unit in units:
        if unit.quotation is None:
            yield from _narrated(query, article, unit, quoted)


def _said(query: Query, text: str, unit: Unit, quotation: Quotation) -> StatementMatch | None:
    """What a quotation or reported speech says on the question, with the span in the article."""
    said, verb = unit.span.of(text), query.verb or ""
    reported = quotation.kind is Kind.REPORTED
    lead = text[_sentence(text, unit.span).start : unit.span.start] if reported else ""
    if asserts(verb) or denies(verb):
        match = compare_statement(query.statement, said, reported=reported)
        if match and reported:
            match = StatementMatch(relation_under(lead, match.relation), match.span)
        if match and denies(verb):
            match = StatementMatch(_turned(match.relation), match.span)
        if match or not denies(verb):
            return match and _moved(match, unit.span.start)
    span = terms_in_order(query.statement, said) if reported and _ends_with_denial(lead) and denies(verb) else None
    return _moved(StatementMatch(Relation.SAME, span), unit.span.start) if span else None


def _narrated(query: Query, article: Article, unit: Unit, quoted: Sequence[Unit]) -> Iterator[StatementEvidence]:
    """The article's own sentences: what they report of the speaker who is asked about, or say themselves."""
    for line in overlapping_sentences(article.text, unit.span):
        sentence = line.of(article.text)
        match = compare_report(query.speaker or "", query.verb or "", query.statement, sentence)
        if match:
            yield StatementEvidence(match.relation, Whose.ASKED, article, line, unit)
            continue
        match = compare_statement(query.statement, sentence)
        if match and not any(_moved(match, line.start).span.overlaps(other.span) for other in quoted):
            yield StatementEvidence(match.relation, Whose.OPEN, article, line, unit)


def _turned(relation: Relation) -> Relation:
    return {Relation.SAME: Relation.OPPOSITE, Relation.OPPOSITE: Relation.SAME}.get(relation, relation)


def _ends_with_denial(lead: str) -> bool:
    return relation_under(lead, Relation.SAME) is Relation.OPPOSITE


def _moved(match: StatementMatch, by: int) -> StatementMatch:
    return StatementMatch(match.relation, match.span.moved(by))


def _sentence(text: str, span: Span) -> Span:
    around = overlapping_sentences(text, span) or (span,)
    return Span(around[0].start, around[-1].end)


def _cited(text: str, unit: Unit, span: Span) -> Span:
    """The shortest part of the unit that may be cited and holds the span."""
    fitting = [part for part in citable(text, unit) if part.contains(span)]
    return min(fitting, key=lambda part: part.end - part.start, default=unit.span)
