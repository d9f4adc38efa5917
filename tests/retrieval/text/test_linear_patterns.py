"""Patterns on RE2 accept what `re` accepts."""

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.patterns import linear

TEXTS = st.text(st.sampled_from("aé1٣_ .\t\n\x0b\x1c\x85\u00a0\u2028\u3000-[]|Z"), max_size=12)


PATTERNS = (
    r"\s+", r"[\s|]+\d", r"\w+\W", r"[^\w\s]", r"\S\D", r"(?:a|\d)*\Z", r"[]a]+", r"[\[]?\]"
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_matches_are_those_of_re(pattern: str, text: str) -> None:
    ours, theirs = linear(pattern), re.compile(pattern)
    for one, other in ((ours.search(text), theirs.search(text)), (ours.fullmatch(text), theirs.fullmatch(text))):
        assert (one and one.span()) == (other and other.span())


def test_lookaround_is_refused() -> None:
    with pytest.raises(re2.error):
        linear(r"(?<=a)b")
