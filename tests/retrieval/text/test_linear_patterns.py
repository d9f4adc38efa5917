"""Patterns on RE2 accept what `re` accepts."""

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.patterns import linear

TEXTS = st.text(st.sampled_from("aé1٣_ .\t\n\x0b\x1c\x85\u00a0\u2028\u3000-[]|Z"), max_size=12)


@pytest.mark.parametrize(
    "pattern", [r"\s+", r"[\s|]+\d", r"\w+\W", r"[^\w\s]", r"\S\D", r"(?:a|\d)*\Z", r"[]a]+", r"[[]?\]"]
)
@given(text=TEXTS)
def test_matches_are_those_of_re(pattern: str, text: str) -> None:
    ours, theirs = linear(pattern), re.compile(pattern)
    assert [match.span() for match in ours.finditer(text)] == [match.span() for match in theirs.finditer(text)]


def test_lookaround_is_refused() -> None:
    with pytest.raises(re2.error):
        linear(r"(?<=a)b")
