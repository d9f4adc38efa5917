from types import SimpleNamespace

from bot.services.visibility import visible_filters, visible_owners
from retrieval.domain import OPERATOR

CLIENT = SimpleNamespace(get_guild=lambda guild: object() if guild == 7 else None)


def test_a_server_with_the_bot_sees_its_own_articles_too():
    assert visible_owners(CLIENT, 7) == {OPERATOR, "guild:7"}


def test_elsewhere_only_the_operators_articles_are_seen():
    assert visible_owners(CLIENT, 8) == {OPERATOR}
    assert visible_filters(CLIENT, None).owners == {OPERATOR}
