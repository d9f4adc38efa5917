from bot.playground.shown import button, buttons, shown_text


def test_the_texts_of_a_card_come_from_top_to_bottom_without_markdown():
    section = {
        "type": 9,
        "components": [{"type": 10, "content": "**Two**"}],
        "accessory": {"type": 2, "label": "Go", "custom_id": "go"},
    }
    inside = [{"type": 10, "content": "> “One\\*”"}, section, {"type": 10, "content": "-# [Three](<https://x.org>)"}]
    card = {"content": "", "components": [{"type": 17, "components": inside}]}
    assert shown_text(card) == "“One*”\nTwo\nThree"
    assert buttons(card) == [("Go", "go")]
    assert button(card, "Go") == "go"


def test_an_embed_is_read_too():
    embed = {"title": "Title", "description": "Words", "fields": [{"name": "Role", "value": "Minister"}]}
    assert shown_text({"content": "Hello", "embeds": [embed]}) == "Hello\nTitle\nWords\nRole\nMinister"
