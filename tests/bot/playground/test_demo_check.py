from bot.playground.demo import what_is_wrong

CARD = """“Russia may think so, but our mission there is not over yet complete.”
Heather Nauert, State Department spokeswoman
direct quotation
Coalition forces to stay in Syria after Russian withdrawal, State Department says
On the Record samples · 13 December 2017"""
ARTICLE = 'She said: "Russia may think so, but our mission there is not over yet complete." Then she left.'


def test_the_right_card_passes():
    assert what_is_wrong(CARD, [ARTICLE]) == ()


def test_a_word_that_differs_from_the_article_is_found():
    (wrong,) = what_is_wrong(CARD.replace("Russia may", "Russia might"), [ARTICLE])
    assert wrong.startswith("in no article")


def test_whatever_is_missing_from_the_card_is_named():
    wrong = what_is_wrong("The archive doesn't say.", [ARTICLE])
    assert wrong == (
        "the bot declined",
        "the words asked for aren't quoted first",
        "the speaker isn't on the card",
        "her role isn't on the card",
        "the date isn't on the card",
        "the source isn't on the card",
    )


def test_the_right_words_as_a_near_miss_are_no_answer():
    near = f"The archive doesn't say.\nThis comes nearest:\n{CARD}"
    assert what_is_wrong(near, [ARTICLE]) == ("the bot declined",)
