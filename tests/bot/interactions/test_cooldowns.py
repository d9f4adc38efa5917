import pytest

from bot.errors import TooFast
from bot.interactions.cooldowns import Cooldowns
from tests.bot.harness import world_with


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_person_may_ask_again_when_the_first_use_is_a_minute_old():
    clock = Clock()
    cooldowns = Cooldowns(person=2, guild=9, clock=clock, wall_clock=clock)
    cooldowns.take(1, 5)
    clock.now += 20
    cooldowns.take(1, 6)
    with pytest.raises(TooFast) as refused:
        cooldowns.take(1, 5)
    assert refused.value.until == 1060
    cooldowns.take(2, 5)
    clock.now += 40
    cooldowns.take(1, 5)


def test_a_server_has_a_rate_of_its_own_and_a_refused_use_does_not_count():
    cooldowns = Cooldowns(person=1, guild=2, clock=Clock())
    cooldowns.take(1, 5)
    with pytest.raises(TooFast, match="one person"):
        cooldowns.take(1, 5)
    cooldowns.take(2, 5)
    with pytest.raises(TooFast, match="one guild"):
        cooldowns.take(3, 5)
    cooldowns.take(3, None)


def test_what_takes_longer_costs_more_and_costs_nothing_where_it_is_refused():
    clock = Clock()
    cooldowns = Cooldowns(person=12, guild=20, clock=clock, wall_clock=clock)
    cooldowns.take(1, 5, 9)
    with pytest.raises(TooFast, match="one person"):
        cooldowns.take(1, 5, 9)
    cooldowns.take(1, 5, 3)
    with pytest.raises(TooFast, match="one guild"):
        cooldowns.take(2, 5, 9)
    cooldowns.take(2, 5, 8)
    clock.now += 61
    cooldowns.take(1, 5, 500)


def test_a_clock_that_is_set_back_blocks_nobody():
    clock, wall = Clock(), Clock()
    cooldowns = Cooldowns(person=1, guild=9, clock=clock, wall_clock=wall)
    cooldowns.take(1, 5)
    wall.now -= 3600
    clock.now += 61
    cooldowns.take(1, 5)


def test_what_is_over_is_forgotten():
    clock = Clock()
    cooldowns = Cooldowns(person=1, guild=1, clock=clock)
    for person in range(10_002):
        cooldowns.take(person, None)
    clock.now += 61
    cooldowns.take(1, None)
    assert len(cooldowns._uses["person"]._cache) == 1


async def test_who_asks_too_often_is_told_when_to_come_back(make_bot):
    async with world_with(make_bot(person=1, clock=Clock(), wall_clock=Clock())) as world:
        await world.alice.slash("ask", question="who?")
        shown = await world.alice.slash("ask", question="who?")

        assert shown.text == "You have asked a lot in a short time. Please come back <t:1060:R>."
        assert shown.private
        assert "Ada Marlowe" in (await world.bob.slash("ask", question="who?")).text


async def test_who_mentions_too_often_is_told_once(make_bot):
    async with world_with(make_bot(person=1, clock=Clock(), wall_clock=Clock())) as world:
        for _ in range(4):
            await world.alice.say(f"{world.mention} who?")

        assert len(world.requests("POST", "/messages")) == 2
        assert world.last.raw.author.id == world.alice.actor.id


async def test_a_server_that_asks_too_much_is_told(make_bot):
    async with world_with(make_bot(server=1, clock=Clock(), wall_clock=Clock())) as world:
        await world.alice.slash("ask", question="who?")

        assert (await world.bob.slash("ask", question="who?")).text.startswith("This server has asked a lot")
