import asyncio

import pytest

from bot.cards.guilds.settings import BOLDNESS, CHANNELS, LANGUAGE, MAY_ADD, THREADS, settings_card
from retrieval.guilds.settings import GuildSettings, ThreadMode
from tests.bot.any_cards import sent
from tests.bot.harness import World, world_with
from tests.bot.made_up import FakeAnswerer

SECRET = "who said it?"


async def test_a_server_is_private_by_default_if_it_likes(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        assert not (await world.alice.slash("ask", question=SECRET)).private
        shown = await mona.slash("settings")
        assert shown.private
        await mona.press(shown, "Make private")

        assert "**Private**" in shown.text
        assert (await world.alice.slash("ask", question=SECRET)).private
        assert (await world.alice.slash("quotes", speaker="Marlowe")).private
        assert not (await world.alice.slash("ask", question=SECRET, private=False)).private


async def test_what_was_chosen_outlives_a_restart(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        shown = await mona.slash("settings")
        await world.restart(make_bot())
        await mona.press(shown, "Make private")
        await world.restart(make_bot())

        assert (await world.alice.slash("ask", question=SECRET)).private


async def test_only_those_who_manage_the_server_change_it(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        mona = world.member("mona", manage_guild=True)
        shown = await mona.slash("settings")
        assert "settings" not in world.alice.actor.available_commands(world.channel)
        planted = await world.plant(shown.identifiers[shown.buttons.index("Make private")])
        refused = await world.alice.press(planted, "Copied")

        assert refused.text == "That takes somebody who manages this server."
        assert not (await world.alice.slash("ask", question=SECRET)).private


async def test_a_copied_button_changes_the_server_where_it_is_pressed_and_no_other(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        other = World(world.env)
        mona, max_ = world.member("mona", manage_guild=True), other.member("max", manage_guild=True)
        shown = await mona.slash("settings")
        await max_.press(await other.plant(shown.identifiers[shown.buttons.index("Make private")]), "Copied")

        assert not (await world.alice.slash("ask", question=SECRET)).private
        assert (await other.alice.slash("ask", question=SECRET)).private


async def test_elsewhere_than_in_its_channels_commands_are_private_and_mentions_told_where_once(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        mona, library = world.member("mona", manage_guild=True), world.guild.create_text_channel("library")
        shown = await mona.slash("settings")
        await mona.choose(shown, CHANNELS, library)
        answer = await world.alice.slash("ask", question=SECRET, private=False)
        assert answer.private
        assert "Share here" not in answer.buttons
        asked = len(answerer.asked)
        await world.alice.say(f"{world.mention} {SECRET}")
        assert world.last.text.startswith("In this channel I answer commands alone, to you alone: try /ask.")
        assert f"<#{library.id}>" in world.last.text
        await world.alice.say(f"{world.mention} {SECRET}")

        assert world.last.raw.author.id != world.env.bot.user.id
        assert len(answerer.asked) == asked
        world.channel = library
        assert not (await world.alice.slash("ask", question=SECRET)).private


async def test_what_is_shared_by_a_copied_button_stays_private_where_no_answers_are_wanted(make_bot):
    async with world_with(make_bot()) as world:
        mona, library = world.member("mona", manage_guild=True), world.guild.create_text_channel("library")
        answer = await world.alice.slash("ask", question=SECRET, private=True)
        await mona.choose(await mona.slash("settings"), CHANNELS, library)
        told = await world.alice.press(answer, "Share here")

        assert told.text == "In this channel everybody's answers are theirs alone."


async def test_boldness_and_language_count_for_answers(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        mona = world.member("mona", manage_guild=True)
        shown = await mona.slash("settings")
        await mona.choose(shown, BOLDNESS, "0.2")
        await world.alice.slash("ask", question=SECRET)
        assert answerer.boldness == 0.2
        await mona.choose(shown, BOLDNESS, "usual")
        await mona.choose(shown, LANGUAGE, "de")

        assert world.env.bot.services.guilds.of(world.guild.id) == GuildSettings(language="de")


async def test_two_changes_at_once_both_hold(make_bot):
    servers = make_bot().services.guilds
    await asyncio.gather(
        servers.change(1, private=True), servers.change(1, language="de"), servers.change(2, may_add=3)
    )

    assert servers.of(1) == GuildSettings(private=True, language="de")


async def test_a_role_may_be_given_leave_and_lose_it(make_bot):
    async with world_with(make_bot()) as world:
        mona, role = world.member("mona", manage_guild=True), world.guild.create_role("librarians")
        shown = await mona.slash("settings")
        await mona.choose(shown, MAY_ADD, role)
        assert world.env.bot.services.guilds.of(world.guild.id).may_add == role.id
        await mona.choose(shown, MAY_ADD)

        assert world.env.bot.services.guilds.of(world.guild.id).may_add is None


async def test_a_server_that_sends_the_bot_away_is_forgotten(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        await bot.services.guilds.change(world.guild.id, private=True)
        bot.services.gaps._gaps.add(world.guild.id, "who won the cup?")
        await bot.services.forget_guild(world.guild.id)

        assert bot.services.guilds.of(world.guild.id) == GuildSettings()
        assert await bot.services.gaps.of(world.guild.id) == []


@pytest.mark.parametrize(
    "settings",
    [
        GuildSettings(),
        GuildSettings(
            tuple(range(1, 26)),
            private=True,
            boldness=0.8,
            language="fr",
            may_add=1,
            may_watch=2,
            threads=ThreadMode.ALWAYS,
        ),
    ],
)
def test_the_card_of_any_settings_is_within_limits(settings):
    sent(settings_card(settings))


async def test_threads_are_never_forced(make_bot):
    async with world_with(make_bot()) as world:
        answer = await world.alice.slash("ask", question=SECRET)

        assert "Continue in a thread" not in answer.buttons
        assert world.channel.threads == []


async def test_a_thread_is_offered_where_the_server_likes_and_goes_on_there(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "offer")
        answer = await world.alice.slash("ask", question=SECRET)
        await world.restart(make_bot(answerer))
        await world.alice.press(answer, "Continue in a thread")
        (world.channel,) = world.channel.threads
        assert world.channel.name == "Harbour stays open, minister says"
        await world.alice.say(f"{world.mention} what did she say about fish?")

        assert "Ada Marlowe" in answerer.asked[-1][0]
        assert world.last.buttons


async def test_a_thread_that_is_there_already_is_said_to_be(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "offer")
        answer = await world.alice.slash("ask", question=SECRET)
        world.refuse("POST", "/channels/*/threads", status=400, code=160004)
        told = await world.bob.press(answer, "Continue in a thread")

        assert told.private
        assert told.text == "There is a thread already."


async def test_where_a_server_wants_no_threads_any_more_old_buttons_open_none(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "offer")
        answer = await world.alice.slash("ask", question=SECRET)
        await mona.choose(await mona.slash("settings"), THREADS, "never")
        told = await world.bob.press(answer, "Continue in a thread")

        assert told.text.startswith("I may not open threads here.")
        assert world.channel.threads == []


async def test_private_answers_offer_no_thread(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "offer")

        assert "Continue in a thread" not in (await world.alice.slash("ask", question=SECRET, private=True)).buttons


async def test_every_question_opens_a_thread_where_the_server_likes(make_bot):
    answerer = FakeAnswerer()
    async with world_with(make_bot(answerer)) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "always")
        await world.alice.slash("ask", question="who said **it**?")
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        by_command, by_mention = sorted(world.channel.threads, key=lambda thread: thread.id)
        assert by_command.name == "who said **it**?"
        world.channel = by_mention
        assert "We will not close the harbour" in world.last.text
        await world.alice.say(f"{world.mention} what did she say about fish?")

        assert "Ada Marlowe" in answerer.asked[-1][0]


async def test_without_leave_to_open_threads_the_answer_comes_where_it_was_asked(make_bot):
    async with world_with(make_bot()) as world:
        mona = world.member("mona", manage_guild=True)
        await mona.choose(await mona.slash("settings"), THREADS, "always")
        world.refuse("POST", "/channels/*/threads", status=403, code=50013, times=None)
        await world.alice.say(f"{world.mention} who said the harbour stays open?")

        assert "We will not close the harbour" in world.last.text
