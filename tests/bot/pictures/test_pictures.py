"""Pictures: what they show, what stands for them, and that no text breaks them."""

import io
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from PIL import Image

from bot.pictures.charts import chart
from bot.pictures.drawing import can_draw, drawable
from bot.pictures.quotation_card import quotation_picture
from retrieval.domain import Certainty, Kind
from tests.bot.any_cards import WORDS, citations
from tests.bot.made_up import MARLOWE, citation

few = settings(deadline=None, max_examples=10, derandomize=True)


def size(picture):
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    assert image.format == "PNG"
    return image.size


def by(name, times):
    return [replace(citation(1), speaker=replace(MARLOWE, name=name))] * times


def test_a_quotation_is_drawn_with_the_articles_words_and_told_by_its_alternative_text():
    picture = quotation_picture(citation(1))
    assert picture.alt.startswith("“We will not close the harbour,” · Ada Marlowe, harbour minister")
    assert picture.alt.endswith("Harbour stays open, minister says · The Pebble Bay Gazette · 5 March 2024")
    assert size(picture)[0] == 1200
    assert quotation_picture(replace(citation(1), kind=Kind.REPORTED)).alt.startswith("We will not")


def test_words_that_can_not_be_drawn_as_they_are_written_are_not_drawn():
    for text in ("漢字", "שלום", "مرحبا", "I 😀 it", "हिन्दी"):
        assert quotation_picture(replace(citation(1), text=text)) is None
    assert can_draw("Žižek said: “naïve”, £5 – ½")
    assert drawable("漢字 Ada", 40) == "□ Ada"


def test_long_words_and_much_text_stay_within_the_picture():
    for text in ("x" * 900, "word " * 900, "$\\frac{1}{0}$ _{^" * 9):
        width, height = size(quotation_picture(replace(citation(1), text=text)))
        assert (width, height < 2400) == (1200, True)


def test_a_list_of_several_speakers_shows_who_said_most():
    picture = chart([*by("Ada Marlowe", 3), *by("Tom $Rook_{x}", 1)], "about the harbour")
    assert picture.alt == "Quotations, about the harbour: Ada Marlowe: 3, Tom $Rook_{x}: 1"
    size(picture)


def test_a_chart_says_that_some_speakers_are_only_probable():
    doubted = replace(citation(1), speaker=replace(MARLOWE, name="Tom Rook", certainty=Certainty.PROBABLE))
    picture = chart([*by("Ada Marlowe", 2), doubted], "fish")
    said = "Quotations, fish: Ada Marlowe: 2, Tom Rook: 1"
    assert picture.alt == f"Some of the speakers are only probable. {said}"


def test_a_list_of_one_speaker_shows_when():
    days = [date(2024, 1, 5), date(2024, 1, 9), date(2024, 3, 1)]
    picture = chart([replace(citation(1), said_on=day) for day in days], "Ada Marlowe")
    assert picture.alt == "Quotations, Ada Marlowe: 2024-01: 2, 2024-03: 1"
    decades = [replace(citation(1), said_on=date(year, 5, 1)) for year in (1990, 2024)]
    assert chart(decades, "Ada Marlowe").alt == "Quotations, Ada Marlowe: 1990: 1, 2024: 1"


def test_one_day_or_nothing_is_no_chart():
    assert chart([citation(1)] * 3, "Ada Marlowe") is None
    assert chart([], "nothing") is None


@few
@given(citations(), citations(), WORDS)
def test_nothing_breaks_a_picture(one, other, about):
    for picture in (quotation_picture(one), chart([one, other, other], about)):
        if picture:
            size(picture)
            assert len(picture.alt) <= 1024
