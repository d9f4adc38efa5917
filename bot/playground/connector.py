"""The only thing that differs for a bot in the playground: where its sockets lead."""

import errno
import socket
import ssl
from pathlib import Path

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

LOOPBACK = "127.0.0.1"


class _DiscordIsHere(AbstractResolver):
    """Sends Discord's host names to a port of this machine, and knows no others."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        if not f".{host}".endswith((".discord.com", ".discord.gg", ".discordapp.com")):
            raise OSError(errno.EACCES, f"the playground leads to no other host: {host}:{port}")
        return [
            ResolveResult(
                hostname=host,
                host=LOOPBACK,
                port=self._port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        pass


def loopback_connector(port: int, certificate: Path) -> aiohttp.TCPConnector:
    """For `discord.Client(connector=...)`; must be called inside a running event loop.

    It opens sockets to that port of this machine alone, whatever it is asked for, and trusts that certificate alone.
    """

    def only_here(address: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, (host, wanted, *_) = address
        if (host, wanted) != (LOOPBACK, port):
            raise OSError(errno.EACCES, f"the playground leads to no other address: {host}:{wanted}")
        return socket.socket(family, kind, protocol)

    context = ssl.create_default_context(cafile=certificate)
    return aiohttp.TCPConnector(resolver=_DiscordIsHere(port), ssl=context, socket_factory=only_here, limit=0)
