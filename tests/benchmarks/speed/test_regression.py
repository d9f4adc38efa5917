import pytest

from benchmarks.speed.regression import Measured, best, read_baseline, worse
from benchmarks.speed.steps import ratios

BEFORE = Measured({"question": 10.0, "card": 0.01}, {"steps": 400.0}, 5.0)


@pytest.mark.parametrize(
    ("question", "card", "megabytes", "expected"),
    [
        (11.4, 0.02, 450, set()),
        (11.6, 0.01, 400, {"question"}),
        (10.0, 0.04, 400, {"card"}),
        (10.0, 0.01, 461, {"memory of steps"}),
        (5.0, 0.0, 100, set()),
    ],
)
def test_what_is_more_than_15_percent_above_the_baseline_is_worse(question, card, megabytes, expected):
    measured = Measured({"question": question, "card": card}, {"steps": megabytes}, 5.0)
    assert worse(measured, BEFORE).keys() == expected


def test_a_step_that_was_slow_once_counts_as_its_better_run():
    slow = Measured({"question": 20.0, "card": 0.01}, {"steps": 390.0}, 5.0)
    assert not worse(best(slow, BEFORE), BEFORE)


def test_a_step_is_told_as_a_multiple_of_the_unit():
    def work(count):
        return lambda: sum(range(count))

    found = ratios({"four": work(400_000)}, work(100_000), 3)
    assert found["four"] == pytest.approx(4, rel=0.5)


def test_the_committed_baseline_can_be_read_and_holds_every_command():
    baseline = read_baseline()
    assert {"help_command", "ask_command", "question", "ingest", "card"} <= baseline.times.keys()
    assert baseline.unit_ms > 0
