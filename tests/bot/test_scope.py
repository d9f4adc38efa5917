from types import SimpleNamespace

from bot.services.visibility import filters, owners
from retrieval.domain import OPERATOR

CLIENT = SimpleNamespace(get_guild=lambda guild: object() if guild == 7 else None)


def test_a_server_with_the_bot_sees_its_own_articles_too():
    assert owners(CLIENT, 7) == {OPERATOR, "guild:7"}


def test_elsewhere_only_the_operators_articles_are_seen():
    assert owners(CLIENT, 8) == {OPERATOR}
    assert filters(CLIENT, None).owners == {OPERATOR}
