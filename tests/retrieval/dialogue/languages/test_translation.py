"""A message in German, French or Spanish becomes an English question that the search understands."""

import csv
from collections import Counter
from importlib import resources

import pytest

from retrieval.dialogue.languages.news_terms import TRANSLATED_LANGUAGES, language_lexicon
from retrieval.dialogue.languages.translation import translate


@pytest.mark.parametrize(
    ("language", "message", "english"),
    [
        ("de", "Was sagte der Bürgermeister zur Brücke?", "what did the mayor say about bridge?"),
        ("de", "was hat Lena Koch über den Streik gesagt", "what did Lena Koch say about strike?"),
        ("de", "Hat der Kanzler gesagt, dass die Steuern steigen?", "did the chancellor say that tax rise?"),
        ("de", "wer sagte, dass der Staudamm sicher ist", "who said dam safe is?"),
        ("de", "Neueste Zitate zum Klimawandel", "latest quotes about climate change"),
        ("de", "hast du was zur Impfung?", "do you have anything about vaccination?"),
        ("de", "wieviele Artikel habt ihr", "how many articles do you have?"),
        ("de", "Wie viele Menschen starben bei dem Erdbeben?", "how many people die near earthquake?"),
        ("fr", "Qu'a dit le premier ministre sur la grève ?", "what did the prime minister say about strike?"),
        ("fr", "qui a dit que le barrage est sûr ?", "who said dam is safe?"),
        ("fr", "que pense le maire de Lyon des sans-abri", "what does the mayor of Lyon think about homeless?"),
        ("fr", "Qu'a dit Charles de Gaulle ?", "what did Charles de Gaulle say?"),
        ("fr", "citations de Marie Dupont sur l’inflation", "quotes by Marie Dupont about inflation"),
        ("fr", "combien d'articles as-tu ?", "how many articles do you have?"),
        ("es", "¿Qué dijo la ministra sobre los aranceles?", "what did the minister say about tariffs?"),
        ("es", "que dijo ana lopez de la huelga", "what did ana lopez say about strike?"),
        ("es", "¿Quién dijo que la presa no es segura?", "who said dam not is safe?"),
        ("es", "compara a India y Pakistán sobre los ataques", "compare India and Pakistan on attack"),
        ("es", "últimas citas sobre la inmigración", "latest quotes about immigration"),
        ("es", "¿cuántos artículos tienes?", "how many articles do you have?"),
    ],
)
def test_a_question_in_another_language_is_put_into_english(language: str, message: str, english: str) -> None:
    assert translate(message, language).text == english


@pytest.mark.parametrize(
    ("language", "message", "english"),
    [("de", "danke dir!", "thank you"), ("fr", "Bonjour", "hello"), ("es", "buenas tardes", "hello")],
)
def test_small_talk_is_recognised(language: str, message: str, english: str) -> None:
    assert translate(message, language).text == english


def test_a_surname_that_is_a_word_stays_a_name() -> None:
    assert translate("Was sagte Roland Koch zur Steuer?", "de").text == "what did Roland Koch say about tax?"


def test_a_german_compound_is_read_by_its_parts() -> None:
    assert translate("Zitate zur Regierungskrise", "de").text == "quotes about government crisis"


def test_a_word_that_differs_in_its_ending_alone_is_a_cognate() -> None:
    assert translate("citas sobre el socialismo", "es").text == "quotes about socialism"


def test_words_that_the_lexicon_lacks_are_told_and_kept() -> None:
    translated = translate("citas sobre el flurbo", "es")
    assert (translated.text, translated.unread) == ("quotes about flurbo", ("flurbo",))


def test_names_are_not_told_as_unread() -> None:
    assert translate("Qu'a dit Olivia Munn sur Nebraska ?", "fr").unread == ()


def test_a_message_without_words_stays_as_it_is() -> None:
    assert translate("???", "de").text == ""


@pytest.mark.parametrize("language", TRANSLATED_LANGUAGES)
def test_every_form_stands_once_in_the_lexicon(language: str) -> None:
    lines = resources.files("retrieval.dialogue.languages").joinpath("news_terms.csv").read_text("utf-8").splitlines()
    forms = [form for row in csv.DictReader(lines) for form in row[TRANSLATED_LANGUAGES[language]].split("|") if form]
    assert [form for form, count in Counter(forms).items() if count > 1] == []
    assert len(language_lexicon(language).terms) == len(forms) > 1_000


@pytest.mark.parametrize("language", TRANSLATED_LANGUAGES)
def test_every_frame_fills_each_place_of_its_english_from_its_pattern(language: str) -> None:
    for frame in language_lexicon(language).frames:
        places = {name for name in ("who", "topic", "statement", "target", "label") if f"{{{name}}}" in frame.english}
        groups = frame.pattern.pattern
        given = {name for name in places if f"?P<{name}>" in groups or f"?<{name}>" in groups}
        assert places == given or "<split>" in groups, frame.english


def test_a_long_hostile_message_is_cut() -> None:
    assert len(translate("was sagte " + "x " * 50_000, "de").text) < 1_000
