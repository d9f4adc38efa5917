"""Described speakers: whom "the starbucks ceo", "AOC" or a first name means in articles on a topic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

from retrieval.dialogue.recognition.descriptions import is_office
from retrieval.dialogue.recognition.phrase_rules import phrase_book
from retrieval.domain import Article, Filters, Speaker, SpeakerKind
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.matching import identifying_words, name_tokens
from retrieval.text.stemming import content_words, stem

ARTICLES = 12
"""Articles about description and topic in which the speaker is looked for."""
LEAST_FIT = 0.52
"""Least fit of a speaker to a description, 0..1; by hand."""
MARGIN = 1.15
"""By how much the best speaker must fit better than the next; by hand."""
LEAST_FIT_ALONE, MARGIN_ALONE = 0.4, 1.5
"""The same for somebody whom nobody else comes near; by hand."""
MOST_ALIKE = 3
"""Most speakers who may fit alike."""
MENTIONS, REACH = 3, 110
"""Mentions of a name that tell who that is, and how many characters on each side are read."""
NEAR = 45
"""Characters from a name at which a word describes it half as surely as one beside it."""
BESIDE = 0.9
"""Least nearness of a word that describes a speaker alone."""
_SHORTEST_STEM = 5
"""Letters of a stem whose longer forms count: "israel" of "israeli"."""
_WORD = re.compile(r"[^\W_]+")
_OWNER = re.compile(r"(?:the )?(?P<owner>[^'’]+?)['’]s? (?P<noun>[^ ]+)", re.IGNORECASE)
_OWNER_UNMARKED = re.compile(r"(?:the )?(?P<owner>[^ ]{3,})s (?P<noun>[^ ]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpeakerInArticle:
    """One speaker of one article: the fullest name, all roles there, and the worth of the article, 0..1.

    `person` tells that the article names them as a person.
    """

    name: str
    roles: frozenset[str]
    article: Article
    worth: float
    person: bool


@dataclass(frozen=True, slots=True)
class DescribedSpeakers:
    """Finds the speaker whom a phrase describes. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine

    def meant(self, phrase: str, topic: str, filters: Filters) -> tuple[str, ...]:
        """Return the names of the speakers whom `phrase` describes in articles about it and `topic`, best first.

        Several only where they fit nearly alike; none where nobody fits, or too many do.
        """
        wanted = [word for word in _words(phrase) if word not in phrase_book().anybody | tagged("asking_word")]
        if not wanted:
            return ()
        weights = self._weights(wanted, filters.owners)
        fits: dict[str, float] = {}
        for speaker in self._speakers(f"{phrase} {topic}", filters):
            if not _is_owner(phrase, speaker.name):
                fit = _fit(phrase, weights, speaker) * (1 + speaker.worth) / 2
                fits[speaker.name] = max(fit, fits.get(speaker.name, 0.0))
        ranked = sorted(fits, key=lambda name: (-fits[name], name))
        best = fits[ranked[0]] if ranked else 0.0
        second = fits[ranked[1]] if len(ranked) > 1 else 0.0
        if best < LEAST_FIT and (best < LEAST_FIT_ALONE or best < second * MARGIN_ALONE):
            return ()
        alike = tuple(name for name in ranked if fits[name] * MARGIN > best)
        return alike if len(alike) <= MOST_ALIKE else ()

    def _weights(self, wanted: Sequence[str], owners: frozenset[str]) -> dict[str, float]:
        known = self.engine.frequencies(wanted, owners)
        total = self.engine.unit_count(owners)
        return {word: log(1 + (total + 0.5) / (known.get(word, 0) + 0.5)) for word in wanted}

    def _speakers(self, terms: str, filters: Filters) -> Iterator[SpeakerInArticle]:
        hits = self.engine.search_articles(terms, filters, ARTICLES)
        articles = self.archive.articles([hit.unit for hit in hits])
        units = self.archive.units_of_all(articles)
        best = max((hit.score for hit in hits), default=0.0) or 1.0
        for hit in hits:
            if hit.unit in articles:
                yield from _of_article(articles[hit.unit], units.get(hit.unit, []), max(0.0, hit.score / best))


