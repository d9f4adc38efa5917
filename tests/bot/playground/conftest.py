import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.playground.certificate import Certificate, make_certificate
from bot.playground.connector import loopback_connector
from bot.playground.rest import Exchange
from bot.playground.server import Loopback, loopback_discord

TOKEN = "a-token"


class SmallBot(discord.Client):
    """An unmodified discord.py client with one command, one button and an answer to mentions."""

    def __init__(self, connector: aiohttp.BaseConnector) -> None:
        super().__init__(intents=discord.Intents.default(), connector=connector, guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.thinks = 0.0
        self.defers_after = 0.0
        self.heard: list[discord.Message] = []
        self.errors: asyncio.Queue[Exception] = asyncio.Queue()
        self.tree.error(self.failed)

        @self.tree.command(description="Ask the archive")
        async def ask(interaction: discord.Interaction, question: str) -> None:
            await asyncio.sleep(self.defers_after)
            await interaction.response.defer(thinking=True)
            await asyncio.sleep(self.thinks)
            await interaction.edit_original_response(content=f"You asked: {question}", view=self.view())

    def view(self) -> discord.ui.View:
        async def pressed(interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content="More of it")

        button = discord.ui.Button(label="More", custom_id="more")
        button.callback = pressed
        return discord.ui.View(timeout=None).add_item(button)

    async def failed(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.put_nowait(getattr(error, "original", error))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)
            if self.user in message.mentions:
                await message.reply("I am here")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
async def loopback(certificate: Certificate, exchanges: list[Exchange]) -> AsyncIterator[Loopback]:
    async with loopback_discord(certificate, token=TOKEN, record=exchanges.append) as served:
        yield served


@pytest.fixture
async def small_bot(loopback: Loopback, certificate: Certificate) -> AsyncIterator[SmallBot]:
    async with SmallBot(loopback_connector(loopback.port, certificate.certificate)) as bot:
        connected = asyncio.create_task(bot.start(TOKEN))
        await asyncio.wait_for(bot.wait_until_ready(), 20)
        yield bot
        await bot.close()
        await connected


@pytest.fixture(scope="session")
def chromium() -> Path:
    path = Path("/usr/bin/chromium")
    if not path.exists():
        pytest.skip("Chromium isn't installed (apt-get install chromium)")
    return path
