"""Each word stands once in the lexicons, every tag is described and used, and verbs are inflected."""

import ast
import re
from pathlib import Path

import pytest

from retrieval.text.lexicon import (
    LexiconError,
    abbreviations,
    inflected,
    lexicon,
    month_numbers,
    read_lexicon,
    spelt_out,
    tagged,
    weekday_numbers,
)

ROOT = Path(__file__).parents[3]
LEXICONS = sorted((ROOT / "retrieval/text/lexicons").glob("*.toml"))
NOUNS = '[tags]\nnoun = "A noun."\n[words]\nbridge = ["noun"]\n'


def product_sources() -> list[Path]:
    return [path for folder in ("bot", "cli", "config", "retrieval") for path in (ROOT / folder).rglob("*.py")]


def test_no_word_stands_twice_in_the_lexicons() -> None:
    heads = [line.split(" = ")[0].strip('"') for path in LEXICONS for line in _words_of(path)]
    assert len(heads) > 1_000
    assert sorted(heads) == sorted(set(heads))
    assert set(heads) == set(lexicon().entries)


def test_the_words_of_a_file_stand_in_alphabetical_order() -> None:
    for path in LEXICONS:
        heads = [line.split(" = ")[0].strip('"') for line in _words_of(path)]
        assert heads == sorted(heads), path.name


def test_every_tag_of_the_lexicons_is_asked_for_somewhere() -> None:
    strings = {
        node.value
        for path in product_sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    amounts = {tag for tag in lexicon().tags if tag.startswith("quantifier_") or tag.endswith(("+", "-"))}
    assert lexicon().tags.keys() - strings - amounts == set()


@pytest.mark.parametrize(
    "second",
    [
        '[tags]\nverb = "A verb."\n[words]\nbridge = ["verb"]\n',
        '[tags]\nnoun = "Another noun."\n[words]\nwalk = ["noun"]\n',
        '[tags]\nverb = "A verb."\n[words]\nwalk = ["vreb"]\n',
    ],
    ids=["a word of another file", "a tag of another file", "a tag that is not described"],
)
def test_lexicons_that_contradict_each_other_are_refused(second: str) -> None:
    with pytest.raises(LexiconError):
        read_lexicon({"nouns.toml": NOUNS, "verbs.toml": second})


def test_a_tag_that_no_lexicon_describes_is_an_error() -> None:
    with pytest.raises(LexiconError, match="reporting_vreb"):
        tagged("reporting_vreb")


def test_words_of_several_tags_are_joined() -> None:
    assert tagged("promising_verb", "requesting_verb") == tagged("promising_verb") | tagged("requesting_verb")
    assert {"promise", "urge"} <= tagged("promising_verb", "requesting_verb")


def test_reporting_verbs_are_inflected_with_their_irregular_forms() -> None:
    forms = inflected("reporting_verb")
    assert {"say", "says", "said", "saying", "replies", "replied", "admitted", "wrote", "written"} <= forms


def test_months_and_weekdays_have_the_numbers_of_the_calendar() -> None:
    assert [month_numbers()[name] for name in ("jan", "may", "sep", "dec")] == [1, 5, 9, 12]
    assert len(month_numbers()) == 12
    assert [weekday_numbers()[name] for name in ("monday", "sunday")] == [0, 6]


def test_abbreviated_titles_are_spelt_out() -> None:
    assert (spelt_out("sen"), spelt_out("pm"), spelt_out("mayor"), spelt_out("xyz")) == (
        "senator",
        "premier",
        "mayor",
        "xyz",
    )


def _words_of(path: Path) -> list[str]:
    table = path.read_text(encoding="utf-8").split("[words]\n")[1]
    return [line for line in table.splitlines() if re.match(r'^["\w-]+ = ', line)]


def test_abbreviations_of_a_word_are_what_stands_for_it() -> None:
    assert "sen" in abbreviations("senator")
    assert abbreviations("bridge") == frozenset()
