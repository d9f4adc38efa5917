from types import SimpleNamespace

import numpy as np

from training.answer_models.confidence import cheapest_bound, logistic


def test_the_bound_is_where_fewest_questions_go_wrong_and_the_highest_of_those() -> None:
    kinds = [(False, True), (False, False), (True, False), (True, True), (True, True)]
    examples = [SimpleNamespace(right=right, answerable=answerable) for answerable, right in kinds]
    examples[0].right = False
    assert cheapest_bound(examples, np.array([0.1, 0.2, 0.5, 0.6, 0.9])) == 0.6  # type: ignore[arg-type]


def test_a_regression_finds_what_tells_right_answers_and_how_often_they_are_right() -> None:
    chance = np.random.default_rng(0)
    table = chance.normal(size=(4000, 2))
    odds = 2 * table[:, 0] - 1
    right = (chance.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    weights, bias = logistic(table, right, np.ones(4000))
    assert 1.2 < weights[0] < 2.2
    assert abs(weights[1]) < 0.15
    told = 1 / (1 + np.exp(-(table @ weights + bias)))
    assert abs(told.mean() - right.mean()) < 0.02
