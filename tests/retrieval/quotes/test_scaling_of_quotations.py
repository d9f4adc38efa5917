"""Hostile texts take time that grows with their length, and not faster."""

import sys
import time

import pytest

from benchmarks.reliability.hostile_texts import SHAPES
from benchmarks.reliability.scaling_quotes import Measurement, measure, works
from retrieval.quotes.extractor import Extractor

MOST = 2.5
"""Times as long as before that a text of twice the length may take."""
LEAST_SECONDS = 0.03
"""What takes less can't be measured."""
FAST = {"quotation marks": 10_000, "a question": 1_000, "cards": 10_000}
"""Work that is measured on every shape each time, at these lengths in characters."""
OTHERS = {
    "passages": 6_000,
    "near-duplicates": 6_000,
    "verifying against an article": 6_000,
    "verifying a message": 1_000,
    "comparing versions": 6_000,
}
"""Work that is measured so among the slow tests, at a part of the length that `make test-scaling` takes."""
HARD = (
    "pronouns without a stop",
    "pronouns behind many names",
    "people of one surname",
    "descriptions of one noun",
    "quotations nested deep",
)


def grows_with_length(found: Measurement) -> bool:
    """Return whether a measurement is of linear time, or too short to tell."""
    return found.doubled < LEAST_SECONDS or found.factor <= MOST


def measured(work: str, shape: str, extractor: Extractor | None, length: int | None = None) -> Measurement:
    """Measure once more where the first measurement was disturbed."""
    given, prepare = works(extractor)[work]
    found = measure(work, shape, length or given, prepare)
    return found if grows_with_length(found) else measure(work, shape, length or given, prepare, repeats=4)


@pytest.mark.parametrize("work", FAST)
def test_no_shape_takes_longer_than_its_length_allows(work: str) -> None:
    slow = [shape for shape in SHAPES if not grows_with_length(measured(work, shape, None, FAST[work]))]
    assert slow == []


@pytest.mark.slow
@pytest.mark.timeout(1800)  # of the wall, on a busy machine
@pytest.mark.parametrize("work", OTHERS)
def test_no_shape_takes_other_work_longer_than_its_length_allows(work: str) -> None:
    found = [measured(work, shape, None, OTHERS[work]) for shape in SHAPES]
    assert [each.shape for each in found if each.doubled > 3 * LEAST_SECONDS and not grows_with_length(each)] == []


@pytest.mark.parametrize("shape", HARD)
def test_the_speakers_of_twice_the_text_take_twice_the_time(extractor: Extractor, shape: str) -> None:
    assert grows_with_length(measured("speakers", shape, extractor, length=4_000))


def test_a_paragraph_of_two_hundred_pronouns_takes_a_second_at_most(extractor: Extractor) -> None:
    text = '"We open it," he said and she said ' * 100
    times = []
    for _ in range(3):
        begun = time.process_time()
        extractor.extract(text, language="en")
        times.append(time.process_time() - begun)
    traced = sys.gettrace() is not None  # by coverage, which takes about as much again
    assert min(times) < (3.0 if traced else 1.0)


@pytest.mark.scaling
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("work", works(None))
def test_every_other_work_takes_time_linear_in_its_text(work: str, shape: str) -> None:
    assert grows_with_length(measured(work, shape, None))


@pytest.mark.scaling
@pytest.mark.parametrize("shape", SHAPES)
def test_the_speakers_of_every_shape_take_time_linear_in_the_text(extractor: Extractor, shape: str) -> None:
    assert grows_with_length(measured("speakers", shape, extractor))
