"""The loopback Discord: REST and gateway on one TLS port of 127.0.0.1."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.playground.certificate import Certificate
from bot.playground.connector import LOOPBACK
from bot.playground.faults import FaultTable
from bot.playground.gateway import HEARTBEAT_INTERVAL, Gateway
from bot.playground.rest import PREFIX, Exchange, Rest
from bot.playground.world import DiscordWorld

GATEWAY_URL = "wss://gateway.discord.gg/"


@dataclass(frozen=True, slots=True)
class Loopback:
    """A running loopback Discord: its port, world, gateway and faults."""

    port: int
    world: DiscordWorld
    gateway: Gateway
    faults: FaultTable


@asynccontextmanager
async def loopback_discord(
    certificate: Certificate,
    *,
    token: str,
    record: Callable[[Exchange], None] = lambda _: None,
    heartbeat: float = HEARTBEAT_INTERVAL,
    port: int = 0,
) -> AsyncIterator[Loopback]:
    """Serves one bot, the one that has `token`, on `port`, or a free one. `record` sees every request and its answer.

    `heartbeat` is the interval in seconds that the bot is told.
    """
    world, faults = DiscordWorld(), FaultTable()
    gateway = Gateway(world, token=token, url=GATEWAY_URL, heartbeat=heartbeat)
    rest = Rest(world, faults, token=token, gateway_url=GATEWAY_URL, record=record)
    app = web.Application()
    app.router.add_route("*", PREFIX + "/{path:.*}", rest.handle)
    app.router.add_get("/", gateway.handle)
    app.router.add_get("/attachments{path:/.*}", rest.attachment)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port, ssl_context=certificate.server_context())
        await site.start()
        yield Loopback(runner.addresses[0][1], world, gateway, faults)
    finally:
        gateway.drop()
        await runner.cleanup()
