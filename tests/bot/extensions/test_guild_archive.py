import asyncio
import threading
from datetime import UTC, datetime

import pytest

from bot.cards.guilds.archive import (
    AdditionProgress,
    AdditionStatus,
    added_card,
    archive_list_card,
    progress_card,
    removed_card,
    status_card,
)
from bot.errors import Busy
from retrieval.answering.citation_lookup import CitationLookup
from retrieval.domain import OPERATOR, Article
from retrieval.errors import FetchRefused
from retrieval.guilds.additions import GuildArticle, WaitingForIngest
from retrieval.ingest.events import ArticleFailed, ArticleStored
from retrieval.reasons import Reason
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import utc_now
from tests.bot.any_cards import sent
from tests.bot.harness import World, until, world_with
from tests.bot.made_up import FakeAnswerer
from tests.retrieval.made_up_archive import article, entry, quotation

PAGE = "Rook speaks\n\nThe pier reopens.\n\n“The pier is safe” said Rook yesterday evening.\n"
WORDS = '"The tower may stay," said Ada Marlowe.'


def manager(world):
    return world.member("mona", manage_guild=True)


def titles(archive, owner):
    return [listed.title for listed in archive.listing() if listed.owner == owner]


async def test_a_file_is_added_for_this_server_alone_and_said_what_was_found(make_bot, archive):
    async with world_with(make_bot()) as world:
        shown = await manager(world).slash("archive add", file=("pier.txt", PAGE.encode()))

        assert shown.private
        assert shown.text.startswith("**1 article added.**\n-# With 1 quotation\n*Rook speaks*")
        assert titles(archive, world.owner) == ["Rook speaks"]
        assert titles(archive, OPERATOR) == []


async def test_an_address_is_added(make_bot, archive):
    def fetched(address, owner):
        return Article(id="pier", title="The pier", text=PAGE, url=address, owner=owner)

    async with world_with(make_bot(fetched=fetched)) as world:
        mona = manager(world)
        shown = await mona.slash("archive add", address="https://gazette.example/pier")
        assert "[The pier](<https://gazette.example/pier>)" in shown.text
        again = await mona.slash("archive add", address="https://gazette.example/pier")

        assert again.text == "1 was there already, just so."


async def test_an_address_that_is_refused_is_told_with_the_reason(make_bot):
    async with world_with(make_bot()) as world:
        shown = await manager(world).slash("archive add", address="http://127.0.0.1/secret")

        assert shown.text == "I could not read that address: it isn't on the public internet"


async def test_what_cannot_be_read_is_told(make_bot, archive):
    async with world_with(make_bot()) as world:
        shown = await manager(world).slash("archive add", file=("pier.exe", b"MZ"))

        assert shown.text.startswith("1 could not be added.\nWhat could not be read:\n-# ")
        assert "isn't of a format that can be read" in shown.text


async def test_of_a_file_of_countless_broken_lines_the_first_are_looked_at(make_bot):
    async with world_with(make_bot()) as world:
        shown = await manager(world).slash("archive add", file=("lines.jsonl", b"x\n" * 100_000))

        assert shown.text.startswith("1,001 could not be added.")


async def test_one_thing_is_added_at_a_time(make_bot):
    async with world_with(make_bot()) as world:
        mona = manager(world)
        both = await mona.slash("archive add", file=("a.txt", b"x"), address="https://gazette.example/")
        neither = await mona.slash("archive add")

        assert both.text == neither.text == "Give me one thing to add: a file or an address."


async def test_a_server_may_add_so_much_and_no_more(make_bot, archive):
    async with world_with(make_bot(most=1)) as world:
        mona = manager(world)
        await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        told = await mona.slash("archive add", file=("other.txt", PAGE.replace("Rook", "Reef").encode()))

        assert "there is room for 1 articles, and no more" in told.text
        assert len(archive.listing()) == 1


