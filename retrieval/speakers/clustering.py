"""Who is one person over many articles: which names make one entry of the ledger, on what evidence, and which don't.

Only a first name with the surname joins two names, or a surname with the same role; a surname alone never does.
People of one name whose roles belong to different worlds stay apart. What a person decided goes before all of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.domain import SpeakerKind
from retrieval.speakers.records import Appearance, Entry, Link
from retrieval.store.decisions import Decision, Opinion
from retrieval.text.name_matching import name_words, words_of
from retrieval.text.roles import same_role, title_of, world_of


@dataclass(frozen=True, slots=True)
class Node:
    """What is taken for one person before any names are joined. `article` is set where only a surname is known."""

    words: tuple[str, ...]
    person: bool
    world: str | None = None
    article: int | None = None


Nodes = Mapping[Node, Sequence[Appearance]]


def entries(appearances: Iterable[Appearance], decisions: Sequence[Decision] = ()) -> tuple[Entry, ...]:
    """The ledger, the most quoted first. Speakers without a name of their own ("a spokesman") have no entry."""
    nodes = _nodes([a for a in appearances if _has_name(a)])
    clusters = _Clusters(nodes, _pairs(nodes, decisions, Opinion.APART))
    for first, second, decision in _pairs(nodes, decisions, Opinion.SAME):
        clusters.join(first, second, "decided by a person", decision)
    for first, second, evidence in _evidence(nodes):
        clusters.join(first, second, evidence)
    found = [_entry(nodes, members, links) for members, links in clusters.all()]
    return tuple(sorted(found, key=lambda entry: (-entry.quotations, entry.name)))


def _has_name(appearance: Appearance) -> bool:
    return appearance.kind is not SpeakerKind.UNNAMED and any(letter.isupper() for letter in appearance.name)


def _nodes(appearances: Sequence[Appearance]) -> Nodes:
    by_words: dict[tuple[str, ...], list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        by_words[tuple(name_words(appearance.name))].append(appearance)
    nodes: dict[Node, list[Appearance]] = defaultdict(list)
    for words, together in by_words.items():
        person = sum(a.kind in (SpeakerKind.PERSON, None) for a in together) * 2 > len(together)
        worlds = {world for a in together if (world := world_of(a.roles))}
        for appearance in together:
            world = world_of(appearance.roles) if person and len(worlds) > 1 else None
            bare = person and len(words) == 1
            nodes[Node(words, person, world, appearance.article if bare else None)].append(appearance)
    return nodes


def _pairs(nodes: Nodes, decisions: Sequence[Decision], verdict: Opinion) -> list[tuple[Node, Node, int]]:
    by_words: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        by_words[node.words].append(node)
    return [
        (first, second, decision.id)
        for decision in decisions
        if decision.verdict is verdict
        for first in by_words[tuple(name_words(decision.first))]
        for second in by_words[tuple(name_words(decision.second))]
        if first != second
    ]


def _evidence(nodes: Nodes) -> Iterator[tuple[Node, Node, str]]:
    by_surname: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.person:
            by_surname[node.words[-1]].append(node)
    for family in by_surname.values():
        full = [node for node in family if len(node.words) > 1]
        for node in full:
            fuller = [other for other in full if _shortens(node, other)]
            if all(_agree(a, b) for a in fuller for b in fuller):
                yield from ((node, other, "the same first name and surname") for other in fuller)
        for node in family:
            if len(node.words) == 1:
                yield from _by_role(nodes, node, family)


def _by_role(nodes: Nodes, bare: Node, family: Sequence[Node]) -> Iterator[tuple[Node, Node, str]]:
    """A bare surname joins the one person of that surname whose role it shares."""
    alike = [node for node in family if node != bare and same_role(_roles(nodes, bare), _roles(nodes, node))]
    full = [node for node in alike if len(node.words) > 1]
    if all(_agree(a, b) for a in full for b in full):
        yield from ((bare, node, "the same surname and role") for node in full or alike)


def _roles(nodes: Nodes, node: Node) -> list[str]:
    return [role for a in nodes[node] for role in (*a.roles, title_of(a.name))]


def _shortens(short: Node, full: Node) -> bool:
    """Whether the words stand in the other name, first name and surname alike; initials may be written together."""
    if short == full or (short.world and full.world and short.world != full.world):
        return False
    if "".join(short.words) == "".join(full.words):
        return short.words != full.words
    alike = short.words[0] == full.words[0] and len(short.words[0]) > 1
    middle, other = short.words[1:-1], full.words[1:-1]
    if len(short.words) == len(full.words):
        return alike and middle != other and all(a in (b, b[0]) for a, b in zip(middle, other, strict=True))
    return alike and len(short.words) > 1 and not middle


def _agree(first: Node, second: Node) -> bool:
    return first == second or _shortens(first, second) or _shortens(second, first)


class _Clusters:
    """Sets of nodes that are one; those that must stay apart are never joined, directly or through others."""

    def __init__(self, nodes: Iterable[Node], apart: Sequence[tuple[Node, Node, int]]) -> None:
        self._members = {node: [node] for node in nodes}
        self._links: dict[Node, list[Link]] = {node: [] for node in self._members}
        self._top = {node: node for node in self._members}
        self._apart = {frozenset((first, second)) for first, second, _ in apart}

    def join(self, first: Node, second: Node, evidence: str, decision: int | None = None) -> None:
        one, other = self._top[first], self._top[second]
        if one == other or any(
            frozenset((a, b)) in self._apart for a in self._members[one] for b in self._members[other]
        ):
            return
        for node in self._members[other]:
            self._top[node] = one
        link = Link(" ".join(first.words), " ".join(second.words), evidence, decision)
        self._members[one] += self._members.pop(other)
        self._links[one] += [*self._links.pop(other), link]

    def all(self) -> Iterator[tuple[list[Node], list[Link]]]:
        for top, members in self._members.items():
            yield members, self._links[top]


def _entry(nodes: Nodes, members: Sequence[Node], links: Sequence[Link]) -> Entry:
    appearances = tuple(sorted((a for node in members for a in nodes[node]), key=lambda a: (a.article, a.name)))
    names, roles, kinds = Counter[str](), Counter[str](), Counter[SpeakerKind | None]()
    for appearance in appearances:
        names[appearance.name] += appearance.quotations
        roles.update(appearance.roles)
        kinds[appearance.kind] += appearance.quotations
    return Entry(
        name=max(names, key=lambda name: (len(name_words(name)), -len(words_of(name)), names[name], name)),
        names=tuple(name for name, _ in names.most_common()),
        roles=tuple(role for role, _ in roles.most_common()),
        kind=kinds.most_common(1)[0][0],
        appearances=appearances,
        links=tuple(links),
    )
