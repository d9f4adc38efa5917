"""Questions with known answers -> scores: are the right words first, with the right speaker, or is there an honest no.

A question names the articles that hold its answer (`docs`), and the words: `quote` with its `speaker`, or `answer` and
`evidence`. A citation covers words when 60% of them stand in it and it is no page of text. Recall@k is the share of
answerable questions whose first k citations hold one that covers the words, in one of `docs`.
"""

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.domain import Answer, Citation, Verdict
from retrieval.evaluation.questions import FACT, TYPES, UNANSWERABLE, KnownQuestion
from retrieval.text.lexicon import tagged

EXPECTED = {"attributed": Verdict.SUPPORTED, "misattributed": Verdict.MISATTRIBUTED}
SHARE = 0.6
LONGEST = 60  # words of a citation; three times the words looked for, where that is more

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """One question answered. `rank` is the place of the first right citation, from 1, or None.

    `speaker` says whether that one's speaker is right, `first_time` whether all of the answer is, as it stands first.
    """

    id: str
    type: str
    answered: bool
    rank: int | None
    speaker: bool
    first_time: bool
    verbatim: tuple[int, int]  # citations and near misses that stand in their article, of so many
    seconds: float


@dataclass(frozen=True, slots=True)
class EvaluationScores:
    """`measures` are percentages, but for `mrr` (0..1) and those that end in `seconds`; by name, in a fixed order."""

    questions: int
    measures: Mapping[str, float]
    results: Sequence[EvaluationResult] = field(default=(), repr=False)


def judge(question: KnownQuestion, answer: Answer, seconds: float) -> EvaluationResult:
    """Hold an answer against what is known."""
    cited = list(answer.citations)
    rank = next(
        (place for place, citation in enumerate(cited, 1) if is_right(question, citation.article.id, citation.text)),
        None,
    )
    speaker = rank is not None and (question.type == FACT or _right_speaker(question, cited[rank - 1]))
    expected = EXPECTED.get(question.type)
    if question.type == UNANSWERABLE:
        first_time = not answer.answered
    else:
        first_time = rank == 1 and speaker and (expected is None or answer.verdict is expected)
    shown = [*cited, *(miss.citation for miss in answer.near_misses)]
    verbatim = sum(bool(c.text) and c.span.of(c.article.text) == c.text for c in shown), len(shown)
    return EvaluationResult(question.id, question.type, answer.answered, rank, speaker, first_time, verbatim, seconds)


def score(results: Sequence[EvaluationResult]) -> EvaluationScores:
    """All measures of a run. A measure without a question of its type is left out."""
    answerable = [result for result in results if result.type != UNANSWERABLE]
    shown = sum(result.verbatim[1] for result in results)
    measures: dict[str, float | None] = {
        "right_first_time": _share([result.first_time for result in results]),
        "verbatim": 100 * sum(result.verbatim[0] for result in results) / shown if shown else None,
        "mrr": statistics.mean(1 / r.rank if r.rank and r.answered else 0 for r in answerable) if answerable else None,
        "declined.answerable": _share([not result.answered for result in answerable]),
        "declined.unanswerable": _share([not r.answered for r in results if r.type == UNANSWERABLE]),
    }
    for kind in TYPES:
        of_kind = [result for result in results if result.type == kind]
        if of_kind and kind != UNANSWERABLE:
            for k in (1, 3, 5):
                measures[f"{kind}.recall@{k}"] = _share([r.rank is not None and r.rank <= k for r in of_kind])
            measures[f"{kind}.right_speaker"] = _share([r.rank == 1 and r.speaker for r in of_kind])
            measures[f"{kind}.right_first_time"] = _share([r.first_time for r in of_kind])
    seconds = sorted(result.seconds for result in results)
    if seconds:
        measures["median_seconds"] = statistics.median(seconds)
        measures["p95_seconds"] = seconds[int(0.95 * (len(seconds) - 1))]
    return EvaluationScores(
        len(results), {name: value for name, value in measures.items() if value is not None}, tuple(results)
    )


def _share(of: Sequence[bool]) -> float | None:
    return 100 * sum(of) / len(of) if of else None


def is_right(question: KnownQuestion, doc: str, text: str) -> bool:
    """Whether `text`, cited from the article with the id `doc`, holds the answer."""
    if doc not in question.docs:
        return False
    if question.type != FACT:
        return _covers(text, question.quote or "")
    told = " ".join(_words(question.answer or "")) in " ".join(_words(text)) if question.answer else False
    return len(_words(text)) <= LONGEST and (told or _covers(text, question.evidence or ""))


def _covers(cited: str, wanted: str) -> bool:
    here, there = Counter(_words(wanted)), Counter(_words(cited))
    length = here.total()
    shared = (here & there).total()
    return length > 0 and shared >= SHARE * length and there.total() <= max(LONGEST, 3 * length)


def _right_speaker(question: KnownQuestion, citation: Citation) -> bool:
    """The name or an alias; the full name with up to two words more; or a part of it that ends in the last name."""
    mine = _name(citation.speaker.name if citation.speaker else None)
    full = _name(question.speaker)
    if not mine:
        return False
    if mine == full or any(mine == _name(alias) for alias in question.aliases):
        return True
    if len(full) > 1 and set(full) <= set(mine) and len(mine) <= len(full) + 2:
        return True
    return set(mine) <= set(full) and mine[-1] == full[-1]


def _name(text: str | None) -> list[str]:
    every = _words(text or "")
    return [word for word in every if word not in tagged("evaluation_title")] or every


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("'s ", " ").replace("'", "")
    return _WORD.findall(folded)
