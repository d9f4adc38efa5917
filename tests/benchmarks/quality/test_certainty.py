"""Counts and intervals of certain speakers."""

import pytest

from benchmarks.quality.certainty import Figures, parts
from benchmarks.quality.intervals import wilson


def test_counts_are_taken_back_from_percentages():
    assert Figures.of({"n": 457, "share": 80.1, "right": 94.0}) == Figures(457, 366, 344)


def test_the_interval_is_wilsons():
    low, high = wilson(90, 100)
    assert (low, high) == (pytest.approx(0.8256, abs=1e-4), pytest.approx(0.9448, abs=1e-4))
    assert wilson(0, 0) == (0.0, 1.0)


def test_labels_are_counted_in_all_and_by_kind():
    gold = [{"explicit": "role", "kind": "nested"}, {"explicit": "named", "kind": "direct"}]
    assert {name: len(rows) for name, rows in parts(gold)} == {
        "all": 2,
        "role": 1,
        "named": 1,
        "nested": 1,
        "direct": 1,
    }
