import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.reliability.light_models import vector_of
from bot.cards.components import Tone
from bot.cards.guilds.watches import STOP, news_card, promise_card, watching_card
from bot.tasks.watch_notices import WatchNotices
from retrieval.guilds.watch_matcher import WatchMatch
from retrieval.guilds.watches import PERSON_LIMIT, Watch, WatchPause
from tests.bot.any_cards import sent
from tests.bot.harness import World, world_with
from tests.bot.made_up import citation
from tests.bot.watched import look, store
from tests.retrieval.made_up_archive import article, entry, quotation

MINE = Watch(1, person=5, guild=None, channel=None, speaker="Ada Marlowe", topic=None)


class Alike:
    """Every topic comes near every quotation."""

    def encode(self, texts):
        near = vector_of("The tower may stay,") + vector_of("We wait,")
        return np.stack([near * 9] * len(texts))


async def test_who_watches_a_speaker_is_written_to_when_new_articles_quote_them(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        promise = await world.alice.slash("watch", speaker="Marlowe")
        assert promise.private
        assert promise.text.startswith("I will write to you when new articles quote **Ada Marlowe**.")
        store(archive)
        await look(bot)

        (letter,) = world.alice.letters
        assert letter.startswith(
            "**Ada Marlowe** is quoted in new articles.\n**Ada Marlowe**, harbour master\n> “The tower may stay,”"
        )
        assert "We wait" not in letter
        assert world.bob.letters == []


async def test_a_digest_tells_all_together_on_its_day_and_nothing_before(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        promise = await world.alice.slash("watch", speaker="Marlowe", often="weekly")
        assert "Once a week, all together." in promise.text
        assert "weekly" in (await world.alice.slash("watching")).text
        day = date(2026, 11, 1)
        (watch,) = await bot.services.watches.active()
        await bot.services.watches.postpone(watch.id, day)
        store(archive)
        await WatchNotices(bot, today=lambda: day - timedelta(days=1)).look()
        assert world.alice.letters == []
        notices = WatchNotices(bot, today=lambda: day)
        await notices.look()
        await notices.look()

        (letter,) = world.alice.letters
        assert letter.startswith("-# The week's digest\n**Ada Marlowe** is quoted in new articles.")
        (watch,) = await bot.services.watches.active()
        assert watch.due_on == day + timedelta(days=7)


async def test_one_can_watch_from_a_direct_message_too(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        promise = await world.alice.slash_directly("watch", speaker="Marlowe", where="here")
        store(archive, owner=world.owner)
        await look(bot)
        assert world.alice.letters == [promise.text]
        store(archive, "common")
        await look(bot)

        assert "“The tower may stay,”" in world.alice.letters[-1]


async def test_nobody_is_told_twice_even_after_a_restart(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        store(archive)
        await look(bot)
        await look(bot)
        await world.restart(restarted := make_bot())
        await look(restarted)
        store(archive, rules=2)
        await look(restarted)
        archive.remove("operator", "tower")
        store(archive)
        await look(restarted)

        assert len(world.alice.letters) == 1


async def test_what_came_while_the_bot_was_away_is_told(make_bot, archive):
    async with world_with(make_bot()) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        store(archive)
        await world.restart(restarted := make_bot())
        await look(restarted)

        assert len(world.alice.letters) == 1


async def test_a_channel_is_told_what_its_people_watch_for(make_bot, archive):
    bot = make_bot(encoder=Alike())
    async with world_with(bot) as world:
        keeper = world.member("keeper", manage_messages=True)
        promise = await keeper.slash("watch", topic="the tower", where="here")
        assert promise.text.startswith("I will say it here when new articles have words about **the tower**.")
        store(archive)
        await look(bot)

        assert world.last.text.startswith("New articles have words about **the tower**.\n**Ada Marlowe**")
        assert "> “The tower may stay,”" in world.last.text
        assert "“We wait,”" in world.last.text
        assert not world.last.raw.mentions
        assert keeper.letters == []


async def test_a_channel_takes_leave_which_a_role_can_give(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        refused = await world.alice.slash("watch", speaker="Ada Marlowe", where="here")
        assert refused.text.startswith("To have me write to this channel takes somebody")
        role = world.guild.create_role("criers")
        crier = world.guild.add_member(world.env.create_user("crier"), roles=[role])
        await bot.services.guilds.change(world.guild.id, may_watch=role.id)
        promise = await crier.slash(world.channel, "watch", speaker="Ada Marlowe", where="here")

        assert (await bot.services.watches.of_guild(world.guild.id))[0].person == crier.id
        assert promise.response is not None


async def test_a_watch_needs_something_to_watch_for(make_bot):
    async with world_with(make_bot()) as world:
        assert (await world.alice.slash("watch")).text == "Say what to watch for: a speaker, a topic, or both."


async def test_there_is_an_end_to_watching(make_bot):
    async with world_with(make_bot()) as world:
        for number in range(PERSON_LIMIT):
            await world.alice.slash("watch", topic=f"topic {number}")
        told = await world.alice.slash("watch", topic="one more")

        assert told.text == f"There are {PERSON_LIMIT} already. /watching ends some of them."


async def test_watching_lists_and_ends(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe", topic="fish")
        await world.alice.slash("watch", topic="the **tower**")
        await world.bob.slash("watch", speaker="Tom Rook")
        shown = await world.alice.slash("watching")
        assert shown.private
        assert "Ada Marlowe · fish\n-# by direct message" in shown.text
        assert "the \\*\\*tower\\*\\*" in shown.text
        assert "Rook" not in shown.text
        options = shown.menus[STOP]["options"]
        assert [option["label"] for option in options] == [
            "Ada Marlowe · fish · by direct message",
            "the **tower** · by direct message",
        ]
        await world.restart(bot := make_bot())
        await world.alice.choose(shown, STOP, options[0]["value"])

        assert "fish" not in shown.text
        assert [watch.topic for watch in await bot.services.watches.of_person(world.alice.actor.id)] == [
            "the **tower**"
        ]


async def test_nobody_ends_what_is_not_theirs(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        other = World(world.env)
        await world.alice.slash("watch", speaker="Ada Marlowe")
        keeper = world.member("keeper", manage_messages=True)
        await keeper.slash("watch", speaker="Ada Marlowe", where="here")
        stranger = other.member("stranger", manage_messages=True, manage_guild=True)
        for watch in await bot.services.watches.active():
            for person, place in ((world.bob, world), (stranger, other)):
                told = await person.press(await place.plant(f"unwatch:{watch.id}"), "Copied")
                assert told.text == "It has ended already, or isn't yours to end."

        assert len(await bot.services.watches.active()) == 2


async def test_a_notice_has_a_button_that_ends_it(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        keeper = world.member("keeper", manage_messages=True)
        await keeper.slash("watch", speaker="Ada Marlowe", where="here")
        store(archive)
        await look(bot)
        told = await keeper.press(world.last, "Stop watching")

        assert told.private
        assert told.text == "Done. I will not write about it any more."
        assert await bot.services.watches.active() == []


async def test_many_new_words_come_in_one_message(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        for number in range(8):
            words = f'"Tower number {number} stays," said Ada Marlowe.'
            said = [quotation(words, f"Tower number {number} stays,", "Ada Marlowe")]
            archive.put(entry(article(f"tower-{number}", words), said))
        await look(bot)

        (letter,) = world.alice.letters
        assert letter.count("> “Tower number") == 5
        assert "-# and 3 more quotations" in letter


async def test_privacy_counts_copies_and_deletes_what_somebody_watches_for(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        await world.alice.slash("watch", speaker="Ada Marlowe")
        await world.bob.slash("watch", speaker="Ada Marlowe")
        shown = await world.alice.slash("privacy")
        assert "What you watch for, until you end it: 1 now." in shown.text
        copy = await world.alice.actor.click(shown.raw, label="Give me a copy")
        kept = json.loads(await copy.response.attachments[0].read())
        assert kept["watches"][0]["speaker"] == "Ada Marlowe"
        await world.alice.press(shown, "Delete it")

        assert [watch.person for watch in await bot.services.watches.active()] == [world.bob.actor.id]


HOSTILE = "@everyone [x](https://x.example) ||\u202e**" * 20


@pytest.mark.parametrize("name", ["Ada Marlowe", HOSTILE[:100], "\u202e"])
@pytest.mark.parametrize("watch", [MINE, replace(MINE, guild=1, channel=2), replace(MINE, speaker=None, topic="x")])
def test_the_cards_of_any_watch_are_within_limits(watch, name):
    many = [replace(watch, id=number, topic=name, paused=WatchPause.GONE) for number in range(25)]
    sent(watching_card(many, lambda _: name))
    sent(promise_card(replace(watch, topic=name), known=False, others=[name] * 9, own=True))
    card = news_card(WatchMatch(replace(watch, topic=name), tuple(citation(1 + number % 5) for number in range(40))))
    sent(card)
    assert card.tone is Tone.NEUTRAL
