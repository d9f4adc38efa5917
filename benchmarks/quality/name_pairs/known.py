"""The speakers whom the labels of quotations and questions name."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.quality.name_pairs.values import Bearer, Known

LABELS = ("quotes_dev", "quotes_press_train", "quotes_press_dev")
QUESTIONS = ("questions_dev", "questions_train", "questions_press_train", "questions_press_dev")
PERSON = re.compile(
    r"(?:[A-Z]\.? ?){0,2}[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|de|van|der|von|bin|al|da|la)){1,3}"
)
TITLES = frozenset(
    "President Lord Lady Sir Dame Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Baroness King Queen Prince Princess Pope Cardinal Sen."
    " Rep. Senator Gov. Judge Justice Rabbi The Professor Prof Prof. Chief Major-Gen General Gen. Reverend Rev.".split()
)
SUFFIXES = frozenset("Jr. Jr Sr. Sr II III".split())


def known_speakers(shared: Path) -> list[Known]:
    """Return people and organisations with a full name, in alphabetical order."""
    aliases: dict[tuple[str, Bearer], set[str]] = defaultdict(set)
    for row in _rows(shared, LABELS):
        if row["speaker"] and row["speaker_kind"] in set(Bearer):
            aliases[row["speaker"], Bearer(row["speaker_kind"])].update(row["aliases"] or ())
    organisations = {name for name, bearer in aliases if bearer is Bearer.ORGANISATION}
    people = {name for name, bearer in aliases if bearer is Bearer.PERSON}
    for row in _rows(shared, QUESTIONS):
        if row["speaker"] and row["speaker"] not in organisations and row["speaker"] in people:
            aliases[row["speaker"], Bearer.PERSON].update(row["speaker_aliases"] or ())
    found = [Known(name, tuple(sorted(others)), bearer) for (name, bearer), others in aliases.items()]
    return sorted((known for known in found if is_full(known)), key=lambda known: known.name)


def is_full(known: Known) -> bool:
    """Whether the name can be varied: a person's first name and surname without a title, or any organisation's."""
    if known.bearer is Bearer.ORGANISATION:
        return known.name[:1].isupper()
    plain = PERSON.fullmatch(known.name) is not None and known.first not in TITLES
    return plain and known.surname not in SUFFIXES and len(known.surname.rstrip(".")) > 1


def _rows(shared: Path, names: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    for name in names:
        for line in (shared / "bench" / f"{name}.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line)
