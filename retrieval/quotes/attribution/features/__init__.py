"""Feature groups of speaker attribution, of its certainty and of pronouns, and the registries that hold them."""

from retrieval.quotes.attribution.features import (
    antecedents,
    carry_over,
    certainty,
    clause_position,
    clause_shape,
    labels,
    names_and_descriptions,
    organisations,
    pronoun_links,
    quoted_words,
    reporting_clause,
    roles_and_groups,
    standing,
    unnamed_antecedents,
)
from retrieval.quotes.attribution.registry import FeatureRegistry

SPEAKER_GROUPS = (
    clause_shape.VerbAndActorFeatures,
    clause_shape.OwnClauseShapeFeatures,
    clause_position.OwnClausePositionFeatures,
    reporting_clause.SentenceFrameFeatures,
    reporting_clause.OtherReportingFeatures,
    reporting_clause.FactualityFeatures,
    reporting_clause.ReportingClauseFeatures,
    reporting_clause.CarrierFeatures,
    clause_position.FragmentFeatures,
    clause_shape.NeighbourClauseShapeFeatures,
    clause_position.NeighbourClausePositionFeatures,
    labels.LabelFeatures,
    labels.TranscriptLabelFeatures,
    standing.StandingNameFeatures,
    carry_over.CarriedOverFeatures,
    carry_over.NamedBetweenFeatures,
    carry_over.ContextSpeakerFeatures,
    carry_over.NestedSpeakerFeatures,
    quoted_words.QuotedWordsFeatures,
    quoted_words.FirstPersonFeatures,
    quoted_words.UnattributedFeatures,
    names_and_descriptions.NameBearerFeatures,
    names_and_descriptions.DescriptionFeatures,
    names_and_descriptions.EpithetDescriptionFeatures,
    roles_and_groups.RoleHolderFeatures,
    roles_and_groups.IssuerFeatures,
    roles_and_groups.TheyOrganisationFeatures,
    roles_and_groups.TheyGroupFeatures,
    roles_and_groups.GroupLastSpeakerFeatures,
    antecedents.AntecedentNearnessFeatures,
    antecedents.AntecedentStandingFeatures,
    antecedents.AntecedentRivalsFeatures,
    unnamed_antecedents.DescribedAntecedentFeatures,
    unnamed_antecedents.CataphoraFeatures,
    organisations.OrganisationNearnessFeatures,
    organisations.OrganisationKindFeatures,
    organisations.DescribedOrganisationFeatures,
)
PRONOUN_GROUPS = (
    pronoun_links.PronounNearnessFeatures,
    pronoun_links.PronounGenderFeatures,
    pronoun_links.PronounRivalsFeatures,
)
CERTAINTY_GROUPS = (certainty.ChoiceFeatures,)


def speaker_registry() -> FeatureRegistry:
    """Return the registry of the model that chooses among speaker hypotheses."""
    return FeatureRegistry(SPEAKER_GROUPS)


def pronoun_registry() -> FeatureRegistry:
    """Return the registry of the scorer that resolves "he" and "she"."""
    return FeatureRegistry(PRONOUN_GROUPS)


def certainty_registry() -> FeatureRegistry:
    """Return the registry of the scorer that tells how likely a chosen speaker is right."""
    return FeatureRegistry(CERTAINTY_GROUPS)
