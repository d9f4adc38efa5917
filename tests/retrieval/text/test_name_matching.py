import pytest

from retrieval.domain import Certainty, Speaker, SpeakerKind
from retrieval.text.person_names.matching import holds_name, names_speaker, near_name, same_name

BROOK = Speaker("Ada Brook", "harbour master of Callan", SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)


@pytest.mark.parametrize("given", ["Ada Brook", "Brook", "Mrs Brook", "A. Brook", "the harbour master", "BROOK"])
def test_a_speaker_is_named_by_the_name_a_part_that_ends_it_or_the_role(given: str) -> None:
    assert names_speaker(given, BROOK)


@pytest.mark.parametrize("given", ["", "???", "🦀", "Ada", "Tom Brook", "the mayor", "the mayor of Callan"])
def test_neither_another_name_nor_no_name_at_all_is_taken_for_the_speaker(given: str) -> None:
    assert not names_speaker(given, BROOK)


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("Sukru Celikoglu", "Şükrü Çelikoğlu"),
        ("Siobhan ODwyer", "Siobhán O’Dwyer"),
        ("Siobhan O`Dwyer", "Siobhán O'Dwyer"),
        ("Jean Luc Saint Amand", "Jean-Luc Saint-Amand"),
        ("Vandermeulen", "Anneke van der Meulen"),
        ("Okonkwo, Ruth", "Ruth Okonkwo"),
        ("JP Marchetti", "J. P. Marchetti"),
        ("J.P. Marchetti", "J. P. Marchetti"),
        ("Juergen Mueller", "Jürgen Müller"),
        ("Rear Admiral Tallow", "Ruth Tallow"),
        ("Chief Inspector Ruth Tallow", "Ruth Tallow"),
        ("Sheriff Tallow", "Ruth Tallow"),
        ("Texas Gov. Ruth Tallow", "Ruth Tallow"),
        ("Marlow Post reviews editor Ruth Tallow", "Ruth Tallow"),
        ("Oleksiy Horodetsky", "Oleksiy Horodetskyi"),
        ("Lena Castell", "Lena “Birdie” Castell"),
        ("Birdie Castell", "Lena “Birdie” Castell"),
        ("RUTH TALLOW’S", "Ruth Tallow"),
        ("Tallow", "Ruth Tallow Jr."),
        ("King", "Edwin King"),
    ],
)
def test_spellings_orders_titles_and_initials_make_no_other_person(given: str, full: str) -> None:
    assert same_name(given, full)
    assert same_name(full, given)


@pytest.mark.parametrize(
    ("given", "other"),
    [
        ("Anna A. Pike", "Anna J. Pike"),
        ("George W. Lark", "George H. W. Lark"),
        ("Ruth Tallow Jr.", "Ruth Tallow Sr."),
        ("Ruth Tallow", "Ruth Tallow Jr."),
        ("Ruth Tallow", "Rose Tallow"),
        ("Jacqui Lark", "D.J. Lark"),
        ("Ruth Lark", "Ruth Lork"),
        ("Tallow Ruth", "Ruth Tallow"),
        ("Tallow campaign", "Ruth Tallow"),
    ],
)
def test_other_initials_generations_and_first_names_are_other_people(given: str, other: str) -> None:
    assert not same_name(given, other)


def test_a_letter_too_few_is_near_and_no_more() -> None:
    assert near_name("bob etherige", "Bob Etheridge")
    assert not same_name("bob etherige", "Bob Etheridge")
    assert not near_name("bob etherige", "Tom Etheridge")


@pytest.mark.parametrize("phrase", ["economist Bernt Nelson", "bernt nelson", "AccuWeather’s Bernt Nelson"])
def test_a_phrase_that_holds_the_name_means_the_person(phrase: str) -> None:
    assert holds_name(phrase, "Bernt Nelson")


def test_a_phrase_with_another_first_name_does_not() -> None:
    assert not holds_name("mary brook", "Tom Brook")
