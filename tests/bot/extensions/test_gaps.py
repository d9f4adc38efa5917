from datetime import date

import pytest

from bot.cards.guilds.archive import gaps_card
from retrieval.domain import Answer, FollowUpKind, FollowUpReading
from retrieval.errors import ArchiveError
from retrieval.guilds.gaps import Gap
from tests.bot.any_cards import sent
from tests.bot.harness import world_with
from tests.bot.made_up import DECLINED, HARBOUR, FakeAnswerer


async def test_those_who_manage_a_server_see_what_found_no_answer_without_names(make_bot):
    async with world_with(make_bot(FakeAnswerer(DECLINED))) as world:
        mona = world.member("mona", manage_guild=True)
        await world.alice.slash("ask", question="who won the cup?")
        await world.bob.say(f"{world.mention} who won the cup?")
        shown = await mona.slash("gaps")

        assert shown.private
        assert shown.text.startswith("**Asked here, and not answered**\n-# Kept for 90 days, without names.")
        assert "who won the cup?\n-# asked 2 times, last on" in shown.text
        assert "alice" not in shown.text
        assert "gaps" not in world.alice.actor.available_commands(world.channel)


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        (HARBOUR, {}),
        (DECLINED, {"private": True}),
        (Answer("q", 0.0, reading=FollowUpReading(FollowUpKind.MORE, "Ada Marlowe")), {}),
    ],
)
async def test_what_was_answered_asked_in_private_or_follows_something_is_no_gap(make_bot, answer, options):
    bot = make_bot(FakeAnswerer(lambda _: answer))
    async with world_with(bot) as world:
        await world.alice.slash("ask", question="who won the cup?", **options)

        assert await bot.services.gaps.of(world.guild.id) == []


async def test_what_is_asked_directly_is_no_gap(make_bot):
    bot = make_bot(FakeAnswerer(DECLINED))
    async with world_with(bot) as world:
        await world.alice.whisper("who won the cup?")
        await world.alice.slash_directly("ask", question="who won the cup?")

        assert await bot.services.gaps.of(world.guild.id) == []


async def test_a_gap_that_can_not_be_kept_spoils_no_answer(make_bot, monkeypatch, logged):
    bot = make_bot(FakeAnswerer(DECLINED))
    async with world_with(bot) as world:
        monkeypatch.setattr(
            bot.services.gaps._gaps.__class__, "add", lambda *_: (_ for _ in ()).throw(ArchiveError("full"))
        )
        shown = await world.alice.slash("ask", question="who won the cup?")

        assert shown.text.startswith("-# who won the cup?\n**The archive doesn't say.**")
        assert [event["reason"] for event in logged if event["event"] == "gap_not_noted"] == ["full"]


async def test_without_gaps_that_is_said(make_bot):
    async with world_with(make_bot()) as world:
        shown = await world.member("mona", manage_guild=True).slash("gaps")

        assert shown.text.startswith("Every question of this server has been answered so far.")


def test_any_gaps_are_within_limits():
    hostile = "@everyone [x](https://x.example) ||" * 30
    sent(gaps_card([Gap((hostile,) * 9, 99, date(2026, 3, 1))] * 99))
