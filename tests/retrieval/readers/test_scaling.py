"""Hostile input of twice the length takes at most two and a half times as long."""

import pytest

from benchmarks.reliability.scaling import FACTOR, Shape, measure, shapes


@pytest.mark.slow
@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: f"{shape.reader}: {shape.name}")
def test_the_time_of_a_reader_grows_with_the_length_and_not_with_its_square(shape: Shape) -> None:
    assert measure(shape).steepest <= FACTOR
