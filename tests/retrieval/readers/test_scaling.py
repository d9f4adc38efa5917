"""Hostile input of twice the length takes some twice as long, and never four times as long."""

import pytest

from benchmarks.reliability.scaling import Shape, measure, shapes

MOST = 3.4
"""Of the time of half the length; work that grows with the square takes 4, and the rest is a busy machine's."""


@pytest.mark.scaling
@pytest.mark.parametrize("shape", list(shapes()), ids=lambda shape: f"{shape.reader}: {shape.name}")
def test_the_time_of_a_reader_grows_with_the_length_and_not_with_its_square(shape: Shape) -> None:
    assert measure(shape).steepest <= MOST
