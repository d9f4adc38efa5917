import pytest

from tests.bot.openapi import DESCRIPTION, problems

MESSAGE = {
    "components": [{"type": 10, "content": "Hello"}],
    "flags": 1 << 15,
    "allowed_mentions": {"parse": []},
}


def test_a_sound_message_has_no_problems():
    assert problems("POST", "/channels/1/messages", MESSAGE) == []


@pytest.mark.parametrize(
    "change",
    [
        {"content": "x" * 2001, "components": [], "flags": 0},
        {"content": "beside components"},
        {"components": [{"type": 10, "content": "x" * 4001}]},
        {"components": [{"type": 10, "content": "x" * 2100}, {"type": 10, "content": "x" * 2100}]},
        {"components": [{"type": 10, "content": " "}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "a", "custom_id": "same"}] * 2}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "a" * 81, "custom_id": "a"}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "a", "custom_id": "a" * 101}]}]},
        {"components": [{"type": 10, "content": "x"}] * 41},
        {"components": []},
        {"allowed_mentions": {"parse": ["everyone"]}},
        {"allowed_mentions": None},
    ],
)
def test_what_discord_would_refuse_or_ping_with_is_noticed(change):
    assert problems("POST", "/channels/1/messages", {**MESSAGE, **change})


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Ask", "description": "d"},
        {"name": "ask", "description": "d" * 101},
        {
            "name": "ask",
            "description": "d",
            "options": [
                {"type": 3, "name": "a", "description": "d"},
                {"type": 3, "name": "b", "description": "d", "required": True},
            ],
        },
    ],
)
def test_commands_that_discord_would_refuse_are_noticed(command):
    assert problems("PUT", "/applications/1/commands", [command])


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="Discord's own description lies beside the checkout alone")
def test_unknown_keys_and_wrong_types_are_noticed():
    assert problems("POST", "/channels/1/messages", {**MESSAGE, "colour": 1})
    assert problems("POST", "/channels/1/messages", {**MESSAGE, "tts": "loud"})
    assert problems("POST", "/interactions/1/t/callback", {"type": 99})
    assert problems("POST", "/nowhere", {})
