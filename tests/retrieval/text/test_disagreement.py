"""In what a statement and words of another wording can't say the same."""

import pytest

from retrieval.text.statements.disagreement import Disagreement, disagreements


@pytest.mark.parametrize(
    ("statement", "text", "kind"),
    [
        ("the ferry was never off the market", "The boat was for sale all year.", Disagreement.NEGATION),
        ("the boat was up for grabs", "It wasn't for sale, ever.", Disagreement.NEGATION),
        ("nobody could paint the hull", "You could not steer her in a wind.", Disagreement.NEGATION),
        ("the ferry took forty people", "There were thirty of us aboard.", Disagreement.NUMBER),
        ("the ferry might sink", "She will go down, believe me.", Disagreement.MODALITY),
        ("the ferry will go down", "She may sink one day.", Disagreement.MODALITY),
        ("the ferry could be treated as lost", "It should be written off.", Disagreement.MODALITY),
        ("the skipper was rescued by Ada Brook", "A diver got him out.", Disagreement.NAME),
        ("fares rose last year", "Tickets fell in price.", Disagreement.DIRECTION),
        ("the lighthouse will be invisible", "Soon a lot of what we do will be invisible.", Disagreement.EXCHANGED),
        ("the lighthouse is a plus for us", "The return of the ferry is a plus for us.", Disagreement.EXCHANGED),
    ],
)
def test_what_only_one_of_them_has_tells_them_apart(statement: str, text: str, kind: Disagreement) -> None:
    assert kind in disagreements(statement, text)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("the boat was a bargain", "She cost us next to nothing at all, a lovely deal."),
        ("the crew were paid late in 2023", "They got their wages two months after everybody else."),
        ("the whole town chats about that boat", "It's not just the crew, everybody in Callan speaks of the ferry."),
        ("you need a steady hand for that boat", "One must be careful with her."),
    ],
)
def test_other_words_for_a_statement_may_stand(statement: str, text: str) -> None:
    found = disagreements(statement, text, "In 2023 the ferry at Callan was sold.")
    assert found <= {Disagreement.NEGATION} if "nothing" in text else not found


def test_most_of_the_words_said_of_the_same_thing_are_reworded() -> None:
    text = "Callan Airways has a full-scale employee mutiny on its hands."
    assert disagreements("Callan Airways has a full-scale staff mutiny", text) == {Disagreement.REWORDED}
    assert disagreements("The ferry company has a full-scale employee mutiny", text) == {Disagreement.EXCHANGED}


def test_a_modal_verb_in_another_sentence_of_the_quotation_does_not_count() -> None:
    text = "The donors look at your polling and the cash you raised. They may not know the streets."
    assert Disagreement.MODALITY not in disagreements("donors cared about polling and cash", text)


def test_names_may_stand_elsewhere_in_the_article() -> None:
    assert not disagreements("the cat near Callan came from a zoo", "It fled from its cage.", "A cat at Callan")


def test_the_subject_of_a_statement_is_a_name_unless_its_first_word_is_an_ordinary_one() -> None:
    assert Disagreement.NAME in disagreements("Okafor will win", "He is going to be elected.", "Reed leads in Callan.")
    assert Disagreement.NAME not in disagreements("Okafor will win", "She is going to be elected.", "Okafor leads.")
    assert Disagreement.NAME in disagreements("France will win", "It is going to be them.", "Reed leads in Callan.")
    assert Disagreement.ROLES in disagreements("Okafor defeated Reed", "Reed defeated Okafor by ten votes.")
    for ordinary in ("Mayors will win", "Inflation will win", "That will win"):
        assert Disagreement.NAME not in disagreements(ordinary, "She is going to be elected.", "Reed leads.")
