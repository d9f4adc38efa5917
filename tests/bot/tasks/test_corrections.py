"""Answers over a real archive whose articles change afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cards.correction import with_notes
from bot.client import OnTheRecord
from bot.tasks import corrections
from bot.tasks.corrections import CorrectionOutcome, Corrections
from retrieval.answering.citations import cite
from retrieval.answering.posted_answers import OutdatedMessage
from retrieval.domain import Answer, Article, Citation
from retrieval.store.archive import Archive
from tests.bot.harness import Shown, World, world_with
from tests.bot.made_up import FakeAnswerer
from tests.retrieval.made_up_archive import article, entry, quotation

HARBOUR, SOMEBODY = "We will not close the harbour,", "Somebody has to pay for it,"
TEXT = (
    "The harbour talks went on for a third day. “We will not close the harbour,” said Ada Brook. "
    "“Somebody has to pay for it,” said Carl Voss."
)
CHANGED = TEXT.replace("will not close", "may well close")


def put(archive: Archive, text: str = TEXT, **fields: object) -> Article:
    known = {HARBOUR: "Ada Brook", HARBOUR.replace("will not", "may well"): "Ada Brook", SOMEBODY: "Carl Voss"}
    said = [quotation(text, words, name) for words, name in known.items() if words in text]
    archive.put(entry(article("harbour", text, **fields), said))
    return archive.article(1)


def citations(archive: Archive) -> list[Citation]:
    known = archive.article(1)
    units = [unit for unit in archive.units_of(1) if unit.quotation]
    return [cite(known, unit.span, 1.0, unit.quotation, unit.id) for unit in units]


@pytest.fixture
def bot(make_bot: Callable[..., OnTheRecord], archive: Archive) -> Callable[[], OnTheRecord]:
    """Its answers cite all that is quoted in the article as it is when it is asked."""
    answerer = FakeAnswerer(lambda question: Answer(question, 0.9, citations(archive)))
    return lambda: make_bot(answerer, archive)


async def look(world: World) -> Shown:
    """What stands in the channel once the bot has looked at what changed."""
    await Corrections(world.env.bot).look()
    await world.settle()
    return world.last


def edits(world: World) -> list[Any]:
    return [sent for sent in world.requests("PATCH") if "/channels/" in sent.path and "/webhooks/" not in sent.path]


async def test_an_answer_in_a_channel_is_told_that_its_words_were_changed(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.slash("ask", question="who spoke of the harbour?")
        before = world.last.text
        put(archive, CHANGED)
        after = await look(world)
        note = "these words now read** “We may well close the harbour,”"
        assert note in after.text
        assert after.text.index(HARBOUR.rstrip(",")) < after.text.index(note) < after.text.index("Somebody")
        assert [line for line in after.text.split("\n") if "⚠" not in line] == before.split("\n")
        assert len(edits(world)) == 1
        await look(world)
        assert len(edits(world)) == 1


async def test_an_answer_to_a_mention_is_told_too_and_once_for_each_change(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.say(f"{world.mention} who spoke of the harbour?")
        await world.settle()
        put(archive, CHANGED)
        await look(world)
        put(archive, CHANGED.replace(" “Somebody has to pay for it,” said Carl Voss.", ""))
        shown = await look(world)
        assert shown.text.count("now read") == shown.text.count("have been taken out") == 1
        put(archive)
        assert "⚠" not in (await look(world)).text


async def test_a_withdrawn_article_is_told_and_a_removed_one(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.slash("ask", question="who spoke of the harbour?")
        archive.withdraw("operator", "harbour", "410 Gone")
        assert "withdrawn by its publisher on" in (await look(world)).text
        archive.remove("operator", "harbour")
        assert "taken out of the archive on" in (await look(world)).text


async def test_words_that_only_moved_change_nothing_and_their_buttons_go_on(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        shown = await world.alice.slash("ask", question="who spoke of the harbour?")
        put(archive, "Late on Monday there was news. " + TEXT)
        await look(world)
        assert edits(world) == []
        pressed = await world.bob.press(shown, "Context")
        assert "Late on Monday" in pressed.text
        assert HARBOUR.rstrip(",") in pressed.text


async def test_after_a_restart_what_changed_meanwhile_is_told(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.slash("ask", question="who spoke of the harbour?")
        put(archive, CHANGED)
        await world.restart(bot())
        assert "now read" in (await look(world)).text


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (403, 50001)])
async def test_a_message_that_can_not_be_changed_is_given_up(
    bot: Any, archive: Archive, status: int, code: int
) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.slash("ask", question="who spoke of the harbour?")
        put(archive, CHANGED)
        world.refuse("GET", "/channels/*/messages/*", status=status, code=code)
        await look(world)
        asked = len(world.requests("GET", str(world.last.raw.id)))
        await look(world)
        assert len(world.requests("GET", str(world.last.raw.id))) == asked
        assert edits(world) == []


async def test_messages_that_keep_failing_come_after_all_others(
    bot: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.answering.posted_answers.PORTION", 1)
    put(archive)
    async with world_with(bot()) as world:
        told: list[int] = []
        correcting = Corrections(world.env.bot)

        async def fails_for_the_first(due: OutdatedMessage) -> CorrectionOutcome:
            told.append(due.message)
            return CorrectionOutcome.LATER if due.message == first.raw.id else CorrectionOutcome.TOLD

        monkeypatch.setattr(correcting, "_tell", fails_for_the_first)
        first, second = [await world.alice.slash("ask", question=f"who spoke of it, {n}?") for n in "12"]
        for text in (CHANGED, CHANGED.replace(" “Somebody has to pay for it,” said Carl Voss.", "")):
            put(archive, text)
            await correcting.look()
        assert told == [first.raw.id, second.raw.id, second.raw.id, first.raw.id]


async def test_trouble_with_one_message_holds_up_no_other_and_passes(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        for person in (world.alice, world.bob):
            await person.slash("ask", question="who spoke of the harbour?")
        put(archive, CHANGED)
        world.refuse("PATCH", "/channels/*/messages/*", status=500)
        assert "now read" in (await look(world)).text
        asked = [sent.path for sent in edits(world)]
        assert len(asked) == len(set(asked)) == 2
        await look(world)
        assert [sent.path for sent in edits(world)] == [*asked, asked[0]]
        await look(world)
        assert len(edits(world)) == 3


@pytest.mark.parametrize("button", ["Context", "Right", "More by Brook here"])
async def test_pressing_a_button_of_a_private_answer_shows_the_note(bot: Any, archive: Archive, button: str) -> None:
    put(archive)
    async with world_with(bot()) as world:
        shown = await world.alice.slash("ask", question="who spoke of the harbour?", private=True)
        put(archive, CHANGED)
        await look(world)
        assert edits(world) == []
        pressed = await world.alice.press(shown, button)
        assert "these words now read** “We may well close the harbour,”" in pressed.text


async def test_what_is_shared_carries_the_note_and_is_remembered(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        shown = await world.alice.slash("ask", question="who spoke of the harbour?", private=True)
        put(archive, CHANGED)
        await world.alice.press(shown, "Share here")
        assert "now read" in world.last.text
        archive.remove("operator", "harbour")
        after = await look(world)
        assert "taken out of the archive" in after.text
        assert "Shared by" in after.text


async def test_where_the_bot_is_no_member_and_in_letters_nothing_is_remembered(bot: Any, archive: Archive) -> None:
    put(archive)
    async with world_with(bot()) as world:
        await world.alice.whisper("who spoke of the harbour?")
        await world.settle()
        put(archive, CHANGED)
        await Corrections(world.env.bot).look()
        assert edits(world) == [sent for sent in edits(world) if "Thinking" not in str(sent.json)]
        assert not any("now read" in letter for letter in world.alice.letters)


async def test_a_long_answer_makes_room_for_its_note(bot: Any, archive: Archive, tmp_path: Path) -> None:
    words = " ".join(["We will not close the harbour, come what may,"] * 40)
    text = f"“{words}” said Ada Brook. " + " ".join(f"“Part {n} of it: {'so ' * 90}then,” said Bo." for n in range(4))
    said = [quotation(text, words)] + [quotation(text, f"Part {n} of it: {'so ' * 90}then,", "Bo") for n in range(4)]
    archive.put(entry(article("harbour", text), said))
    async with world_with(bot()) as world:
        await world.alice.slash("ask", question="who spoke of the harbour?")
        changed = text.replace("come what may", "come what might")
        archive.put(entry(article("harbour", changed), [quotation(changed, words.replace("may", "might"))]))
        assert "now read" in (await look(world)).text


async def test_a_message_that_can_not_be_corrected_for_a_fault_of_ours_is_given_up_and_the_others_are_told(
    bot: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive)
    async with world_with(bot()) as world:
        first = await world.alice.slash("ask", question="who spoke?")
        await world.bob.slash("ask", question="who spoke?")
        put(archive, CHANGED)

        def odd(message: Any, statuses: Any) -> Any:
            if message.id == first.raw.id:
                raise KeyError("x")
            return with_notes(message, statuses)

        monkeypatch.setattr(corrections, "with_notes", odd)
        await look(world)
        await look(world)

        assert len(edits(world)) == 1
