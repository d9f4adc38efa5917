"""Ways of quoting that other tools are reported to read wrongly, and whose words they are."""

import pytest

from retrieval.domain import Certainty, Kind, Quotation
from retrieval.quotes.extractor import Extractor

CASES = {
    "two halves with a paragraph between": (
        "Well dry\n\nSilke Aarn, a well digger, said: “The lower shaft needs a new rope before the frost.\n\n"
        "“If nobody pays for it, the village will thirst,” she added.",
        {"lower shaft": "Silke Aarn", "thirst": "Silke Aarn"},
    ),
    "an uneasy councillor": (
        "Council split\n\nOn Friday Bruno Revik, a Green councillor, said he was uneasy. “What they built last year "
        "divided the whole village.”",
        {"divided the whole": "Bruno Revik"},
    ),
    "marks left open": (
        'Bridge talks\n\n"The arch is sound," Hanne Falk said, "and it will stay open all summer\n\n'
        'The firm did not comment. "We will look at it," said its lawyer, Dirk Sand.',
        {"arch is sound": "Hanne Falk", "look at it": "Dirk Sand"},
    ),
    "a list of residents": (
        "What residents said\n\n- Anton Riehl, baker: “The flour carts can’t turn any more.”\n"
        "- “I like the quiet,” says Ole Brandt, pensioner.",
        {"flour carts": "Anton Riehl", "the quiet": "Ole Brandt"},
    ),
    "a quotation in three parts": (
        "Church bell\n\n“I will not,” said the sexton Oda Krull, after a long pause in which nobody dared to cough, "
        "“ring that bell again until”—she pointed at the cracked rim—“somebody mends it.”",
        {"I will not": "Oda Krull", "ring that bell": "Oda Krull", "mends it": "Oda Krull"},
    ),
    "passive verbs": (
        "Quarry reopens\n\nPieter Moolen was quoted as saying “the pit is dry again”.\n\n"
        "Asked by reporter Lisa Dohm whether he would resign, Moolen replied: “Ask me in the autumn.”",
        {"pit is dry": "Pieter Moolen", "autumn": "Pieter Moolen"},
    ),
}
OTHER_LANGUAGES = {
    "de": (
        "Streit um die Mühle\n\n„Die Mühle bleibt offen“, sagte Bürgermeisterin Jule Arens am Montag. „Wir reparieren "
        "sie bei laufendem Betrieb.“\n\n»Das glaube ich erst, wenn ich es sehe«, erwiderte der Händler Karl Stähr.",
        [
            "Die Mühle bleibt offen",
            "Wir reparieren sie bei laufendem Betrieb.",
            "Das glaube ich erst, wenn ich es sehe",
        ],
    ),
    "fr": (
        "Le moulin\n\n« Le moulin restera ouvert tout l’hiver », a déclaré la maire Jeanne Aubert lundi.",
        ["Le moulin restera ouvert tout l’hiver"],
    ),
    "es": (
        "El molino\n\n«El molino seguirá abierto todo el invierno», dijo la alcaldesa Inés Rolán el lunes.",
        ["El molino seguirá abierto todo el invierno"],
    ),
    "ja": (
        "橋について\n\n市長は「橋は開いたままだ」と述べた。彼女は、「冬も」と語った。看板には「橋」の字がある。",
        ["橋は開いたままだ", "冬も"],
    ),
    "zh": ("关于桥\n\n市长说：「桥会一直开放到冬天。」", ["桥会一直开放到冬天。"]),
}


def found(extractor: Extractor, text: str, words: str) -> Quotation:
    quotations = extractor.extract(text, published=None, language="en")
    return next(one for one in quotations if words in one.span.of(text) and one.kind is not Kind.REPORTED)


@pytest.mark.parametrize("kind", CASES)
def test_the_speaker_of_each_quotation_is_found(extractor: Extractor, kind: str) -> None:
    text, speakers = CASES[kind]
    quotations = {words: found(extractor, text, words) for words in speakers}
    told = {words: one.speaker.name if one.speaker else None for words, one in quotations.items()}
    assert told == speakers


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Council split\n\nOn Friday Bruno Revik said he was uneasy. “What they built divided the whole village.” "
            "His colleague Greta Bohl disagreed. “Nobody in my lane was divided at all.”",
            "Nobody in my lane",
            "Greta Bohl",
        ),
        (
            "Quarry reopens\n\n“The pumps were my idea,” Greta Fuhr was heard telling Pieter Moolen.",
            "The pumps",
            "Greta Fuhr",
        ),
    ],
)
def test_nobody_else_is_named_where_the_speaker_is_hard_to_tell(
    extractor: Extractor, text: str, words: str, speaker: str
) -> None:
    told = found(extractor, text, words).speaker
    assert told is None or told.name in (None, speaker)


def test_whoever_is_talked_to_is_not_certain_to_have_said_it(extractor: Extractor) -> None:
    text = (
        "Two neighbours\n\nAlma Kehr turned to Bert Tamm. “The fence must go, and the hedge.” Bert nodded and went in."
    )
    speaker = found(extractor, text, "fence must go").speaker
    assert speaker is None or speaker.name != "Bert Tamm" or speaker.certainty is not Certainty.CERTAIN


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_words_in_other_languages_are_found_by_their_marks_and_no_speaker_is_guessed(
    extractor: Extractor, language: str
) -> None:
    text, words = OTHER_LANGUAGES[language]
    quotations = extractor.extract(text, published=None, language=language)
    assert [one.span.of(text).strip() for one in quotations] == words
    assert all(one.speaker is None or one.speaker.certainty is Certainty.UNCLEAR for one in quotations)