def _of_article(article: Article, units: Sequence[Unit], worth: float) -> Iterator[SpeakerInArticle]:
    roles: dict[str, set[str]] = {}
    people: set[str] = set()
    for unit in units:
        speaker = unit.quotation.speaker if unit.quotation else None
        if speaker and speaker.name and _is_named(speaker):
            roles.setdefault(speaker.name, set()).update({speaker.role} if speaker.role else ())
            people |= {speaker.name} if speaker.kind is SpeakerKind.PERSON else set()
    for name, found in roles.items():
        yield SpeakerInArticle(name, frozenset(found), article, worth, name in people)


def _is_named(speaker: Speaker) -> bool:
    """Whether a speaker is a person with a name, and not somebody who is described."""
    words = (speaker.name or "").split()
    capitals = all(word[0].isupper() for word in words if word.lower() not in tagged("name_particle"))
    nouns = any(word.lower().rstrip(".,") in tagged("person_noun") for word in words)
    return speaker.kind in (SpeakerKind.PERSON, None) and capitals and not nouns


def _fit(phrase: str, weights: dict[str, float], speaker: SpeakerInArticle) -> float:
    """Return how much of a description fits a speaker, 0..1; words beside the name count by their distance."""
    if _has_initials(phrase, speaker.name):
        return 1.0
    own = () if is_office(phrase) else _ends(speaker.name)
    told = {stem(word) for word in (*own, *name_tokens(" ".join(speaker.roles)))}
    near = _nearness(speaker)
    if len(weights) == 1:  # one word beside a name is too little
        near = {word: worth for word, worth in near.items() if worth >= BESIDE and speaker.person}
    total = sum(weights.values())
    found = sum(weight * max(_told(form, told, near) for form in _forms(word)) for word, weight in weights.items())
    return found / total if total else 0.0


def _ends(name: str) -> list[str]:
    """Return the first and the last word of a name: a part of either is how one calls a person."""
    words = name_tokens(name)
    return [*words[:1], *words[-1:]]


def _told(form: str, told: set[str], near: dict[str, float]) -> float:
    if form in told:
        return 1.0
    if form in near or len(form) < _SHORTEST_STEM:
        return near.get(form, 0.0)
    return max((near[word] for word in near if word.startswith(form)), default=0.0)


def _forms(word: str) -> frozenset[str]:
    return frozenset(stem(other) for other in phrase_book().alike.get(word, frozenset()) | {word})


def _has_initials(phrase: str, name: str) -> bool:
    """Whether a phrase of some letters is the initials of a name: "AOC"."""
    letters = phrase.strip().replace(".", "").lower()
    return 2 < len(letters) <= 4 and letters == "".join(part[0] for part in _WORD.findall(name)).lower()


def _nearness(speaker: SpeakerInArticle) -> dict[str, float]:
    """Return how surely the words about the first mentions of a name describe it, 0..1, by stem.

    The name's own words describe nobody.
    """
    text = f"{speaker.article.title}\n{speaker.article.text}"
    surname = speaker.name.rpartition(" ")[2]
    found: dict[str, float] = {}
    for place in islice(re.finditer(rf"\b{re.escape(surname)}\b", text), MENTIONS):
        start = max(0, place.start() - REACH)
        for word in _WORD.finditer(text, start, min(len(text), place.end() + REACH)):
            away = max(place.start() - word.end(), word.start() - place.end(), 0)
            if word.start() >= place.start() and word.end() <= place.end():
                continue
            key = stem(word.group().lower())
            found[key] = max(found.get(key, 0.0), NEAR / (NEAR + away))
    return found


def _words(phrase: str) -> list[str]:
    return list(dict.fromkeys(word.removesuffix("'s") for word in content_words(phrase)))


def _is_owner(phrase: str, name: str) -> bool:
    """Whether a name is the one whose office or relative is asked for: the senator of "the senator's office".

    A relative may have the same surname, so that it alone excludes nobody there.
    """
    match = _OWNER.match(phrase) or _OWNER_UNMARKED.match(phrase)
    owner = set(identifying_words(match["owner"])) if match else set()
    if match is None or not owner or not owner <= set(identifying_words(name)):
        return False
    return len(owner) > 1 or not tagged("person_noun") & {match["noun"].lower()}
