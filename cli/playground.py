"""`ontherecord playground`: the real bot on a loopback Discord, in the browser."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

import samples
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from bot.playground.world import DiscordWorld

DEMO_WITHIN = 115.0  # seconds, ingest included
QUESTIONS = (
    "who said the mission isn't over?",
    "what did Surovikin say about the forces that stay?",
    "how many warplanes will be pulled out?",
    "who won the 2018 World Cup?",
)
GREETING = "\n".join(
    [
        "Type `/ask`, press Enter, and ask the archive. For example:",
        *(f"- {question}" for question in QUESTIONS),
        "",
        "You may also reply to an answer with your next question.",
    ]
)


def playground(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders to ingest first.")] = None,
    *,
    data: Annotated[
        Path | None,
        typer.Option(help="Use this archive, instead of a new one that holds the sample articles."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; a free one if it is taken.")] = 8765,
    ingest: Annotated[bool, typer.Option("--ingest/--no-ingest", help="Ingest before starting, or don't.")] = True,
    demo: Annotated[bool, typer.Option("--demo", help="Ask the README's question, check the answer and end.")] = False,
) -> None:
    """Try the bot in your browser: no Discord account, no token, nothing leaves this machine.

    Without --data, an archive of sample articles is made for the occasion and thrown away at the end.
    """
    if find_spec("simcord") is None:
        raise ArchiveError("the playground needs more packages: pip install 'ontherecord[playground]'")
    console = Console(stderr=True)
    if data is None and context.parent is not None:
        data = context.parent.params.get("data")
    with ExitStack() as stack:
        sources = list(paths or ())
        temporary = data is None
        if data is None:
            sources.insert(0, stack.enter_context(samples.as_file(samples.ARTICLES)))
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ontherecord-playground-")))
        session = PlaygroundSession(console, data, sources if ingest else (), temporary=temporary)
        asyncio.run(session.demonstrate() if demo else session.serve(port))


async def ingest_into(data: Path, sources: Sequence[Path]) -> None:
    """In a process of its own, so that the models' memory is free again before the bot loads them."""
    ingest = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "ingest", *map(str, sources)),
        env={**os.environ, "ONTHERECORD_DATA": str(data)},
        stdout=sys.stderr.fileno(),
    )
    try:
        status = await ingest.wait()
    except asyncio.CancelledError:
        ingest.terminate()
        await ingest.wait()
        raise
    if status != 0:
        raise ArchiveError(f"ingesting ended with status {status}; what it said stands above")


class PlaygroundSession:
    """One run of the playground: ingest, then the bot and its page, or the demonstration."""

    def __init__(self, console: Console, data: Path, sources: Sequence[Path], *, temporary: bool) -> None:
        self._console = console
        self._temporary = temporary
        self._data = data
        self._sources = sources

    async def serve(self, port: int) -> None:
        """Until Ctrl-C or SIGTERM, or until the bot ends."""
        from bot.playground.running import running_playground

        _cancelled_by_signals()
        try:
            await self._ingest()
            self._console.print("Starting the bot …")
            running = running_playground(self._data, temporary=self._temporary)
            async with running as playground, _pages(playground.discord.world, port) as address:
                await playground.discord.world.announce("Playground", GREETING)
                print(_welcome(address, self._data), flush=True)  # noqa: T201
                await playground.until_bot_ends()
        except asyncio.CancelledError:
            self._console.print("The playground is closed.")

    async def demonstrate(self) -> None:
        """Ask the README's question, check the card, and end. Raises ArchiveError if it is wrong."""
        from bot.playground.demo import QUESTION, demonstrate
        from bot.playground.running import running_playground

        articles = [file.read_text("utf-8") for file in samples.ARTICLES.iterdir()]
        _cancelled_by_signals()
        try:
            async with asyncio.timeout(DEMO_WITHIN):
                await self._ingest()
                self._console.print("Starting the bot …")
                async with running_playground(self._data, temporary=self._temporary) as playground:
                    shown = await demonstrate(playground.discord.world, articles)
        except TimeoutError:
            raise ArchiveError(f"the demonstration didn't end within {DEMO_WITHIN:.0f} seconds") from None
        print(f"/ask {QUESTION}\n\n{shown.card}", flush=True)  # noqa: T201
        if shown.wrong:
            raise ArchiveError("the card is wrong: " + "; ".join(shown.wrong))

    async def _ingest(self) -> None:
        if self._sources:
            self._console.print("Ingesting …")
            await ingest_into(self._data, self._sources)


@asynccontextmanager
async def _pages(world: "DiscordWorld", port: int) -> AsyncIterator[str]:
    """Serve the pages of both servers; yields the address of the first one's, which leads to the other."""
    async with world.page(0, 1) as other, world.page(port, 0, other) as address:
        yield address


def _cancelled_by_signals() -> None:
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)


def _welcome(address: str, data: Path) -> str:
    questions = "\n".join(f"  /ask {question}" for question in QUESTIONS)
    return (
        f"\nThe playground is open: {address}\n\nAsk there:\n{questions}\n"
        f"\nThe archive lies in {data}. To add to it, in another terminal:\n"
        f"  ONTHERECORD_DATA={data} ontherecord ingest FILE\n\nCtrl-C closes the playground."
    )
