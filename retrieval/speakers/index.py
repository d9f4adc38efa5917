"""The index of speakers: one entry a speaker over the articles that may be seen, and what people decide about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from retrieval.domain import Certainty, Kind, SpeakerKind
from retrieval.errors import ArchiveError, NotFound
from retrieval.speakers.clustering import cluster_speakers
from retrieval.speakers.decisions import IdentityDecision, IdentityVerdict, add_decision, decisions, remove_decision
from retrieval.speakers.records import SpeakerAppearance, SpeakerEntry
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import in_rows, numbers_table, owned_by, repeated_quotations
from retrieval.store.schema import articles, quotations, units
from retrieval.store.sqlite.database import read_transaction, write_transaction
from retrieval.store.sqlite.locks import Clock
from retrieval.text.person_names.matching import (
    identifying_words,
    near_name,
    person_name,
    same_name,
    surname_keys,
)

QUOTATIONS_WITH_ARTICLES = units.join(quotations, quotations.c.unit == units.c.id).join(
    articles, articles.c.seq == units.c.article
)


@dataclass(frozen=True, slots=True)
class SpeakerIndex:
    """One entry a speaker over the articles of some owners, and people's decisions about them.

    Entries are computed from the articles of the owners that are asked for, so nothing crosses between guilds.
    """

    archive: Archive
    clock: Clock

    def entries(self, owners: Collection[str], search: str | None = None) -> tuple[SpeakerEntry, ...]:
        """Return all entries, the most quoted first; with `search` those that it may mean, by any part of a name."""
        found = cluster_speakers(self._appearances(owners), self.decisions(owners))
        if search is None:
            return found
        wanted = set(identifying_words(search))
        return tuple(
            e for e in found if any(wanted <= set(identifying_words(n)) or same_name(search, n) for n in e.names)
        )

    def named(self, name: str, owners: Collection[str]) -> tuple[SpeakerEntry, ...]:
        """Return the entries that `name` may mean, the most quoted first. Raises NotFound if there is none.

        A full name that is held means no other.
        """
        found = matching_entries(name, self.relatives(name, owners))
        if not found:
            raise NotFound(f"the archive quotes nobody called {name}; `ontherecord speakers` lists whom it quotes")
        return found

    def relatives(self, name: str, owners: Collection[str]) -> tuple[SpeakerEntry, ...]:
        """Return the entries of all speakers with a surname that `name` may have, the most quoted first."""
        known = speaker_names(self.archive, owners)
        meant = [n for n in known if _may_be_alike(name, n) and (same_name(name, n) or near_name(name, n))]
        return self.families(meant, owners)

    def families(self, names: Collection[str], owners: Collection[str]) -> tuple[SpeakerEntry, ...]:
        """Return the entries of all speakers who share a surname with one of `names`, the most quoted first.

        They are the same as among `entries`, and take a small part of the time: only surnames join names.
        """
        if not names:
            return ()
        decided = self.decisions(owners)
        family = with_same_surnames(names, speaker_names(self.archive, owners), decided)
        return cluster_speakers(self._appearances(owners, family), decided)

    def decisions(self, owners: Collection[str]) -> list[IdentityDecision]:
        """Return the decisions of `owners`, in the order in which they were made."""
        with read_transaction(self.archive.database) as connection:
            return decisions(connection, owners)

    def decide(self, verdict: IdentityVerdict, first: str, second: str, owner: str) -> int:
        """Store that two names are one speaker, or two. Returns the decision's number.

        Raises NotFound for a name that no article of the owner quotes.
        """
        if identifying_words(first) == identifying_words(second):
            raise ArchiveError(f"{first} and {second} are the same name; a decision takes two")
        every = self.entries({owner})
        for name in (first, second):
            if not any(identifying_words(name) == identifying_words(known) for entry in every for known in entry.names):
                raise NotFound(f"the archive quotes nobody as {name}; `ontherecord speakers` lists the names")
        at = self.clock().isoformat(timespec="seconds")
        with write_transaction(self.archive.database) as connection:
            return add_decision(connection, IdentityDecision(0, owner, verdict, first, second, at))

    def undo(self, number: int, owner: str) -> None:
        """Take a decision back. Raises NotFound if the owner made no such decision."""
        with write_transaction(self.archive.database) as connection:
            if not remove_decision(connection, owner, number):
                raise NotFound(f"there is no decision {number}; `ontherecord speakers decisions` lists them")

    def said(self, entry: SpeakerEntry) -> list[int]:
        """Return the units of an entry's quotations, the latest day first, undated ones last.

        What near-duplicates repeat is left out.
        """
        places = {(appearance.article, appearance.name) for appearance in entry.appearances}
        day = func.coalesce(quotations.c.said_on, func.substr(articles.c.published, 1, 10))
        query = (
            select(units.c.id, units.c.article, quotations.c.speaker_name)
            .select_from(QUOTATIONS_WITH_ARTICLES)
            .where(quotations.c.speaker_name.in_(entry.names), quotations.c.kind != Kind.MENTION.value)
            .order_by(day.desc(), units.c.id)
        )
        with read_transaction(self.archive.database) as connection:
            again = set(repeated_quotations(connection, in_rows({article for article, _ in places})))
            rows = connection.execute(query)
            return [unit for unit, article, name in rows if (article, name) in places and unit not in again]

    def _appearances(self, owners: Collection[str], names: Collection[str] | None = None) -> list[SpeakerAppearance]:
        """The appearances of `names`, None for everybody."""
        name, kind, role = quotations.c.speaker_name, quotations.c.speaker_kind, quotations.c.speaker_role
        query = (
            select(units.c.article, name, kind, role)
            .select_from(QUOTATIONS_WITH_ARTICLES)
            .where(name.is_not(None), quotations.c.kind != Kind.MENTION.value, articles.c.owner.in_(owners))
            .group_by(units.c.article, name, kind, role)
        )
        visible = owned_by(owners)
        with read_transaction(self.archive.database) as connection:
            if names is not None:
                query = query.where(name.in_(names))
                visible = in_rows({article for article, *_ in connection.execute(query)})
            again = units.c.id.in_(numbers_table(repeated_quotations(connection, visible)))
            certain = (quotations.c.certainty == Certainty.CERTAIN.value) & ~again
            counted = (func.sum(case((again, 0), else_=1)), func.sum(case((certain, 1), else_=0)))
            return _gathered(connection.execute(query.add_columns(*counted)).all())


def speaker_names(archive: Archive, owners: Collection[str]) -> list[str]:
    """Return every speaker's name in the articles of `owners`, as the articles give it."""
    query = (
        select(quotations.c.speaker_name)
        .select_from(QUOTATIONS_WITH_ARTICLES)
        .where(quotations.c.speaker_name.is_not(None), articles.c.owner.in_(owners))
        .distinct()
    )
    with read_transaction(archive.database) as connection:
        return [name for name in connection.scalars(query) if name]


