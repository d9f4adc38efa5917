"""Cluster speaker names over articles: which names mean one person, on what evidence.

Two names are joined by the same first name and surname, or by the same surname and role; never by a surname alone.
People of one name whose roles belong to different fields stay apart. A person's decision goes before all of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.domain import SpeakerKind
from retrieval.speakers.decisions import IdentityDecision, IdentityVerdict
from retrieval.speakers.records import NameLink, SpeakerAppearance, SpeakerEntry
from retrieval.text.person_names.matching import (
    PersonName,
    identifying_words,
    name_tokens,
    person_name,
    same_full_name,
    surname_keys,
)
from retrieval.text.person_names.roles import field_of, same_role, title_of


@dataclass(frozen=True, slots=True)
class NameNode:
    """A name that is taken for one person before clustering.

    `words` are the identifying words of the name, `name` is the name as it is compared. `field` tells people of one
    name apart whose roles belong to different fields. `article` is set for a bare surname, which means one person in
    one article alone.
    """

    words: tuple[str, ...]
    name: PersonName
    person: bool
    field: str | None = None
    article: int | None = None


NameNodes = Mapping[NameNode, Sequence[SpeakerAppearance]]


def cluster_speakers(
    appearances: Iterable[SpeakerAppearance], decisions: Sequence[IdentityDecision] = ()
) -> tuple[SpeakerEntry, ...]:
    """Return one entry a speaker, the most quoted first. Unnamed speakers ("a spokesman") get none."""
    nodes = _nodes([a for a in appearances if _has_name(a)])
    clusters = ConstrainedClusters(nodes, _pairs(nodes, decisions, IdentityVerdict.APART))
    for first, second, decision in _pairs(nodes, decisions, IdentityVerdict.SAME):
        clusters.join(first, second, "decided by a person", decision)
    for first, second, evidence in _evidence(nodes):
        clusters.join(first, second, evidence)
    found = [_entry(nodes, members, links) for members, links in clusters.all()]
    return tuple(sorted(found, key=lambda entry: (-entry.quotations, entry.name)))


def _has_name(appearance: SpeakerAppearance) -> bool:
    return appearance.kind is not SpeakerKind.UNNAMED and any(letter.isupper() for letter in appearance.name)


def _nodes(appearances: Sequence[SpeakerAppearance]) -> NameNodes:
    by_words: dict[tuple[str, ...], list[SpeakerAppearance]] = defaultdict(list)
    for appearance in appearances:
        by_words[tuple(identifying_words(appearance.name))].append(appearance)
    nodes: dict[NameNode, list[SpeakerAppearance]] = defaultdict(list)
    for words, together in by_words.items():
        name = person_name(together[0].name)
        person = sum(a.kind in (SpeakerKind.PERSON, None) for a in together) * 2 > len(together)
        fields = {field for a in together if (field := field_of(a.roles))}
        for appearance in together:
            field = field_of(appearance.roles) if person and len(fields) > 1 else None
            bare = person and not name.full
            nodes[NameNode(words, name, person, field, appearance.article if bare else None)].append(appearance)
    return nodes


def _pairs(
    nodes: NameNodes, decisions: Sequence[IdentityDecision], verdict: IdentityVerdict
) -> list[tuple[NameNode, NameNode, int]]:
    by_words: dict[tuple[str, ...], list[NameNode]] = defaultdict(list)
    for node in nodes:
        by_words[node.words].append(node)
    return [
        (first, second, decision.id)
        for decision in decisions
        if decision.verdict is verdict
        for first in by_words[tuple(identifying_words(decision.first))]
        for second in by_words[tuple(identifying_words(decision.second))]
        if first != second
    ]


def _evidence(nodes: NameNodes) -> Iterator[tuple[NameNode, NameNode, str]]:
    by_surname: dict[str, dict[NameNode, None]] = defaultdict(dict)
    for node in nodes:
        if node.person:
            for key in surname_keys(node.name):
                by_surname[key][node] = None
    for node in nodes:
        if not node.person:
            continue
        family = list(dict.fromkeys(other for key in surname_keys(node.name) for other in by_surname[key]))
        if node.name.full:
            fuller = [other for other in family if other.name.full and _shortens(node, other)]
            if all(_agree(a, b) for a in fuller for b in fuller):
                yield from ((node, other, "the same first name and surname") for other in fuller)
        else:
            yield from _by_role(nodes, node, [other for other in family if other.words[-1] == node.words[-1]])


def _by_role(nodes: NameNodes, bare: NameNode, family: Sequence[NameNode]) -> Iterator[tuple[NameNode, NameNode, str]]:
    """Yield the link of a bare surname to the one person of that surname with the same role."""
    alike = [node for node in family if node != bare and same_role(_roles(nodes, bare), _roles(nodes, node))]
    full = [node for node in alike if node.name.full]
    if all(_agree(a, b) for a in full for b in full):
        yield from ((bare, node, "the same surname and role") for node in full or alike)


def _roles(nodes: NameNodes, node: NameNode) -> list[str]:
    return [role for a in nodes[node] for role in (*a.roles, title_of(a.name))]


def _shortens(short: NameNode, full: NameNode) -> bool:
    """Return whether `full` is a form of `short` that is as long or longer, with the same first name and surname."""
    if short == full or (short.field and full.field and short.field != full.field):
        return False
    return len(short.words) <= len(full.words) and same_full_name(short.name, full.name)


def _agree(first: NameNode, second: NameNode) -> bool:
    return first == second or _shortens(first, second) or _shortens(second, first)


class ConstrainedClusters:
    """Disjoint sets of nodes with cannot-link constraints, which hold for whole sets."""

    def __init__(self, nodes: Iterable[NameNode], apart: Sequence[tuple[NameNode, NameNode, int]]) -> None:
        self._members = {node: [node] for node in nodes}
        self._links: dict[NameNode, list[NameLink]] = {node: [] for node in self._members}
        self._top = {node: node for node in self._members}
        self._apart = {frozenset((first, second)) for first, second, _ in apart}

    def join(self, first: NameNode, second: NameNode, evidence: str, decision: int | None = None) -> None:
        """Join the sets of two nodes, unless a constraint forbids it."""
        one, other = self._top[first], self._top[second]
        if one == other or any(
            frozenset((a, b)) in self._apart for a in self._members[one] for b in self._members[other]
        ):
            return
        for node in self._members[other]:
            self._top[node] = one
        link = NameLink(" ".join(first.words), " ".join(second.words), evidence, decision)
        self._members[one] += self._members.pop(other)
        self._links[one] += [*self._links.pop(other), link]

    def all(self) -> Iterator[tuple[list[NameNode], list[NameLink]]]:
        """Yield the members and the links of each set."""
        for top, members in self._members.items():
            yield members, self._links[top]


def _entry(nodes: NameNodes, members: Sequence[NameNode], links: Sequence[NameLink]) -> SpeakerEntry:
    appearances = tuple(sorted((a for node in members for a in nodes[node]), key=lambda a: (a.article, a.name)))
    names, roles, kinds = Counter[str](), Counter[str](), Counter[SpeakerKind | None]()
    for appearance in appearances:
        names[appearance.name] += appearance.quotations
        roles.update(appearance.roles)
        kinds[appearance.kind] += appearance.quotations
    return SpeakerEntry(
        name=max(names, key=lambda name: (len(identifying_words(name)), -len(name_tokens(name)), names[name], name)),
        names=tuple(name for name, _ in names.most_common()),
        roles=tuple(role for role, _ in roles.most_common()),
        kind=kinds.most_common(1)[0][0],
        appearances=appearances,
        links=tuple(links),
    )
