"""Names that look alike and are not one person's."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from rapidfuzz.distance import Levenshtein

from benchmarks.quality.name_pairs.values import Bearer, Known, Pair

NEAR_FIRST_NAMES = tuple(
    tuple(pair.split("/"))
    for pair in "Jon/Joan Erik/Erika Michel/Michelle Christian/Christina Dan/Dana Paul/Paula Daniel/Danielle"
    " Martin/Martina Robert/Roberta Carl/Carla Alexander/Alexandra Gabriel/Gabriela Jan/Jane"
    " Jean/Joan Marc/Mary Frances/Francis"
    " Leslie/Lesley Maria/Mario Simon/Simone Denis/Denise Ali/Alia Karim/Karima Andrea/Andrew Stephen/Stephanie"
    " Brian/Bryony".split()
)
SHORT_FORMS = tuple(
    frozenset(group.split("/"))
    for group in "Liz/Elizabeth Chuck/Charles Dick/Richard Bill/William Bob/Robert Bobby/Robert Jim/James Mike/Michael"
    " Tom/Thomas Bibi/Benjamin Joe/Joseph Dan/Daniel Dave/David Tony/Anthony Ted/Edward Jack/John Kate/Katherine"
    " Sue/Susan Nick/Nicholas Fred/Frederick Ed/Edward Ken/Kenneth Raúl/Raul"
    " Sam/Samuel Steve/Stephen Andy/Andrew".split()
)
OTHER_LETTERS = dict(zip("BDHLMRT", "HFLRWPB", strict=True))
BODIES = ("{} campaign", "{} Foundation", "{}’s office", "{} administration", "{} family", "{} & Sons", "{} Institute")
AROUND_A_BODY = ("{} workers’ union", "former {} employees", "{} critics", "{} Youth League")


def pairs(known: Sequence[Known], count: int, chance: random.Random) -> Iterator[Pair]:
    """Yield up to `count` pairs of each kind."""
    people = [one for one in known if one.bearer is Bearer.PERSON]
    mixed = chance.sample(people, len(people))
    for made in (_one_surname(mixed), _first_name_swapped(mixed, chance), _near_first_names(mixed)):
        yield from islice(made, count)
    for long in (False, True):
        yield from islice(_near_surnames(mixed, long), count)
    for made in (_generations(mixed), _middle_initials(mixed, chance), _turned_round(mixed)):
        yield from islice(made, count)
    bodies = [one for one in known if one.bearer is Bearer.ORGANISATION]
    yield from islice(_person_and_body(mixed, chance), count)
    yield from islice(_body_and_body(chance.sample(bodies, len(bodies)), chance), count)


def _one_surname(people: Sequence[Known]) -> Iterator[Pair]:
    """Yield the archive's own people of one surname."""
    families: dict[str, list[Known]] = defaultdict(list)
    for one in people:
        families[one.surname].append(one)
    for family in families.values():
        for one, other in combinations(family, 2):
            short = any({one.first, other.first} <= group for group in SHORT_FORMS)
            if one.first[0] != other.first[0] and not short:
                yield Pair("one surname, two first names", one.name, other.name, False)


def _first_name_swapped(people: Sequence[Known], chance: random.Random) -> Iterator[Pair]:
    for one in people:
        first = chance.choice([other.first for other in people if other.first[0] != one.first[0]])
        if len(first) > 2 and not any({one.first, first} <= group for group in SHORT_FORMS):
            yield Pair("another's first name", one.name, f"{first} {one.surname}", False)


def _near_first_names(people: Sequence[Known]) -> Iterator[Pair]:
    for (first, other), one in zip(NEAR_FIRST_NAMES, people, strict=False):
        yield Pair("near first names", f"{first} {one.surname}", f"{other} {one.surname}", False)


def _near_surnames(people: Sequence[Known], long: bool) -> Iterator[Pair]:
    """Yield one first name with two surnames of the archive, or a short surname with another first letter."""
    surnames = sorted({one.surname for one in people})
    kind = f"near surnames, {'long' if long else 'short'}"
    for one, other in combinations(surnames, 2):
        if (min(len(one), len(other)) >= 7) is long and Levenshtein.distance(one, other, score_cutoff=1) == 1:
            first = people[len(one + other) % len(people)].first
            yield Pair(kind, f"{first} {one}", f"{first} {other}", False)
    for one in [] if long else surnames:
        if len(one) <= 5 and one[0] in "BDHLMRT":
            other = OTHER_LETTERS[one[0]] + one[1:]
            first = people[len(one) % len(people)].first
            yield Pair(kind, f"{first} {one}", f"{first} {other}", False)


def _generations(people: Sequence[Known]) -> Iterator[Pair]:
    for number, one in enumerate(people):
        older, younger = (("{}", "{} Jr."), ("{} Sr.", "{} Jr."), ("{} II", "{} III"))[number % 3]
        yield Pair("father and son", older.format(one.name), younger.format(one.name), False)


def _middle_initials(people: Sequence[Known], chance: random.Random) -> Iterator[Pair]:
    for one in people:
        first, other = chance.sample("ABDHJLMRTW", 2)
        yield Pair(
            "other middle initial", f"{one.first} {first}. {one.surname}", f"{one.first} {other}. {one.surname}", False
        )


def _turned_round(people: Sequence[Known]) -> Iterator[Pair]:
    for one in people:
        if len(one.name.split()) == 2:
            yield Pair("first name and surname exchanged", one.name, f"{one.surname} {one.first}", False)


def _person_and_body(people: Sequence[Known], chance: random.Random) -> Iterator[Pair]:
    for one in people:
        body = chance.choice(BODIES).format(chance.choice((one.surname, one.name)))
        yield Pair("a person and a body", one.name, body, False, (Bearer.PERSON, Bearer.ORGANISATION))


def _body_and_body(bodies: Sequence[Known], chance: random.Random) -> Iterator[Pair]:
    for one in bodies:
        other = chance.choice(AROUND_A_BODY).format(one.name)
        yield Pair("a body and those around it", one.name, other, False, (Bearer.ORGANISATION, Bearer.ORGANISATION))
