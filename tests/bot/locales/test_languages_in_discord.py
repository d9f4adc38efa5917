"""What people of other languages see."""

import string
from datetime import date
from typing import Any

import discord
import pytest

from bot.cards.reasons import reason_told
from bot.locales import _, catalogue, language_of, ngettext, speaking, written
from retrieval.errors import FetchFailed
from retrieval.reasons import ENGLISH, Reason, ReasonCode
from tests.bot.harness import world_with
from tests.bot.made_up import DECLINED, FakeAnswerer


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("es-419", "es"), ("es-ES", "es"), ("en-GB", "en"), ("fr", "fr"), ("ja", "en"), ("", "en")],
)
def test_each_locale_of_discord_has_one_of_our_languages(tag, language):
    assert language_of(tag) == language


@pytest.mark.parametrize(
    ("tag", "day"),
    [("en-US", "4 March 2024"), ("de", "4. März 2024"), ("fr", "4 mars 2024"), ("es-ES", "4 de marzo de 2024")],
)
def test_a_day_is_written_out_in_the_readers_language(tag, day):
    with speaking(tag):
        assert written(date(2024, 3, 4)) == day


async def test_an_answer_is_told_in_the_language_of_who_asked(make_bot):
    async with world_with(make_bot()) as world:
        world.language = "de"
        shown = await world.alice.slash("ask", question="who said the harbour stays open?")

        assert shown.text.splitlines()[:4] == [
            "-# who said the harbour stays open?",
            "**Ada Marlowe**, harbour minister",
            "> “We will not close the harbour,”",
            "-# gesagt am 4. März 2024",
        ]
        assert shown.buttons[:2] == ["Zusammenhang", "Mehr von Marlowe hier"]


async def test_two_people_are_each_answered_in_their_language(make_bot):
    async with world_with(make_bot(FakeAnswerer(DECLINED))) as world:
        world.language = "fr"
        french = await world.alice.slash("ask", question="who won the cup?")
        world.language = "es-419"
        spanish = await world.bob.slash("ask", question="who won the cup?")

        assert french.text.startswith("-# who won the cup?\n**Les archives ne le disent pas.**")
        assert spanish.text.startswith("-# who won the cup?\n**El archivo no lo dice.**")


async def test_what_goes_wrong_is_told_in_the_language_too(make_bot):
    def fail(question):
        raise ValueError

    async with world_with(make_bot(FakeAnswerer(fail))) as world:
        world.language = "de"
        shown = await world.alice.slash("ask", question="who?", after="gestern")
        assert shown.text == "Schreib einen Tag wie 2024-03-05, May 2023, 2024, yesterday oder last week."
        broken = await world.alice.slash("ask", question="who?")
        assert broken.text.splitlines()[1] == "-# Kennung: ABC123"


async def test_commands_have_names_and_descriptions_in_every_language(make_bot):
    async with world_with(make_bot()) as world:
        (sent,) = world.requests("PUT", "/commands")
        for command in sent.json:
            assert set(command["name_localizations"]) == {"de", "fr", "es-ES", "es-419"}
        ask = next(command for command in sent.json if command["name"] == "ask")
        assert ask["name_localizations"]["de"] == "fragen"
        assert ask["options"][0]["name_localizations"]["fr"] == "question"


async def test_commands_are_sent_again_when_a_translation_has_changed(make_bot, monkeypatch):
    async with world_with(make_bot()) as world:
        await world.restart(make_bot())
        assert len(world.requests("PUT", "/commands")) == 1
        known: Any = catalogue("de")
        monkeypatch.setitem(known._catalog, "name\x04ask", "frag")
        await world.restart(make_bot())
        assert len(world.requests("PUT", "/commands")) == 2


async def test_what_is_said_in_a_channel_is_told_in_the_servers_language(make_bot):
    bot = make_bot(FakeAnswerer(DECLINED))
    async with world_with(bot) as world:
        bot.guilds[0].preferred_locale = discord.Locale.german
        await world.alice.say(f"{world.mention} who won the cup?")

        assert world.last.text.startswith("**Das Archiv sagt dazu nichts.**")


async def test_how_a_follow_up_was_understood_is_told_in_the_language_too(make_bot):
    bot = make_bot()
    async with world_with(bot) as world:
        bot.guilds[0].preferred_locale = discord.Locale.german
        await world.alice.say(f"{world.mention} who said the harbour stays open?")
        await world.alice.say(f"{world.mention} what else did she say?", reply_to=world.last)

        assert world.last.text.startswith("-# mehr von Ada Marlowe")


async def test_why_an_address_is_not_read_is_told_in_the_readers_language_too(make_bot):
    def slow(address, _owner):
        raise FetchFailed(address, Reason.of(ReasonCode.TOO_SLOW))

    async with world_with(make_bot(fetched=slow)) as world:
        mona = world.member("mona", manage_guild=True)
        world.language = "de"
        shown = await mona.slash("archive add", address="https://gazette.example/pier")

        assert shown.text == "Diese Adresse konnte ich nicht lesen: hat zu lange gedauert"


def test_numbers_decide_between_one_and_many():
    with speaking("de"):
        assert ngettext("{n} quotation", "{n} quotations", 1) == "1 Zitat"
        assert ngettext("{n} quotation", "{n} quotations", 1234) == "1.234 Zitate"
    with speaking("fr"):
        assert ngettext("{n} quotation", "{n} quotations", 0) == "0 citation"


@pytest.mark.parametrize("code", [code for code in ReasonCode if code is not ReasonCode.STATED])
def test_every_reason_is_told_in_the_readers_language_with_what_it_names(code):
    values = {"speaker": "Ada Marlowe", "asked": "Tom Rook", "word": "dredge", "other": "gate", "topic": "the harbour"}
    values |= {"status": "503", "size": "20 MB", "kind": "image/png", "formats": ".txt", "most": "2,000"}
    values |= {"words": "she", "name": "Ada Marlowe"}
    named = [name for _, name, _, _ in string.Formatter().parse(ENGLISH[code]) if name]
    reason = Reason.of(code, **{name: values[name] for name in named})
    assert reason_told(reason) == str(reason)
    with speaking("de"):
        told = reason_told(reason)
    assert told != str(reason)
    assert all(values[name] in told for name in named)


def test_what_is_not_known_stays_as_it_is():
    with speaking("de"):
        assert reason_told(Reason.stated("something new")) == "something new"
        assert _("something new") == "something new"
        assert _("") == ""