async def test_what_was_removed_takes_room_until_it_is_purged_or_added_again(make_bot, archive):
    async with world_with(make_bot(most=1)) as world:
        mona, other = manager(world), PAGE.replace("Rook", "Reef").encode()
        await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        archive.remove(world.owner, archive.listing()[0].id, by=world.owner)
        told = await mona.slash("archive add", file=("other.txt", other))
        assert "no more; 1 that were removed take some of it until whoever runs this bot purges them" in told.text
        again = await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        assert again.text.startswith("**1 article added.**")
        archive.remove(world.owner, archive.listing()[0].id, by=world.owner)
        archive.purge(archive.deleted_articles())
        shown = await mona.slash("archive add", file=("other.txt", other))

        assert shown.text.startswith("**1 article added.**")


async def test_it_takes_leave_which_a_role_can_give(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        assert "archive add" not in world.alice.actor.available_commands(world.channel)
        role = world.guild.create_role("librarians")
        mona = manager(world)
        shown = await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        assert shown
        planted = await world.plant("remove:1")
        refused = await world.alice.press(planted, "Copied")
        assert refused.text.startswith("That takes somebody who manages this server")
        await bot.services.guilds.change(world.guild.id, may_add=role.id)
        librarian = world.guild.add_member(world.env.create_user("lib"), roles=[role])
        removed = await librarian.click(planted.raw, custom_id="remove:1")

        assert removed.response is not None
        assert archive.listing() == []


async def test_an_article_is_removed_after_a_question_and_had_back(make_bot, archive):
    lookup = CitationLookup(archive, SpeakerIndex(archive, utc_now), FakeAnswerer())
    async with world_with(make_bot(lookup=lookup)) as world:
        owner = world.owner
        archive.put(
            entry(article("tower", WORDS, owner=owner), [quotation(WORDS, "The tower may stay,", "Ada Marlowe")])
        )
        mona = manager(world)
        confirm = await mona.slash("archive remove", title="Title of tower")
        assert confirm.text.startswith("Remove this article?")
        assert titles(archive, owner) == ["Title of tower"]
        await world.restart(make_bot())
        await mona.press(confirm, "Remove it")
        assert confirm.text.startswith("Removed:")
        assert titles(archive, owner) == []
        await world.restart(make_bot())
        await mona.press(confirm, "Undo")

        assert confirm.text == "The article is back."
        assert titles(archive, owner) == ["Title of tower"]


async def test_what_was_removed_and_is_added_again_is_back(make_bot, archive):
    async with world_with(make_bot()) as world:
        mona, owner = manager(world), world.owner
        await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        archive.remove(owner, archive.listing()[0].id, by=owner)
        shown = await mona.slash("archive add", file=("pier.txt", PAGE.encode()))

        assert shown.text.startswith("**1 article added.**")
        assert titles(archive, owner) == ["Rook speaks"]


async def test_what_the_operator_removed_its_server_neither_adds_again_nor_has_back(make_bot, archive):
    async with world_with(make_bot()) as world:
        mona = manager(world)
        await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        id_ = archive.listing()[0].id
        archive.remove(world.owner, id_)
        refused = await mona.slash("archive add", file=("pier.txt", PAGE.encode()))
        assert refused.text == "1 was removed and stays out until whoever runs me lets it in again."
        assert archive.listing() == []
        told = await mona.press(await world.plant(f"restore:{id_}"), "Copied")
        assert "Those words are no longer in the archive" in told.text
        assert archive.listing() == []

        assert archive.restore(world.owner, id_)


async def test_nothing_of_another_server_is_removed_by_a_copied_button(make_bot, archive):
    bot = make_bot()
    async with world_with(bot) as world:
        other = World(world.env)
        seq = archive.put(entry(article("tower", WORDS, owner=world.owner)))
        common = archive.put(entry(article("pier", WORDS)))
        stranger = other.member("stranger", manage_guild=True)
        for row in (seq, common):
            told = await stranger.press(await other.plant(f"remove:{row}"), "Copied")
            assert "Those words are no longer in the archive" in told.text
        archive.remove(world.owner, "tower")
        told = await stranger.press(await other.plant("restore:tower"), "Copied")

        assert "Those words are no longer in the archive" in told.text
        assert titles(archive, world.owner) == []


async def test_the_list_has_pages_and_shows_this_server_alone(make_bot, archive):
    async with world_with(make_bot()) as world:
        owner, mona = world.owner, manager(world)
        empty = await mona.slash("archive list")
        assert empty.text.startswith("This server has added no articles.")
        for number in range(12):
            archive.put(entry(article(f"a{number}", WORDS, owner=owner, publisher="Gazette", published="2024-03-05")))
        archive.put(entry(article("common", WORDS)))
        archive.put(entry(article("theirs", WORDS, owner="guild:1")))
        shown = await mona.slash("archive list")
        assert shown.text.startswith("**12 articles of this server**\n*Title of a11*\n-# Gazette · 5 March 2024")
        assert "theirs" not in shown.text
        assert "common" not in shown.text
        await world.restart(make_bot())
        await mona.press(shown, "Next")

        assert "*Title of a0*" in shown.text
        assert shown.buttons == ["Previous"]


async def test_status_tells_how_much_there_is_and_who_holds_the_archive(make_bot, archive):
    async with world_with(make_bot()) as world:
        mona = manager(world)
        archive.put(entry(article("mine", WORDS, owner=world.owner)))
        archive.put(entry(article("theirs", WORDS, owner="guild:1")))
        archive.put(entry(article("common", WORDS)))
        idle = await mona.slash("archive status")
        assert idle.text.startswith("**1 article of this server**\n-# Of 5 that it may have.")
        assert "1 article that everybody sees\nNothing is being added at the moment." in idle.text
        with archive.ingest_lock():
            busy = await mona.slash("archive status")

        assert "Somebody else has been adding to the archive since <t:" in busy.text


HOSTILE = "@everyone [x](https://x.example) ||\u202e**" * 2000


@pytest.mark.parametrize("words", ["Title", HOSTILE, ""])
def test_the_cards_of_any_articles_are_within_limits(words):
    some = article("x" * 200, WORDS) if words else article("x", WORDS)
    made = Article(**{**{field: getattr(some, field) for field in ("id", "text")}, "title": words, "publisher": words})
    progress = AdditionProgress(
        30, tuple(ArticleStored(made, 1, 1) for _ in range(30)), 3, (ArticleFailed(words, Reason.stated(words)),) * 9
    )
    sent(added_card(progress))
    sent(added_card(AdditionProgress()))
    for waiting in (None, WaitingForIngest(None), WaitingForIngest(datetime(2026, 3, 1, tzinfo=UTC))):
        sent(progress_card(AdditionProgress(3, waiting=waiting)))
    sent(removed_card(made))
    sent(archive_list_card([GuildArticle(1, words, words, words)] * 10, 100, 3))
    sent(status_card(AdditionStatus(1, 2, 3, since=datetime(2026, 3, 1, tzinfo=UTC), busy=False)))
    sent(status_card(AdditionStatus(1, 2, 3, since=None, busy=True)))


async def test_a_server_that_adds_without_end_lets_another_server_add_in_between(make_bot):
    """Of six by one server one runs, three wait and two are refused; the other server's comes second but one."""
    gate, begun = threading.Semaphore(0), []

    def slow(address, owner):
        begun.append(address)
        gate.acquire()
        raise FetchRefused(address, Reason.stated("it isn't on the public internet"))

    async with world_with(make_bot(fetched=slow)) as world:
        flood = [
            asyncio.ensure_future(world.env.bot.services.additions.add_address(f"https://a.example/{n}", "a", ignore))
            for n in range(6)
        ]
        await until(lambda: len(begun) == 1)
        late = asyncio.ensure_future(world.env.bot.services.additions.add_address("https://b.example/0", "b", ignore))
        await asyncio.sleep(0)
        for _ in range(5):
            gate.release()
        ended = await asyncio.gather(*flood, late, return_exceptions=True)

    assert [type(error) for error in ended] == [FetchRefused] * 4 + [Busy] * 2 + [FetchRefused]
    assert begun == [
        f"https://{address}" for address in ("a.example/0", "a.example/1", "b.example/0", "a.example/2", "a.example/3")
    ]


async def ignore(_progress):
    pass
