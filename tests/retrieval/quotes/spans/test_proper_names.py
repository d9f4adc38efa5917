"""Names are read from the text as far as they go, without titles and suffixes."""

import pytest

from retrieval.domain import Span
from retrieval.quotes.spans.proper_names import read_name, text_words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Otto Lindqvist, a baker", "Otto Lindqvist"),
        ("Otto Lindqvist said", "Otto Lindqvist"),
        ("Lt. Col. (ret.) Signe Ahlborg said", "Signe Ahlborg"),
        ("Dr. Anneke van der Meer of the board", "Anneke van der Meer"),
        ("Van der Meer added", "Van der Meer"),
        ("Sen. Maria del Carmen Ruiz-Ortega (D-N.M.).", "Maria del Carmen Ruiz-Ortega"),
        ("J. R. R. Tolbert III said", "J. R. R. Tolbert"),
        ("A. Montero said", "A. Montero"),
        ("Femke van ’t Hof, Marlow", "Femke van ’t Hof"),
        ("@harbour.hank posted", "@harbour.hank"),
        ("Otto “Birdie” Lindqvist said", "Otto “Birdie” Lindqvist"),
        ("Nguyễn Thị Lan said", "Nguyễn Thị Lan"),
        ("Otto Lindqvist Jr. said", "Otto Lindqvist"),
        ("Otto Lindqvist.", "Otto Lindqvist"),
        ("the mayor said", None),
        ("Then he left", None),
        ("Monday was cold", None),
        ("Otto’s sister said", None),
        ("In a letter", None),
    ],
)
def test_a_name_is_read_as_far_as_it_goes(text: str, name: str | None) -> None:
    found = read_name(text_words(text, Span(0, len(text))))
    assert (found.span.of(text) if found else None) == name
