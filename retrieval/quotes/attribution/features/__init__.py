"""Feature groups of speaker attribution and of pronoun resolution, and the registries that hold them."""

from retrieval.quotes.attribution.features import (
    antecedents,
    carry_over,
    clause_position,
    clause_shape,
    labels,
    names_and_descriptions,
    organisations,
    pronoun_links,
    quoted_words,
    reporting_clause,
)
from retrieval.quotes.attribution.registry import FeatureRegistry

SPEAKER_GROUPS = (
    clause_shape.VerbAndActor,
    clause_shape.OwnClauseShape,
    clause_position.OwnClausePosition,
    reporting_clause.SentenceFrame,
    reporting_clause.OtherReporting,
    reporting_clause.Factuality,
    reporting_clause.ReportingClause,
    clause_position.Fragment,
    clause_shape.NeighbourClauseShape,
    clause_position.NeighbourClausePosition,
    labels.Label,
    labels.TranscriptLabel,
    carry_over.CarriedOver,
    carry_over.NamedBetween,
    carry_over.ContextSpeaker,
    quoted_words.QuotedWords,
    quoted_words.FirstPerson,
    quoted_words.Unattributed,
    names_and_descriptions.NameBearer,
    names_and_descriptions.Description,
    names_and_descriptions.EpithetDescription,
    names_and_descriptions.RoleHolder,
    names_and_descriptions.Issuer,
    names_and_descriptions.TheyOrganisation,
    names_and_descriptions.TheyGroup,
    names_and_descriptions.GroupLastSpeaker,
    antecedents.AntecedentNearness,
    antecedents.AntecedentStanding,
    antecedents.AntecedentRivals,
    antecedents.DescribedAntecedent,
    antecedents.Cataphora,
    organisations.OrganisationNearness,
    organisations.OrganisationKind,
    organisations.DescribedOrganisation,
)
PRONOUN_GROUPS = (pronoun_links.PronounNearness, pronoun_links.PronounGender, pronoun_links.PronounRivals)


def speaker_registry() -> FeatureRegistry:
    """Return the registry of the model that chooses among speaker hypotheses."""
    return FeatureRegistry(SPEAKER_GROUPS)


def pronoun_registry() -> FeatureRegistry:
    """Return the registry of the scorer that resolves "he" and "she"."""
    return FeatureRegistry(PRONOUN_GROUPS)
