"""Hard-wrapped text is read as paragraphs; what isn't wrapped stays as it is."""

import pytest

from retrieval.domain import Article
from retrieval.readers.files import read_bytes

WRAPPED = """Lamp

Selby, 3 May. The lighthouse at Selby Point has been dark since a
storm in the autumn broke its lamp, and no ship has come near it
since.

"We have looked for a lamp in every town along this coast, and we
have found none," said Mira Olt, its keeper. "Nobody sells light-
houses."
"""
NOT_WRAPPED = (
    "- one lamp of the old kind, if there is one\n- two ropes, and a bucket\n- a boat that can be rowed by one",
    "MIRA OLT: It was dark that night on the point.\nBEN ARO: I saw nothing at all, as I told you.",
    "The lamp is broken.\nNobody can mend it.\nThe keeper has gone home, and so has everybody else.",
    "A line of more than a hundred characters is no line of wrapped text, however it goes on in the next one, as here\n"
    "It does. And so both of them stay where they are, a paragraph each, as a page saved as text has them at times.",
)


def text(written: str) -> str:
    (found,) = read_bytes(written.encode(), name="lamp.txt")
    assert isinstance(found, Article)
    return found.text


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_of_wrapped_text_are_paragraphs(ends: str) -> None:
    assert text(WRAPPED.replace("\n", ends)).split("\n\n") == [
        "Selby, 3 May. The lighthouse at Selby Point has been dark since a storm in the autumn broke its lamp, "
        "and no ship has come near it since.",
        '"We have looked for a lamp in every town along this coast, and we have found none," said Mira Olt, its '
        'keeper. "Nobody sells lighthouses."',
    ]


def test_a_name_that_a_line_parts_is_put_together() -> None:
    written = 'Lamp\n\n"It was dark on the point that night," said Mira\nOlt, its keeper, who had seen the storm.'
    assert "said Mira Olt, its keeper" in text(written)


@pytest.mark.parametrize("body", NOT_WRAPPED)
def test_lists_transcripts_and_long_lines_stay_as_they_are(body: str) -> None:
    assert text(f"Lamp\n\n{body}") == body


def test_a_line_separator_inside_a_sentence_ends_a_line_and_not_a_paragraph() -> None:
    written = "Lamp\n\n“It was dark on the point that night,\u2028and it was late when I came,” said Mira Olt."
    assert text(written) == "“It was dark on the point that night, and it was late when I came,” said Mira Olt."
