"""Fits the weights by which a chosen speaker is right with what probability, on articles that the choice has not seen.

    python -m training.certainty [--write] [--shared ../shared] [--cache DIR]

The speakers are those of the cross-validation of `training.speakers`; a logistic regression learns from them whether
they are right. It is cross-validated by article once more: the figures say how many are certain, and right of these.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from retrieval.quotes.attribution.calibration import CERTAIN
from retrieval.quotes.attribution.certainty import certainty_facts
from retrieval.quotes.attribution.doubts import is_doubtful
from retrieval.quotes.attribution.features import certainty_registry
from retrieval.quotes.attribution.registry import Features
from training.delivery import ROOT, made, options
from training.speakers import labelled_articles, written
from training.speakers_fit import DECIMALS, FOLDS, cross_validate
from training.speakers_gold import JudgedQuotation, SpeakerGold, labelled

TARGET = ROOT / "retrieval" / "weights" / "certainty.json"
PENALTY = 0.002
"""Weight of the squared weights, a quotation."""
SEED = 7
WANTED = 0.985
"""Share of the certain speakers that must be right."""


@dataclass(frozen=True, slots=True)
class JudgedChoice:
    """A chosen speaker: the features of the choice, and whether it is right; a `doubtful` one is never certain."""

    doc: str
    features: Features
    right: bool
    doubtful: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = options(__doc__)
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in")
    given = parser.parse_args(arguments)
    found = choices(_judged(given))
    weights = dict.fromkeys(certainty_registry(), 0.0) | fit_certainty(found)
    made(TARGET, written(weights), report(found), write=given.write)


def _judged(given: argparse.Namespace) -> list[JudgedQuotation]:
    sets = labelled(given.shared)
    gold = SpeakerGold(given.shared, [row for part in sets.values() for row in part])
    return cross_validate(labelled_articles(given.shared, sets, given.cache)[: given.limit], gold)


def choices(judged: Sequence[JudgedQuotation]) -> list[JudgedChoice]:
    """Return the quotations for which somebody is chosen."""
    found = []
    for each in judged:
        facts = each.speakers and certainty_facts(each.speakers, each.kind, each.words)
        if each.speakers and facts:
            features = certainty_registry().features(facts)
            found.append(JudgedChoice(each.doc, features, each.right, is_doubtful(each.speakers)))
    return found


def fit_certainty(found: Sequence[JudgedChoice]) -> dict[str, float]:
    """Return a weight for every feature that occurs: a logistic regression with a Gaussian prior around 0."""
    names = sorted({name for each in found for name, value in each.features.items() if value})
    matrix = np.array([[each.features.get(name, 0.0) for name in names] for each in found])
    right = np.array([float(each.right) for each in found])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ theta
        slope = matrix.T @ (1 / (1 + np.exp(-scores)) - right) / len(right) + PENALTY * theta
        return float(np.mean(np.logaddexp(0, scores) - right * scores) + PENALTY / 2 * theta @ theta), slope

    theta = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(value, DECIMALS) for name, value in zip(names, theta.tolist(), strict=True)}


def held_out(found: Sequence[JudgedChoice]) -> list[tuple[float, JudgedChoice]]:
    """Return every choice with its probability by weights that have not seen its article."""
    docs = sorted({each.doc for each in found})
    random.Random(SEED).shuffle(docs)
    scored = []
    for fold in range(FOLDS):
        part = set(docs[fold::FOLDS])
        weights = fit_certainty([each for each in found if each.doc not in part])
        scored += [(_probability(each, weights), each) for each in found if each.doc in part]
    return scored


def _probability(choice: JudgedChoice, weights: dict[str, float]) -> float:
    score = sum(weights.get(name, 0.0) * value for name, value in choice.features.items())
    return float(1 / (1 + np.exp(-score)))


def report(found: Sequence[JudgedChoice]) -> dict[str, float]:
    """Print the least bound at which as many certain speakers are right as wanted; return the figures at CERTAIN."""
    scored = sorted(((p, each) for p, each in held_out(found) if not each.doubtful), key=lambda pair: -pair[0])
    right = bound = 0.0
    for number, (probability, each) in enumerate(scored, 1):
        right += each.right
        bound = probability if right >= WANTED * number else bound
    print(f"least bound for {100 * WANTED:.1f} % right, out of fold: {bound:.4f}; the shipped one is {CERTAIN}")
    certain = [each for probability, each in scored if probability >= CERTAIN]
    share, correct = len(certain) / max(1, len(found)), sum(each.right for each in certain) / max(1, len(certain))
    return {"certain": round(100 * share, 1), "right": round(100 * correct, 1)}


if __name__ == "__main__":
    main()
