"""Which names make one entry of the ledger, and which stay apart."""

from retrieval.domain import SpeakerKind
from retrieval.speakers.clustering import cluster_speakers
from retrieval.speakers.decisions import IdentityDecision, IdentityVerdict
from retrieval.speakers.records import SpeakerAppearance, SpeakerEntry

PERSON = SpeakerKind.PERSON


def said(name: str, article: int, *roles: str, kind: SpeakerKind = PERSON, quotations: int = 1) -> SpeakerAppearance:
    return SpeakerAppearance(name, kind, article, roles, quotations, quotations)


def decided(verdict: IdentityVerdict, first: str, second: str) -> IdentityDecision:
    return IdentityDecision(1, "operator", verdict, first, second, "2026-01-01T00:00:00+00:00")


def names(found: tuple[SpeakerEntry, ...]) -> list[set[str]]:
    return [set(entry.names) for entry in found]


def test_titles_brackets_and_a_surname_with_the_same_role_are_one_person() -> None:
    found = cluster_speakers(
        [said("Sen. Ada Brook", 1), said("Brook", 2, "senator"), said("Ada Brook (R-NV)", 3, "Republican senator")]
    )
    assert names(found) == [{"Sen. Ada Brook", "Brook", "Ada Brook (R-NV)"}]


def test_surnames_that_differ_by_a_letter_stay_two() -> None:
    assert len(cluster_speakers([said("Owen Davis", 1), said("Owen Davies", 2)])) == 2


def test_a_surname_alone_joins_nobody() -> None:
    assert len(cluster_speakers([said("Ada Brook", 1), said("Brook", 2)])) == 2
    assert len(cluster_speakers([said("Brook", 1), said("Brook", 2)])) == 2


def test_a_surname_whose_role_fits_two_people_joins_neither() -> None:
    found = cluster_speakers(
        [said("Brook", 1, "senator"), said("Ada Brook", 2, "senator"), said("Finn Brook", 3, "senator")]
    )
    assert len(found) == 3


def test_another_first_name_is_another_person() -> None:
    assert len(cluster_speakers([said("Ada Brook", 1, "senator"), said("Finn Brook", 2, "senator")])) == 2


def test_a_middle_name_more_is_the_same_person() -> None:
    assert len(cluster_speakers([said("Ada Brook", 1), said("Ada Lynn Brook", 2), said("Ada L. Brook", 3)])) == 1


def test_a_short_name_that_fits_two_fuller_ones_joins_neither() -> None:
    assert len(cluster_speakers([said("Carl Voss", 1), said("Carl W. Voss", 2), said("Carl H. Voss", 3)])) == 3


def test_people_of_one_name_from_different_worlds_stay_apart() -> None:
    found = cluster_speakers([said("Tom Lind", 1, "Rovers striker"), said("Tom Lind", 2, "professor of economics")])
    assert len(found) == 2
    assert len(cluster_speakers([said("Tom Lind", 1, "minister"), said("Tom Lind", 2, "party chairman")])) == 1


def test_speakers_without_a_name_have_no_entry() -> None:
    unnamed = said("spokeswoman", 1, kind=SpeakerKind.UNNAMED)
    assert cluster_speakers([unnamed, said("engineers", 2, kind=SpeakerKind.GROUP)]) == ()


def test_an_organisation_is_one_whatever_the_article_before_its_name() -> None:
    body = SpeakerKind.ORGANISATION
    assert len(cluster_speakers([said("the Harbour Board", 1, kind=body), said("Harbour Board", 2, kind=body)])) == 1


def test_every_merge_tells_what_it_rests_on() -> None:
    (entry,) = cluster_speakers([said("Brook", 1, "senator"), said("Ada Brook", 2, "senator")])
    assert [link.evidence for link in entry.links] == ["the same surname and role"]


def test_a_persons_decision_joins_what_the_rules_leave_apart() -> None:
    apart = [said("Brook", 1), said("Ada Brook", 2)]
    (entry,) = cluster_speakers(apart, [decided(IdentityVerdict.SAME, "Brook", "Ada Brook")])
    assert entry.name == "Ada Brook"
    assert entry.links[0].decision == 1


def test_a_persons_decision_keeps_apart_what_the_rules_join_also_through_a_third_name() -> None:
    joined = [said("Ada Brook", 1), said("Ada Lynn Brook", 2), said("Ada L. Brook", 3)]
    found = cluster_speakers(joined, [decided(IdentityVerdict.APART, "Ada Lynn Brook", "Ada L. Brook")])
    assert all(not {"Ada Lynn Brook", "Ada L. Brook"} <= set(entry.names) for entry in found)


def test_counts_are_of_all_articles() -> None:
    (entry,) = cluster_speakers([said("Ada Brook", 1, quotations=3), said("Ada Brook", 2, quotations=4)])
    assert (entry.quotations, len(entry.articles)) == (7, 2)


def test_spellings_of_one_name_make_one_entry() -> None:
    written = ["Tadhg O’Malley", "Tadhg O'Malley", "Tadhg OMalley", "Inspector Tadhg O'Malley", "O'Malley, Tadhg"]
    assert len(cluster_speakers([said(name, number) for number, name in enumerate(written)])) == 1
    assert len(cluster_speakers([said("Jürgen Müller", 1), said("Juergen Mueller", 2), said("Jurgen Muller", 3)])) == 1
    assert len(cluster_speakers([said("Jean-Luc Saint-Amand", 1), said("Jean Luc Saint Amand", 2)])) == 1
    assert len(cluster_speakers([said("Oleksiy Horodetskyi", 1), said("Oleksiy Horodetsky", 2)])) == 1


def test_other_initials_and_generations_make_two_entries() -> None:
    assert len(cluster_speakers([said("Anna A. Pike", 1), said("Anna J. Pike", 2)])) == 2
    assert len(cluster_speakers([said("Ruth Tallow Jr.", 1), said("Ruth Tallow Sr.", 2)])) == 2
