"""Hostile input of twice the length takes some twice as long, and never four times as long."""

import pytest

from benchmarks.reliability.scaling import Shape, measure, seconds, shapes

MOST = 3.4
"""Of the time of half the length; work that grows with the square takes 4, and the rest is a busy machine's."""
SHORT, LONG = 16 * 1024, 128 * 1024
MOST_FROM_SHORT_TO_LONG = 2.5**3
"""Of the time of an eighth of the length; work that grows with the square takes 64."""
LEAST_SECONDS = 0.15
"""Processor time of the long input; what takes less is no danger, and can't be measured."""
TRIES = 3
"""Measurements of which one must pass: on a busy machine the caches are others' for a while."""


def name(shape: Shape) -> str:
    return f"{shape.reader}: {shape.name}"


@pytest.mark.slow
@pytest.mark.parametrize("shape", list(shapes()), ids=name)
def test_eight_times_the_length_takes_no_reader_sixty_four_times_as_long(shape: Shape) -> None:
    assert any(_grows_slowly(shape) for _ in range(TRIES))


def _grows_slowly(shape: Shape) -> bool:
    long = seconds(shape, LONG)
    return long < LEAST_SECONDS or long / seconds(shape, SHORT) < MOST_FROM_SHORT_TO_LONG


@pytest.mark.scaling
@pytest.mark.parametrize("shape", list(shapes()), ids=name)
def test_the_time_of_a_reader_grows_with_the_length_and_not_with_its_square(shape: Shape) -> None:
    assert measure(shape).steepest <= MOST
