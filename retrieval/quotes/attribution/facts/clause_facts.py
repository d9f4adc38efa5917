"""Facts about the clauses of a quotation's own sentence and of its neighbours, from which features are computed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.facts.clause_position import BEFORE_COLON, ClauseLocator, ClausePosition, verb_class
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.syntax.clauses import Actor
from retrieval.quotes.syntax.factuality import is_nonfactual
from retrieval.quotes.syntax.parse import Parse
from retrieval.text.lexicon import tagged

SORTS = ("human", "organisation", "document", "self", "thing")
"""What sorts of speaker a phrase may name."""


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """What a clause is by itself: verb class, form and sort of its actor, and how the actor hangs on the verb.

    `relation` is the actor's `way`; `main` says that the verb is the root of its sentence.
    """

    verb: str
    sort: str
    form: MentionForm
    relation: str
    passive: bool
    main: bool

    @classmethod
    def of(cls, actor: Actor, mention: Mention) -> "ClauseFacts":
        """Return the facts of a clause whose actor is named by a mention."""
        main = actor.verb.dep == "ROOT"
        return cls(verb_class(actor), sort_of(mention.form), mention.form, actor.way, actor.passive, main)


@dataclass(frozen=True, slots=True)
class SharedSubjectFacts:
    """A participle whose subject is that of a clause above it: "Lee said the club had failed, calling it …".

    `reporter`: the subject speaks in the clause above ("Lee"); `reported`: it is what that speaker tells of ("club").
    """

    reporter: bool
    reported: bool


@dataclass(frozen=True, slots=True)
class ReportingFacts:
    """A clause that introduces the quotation, beside the other clauses that do.

    `plain`: a verb of mere saying; `first`: the likeliest of them; `only`: there is no other; `inner`: the nearer one
    of "Lee said that Park said"; `asked`: it answers the quotation; `interrupts`: another one introduces the quotation.
    """

    plain: bool
    first: bool
    only: bool
    inner: bool
    asked: bool
    interrupts: bool


@dataclass(frozen=True, slots=True)
class OwnClauseFacts:
    """A clause of the quotation's own sentence, beside the quotation and beside the other clauses.

    `side` is "before", "after" or "around"; `gap` counts the words between; `height` is the clause's rank among those
    that govern the quotation, 0 for the lowest, None where it governs none. `frames`: it gives its whole sentence;
    `framed`: another one does. `leads_on`: it introduces the next quotation; `reports_other`: it has another clause to
    give; `factual` is false of "never said" and "if Lee says".
    """

    clause: ClauseFacts
    side: str
    gap: int
    nearest: bool
    after_colon: bool
    rivals: int
    height: int | None
    hangs_on_quotation: bool
    under_reporting: bool
    frames: bool
    framed: bool
    leads_on: bool
    negated: bool
    reports_other: bool
    factual: bool
    fragment: bool
    reporting: ReportingFacts | None
    shared_subject: SharedSubjectFacts | None


@dataclass(frozen=True, slots=True)
class NeighbourClauseFacts:
    """A clause of a sentence beside the quotation's own.

    `position` is "previous1", "previous2" or "following1"; `surroundings` is what the quotation's own sentence holds.
    `colon`: it reports and its sentence ends with a colon; `quoted`: its sentence holds a quotation; `question`: it
    ends with a question mark; `heading`: the quotation is a heading.
    """

    clause: ClauseFacts
    position: str
    surroundings: str
    other_paragraph: bool
    first_actor: bool
    last_actor: bool
    colon: bool
    quoted: bool
    question: bool
    heading: bool


class SentenceClauses:
    """The clauses of one quotation's own sentence; `actors` are theirs, in order."""

    def __init__(self, parse: Parse, clauses: ClauseLocator, quote: QuotePosition, actors: Sequence[Actor]) -> None:
        """Locate all clauses beside the quotation."""
        above = clauses.above(quote)
        self._parse = parse
        self._quote = quote
        self._actors = actors
        self._positions = [clauses.of(quote, above, actor) for actor in actors]
        self._colon = clauses.colon_before(quote)
        self._ranks = sorted({position.rank for position in self._positions if position.rank is not None})
        self._framed = any(self._frames(actor, position) for actor, position in self.each())
        self._reporting = sorted(
            (position for position in self._positions if position.reporting), key=lambda position: position.order
        )

    def each(self) -> Iterator[tuple[Actor, ClausePosition]]:
        """Iterate over the actors, each with the position of its clause."""
        return zip(self._actors, self._positions, strict=True)

    def facts(self, actor: Actor, position: ClausePosition, mention: Mention) -> OwnClauseFacts:
        """Return the facts of one clause, whose actor is named by `mention`."""
        frames, governs = self._frames(actor, position), position.rank is not None
        return OwnClauseFacts(
            clause=ClauseFacts.of(actor, mention),
            side=position.side,
            gap=position.gap,
            nearest=all(position.gap <= s.gap for s in self._positions if s.side == position.side),
            after_colon=position.side == "before" and self._colon,
            rivals=len(self._actors),
            height=self._ranks.index(position.rank) if position.rank is not None else None,
            hangs_on_quotation=not governs and self._parse.head(actor.verb).quotation is not None,
            under_reporting=position.rank is not None and any((r.rank or 0) > position.rank for r in self._reporting),
            frames=frames,
            framed=self._framed and not frames,
            leads_on=self._leads_on(actor, position),
            negated=bool(self._parse.below(actor.verb, "neg")),
            reports_other=self._reports_other(actor, position),
            factual=not is_nonfactual(self._parse, actor),
            fragment=self._quote.fragment,
            reporting=self._reporting_facts(actor, position) if position.reporting else None,
            shared_subject=self._shared_subject(actor) if actor.way == "shared" and actor.verb.tag == "VBG" else None,
        )

    def _reporting_facts(self, actor: Actor, position: ClausePosition) -> ReportingFacts:
        return ReportingFacts(
            plain=actor.verb.lemma in tagged("plain_reporting_verb"),
            first=position.order == self._reporting[0].order,
            only=len(self._reporting) == 1,
            inner=self._is_inner(actor, position),
            asked=position.side == "after" and self._quote.asked,
            interrupts=position.side == "after" and self._is_introduced(),
        )

    def _is_introduced(self) -> bool:
        return any(reporting.side == "before" for reporting in self._reporting)

    def _is_inner(self, actor: Actor, position: ClausePosition) -> bool:
        """Of "Lee said that Park had called it …": Park, whose clause is the nearer one."""
        if position.side != "before" or position.rank is None or actor.way == "shared":
            return False
        ranks = [other.rank for other in self._reporting if other.side == "before" and other.rank is not None]
        return len(ranks) > 1 and position.rank == min(ranks)

    def _shared_subject(self, actor: Actor) -> SharedSubjectFacts:
        verb = self._parse.head(actor.noun)
        reporter = (
            verb.lemma in tagged("reporting_verb")
            and verb.lemma not in ("continue", "add")
            and actor.noun.dep == "nsubj"
        )
        reported = verb.dep == "ccomp" and self._parse.head(verb).lemma in tagged("reporting_verb")
        return SharedSubjectFacts(reporter, reported and not reporter)

    def _frames(self, actor: Actor, position: ClausePosition) -> bool:
        """Whether the clause gives its whole sentence: "According to X, …" and "…, says X", or "X said" at its head."""
        if verb_class(actor) not in ("say", "according") or actor.verb.sentence != self._quote.first.sentence:
            return False
        if actor.way == "according":
            words = (t for t in self._parse.sentence(actor.verb.sentence) if t.pos not in ("PUNCT", "SPACE"))
            return actor.verb.index == next(words).index or position.side == "after"
        return actor.way == "inverted" and position.side == "after"

    def _leads_on(self, actor: Actor, position: ClausePosition) -> bool:
        """Whether a clause behind the quotation introduces the next one: "…?" Lee replied: "…".

        Where this quotation is introduced already, a comma does what the colon does: "…," Lee replied, "…".
        """
        if position.side != "after":
            return False
        rest = self._parse.tokens[actor.verb.index + 1 : actor.verb.index + 1 + BEFORE_COLON]
        marks = ":," if self._is_introduced() else ":"
        colon = next((t for t in rest if t.text in marks and t.sentence == actor.verb.sentence), None)
        following = self._parse.tokens[colon.index + 1] if colon and colon.index + 1 < len(self._parse) else None
        return following is not None and following.quotation is not None

    def _reports_other(self, actor: Actor, position: ClausePosition) -> bool:
        """Whether a clause has another clause to give: "…", while Lee says the club failed; he told her to go: "…"."""
        given = self._parse.below(actor.verb, "ccomp", "xcomp")
        return position.rank is None and any(
            clause.index > actor.verb.index and clause.quotation is None for clause in given
        )


def is_human(form: MentionForm) -> bool:
    """Return whether a phrase of this form names people."""
    return sort_of(form) == "human"


def sort_of(form: MentionForm) -> str:
    """Return which of SORTS a phrase of this form names."""
    if form in (MentionForm.DOCUMENT_NOUN, MentionForm.WE):
        return "self" if form is MentionForm.WE else "document"
    if form in (MentionForm.ORGANISATION_NAME, MentionForm.PLACE_NAME, MentionForm.IT, MentionForm.ORGANISATION_NOUN):
        return "organisation"
    return "thing" if form in (MentionForm.OTHER, MentionForm.YOU) else "human"
