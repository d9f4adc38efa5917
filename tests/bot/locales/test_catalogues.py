"""The catalogues: complete, true to the English texts, and compiled."""

import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.locales import DOMAIN, FOLDER, LANGUAGES, NAME

ROOT = Path(__file__).parents[3]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
DOUBLE_MARKS = re.compile('["“”„‟«»]')


def file_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@pytest.fixture(scope="module")
def texts():
    """Every text of the program with its context, as `make translations` finds them."""
    with (FOLDER / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, [(f"{path}", method) for path, method in methods], options)
    return {(message, context) for _file, _line, message, _comments, context in found}


@pytest.fixture(params=TRANSLATED)
def catalogue(request):
    with file_of(request.param).open("rb") as file:
        yield read_po(file, request.param)


def test_every_text_is_translated(texts, catalogue):
    done = {(message.id, message.context) for message in catalogue if message.id and all(_strings(message))}
    assert sorted(map(str, texts - done)) == []


def test_nothing_is_translated_that_is_never_said(texts, catalogue):
    assert (
        sorted(str(message.id) for message in catalogue if message.id and (message.id, message.context) not in texts)
        == []
    )
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


def test_translations_have_the_placeholders_and_the_emphasis_of_the_english_text(catalogue):
    for message in catalogue:
        if message.id:
            wanted = _shape(message.id if isinstance(message.id, str) else message.id[1])
            assert [_shape(text) for text in _strings(message)] == [wanted] * len(_strings(message)), message.id


def test_double_quotation_marks_stand_around_the_words_of_articles_alone(catalogue):
    assert [
        text for message in catalogue if message.id for text in _strings(message) if DOUBLE_MARKS.search(text)
    ] == []


def test_the_compiled_catalogue_is_the_current_one(catalogue):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert file_of(str(catalogue.locale)).with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "run make translations"
    )


def test_names_of_commands_can_be_typed(catalogue):
    names = [message.string for message in catalogue if message.context == NAME]
    assert [name for name in names if not re.fullmatch(r"[-_'\w]{1,32}", name) or name != name.lower()] == []


def _strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _shape(text: str):
    fields = sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)
    return fields, text.count("**"), text.count("`"), text.count("\n")
