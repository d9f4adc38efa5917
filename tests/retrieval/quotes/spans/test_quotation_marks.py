"""Quotations are found whatever marks an article uses."""

import pytest

from retrieval.quotes.spans.scanner import find_quote_spans


def words(text: str) -> list[str]:
    return [span.inner.of(text) for span in find_quote_spans(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param('"The dam will hold," the engineer said.', "The dam will hold,", id="straight"),
        pytest.param("“The dam will hold,” the engineer said.", "The dam will hold,", id="curly"),
        pytest.param("‘The dam will hold,’ the engineer said.", "The dam will hold,", id="single curly"),
        pytest.param("'The dam will hold,' the engineer said.", "The dam will hold,", id="single straight"),
        pytest.param("„Der Damm hält“, sagte die Ingenieurin.", "Der Damm hält", id="low and high"),
        pytest.param("„Zapora wytrzyma” — powiedziała.", "Zapora wytrzyma", id="low and closing"),
        pytest.param("« Le barrage tiendra », dit l'ingénieure.", "Le barrage tiendra", id="guillemets with spaces"),
        pytest.param("«La diga reggerà», disse.", "La diga reggerà", id="guillemets"),
        pytest.param("»Der Damm hält«, sagte sie.", "Der Damm hält", id="guillemets pointing inwards"),
        pytest.param("”Dammen håller”, sade hon.", "Dammen håller", id="closing marks on both sides"),
        pytest.param("「堤防は持つ」と技術者は言った。", "堤防は持つ", id="corner brackets"),
        pytest.param("''The dam will hold,'' the engineer said.", "The dam will hold,", id="double apostrophes"),
        pytest.param("``The dam will hold,'' the engineer said.", "The dam will hold,", id="back-ticks"),
        pytest.param("`The dam will hold,' the engineer said.", "The dam will hold,", id="one back-tick"),
        pytest.param('“The dam will hold," the engineer said.', "The dam will hold,", id="mixed in one pair"),
    ],
)
def test_each_style_of_marks_is_read(text: str, quoted: str) -> None:
    assert words(text) == [quoted]


def test_styles_may_be_mixed_in_one_article() -> None:
    text = '“One,” said Ada Lind.\n\n"Two," said Bo Falk.\n\n‘Three,’ said Cy Marsh.\n\n«Four», said Di Roos.'
    assert words(text) == ["One,", "Two,", "Three,", "Four"]


def test_marks_stay_outside_and_a_comma_inside_them_stays_in() -> None:
    text = 'She called it "a fine day", then "a good one."'
    first, second = find_quote_spans(text)
    assert first.inner.of(text) == "a fine day"
    assert first.outer.of(text) == '"a fine day"'
    assert second.inner.of(text) == "a good one."


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union and the drivers' club don't meet in the '90s hall.",
        "It's the ’60s again, rock 'n' roll 'til dawn, and the girls’ choir sings.",
        "He is 6'2\" tall and she is 5' 10\".",
        "A 12\" record of the fishermen's songs.",
        "<a href=\"https://example.org/page\" class='link'>The page</a> is down.",
        '""',
        '" "',
    ],
)
def test_apostrophes_inches_and_tags_are_no_quotations(text: str) -> None:
    assert words(text) == []


def test_inches_inside_a_quotation_dont_end_it() -> None:
    assert words('"I bought a 12" record today," he said.') == ['I bought a 12" record today,']


def test_apostrophes_inside_single_marks_dont_end_the_quotation() -> None:
    text = "'We don't take the workers' money and we won't,' said Ms Orr. 'It's theirs.'"
    assert words(text) == ["We don't take the workers' money and we won't,", "It's theirs."]


def test_a_plural_in_single_marks_ends_at_its_mark() -> None:
    assert words("They called the 'insurgents' bandits.") == ["insurgents"]


@pytest.mark.parametrize("text", ['The note read:"Come home". He did.', 'The note read "Come home."Then he left.'])
def test_marks_may_be_glued_to_words(text: str) -> None:
    assert words(text)[0].startswith("Come home")


def test_a_space_before_the_closing_mark_is_left_out() -> None:
    assert words('"It went well, " he said. "Very well."') == ["It went well,", "Very well."]


def test_a_quotation_in_a_heading_is_found() -> None:
    assert words("‘No money left’: mayor\n\nThe mayor spoke on Monday.") == ["No money left"]


def test_nested_quotations_know_what_they_stand_in() -> None:
    text = "“The guard said, ‘Nobody leaves,’ and locked it,” Ms Orr recalled."
    outer, inner = find_quote_spans(text)
    assert inner.inner.of(text) == "Nobody leaves,"
    assert inner.parent == 0
    assert outer.parent is None


def test_british_style_nests_double_marks_in_single_ones() -> None:
    text = "'She told me \"go home\" and I went,' he said."
    outer, inner = find_quote_spans(text)
    assert (inner.inner.of(text), inner.parent) == ("go home", 0)
    assert outer.inner.of(text).endswith("and I went,")


def test_double_marks_nest_in_double_marks_that_close_twice() -> None:
    text = '"He shouted "stop" twice," she said.'
    assert words(text) == ['He shouted "stop" twice,', "stop"]
