"""What became of each quotation: the right speaker, part of the name, nobody, or somebody else."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.quality.attribution_templates.people import LONG_TITLES, SUFFIXES, TITLES
from benchmarks.quality.attribution_templates.product import Found
from benchmarks.quality.attribution_templates.values import NameKind, Person, Spoken, TemplateArticle

WORD = re.compile(r"[^\W_]+")
SAME_WORDS = 0.6
"""Share of words that a found quotation has in common with the expected one, of all words of both."""


class Outcome(StrEnum):
    """From best to worst; the outcome of an article is the worst of its quotations'."""

    RIGHT_CERTAIN = "right, certain"
    RIGHT_PROBABLE = "right, probable"
    CUT_CERTAIN = "name cut short, certain"
    CUT_PROBABLE = "name cut short, probable"
    UNCLEAR = "unclear"
    NO_SPEECH = "taken for no speech"
    NOT_FOUND = "not found"
    WRONG_PROBABLE = "wrong, probable"
    WRONG_CERTAIN = "wrong, certain"


@dataclass(frozen=True, slots=True)
class Judged:
    """An article and its outcome, `named` being the speaker that the product named for its worst quotation.

    `around` are the outcomes of the other quotations.
    """

    article: TemplateArticle
    outcome: Outcome
    named: str | None
    around: tuple[Outcome, ...]

    @property
    def earlier(self) -> bool:
        """Whether the product named another speaker of the article."""
        return any(self.named == spoken.speaker for spoken in self.article.around)


def judge(article: TemplateArticle, found: Sequence[Found]) -> Judged:
    """Compare what was found in an article with what is expected."""
    worst, named = max(
        (outcome_of(spoken, found, article.person) for spoken in article.targets),
        key=lambda pair: list(Outcome).index(pair[0]),
    )
    return Judged(article, worst, named, tuple(outcome_of(spoken, found)[0] for spoken in article.around))


def outcome_of(spoken: Spoken, found: Sequence[Found], person: Person | None = None) -> tuple[Outcome, str | None]:
    """Return the outcome of one expected quotation, and the speaker that was named."""
    match = max(found, key=lambda one: likeness(one.text, spoken.text), default=None)
    if match is None or likeness(match.text, spoken.text) < SAME_WORDS:
        return Outcome.NOT_FOUND, None
    if match.certainty is None:
        return Outcome.NO_SPEECH, None
    if match.certainty == "unclear" or not match.speaker:
        return Outcome.UNCLEAR, None
    certain = match.certainty == "certain"
    if is_same(match.speaker, spoken.speaker, person):
        return Outcome.RIGHT_CERTAIN if certain else Outcome.RIGHT_PROBABLE, match.speaker
    if is_part(match.speaker, person.shown if person else spoken.speaker):
        return Outcome.CUT_CERTAIN if certain else Outcome.CUT_PROBABLE, match.speaker
    return Outcome.WRONG_CERTAIN if certain else Outcome.WRONG_PROBABLE, match.speaker


def likeness(first: str, second: str) -> float:
    """Return the share of words that two texts have in common, 0..1."""
    one, other = Counter(words(first)), Counter(words(second))
    return (one & other).total() / max(1, (one | other).total())


def is_same(named: str, expected: str, person: Person | None) -> bool:
    """Whether `named` is the expected name in full, its surname, or more of what the article writes."""
    mine, full = name_words(named), name_words(expected)
    if person and person.kind is NameKind.DESCRIPTION:
        return len(set(mine) & set(full)) >= min(2, len(mine)) > 0
    if not mine:
        return False
    written = set(name_words(person.shown) if person else full)
    return set(full) <= set(mine) or (set(mine) <= written and mine[-1] == full[-1])


def is_part(named: str, shown: str) -> bool:
    """Whether `named` consists of words of the name alone."""
    mine = name_words(named)
    return bool(mine) and set(mine) <= set(name_words(shown))


TITLE_WORDS = {word.casefold() for part in (*TITLES, *LONG_TITLES, *SUFFIXES) for word in WORD.findall(part)} - {
    "d",
    "n",
    "m",
}
ARTICLES = {"a", "an", "the", "of", "from", "at", "by"}


def name_words(name: str) -> list[str]:
    """Return the folded words of a name without titles, suffixes and articles."""
    every = words(name)
    return [word for word in every if word not in TITLE_WORDS | ARTICLES] or every


def words(text: str) -> list[str]:
    """Return the words of a text, case and diacritics folded."""
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "").replace("'", "")
    return WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))
