"""The declared features of speaker attribution: every group yields what its examples say, and fits its weights."""

from collections.abc import Mapping

import pytest

from retrieval.quotes.attribution.features import PRONOUN_GROUPS, SPEAKER_GROUPS, pronoun_registry, speaker_registry
from retrieval.quotes.attribution.hypotheses import SpeakerDistribution
from retrieval.quotes.attribution.model import SpeakerModel, shipped_weights
from retrieval.quotes.attribution.registry import (
    FeatureExample,
    FeatureGroup,
    FeatureRegistry,
    Features,
    UndeclaredFeature,
    agrees,
    family,
)
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.pronouns import PronounLinkFacts, PronounResolver
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser

REGISTRIES = {"speakers": speaker_registry, "pronouns": pronoun_registry}
SPEAKER_EXAMPLES = [pytest.param(e, id=f"{g.name}-{i}") for g in SPEAKER_GROUPS for i, e in enumerate(g.examples)]
PRONOUN_EXAMPLES = [pytest.param(e, id=f"{g.name}-{i}") for g in PRONOUN_GROUPS for i, e in enumerate(g.examples)]


def speakers_of(extractor: Extractor, example: FeatureExample) -> SpeakerDistribution:
    found = [(e.quotation.span.of(example.text), e.speakers) for e in extractor.explain(example.text)]
    holding = [(len(words), speakers) for words, speakers in found if example.words in words and speakers]
    assert holding, f"no quotation holds {example.words!r}"
    return min(holding, key=lambda pair: pair[0])[1]


@pytest.mark.parametrize("example", SPEAKER_EXAMPLES)
def test_a_group_yields_what_its_example_says(extractor: Extractor, example: FeatureExample) -> None:
    speakers = speakers_of(extractor, example)
    named = [
        hypothesis.features | hypothesis.referent_features
        for hypothesis, _ in speakers.hypotheses
        if (hypothesis.entity.full_name if hypothesis.entity else None) == example.speaker
    ]
    assert any(example.features.items() <= features.items() for features in named), named
    if example.chosen:
        entity = speakers.likeliest[0]
        assert (entity.full_name if entity else None) == example.speaker


@pytest.mark.parametrize("example", PRONOUN_EXAMPLES)
def test_a_pronoun_link_yields_what_its_example_says(parser: Parser, example: FeatureExample) -> None:
    model, links = SpeakerModel.load(), []

    def score(facts: PronounLinkFacts) -> float:
        links.append((facts.token, pronoun_registry().features(facts)))
        return model.pronoun_score(facts)

    parse = parser.parse(example.text, find_quote_spans(example.text))
    entities = EntityIndex(parse)
    meant = PronounResolver(parse, entities, score).meant
    pronoun = next(token for token in parse.tokens if token.text == example.words and token.index in meant)
    people = {index: person.full_name for person in entities.people for index in person.occurrences}
    linked = [features for token, features in links if people.get(token) == example.speaker]
    assert any(example.features.items() <= features.items() for features in linked), links
    if example.chosen:
        assert meant[pronoun.index].full_name == example.speaker


@pytest.mark.parametrize("group", [*SPEAKER_GROUPS, *PRONOUN_GROUPS], ids=lambda group: group.name)
def test_every_group_says_what_it_looks_at_and_has_an_example(group: type[FeatureGroup[object]]) -> None:
    assert (group.__doc__ or "").strip().split("\n")[0].endswith(".")
    assert group.examples
    assert all(set(example.features) <= names_of(group) for example in group.examples)


def names_of(group: type[FeatureGroup[object]]) -> set[str]:
    return {name for declared in group.families for name in declared.names}


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_declared_feature_has_a_shipped_weight_and_every_weight_a_feature(name: str) -> None:
    assert set(shipped_weights(name)) == set(REGISTRIES[name]())


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_weight_has_the_sign_that_is_expected_of_it(name: str) -> None:
    registry = REGISTRIES[name]()
    weights = shipped_weights(name)
    assert [each for each in registry if not agrees(registry.sign(each), weights[each])] == []


def test_every_group_weighs_something() -> None:
    weights = shipped_weights("speakers")
    assert [group.name for group in SPEAKER_GROUPS if not any(weights[name] for name in names_of(group))] == []


def test_pronouns_are_resolved_by_the_weights_set_by_hand() -> None:
    assert shipped_weights("pronouns") == pronoun_registry().priors()


def test_a_weight_of_an_unknown_feature_is_refused() -> None:
    with pytest.raises(UndeclaredFeature, match="frames:loudly"):
        SpeakerModel({"frames:loudly": 1.0})


class CountGroup(FeatureGroup[int]):
    """Counts."""

    name = "count"
    facts = int
    families = (family("count:{size}", {"count:small": 1.0}, size=("small", "large"), sign="+"),)
    examples = ()

    @staticmethod
    def compute(facts: int, /) -> Features:
        return {"count:small" if facts < 5 else "count:huge": 1.0}


def test_computing_an_undeclared_feature_is_an_error() -> None:
    registry = FeatureRegistry([CountGroup])
    assert registry.features(3) == {"count:small": 1.0}
    with pytest.raises(UndeclaredFeature, match="count:huge"):
        registry.features(9)


def test_two_groups_may_not_declare_one_feature() -> None:
    class OtherGroup(CountGroup):
        """Counts too."""

        name = "other"

    with pytest.raises(ValueError, match="declared by count and by other"):
        FeatureRegistry([CountGroup, OtherGroup])


@pytest.mark.parametrize(
    ("priors", "problem"),
    [({"count:medium": 1.0}, "not in it"), ({"count:small": -1.0}, "against its sign")],
)
def test_a_prior_must_fit_its_family(priors: Mapping[str, float], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        family("count:{size}", priors, size=("small", "large"), sign="+")


def test_the_contributions_of_the_groups_add_up_to_the_score() -> None:
    model = SpeakerModel.load()
    features = {"reporting": 1.0, "reporting:after": 1.0, "frames": 1.0, "name:alone": 1.0}
    contributions = model.contributions(features)
    assert set(contributions) == {"reporting_clause", "sentence_frame", "name_bearer"}
    assert sum(contributions.values()) == pytest.approx(model.score(features))
