"""Scores of a run over questions with known answers.

A question names the articles that hold its answer (`docs`), and the words: `quote` with its `speaker`, or `answer` and
`evidence`. Recall@k is the share of answerable questions whose first k citations hold one that covers the words, in one
of `docs`.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.domain import Answer, Verdict
from retrieval.evaluation.matching import has_right_speaker, is_right
from retrieval.evaluation.questions import FACT, TYPES, UNANSWERABLE, KnownQuestion

EXPECTED = {"attributed": Verdict.SUPPORTED, "misattributed": Verdict.MISATTRIBUTED}


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
    """Return how an answer compares with what is known."""
    cited = list(answer.citations)
    rank = next(
        (place for place, citation in enumerate(cited, 1) if is_right(question, citation.article.id, citation.text)),
        None,
    )
    speaker = rank is not None and (question.type == FACT or has_right_speaker(question, cited[rank - 1]))
    expected = EXPECTED.get(question.type)
    if question.type == UNANSWERABLE:
        first_time = not answer.answered
    else:
        first_time = rank == 1 and speaker and (expected is None or answer.verdict is expected)
    shown = [*cited, *(miss.citation for miss in answer.near_misses)]
    verbatim = sum(bool(c.text) and c.span.of(c.article.text) == c.text for c in shown), len(shown)
    return EvaluationResult(question.id, question.type, answer.answered, rank, speaker, first_time, verbatim, seconds)


def score(results: Sequence[EvaluationResult]) -> EvaluationScores:
    """Return all measures of a run. A measure without a question of its type is left out."""
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
