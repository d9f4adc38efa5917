"""Fit of the speaker model: a conditional logit with a Gaussian prior around the registry's priors."""

import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.model import SpeakerModel
from training.speakers_gold import JudgedQuotation, ParsedArticle, SpeakerGold, TrainingExample, examples, judge

PENALTY = 0.004
"""Weight of the squared distance from the priors, a quotation."""
UNANSWERABLE = 0.3
"""Weight of a quotation whose speaker is no hypothesis: it teaches to name nobody."""
MIN_QUOTATIONS = 2
"""In how many quotations a feature must occur to be fitted; a rarer one keeps its prior."""
MIN_WEIGHT = 0.004
"""Least absolute value of a fitted weight; a smaller one is 0."""
DECIMALS = 3
FOLDS = 5
SEED = 1


@dataclass(frozen=True, slots=True)
class DesignMatrix:
    """Examples as one sparse matrix, a row a hypothesis.

    `offset` is what a row's score has beside its features, `group` its example; `first` is the first row of each
    example, `weights` what each example counts. `target` marks the rows to learn from.
    """

    matrix: csr_matrix
    offset: np.ndarray
    group: np.ndarray
    first: np.ndarray
    target: np.ndarray
    weights: np.ndarray

    def loss(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        """Return minus the mean log probability of the targets, and its gradient."""
        scores = self.matrix @ theta + self.offset
        powers = np.exp(scores - np.maximum.reduceat(scores, self.first)[self.group])
        total = np.add.reduceat(powers, self.first)
        hits = np.maximum(np.add.reduceat(powers * self.target, self.first), 1e-300)
        weights = self.weights / len(self.weights)
        slope = (powers / total[self.group] - powers * self.target / hits[self.group]) * weights[self.group]
        return float(weights @ np.log(total / hits)), self.matrix.T @ slope


def fit(
    found: Sequence[TrainingExample], *, penalty: float = PENALTY, without: Collection[str] = ()
) -> dict[str, float]:
    """Return a weight for every declared feature: maximum a posteriori around the priors, by L-BFGS.

    `without` are feature groups that are left out; their weights are 0.
    """
    registry = speaker_registry()
    priors = registry.priors()
    counts = Counter(name for example in found for name in _names(example) if registry.group_of(name) not in without)
    names = sorted(name for name, count in counts.items() if count >= MIN_QUOTATIONS)
    design = design_matrix(found, {name: column for column, name in enumerate(names)})
    prior = np.array([priors[name] for name in names])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = design.loss(theta)
        off = theta - prior
        return value + penalty / 2 * float(off @ off), slope + penalty * off

    theta = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    fitted = dict(zip(names, theta.tolist(), strict=True))
    weights = {name: 0.0 if registry.group_of(name) in without else value for name, value in priors.items()}
    return weights | {
        name: round(value, DECIMALS) if abs(value) > MIN_WEIGHT else 0.0 for name, value in fitted.items()
    }


def _names(example: TrainingExample) -> set[str]:
    both = (features for each in example.hypotheses for features in (each.features, each.referent_features))
    return {name for features in both for name, value in features.items() if value}


def design_matrix(found: Sequence[TrainingExample], columns: Mapping[str, int]) -> DesignMatrix:
    """Return the examples as a matrix; features without a column are left out."""
    rows, cells, values, offset, group, first, weights = [], [], [], [], [], [], []
    target: list[bool] = []
    for number, example in enumerate(found):
        known = any(example.target)
        weights.append(1.0 if known else UNANSWERABLE)
        first.append(len(target))
        referents = Counter(each.phrase for each in example.hypotheses)
        for each, ok in zip(example.hypotheses, example.target, strict=True):
            for name, value in (each.features | each.referent_features).items():
                if value and name in columns:
                    rows.append(len(target))
                    cells.append(columns[name])
                    values.append(value)
            offset.append(-math.log(referents[each.phrase]))
            group.append(number)
            target.append(ok if known else each.phrase < 0)
    matrix = csr_matrix((values, (rows, cells)), shape=(len(target), len(columns)))
    return DesignMatrix(matrix, *map(np.array, (offset, group, first, target, weights)))


def prior_model() -> SpeakerModel:
    """Return the model that examples are made with: the priors alone."""
    return SpeakerModel(speaker_registry().priors())


def folds(docs: Collection[str]) -> list[list[str]]:
    """Return the articles in FOLDS parts, the same ones every time."""
    shuffled = sorted(docs)
    random.Random(SEED).shuffle(shuffled)
    return [shuffled[k::FOLDS] for k in range(FOLDS)]


def cross_validate(articles: Sequence[ParsedArticle], gold: SpeakerGold) -> list[JudgedQuotation]:
    """Return every labelled quotation as a model attributes it that has not seen its article."""
    by_doc = {article.doc: article for article in articles}
    learned = {article.doc: list(examples(article, gold, prior_model())) for article in articles}
    judged: list[JudgedQuotation] = []
    for part in folds(by_doc):
        rest = [doc for other in folds(by_doc) if other != part for doc in other]
        model = SpeakerModel(fit([example for doc in rest for example in learned[doc]]))
        judged.extend(row for doc in part for row in judge(by_doc[doc], gold, model))
    return judged
