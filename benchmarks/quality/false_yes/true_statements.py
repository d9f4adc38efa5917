"""Questions whose right answer is yes: words as they stand, cut, in reported speech, and paraphrased by people."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.quality.false_yes.statements import WORD, Statement, Vocabulary, question
from benchmarks.quality.false_yes.values import Asked, Said

CUT = re.compile(
    r", (?:and|which|while|so|where|but)\b|,? (?:because|as well as|so that)\b| and (?:we|they|it|he|she|there|this)\b"
)
DOUBTFUL = re.compile(
    r"\b(?:den\w+|refus\w+|doubt\w*|ask\w*|wonder\w*|whether|if|not|never|\w+n['’]t|question\w*|hope[sd]?|want\w*)\b",
    re.IGNORECASE,
)
ABOUT_OTHERS = frozenset("it its this that these those they their to".split())
NAME = re.compile(r"[A-Z]\S+(?: (?:[A-Z]\S*|de|van|der|von|bin|al))+")
FILES = ("questions_press_dev", "questions_dev", "questions_press_train", "questions_train")
ASKING = re.compile(r"^who (\w+) (?:that )?(.+?)\??$", re.IGNORECASE)
BASE = {
    "said": "say", "says": "say", "thinks": "think", "thought": "think", "reckoned": "reckon", "reckons": "reckon",
    "warned": "warn", "claimed": "claim", "admitted": "admit", "complained": "complain", "argued": "argue",
    "promised": "promise", "insisted": "insist", "predicted": "predict", "told": "tell", "called": "call",
    "joked": "joke", "moaned": "moan", "bragged": "brag", "suggested": "suggest", "described": "describe",
    "compared": "compare", "praised": "praise", "blamed": "blame",
}  # fmt: skip


def true_questions(
    made: Sequence[Statement], said: Sequence[Said], count: int, vocabulary: Vocabulary, chance: random.Random
) -> Iterator[Asked]:
    """Yield `count` questions, a third each: verbatim, cut, and in reported speech."""
    mixed = chance.sample(made, len(made))
    third = count // 3
    for one in mixed[: count - 2 * third]:
        yield _asked("verbatim", one.said, one.text, chance)
    cuts = ((one.said, text) for one in mixed[count:] if (text := cut(one.text)))
    yield from (_asked("cut", source, text, chance) for source, text in islice(cuts, third))
    reported = [one for one in said if one.reported and is_plain_report(one)]
    for report in chance.sample(reported, min(third, len(reported))):
        yield _asked("reported", report, vocabulary.lowered(clause(report.text)), chance)


def _asked(kind: str, said: Said, text: str, chance: random.Random) -> Asked:
    return Asked(kind, question(said.speaker, text, chance), True, said.speaker, text, said.text)


def cut(text: str) -> str | None:
    """Return the statement up to its second clause, where that leaves a clause."""
    found = CUT.search(text)
    if found is None:
        return None
    left = text[: found.start()]
    whole = re.search(r"\b(?:is|are|was|were|will|would|must|can|should|has|have)\b", left)
    return left if whole and len(WORD.findall(left)) >= 6 and len(WORD.findall(left[whole.end() :])) >= 2 else None


def clause(text: str) -> str:
    """Return reported speech without the "that" before it and the stop behind it."""
    return re.sub(r"^that ", "", text.strip()).rstrip(".,")


def is_plain_report(one: Said) -> bool:
    """Whether the speech is reported as said, and is a clause that a question can take up."""
    text = clause(one.text)
    words = WORD.findall(text)
    fit = 6 <= len(words) <= 24 and not re.search(r"[“”\"()\[\]\n;:–—]|--|\b(?:I|you|said|says)\b", text)
    aux = re.search(r"\b(?:is|are|was|were|will|would|could|should|must|can|had|has|have|may|might)\b", text)
    return bool(fit and aux) and not DOUBTFUL.search(one.around) and words[0].lower() not in ABOUT_OTHERS


def paraphrases(bench: Path, count: int, chance: random.Random) -> Iterator[Asked]:
    """Yield questions that people wrote in words of their own: "did A say …?" first, then "who said …?" made so."""
    rows = named_rows(bench)
    yes = [_paraphrase(row, row["question"]) for row in rows if row["type"] == "attributed"]
    turned = [_paraphrase(row, f"did {row['speaker']} {verb} {text}?") for row, verb, text in who_said(rows)]
    yes = chance.sample(yes, min(len(yes), count // 2))
    yield from yes
    yield from chance.sample(turned, min(len(turned), count - len(yes)))


def named_rows(bench: Path) -> list[Mapping[str, Any]]:
    """Return the questions of all files whose speaker has a full name."""
    texts = [(bench / f"{file}.jsonl").read_text("utf-8") for file in FILES]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    return [row for row in rows if NAME.fullmatch(row["speaker"] or "")]


def who_said(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Yield questions "who said …?" with their verb and what it is about."""
    for row in rows:
        found = ASKING.match(row["question"]) if row["type"] == "who_said" else None
        if found and found[1].lower() in BASE and "who" not in found[2].lower().split():
            yield row, BASE[found[1].lower()], found[2]


def _paraphrase(row: Mapping[str, Any], text: str) -> Asked:
    return Asked("paraphrase", text, True, row["speaker"], text, row["quote"])
