"""Questions that must not be answered with yes."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.quality.false_yes.changes import CHANGES, negated, other_number
from benchmarks.quality.false_yes.statements import Statement, question
from benchmarks.quality.false_yes.true_statements import named_rows, who_said
from benchmarks.quality.false_yes.values import Asked, Said

SUBJECT = re.compile(
    r"^((?:the|a|an|our|most|some|all|every|many|[A-Z]\w+)\b[^,]*?)"
    r" (is|are|was|were|will|would|must|has|have|can|should) (?!to\b|that\b|an?\b|the\b|not\b)(.+)$"
)
EMPTY = re.compile(
    r"(?:idea|issue|problem|line|objective|priority|question|point|fact|thing|reason|key|answer|goal|news|aim|which|that|who)\b"
)
"""Subjects that are no topic."""
NUMBER = {"is": 1, "was": 1, "has": 1, "are": 2, "were": 2, "have": 2}
"""The number of a verb's subject, where the verb tells it."""
LONGEST_SUBJECT = 6
"""Words of what can be exchanged for another topic."""


def false_questions(
    made: Sequence[Statement], said: Sequence[Said], count: int, chance: random.Random
) -> Iterator[Asked]:
    """Yield up to `count` questions of each kind."""
    by_speaker: dict[str, str] = defaultdict(str)
    for one in said:
        by_speaker[one.speaker] += f" {plain(one.text)} "
    for kind, change in CHANGES.items():
        mixed = chance.sample(made, len(made))
        changed = ((one, change(one.text, chance)) for one in mixed)
        unsaid = ((one, text) for one, text in changed if text and plain(text) not in by_speaker[one.said.speaker])
        yield from (_asked(kind, one, one.said.speaker, text, chance) for one, text in islice(unsaid, count))
    turned = {"other person": _other_people(made, said, chance), "other topic": _other_topics(made, chance)}
    for kind, others in turned.items():
        left = ((one, name, text) for one, name, text in others if plain(text) not in by_speaker[name])
        yield from (_asked(kind, one, name, text, chance) for one, name, text in islice(left, count))


def false_paraphrases(bench: Path, count: int, chance: random.Random) -> Iterator[Asked]:
    """Yield paraphrases that people wrote, negated or with another number."""
    made = []
    for row, verb, text in who_said(named_rows(bench)):
        changed = negated(text, chance) or other_number(text, chance)
        if changed:
            asked = f"did {row['speaker']} {verb} {changed}?"
            made.append(Asked("paraphrase, changed", asked, False, row["speaker"], changed, row["quote"]))
    yield from chance.sample(made, min(count, len(made)))


def _asked(kind: str, one: Statement, speaker: str, text: str, chance: random.Random) -> Asked:
    return Asked(kind, question(speaker, text, chance), False, speaker, text, one.said.text)


def _other_people(
    made: Sequence[Statement], said: Sequence[Said], chance: random.Random
) -> Iterator[tuple[Statement, str, str]]:
    """Yield statements with the name of somebody else whom the same article quotes."""
    present: dict[int, list[str]] = defaultdict(list)
    for quoted in said:
        if quoted.speaker not in present[quoted.article]:
            present[quoted.article].append(quoted.speaker)
    for one in chance.sample(made, len(made)):
        surname = one.said.speaker.split()[-1]
        others = [name for name in present[one.said.article] if surname not in name.split()]
        if others:
            yield one, chance.choice(others), one.text


def _other_topics(made: Sequence[Statement], chance: random.Random) -> Iterator[tuple[Statement, str, str]]:
    """Yield statements whose subject is that of another statement by the same person."""
    parted: dict[str, list[tuple[Statement, re.Match[str]]]] = defaultdict(list)
    for one in made:
        found = SUBJECT.match(one.text)
        if found and len(found[1].split()) <= LONGEST_SUBJECT and not EMPTY.search(found[1]):
            parted[one.said.speaker].append((one, found))
    for group in chance.sample(list(parted.values()), len(parted)):
        for one, found in group:
            fitting = [other[1] for _, other in group if _may_change(found, other)]
            for subject in chance.sample(fitting, min(3, len(fitting))):
                yield one, one.said.speaker, f"{subject} {found[2]} {found[3]}"


def _may_change(found: re.Match[str], other: re.Match[str]) -> bool:
    """Whether the subject of `other` is another one, of the number that the verb of `found` takes."""
    if plain(found[1]).split()[-1] == plain(other[1]).split()[-1]:
        return False
    return NUMBER.get(found[2]) in (None, NUMBER.get(other[2]))


def plain(text: str) -> str:
    """Return the words of a text in lower case, for comparison."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