def with_same_surnames(
    names: Iterable[str], known: Sequence[str], decided: Sequence[IdentityDecision] = ()
) -> frozenset[str]:
    """Return the names of `known` that clustering might join to one of `names`, directly or through others."""
    by_key: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for key in surname_keys(person_name(name)):
            by_key[key].add(name)
    partners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for decision in decided:
        for name, other in ((decision.first, decision.second), (decision.second, decision.first)):
            partners[tuple(identifying_words(name))].add(other)
    found, waiting = set[str](), set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= partners[tuple(identifying_words(name))] - found
        waiting |= set[str]().union(*(by_key[key] for key in surname_keys(person_name(name)))) - found
    return frozenset(found) & frozenset(known)


def matching_entries(name: str, every: Sequence[SpeakerEntry]) -> tuple[SpeakerEntry, ...]:
    """Return those of `every` that `name` may mean, in their order; a full name that is held means no other.

    Where it means none, the only one whose name is a slip away from it.
    """
    words = identifying_words(name)
    exact = tuple(e for e in every if len(words) > 1 and any(words == identifying_words(n) for n in e.names))
    meant = exact or tuple(e for e in every if any(same_name(name, n) for n in e.names))
    near = () if meant else tuple(e for e in every if any(near_name(name, n) for n in e.names))
    return meant or (near if len(near) == 1 else ())


def _may_be_alike(one: str, other: str) -> bool:
    """Return False where surnames tell quickly that `same_name` and `near_name` do so too."""
    mine, theirs = person_name(one), person_name(other)
    if not mine.words or not theirs.words:
        return False
    return mine.words[-1][0] == theirs.words[-1][0] or not surname_keys(mine).isdisjoint(surname_keys(theirs))


def _gathered(rows: Sequence[tuple[int, str, str | None, str | None, int, int]]) -> list[SpeakerAppearance]:
    """Return one appearance a name and article, with all roles of its quotations."""
    together: dict[tuple[int, str], list[tuple[str | None, str | None, int, int]]] = defaultdict(list)
    for article, name, kind, role, count, certain in rows:
        together[article, name].append((kind, role, count, certain))
    return [
        SpeakerAppearance(
            name=name,
            kind=next((SpeakerKind(kind) for kind, *_ in found if kind), None),
            article=article,
            roles=tuple(dict.fromkeys(role for _, role, *_ in found if role)),
            quotations=sum(count for *_, count, _ in found),
            certain=sum(certain for *_, certain in found),
        )
        for (article, name), found in together.items()
    ]
