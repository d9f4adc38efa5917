"""Fits the weights with which speakers are ranked, and cross-validates them over articles.

    python benchmarks/fit_speakers.py --shared ../shared [--write]

Learns from the dev gold and from benchmarks/annotations/quotes_extra.jsonl, nothing else. Prints the accuracy of
speakers on articles that a fit has not seen; `--write` then fits on all and writes retrieval/quotes/weights.json.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from speaker_beliefs import BELIEFS
from speaker_gold import Example, Gold, Judged, Prepared, archive, examples, judge, labelled, prepare

from retrieval.quotes.ranking import Ranker

TARGET = Path(__file__).parents[1] / "retrieval" / "quotes" / "weights.json"
PENALTY = 0.004  # of the squared distance from the beliefs, a quotation
UNANSWERABLE = 0.3  # weight of a quotation whose speaker is no candidate: it teaches "nobody"
RARE = 2  # a feature needs as many quotations
SMALLEST = 0.004
FOLDS = 5


def fit(found: Sequence[Example], beliefs: Mapping[str, float] = BELIEFS, penalty: float = PENALTY) -> dict[str, float]:
    """Maximum a posteriori of a conditional logit: the log of the right choices' summed probability, by L-BFGS."""
    counts = Counter(name for e in found for name in {n for f in e.features for n, value in f.items() if value})
    names = sorted(name for name, count in counts.items() if count >= RARE)
    columns = {name: column for column, name in enumerate(names)}
    matrix, right, starts, weights = _design(found, columns)
    prior = np.array([beliefs.get(name, 0.0) for name in names])
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(right)]))

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ theta
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total = np.add.reduceat(powers, starts)
        hits = np.maximum(np.add.reduceat(powers * right, starts), 1e-300)
        off = theta - prior
        value = weights @ (np.log(total) - np.log(hits)) / len(starts) + penalty / 2 * (off @ off)
        slope = (powers / total[group] - powers * right / hits[group]) * weights[group]
        return value, matrix.T @ slope / len(starts) + penalty * off

    theta = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    fitted = {name: round(float(value), 3) for name, value in zip(names, theta, strict=True) if abs(value) > SMALLEST}
    return {name: value for name, value in beliefs.items() if name not in columns} | fitted


def _design(
    found: Sequence[Example], columns: Mapping[str, int]
) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    rows, cols, values, right, starts, weights = [], [], [], [], [], []
    for example in found:
        starts.append(len(right))
        known = any(example.right)
        weights.append(1.0 if known else UNANSWERABLE)
        for features, ok in zip(example.features, example.right, strict=True):
            for name, value in features.items():
                if value and name in columns:
                    rows.append(len(right))
                    cols.append(columns[name])
                    values.append(value)
            right.append(ok if known else "nobody" in features)
    shape = (len(right), len(columns))
    return csr_matrix((values, (rows, cols)), shape=shape), np.array(right), np.array(starts), np.array(weights)


def folds(articles: Sequence[Prepared]) -> list[list[Prepared]]:
    shuffled = sorted(articles, key=lambda article: article.doc)
    random.Random(1).shuffle(shuffled)
    return [shuffled[k::FOLDS] for k in range(FOLDS)]


def cross_validate(articles: Sequence[Prepared], gold: Gold, ranker: Ranker) -> list[Judged]:
    """Every labelled quotation, read by a ranker that has not seen its article. `ranker` makes the examples."""
    parts = folds(articles)
    learned = [[example for article in part for example in examples(article, gold, ranker)] for part in parts]
    judged: list[Judged] = []
    for k, part in enumerate(parts):
        fresh = Ranker(fit([e for j, other in enumerate(learned) if j != k for e in other]))
        judged.extend(row for article in part for row in judge(article, gold, fresh))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in")
    parser.add_argument("--write", action="store_true", help="fit on all and write the weights")
    options = parser.parse_args()
    sets = labelled(options.shared)
    rows = [row for part in sets.values() for row in part]
    texts = archive(options.shared)
    articles = prepare({doc: texts[doc]["text"] for doc in sorted({row["doc"] for row in rows})}, options.cache)
    gold = Gold(options.shared, rows)
    judged = cross_validate(articles, gold, Ranker(BELIEFS))
    for name, part in sets.items():
        docs = {row["doc"] for row in part}
        mine = [j for j in judged if j.doc in docs]
        print(f"{name}: {sum(j.right for j in mine)} of {len(mine)} speakers right, cross-validated")
    if options.write:
        weights = fit([e for article in articles for e in examples(article, gold, Ranker(BELIEFS))])
        TARGET.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(weights)} weights -> {TARGET}")


if __name__ == "__main__":
    main()
