"""Real archive, model and wiring: what one server added must not be seen, counted or guessed from anywhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import load_parts
from bot.client import OnTheRecord
from bot.services.dialogue import ConversationKey
from bot.tasks.watch_notices import WatchNotices
from config.settings import Settings
from retrieval.domain import OPERATOR, Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.embedding.encoder import Encoder
from retrieval.ingest.analysis import draft_units, embed_units
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit
from tests.bot.harness import Person, Shown, World, world_with


@dataclass(frozen=True)
class Tale:
    """An article with one quotation. None of `signs` is ever typed: whoever sees one sees the article."""

    title: str
    publisher: str
    before: str
    words: str
    speaker: str
    signs: tuple[str, ...]

    def article(self, owner: str) -> Article:
        text = f"{self.before}\n\n“{self.words}” said {self.speaker}, who keeps the place."
        id_ = self.title.lower().replace(" ", "-")
        return Article(id_, self.title, text, publisher=self.publisher, published="2026-03-12", owner=owner)


COMMON = Tale(
    "Pier closed", "Courier", "The pier is closed after the storm.", "The pier will open in May,", "Ada Brook", ()
)
ALDER = Tale(
    "Crimson kiln fired",
    "Alderman",
    "The old brickworks made bricks again.",
    "Our kiln burns crimson clay from the valley again,",
    "Cosmo Vane",
    ("rimson", "Alderman", "valley", "Cosmo"),
)
BIRCH = Tale(
    "Azure lamp lit",
    "Bugleman",
    "The lighthouse was lit after forty years.",
    "Our lamp burns azure whale oil from the cellar again,",
    "Barnaby Quill",
    ("zure", "Bugleman", "cellar", "Barnaby"),
)
STORY = "The pier is closed after the storm, and the harbour board has no money for planks before the summer comes."
ASKED = {ALDER: "who said that the kiln burns clay?", BIRCH: "who said that the lamp burns whale oil?"}
GIVEN = {ALDER: "Our kiln burns clay again", BIRCH: "Our lamp burns whale oil again"}


class Marks:
    """Curly marks, said by the two words of a name that follow."""

    def extract(self, text, *, published, language):
        start, end = text.index("“") + 1, text.index("”")
        name = " ".join(text[end:].split()[2:4]).rstrip(",")
        speaker = Speaker(name, None, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
        return (Quotation(Span(start, end), Kind.DIRECT, speaker),)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path)
    yield archive
    archive.close()


@pytest.fixture
def bot(bot_from, archive: Archive, encoder: Encoder, tmp_path: Path) -> OnTheRecord:
    parts = load_parts(archive, encoder, Settings(data=tmp_path, reranker="off"))
    return bot_from(parts, person=1000, server=1000, queue=9, limit=60.0)


@dataclass
class Servers:
    """Two servers, each with an article of its own; `anna` and `bert` manage them, and `anna` is on both."""

    bot: OnTheRecord
    archive: Archive
    encoder: Encoder
    alder: World
    birch: World
    anna: Person
    bert: Person

    def add(self, tale: Tale, owner: str) -> None:
        article = tale.article(owner)
        pieces = draft_units(article, Marks())
        vectors = embed_units(pieces, self.encoder)
        units = [
            NewUnit(piece.span, piece.context, piece.quotation, piece.digest, vector)
            for piece, vector in zip(pieces, vectors, strict=True)
        ]
        self.archive.put(AnalysedArticle(article, units, owner + tale.title, 1, self.encoder.model, {}))

    async def fill(self) -> None:
        self.add(COMMON, OPERATOR)
        self.add(ALDER, self.alder.owner)
        self.add(BIRCH, self.birch.owner)
        await self.bot.services.queries.read_names()


async def servers(bot, archive, encoder, world) -> Servers:
    other = World(world.env)
    people = (world.member("anna", manage_guild=True), other.member("bert", manage_guild=True))
    made = Servers(bot, archive, encoder, world, other, *people)
    await made.fill()
    return made


def seen(tale: Tale, shown: str) -> list[str]:
    return [sign for sign in tale.signs if sign in shown]


async def everything(person: Person, tale: Tale, direct: bool = False) -> list[Shown]:
    """What somebody is shown who does all that can be done to get at `tale`."""
    slash = person.slash_directly if direct else person.slash
    surname = tale.speaker.split()[1]
    return [
        await slash("ask", question=ASKED[tale]),
        await slash("ask", question="what was said?"),
        await slash("ask", question="what did he say?", speaker=surname),
        await slash("who-said", words=GIVEN[tale]),
        await slash("verify", quotation=GIVEN[tale]),
        await slash("verify", quotation=GIVEN[tale], speaker=surname),
        await slash("quotes", speaker=surname),
        await slash("quotes", speaker=surname, topic="whale oil and clay"),
        await slash("article", title=tale.article("").id),
        await slash("help"),
        await slash("watching"),
    ]


async def suggested(person: Person) -> str:
    fields = ("ask speaker", "ask publisher", "quotes speaker", "article title", "watch speaker")
    typed = [(*field.split(), letter) for field in fields for letter in ("", "a", "b", "c")]
    found = [name for what in typed for name in await person.type(*what)]
    return " ".join(found)


async def test_a_server_sees_its_own_articles_everywhere(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        shown = " ".join(each.text for each in await everything(both.anna, ALDER))

        assert seen(ALDER, shown) == list(ALDER.signs)
        assert "Cosmo Vane" in await suggested(both.anna)
        assert ALDER.title in await suggested(both.anna)


async def test_no_feature_shows_another_servers_article(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        for person, tale in ((both.anna, BIRCH), (both.bert, ALDER)):
            for shown in await everything(person, tale):
                assert seen(tale, shown.text + str(shown.identifiers)) == []
            assert seen(tale, await suggested(person)) == []


async def test_a_direct_message_sees_the_common_archive_alone_even_of_a_member(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        for tale in (ALDER, BIRCH):
            for shown in await everything(both.anna, tale, direct=True):
                assert seen(tale, shown.text + str(shown.identifiers)) == []


async def test_a_server_that_the_bot_is_no_member_of_sees_the_common_archive_alone(bot, archive, encoder, monkeypatch):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        known = bot.get_guild
        monkeypatch.setattr(bot, "get_guild", lambda id_: None if id_ == world.guild.id else known(id_))
        for shown in await everything(both.anna, ALDER):
            assert seen(ALDER, shown.text + str(shown.identifiers)) == []
        for command in ("settings", "gaps", "archive list", "archive status"):
            assert "that I am a member of" in (await both.anna.slash(command)).text


async def test_buttons_that_were_copied_elsewhere_show_nothing(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        copied = {name for shown in await everything(both.anna, ALDER) for name in shown.identifiers}
        assert {name.partition(":")[0] for name in copied} >= {"around", "more", "timeline", "right", "wrong", "follow"}
        visitor = both.anna.also_in(both.birch)
        for name in sorted(copied - {"share:"}):
            planted = await both.birch.plant(name)
            for person in (both.bert, visitor):
                told = seen(ALDER, await pressed(person, planted))
                assert [sign for sign in told if sign not in name] == []  # who copied the button has its name already


async def pressed(person: Person, planted: Shown) -> str:
    if not planted.identifiers[0].startswith(("follow:", "wrong:")):
        return (await person.press(planted, "Copied")).text
    shown = await person.fill_in(planted, "Copied", "what else did he say?")
    return shown.text if shown else ""


async def test_what_was_talked_about_on_one_server_is_not_followed_up_on_another(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        await both.anna.slash("ask", question=ASKED[ALDER])
        visitor = both.anna.also_in(both.birch)
        here = ConversationKey(world.channel.id, both.anna.actor.id)
        there = ConversationKey(both.birch.channel.id, both.anna.actor.id)
        bot.services.dialogue.conversations.remember(there, bot.services.dialogue.conversations.recall(here))
        for question in ("what else did he say?", "who said that?", "where was that?"):
            await visitor.say(f"{world.mention} {question}")
            assert seen(ALDER, both.birch.last.text) == []


async def test_what_people_share_counts_what_may_be_seen_alone(bot, archive, encoder):
    """Merged speakers, copies of an article, and how much there is."""
    same = Tale("Pier closed", "Courier", STORY, "The planks are gone, all of them,", "Ada Brook", ())
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        for owner, publisher in (
            (OPERATOR, "Courier"),
            (both.alder.owner, "Alderman"),
            (both.birch.owner, "Bugleman"),
        ):
            both.add(Tale(f"{publisher} on the pier", publisher, STORY, same.words, same.speaker, ()), owner)
        mine = await both.anna.slash("quotes", speaker="Ada Brook")
        direct = await both.anna.slash_directly("quotes", speaker="Ada Brook")
        status = await both.anna.slash("archive status")
        listed = await both.anna.slash("archive list")
        answers = [await both.anna.slash("ask", question="who said the planks are gone?"), mine, listed]

        assert all("Bugleman" not in shown.text for shown in answers)
        assert "Alderman" not in direct.text
        assert "of 4" not in mine.text
        assert status.text.startswith("**2 articles of this server**")
        assert "2 articles that everybody sees" in status.text


async def test_gaps_are_a_servers_own(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        await world.alice.slash("ask", question="who won the cup in the year of the flood?")
        await world.alice.slash("ask", question="who ate my marzipan?", private=True)
        await both.anna.slash_directly("ask", question="who stole the weather vane?")
        mine, theirs = await both.anna.slash("gaps"), await both.bert.slash("gaps")

        assert "who won the cup in the year of the flood?\n-# asked 1 time, last on" in mine.text
        assert "marzipan" not in mine.text
        assert "weather vane" not in mine.text
        assert "alice" not in mine.text
        assert "flood" not in theirs.text


async def test_watches_tell_what_may_be_seen_where_they_tell_it(bot, archive, encoder):
    async with world_with(bot) as world:
        both = await servers(bot, archive, encoder, world)
        for person in (both.anna, both.bert):
            await person.slash("watch", topic="burning lamps and kilns", where="here")
            await person.slash("watch", speaker="Ida Stone", where="here")
            await person.slash("watch", speaker="Ida Stone")
        owners = {"common": OPERATOR, "alder": both.alder.owner, "birch": both.birch.owner}
        for word, owner in owners.items():
            words = f"I like {word} best of all,"
            both.add(Tale(f"Stone on {word}", word, f"It was about {word}.", words, "Ida Stone", ()), owner)
        await WatchNotices(bot).look()

        for where, other in ((both.alder, "birch"), (both.birch, "alder")):
            assert "I like common" in where.last.text
            assert f"I like {other}" not in where.last.text
        for person in (both.anna, both.bert):
            (letter,) = person.letters
            assert "I like common" in letter
            assert "I like alder" not in letter
            assert "I like birch" not in letter
