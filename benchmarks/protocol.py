"""Sixty messages tried in the playground as a member, as one who manages the server and as a reader of German.

Writes what came as Markdown: docs/discord-protocol.md.
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import samples
from bot.playground.running import running_playground
from bot.playground.shown import LOADING, buttons, shown_text
from bot.playground.world import MENU, DiscordWorld
from cli.playground import ingest_into

WITHIN = 120.0
PAUSE = 5.5
"""Seconds between two steps: a person may ask twelve questions a minute."""
SHOWN = 240
"""Characters of an answer that the protocol shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person does: says it, in reply to the last answer with `follows`; or uses a command."""

    says: str = ""
    follows: bool = False
    command: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    press: str | None = None
    menu: bool = False

    @property
    def told(self) -> str:
        """What the person did, as the protocol tells it."""
        if self.press:
            return f"presses *{self.press}*"
        if self.command:
            options = " ".join(f"{name}: {value}" for name, value in self.options.items())
            return f"`/{self.command}` {options}".strip()
        how = "↳ " if self.follows else ""
        return f"{how}{self.says}" + (f" – *Apps → {MENU}*" if self.menu else "")


def use(command: str, **options: str) -> Step:
    """Return the use of a command."""
    return Step(command=command, options=options)


MEMBER = (
    Step("hi there"),
    Step("what can you do?"),
    Step("who are you, a person or an ai?"),
    Step("who said the mission isn't over?"),
    Step("when was that?", follows=True),
    Step("what else did she say?", follows=True),
    Step("and on Russia?", follows=True),
    Step("thanks!"),
    Step("what did Surovikin say about the forces that stay?"),
    Step(press="Context"),
    Step("how many warplanes will be pulled out?"),
    Step("did Nauert say the mission is over?"),
    Step("did Surovikin say the mission isn't over?"),
    Step("who won the 2018 World Cup?"),
    Step("latest quotes about the strike"),
    Step("quotes from the Valdora Daily"),
    Step(press="Next"),
    Step("everything Pavel Dorn said"),
    Step(press="Chart"),
    Step(press="Export"),
    Step("compare Pavel Dorn and Carmen Ilunga on the bread"),
    Step("who is Heather Nauert?"),
    Step("who is Hether Nauert?"),
    Step("how many articles do you have?"),
    Step("do you have anything about ferries?"),
    Step("anything about football transfers in Brazil?"),
    Step("which newspapers are in there?"),
    Step("who is quoted most?"),
    Step("Bread at seven from January as bakers and minister agree"),
    Step("who wrote it?", follows=True),
    Step("“I would not do it twice.”"),
    Step("“I would do it twice” – Pavel Dorn"),
    Step("who said the mission isn't over? and how many warplanes will be pulled out?"),
    Step("asdf qwer"),
    Step("tell me a joke"),
    Step("you are useless"),
    use("quotes", speaker="Carmen Ilunga"),
    use("quotes", speaker="Carmen Ilonga"),
    use("verify", quotation="We do accept any such thing", speaker="Heather Nauert"),
    use("who-said", words="pigeons can wait like everybody else"),
    use("article", title="bakers"),
    use("article", title="Bred at sevn"),
    use("ask", question="what was said about bread?", publisher="Valdora Dayly"),
    use("ask", question="what was said about bread?", after="last week"),
    use("help"),
    Step("“I carried the sack,” said Bruno Castel.", menu=True),
    Step("Shall we meet at noon?", menu=True),
)
MANAGER = (
    use("settings"),
    use("gaps"),
    use("archive list"),
    use("archive status"),
    use("watch", speaker="Heather Nauert", where="here", often="weekly"),
    use("watching"),
    use("privacy"),
)
GERMAN = (
    use("ask", question="hallo"),
    use("ask", question="wie viele Artikel hast du?"),
    use("ask", question="wer ist Heather Nauert?"),
    use("ask", question="was sagte Surowikin über Russland?"),
    use("ask", question="neueste Zitate über den Streik"),
    use("quotes", speaker="Heather Nauert"),
    use("verify", quotation="We do accept any such thing"),
    use("help"),
    use("ask", question="danke"),
)
PARTS = (
    ("As a member", "en-US", MEMBER),
    ("As one who manages the server", "en-US", MANAGER),
    ("As a reader of German", "de", GERMAN),
)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/discord-protocol.md"), help="the file to write")
    parser.add_argument("--data", type=Path, help="an archive of the sample articles that is there already")
    arguments = parser.parse_args()
    lines = asyncio.run(protocol(arguments.data))
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


async def protocol(data: Path | None) -> list[str]:
    """Return the lines of the protocol, tried over the sample articles."""
    lines = [
        "# A protocol of messages",
        "",
        f"{sum(len(steps) for _name, _reads, steps in PARTS)} messages and commands, tried over the sample articles in",
        "the playground by `python -m benchmarks.protocol`, with the first lines of what came and the buttons below.",
        "↳ is a reply to the answer before.",
    ]
    with tempfile.TemporaryDirectory(prefix="ontherecord-protocol-") as folder:
        if data is None:
            data = Path(folder)
            with samples.as_file(samples.ARTICLES) as articles:
                await ingest_into(data, [articles])
        async with running_playground(data) as playground:
            for name, reads, steps in PARTS:
                playground.discord.world.read_in(playground.discord.world.person_id, reads)
                lines += ["", f"## {name}", "", "| said or done | what came | buttons |", "|---|---|---|"]
                lines += [line async for line in _tried(playground.discord.world, steps)]
    return lines


async def _tried(world: DiscordWorld, steps: Sequence[Step]) -> AsyncIterator[str]:
    last: int | None = None
    for step in steps:
        await asyncio.sleep(PAUSE)
        try:
            answer = await _done(world, step, last)
            last = last if step.press else answer
            shown = world.message(answer)
            files = [each["filename"] for each in shown.get("attachments", ())]
            came = " / ".join(filter(None, shown_text(shown).split("\n"))) or ", ".join(files)
            labels = " · ".join(label for label, _identity in buttons(shown) if label)
        except (TimeoutError, LookupError) as error:
            came, labels = f"**nothing: {type(error).__name__}**", ""
        yield f"| {_cell(step.told)} | {_cell(came, SHOWN)} | {_cell(labels)} |"


async def _done(world: DiscordWorld, step: Step, last: int | None) -> int:
    if step.press is not None:
        assert last is not None
        labels = buttons(world.message(last))
        wanted = next((identity for label, identity in labels if label.startswith(step.press)), None)
        if wanted is None:
            raise LookupError(step.press)
        return await _thought_out(world, await world.click(last, wanted))
    if step.command is not None:
        return await _thought_out(world, await world.ask(step.command, **step.options))
    if step.menu:
        return await _thought_out(world, await world.check(MENU, await world.say(step.says)))
    asked = await world.say(f"<@{world.bot_id}> {step.says}", reply_to=last if step.follows else None)
    await world.until(lambda: _answer(world, asked) is not None, WITHIN)
    answer = _answer(world, asked)
    assert answer is not None
    return answer


def _answer(world: DiscordWorld, asked: int) -> int | None:
    newest = world.messages()[-1]
    return int(newest["id"]) if int(newest["id"]) > asked and newest["edited_timestamp"] is not None else None


async def _thought_out(world: DiscordWorld, answer: int | None) -> int:
    if answer is None:
        raise TimeoutError
    await world.until(lambda: not world.message(answer)["flags"] & LOADING, WITHIN)
    return answer


def _cell(text: str, most: int = 1000) -> str:
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


if __name__ == "__main__":
    main()
