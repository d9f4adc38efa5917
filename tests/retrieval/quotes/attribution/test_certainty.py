"""How likely a chosen speaker is right: more where a clause tells, less where a fragment stands alone."""

from retrieval.domain import Kind
from retrieval.quotes.attribution.certainty import CertaintyFacts, certainty_facts
from retrieval.quotes.attribution.features import CERTAINTY_GROUPS, certainty_registry
from retrieval.quotes.attribution.model import shipped_weights
from retrieval.quotes.extractor import Extractor


def facts_of(extractor: Extractor, text: str) -> CertaintyFacts:
    [found] = [e for e in extractor.explain(text) if e.quotation.kind is not Kind.REPORTED]
    assert found.speakers is not None
    facts = certainty_facts(found.speakers, found.quotation.kind, len(found.quotation.span.of(text).split()))
    assert facts is not None
    return facts


def test_every_feature_of_a_choice_has_a_weight_and_every_weight_a_feature() -> None:
    assert set(shipped_weights("certainty")) == set(certainty_registry())


def test_a_choice_yields_what_its_example_says(extractor: Extractor) -> None:
    for group in CERTAINTY_GROUPS:
        for example in group.examples:
            computed = certainty_registry().features(facts_of(extractor, example.text))
            assert example.features.items() <= computed.items()


def test_a_reporting_clause_is_where_the_evidence_comes_from(extractor: Extractor) -> None:
    facts = facts_of(extractor, '"The bridge will open in May," said Maria Keller.')
    assert facts.reported > 0.5
    assert facts.carried == 0
