"""Numbers are read as values, however they are written."""

import pytest

from retrieval.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two hundred and fifty people", [250]),
        ("a hundred boats", [100]),
        ("2.5 m", [2_500_000]),
        ("2.5 million", [2_500_000]),
        ("1,200 boats", [1200]),
        ("a hundred thousand", [100_000]),
        ("twenty five", [25]),
        ("two and three", [2, 3]),
        ("five of the eleven", [5, 11]),
        ("a dozen eggs", [12]),
        ("the 1 st of march", [1]),
        ("a boat and another", []),
    ],
)
def test_numbers_in_words_and_digits_are_one_value(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text.split())] == values
