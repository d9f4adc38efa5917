"""Questions divided for fitting on some and measuring on the others."""

from collections.abc import Sequence
from random import Random

from retrieval.evaluation.questions import KnownQuestion


def folds(questions: Sequence[KnownQuestion], count: int) -> list[int]:
    """The fold of each question; those about one article share theirs, so nothing of it is known beforehand."""
    groups = sorted({min(question.docs, default=question.id) for question in questions})
    Random(0).shuffle(groups)
    fold = {group: number % count for number, group in enumerate(groups)}
    return [fold[min(question.docs, default=question.id)] for question in questions]
