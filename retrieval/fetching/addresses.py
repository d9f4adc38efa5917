"""Addresses that may be fetched: what is written, and where it leads.

A host is settled once, here, and handed on as a name in ASCII or as an IP address: no later step parses it again, so
none can take it for another.
"""

import ipaddress
import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin, urlsplit

import idna

from retrieval.errors import FetchRefused
from retrieval.reasons import Reason, ReasonCode

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LENGTH = 2000
"""Characters that an address may have."""

_UNUSABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_KEPT = "%/:@!$&'()*+,;=~-._"
_DEFAULT_PORTS = {"http": 80, "https": 443}

# The registries of special-purpose addresses of IANA, written out: what `ipaddress` calls global changes with Python's
# version. 168.63.129.16 is a cloud's metadata service on a public address.
_SPECIAL = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 "
        "3fff::/20"
    ).split()
]
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """`host` is in ASCII and lower case, an IPv6 address without brackets; `target` is the path with the query.

    `named` is what people named, for messages: where a server led from there is nothing to be repeated to them.
    """

    scheme: str
    host: str
    port: int
    target: str
    named: str

    @property
    def site(self) -> str:
        """Scheme, host and port, as one writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.site + self.target


def parse(written: str) -> Address:
    """Raises FetchRefused for what isn't a plain http or https address."""
    shown = shortened(written)
    if len(written) > LENGTH:
        raise FetchRefused(shown, f"is longer than {LENGTH} characters")
    try:
        parts = urlsplit(written.strip())
        port = parts.port
    except ValueError:
        raise FetchRefused(shown, "isn't an address that can be read") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchRefused(shown, Reason.of(ReasonCode.NOT_HTTP))
    if _UNUSABLE.search(written.strip()):
        raise FetchRefused(shown, "holds a character that can't stand in an address")
    if "@" in parts.netloc:
        raise FetchRefused(shown, "holds a name or a password; only what everybody can read is fetched")
    host = _host(parts.hostname or "", shown)
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else "")
    return Address(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port, target, shown)


def redirected(address: Address, location: str) -> Address:
    """Where a `Location` leads. Spaces are taken as servers mean them. Raises FetchRefused."""
    location = location.strip().replace(" ", "%20")
    if _UNUSABLE.search(location) or len(location) > LENGTH:
        raise FetchRefused(address.named, "leads to something that isn't an address")
    try:
        following = parse(urljoin(str(address), location))
    except (FetchRefused, ValueError):
        raise FetchRefused(address.named, "leads to an address that mustn't be fetched") from None
    if (address.scheme, following.scheme) == ("https", "http"):
        raise FetchRefused(address.named, "leads from https to http, where its words could be changed on the way")
    return replace(following, named=address.named)


def is_public(ip: IPAddress) -> bool:
    """Whether it belongs to the public internet, also where an IPv6 address stands for an IPv4 one."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None)
        if inner is not None:
            return is_public(inner)
        if ip not in _GLOBAL_UNICAST:
            return False
    return not any(ip.version == network.version and ip in network for network in _SPECIAL)


def literal(host: str) -> IPAddress | None:
    """The IP address that a host is written as, None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def shortened(written: str) -> str:
    """An address as it may stand in a message: without credentials, on one line, not too long."""
    plain = re.sub(r"(?<=//)[^/@]*@", "", "".join(filter(str.isprintable, written)))
    return plain if len(plain) <= 200 else f"{plain[:199]}…"


def _host(host: str, shown: str) -> str:
    """Every spelling but the usual one of an IP address is refused; the libraries below would still understand it."""
    if ":" in host:
        ip = literal(host)
        if ip is None or "%" in host:
            raise FetchRefused(shown, "names no host that can be")
        return str(ip)
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise FetchRefused(shown, "names no host that can be") from None
    name = name.lower().removesuffix(".")
    if not _NAME.fullmatch(name):
        raise FetchRefused(shown, "names no host that can be")
    if _NUMBER.fullmatch(name.rpartition(".")[2]) and literal(name) is None:
        raise FetchRefused(shown, "gives its host as a number in an unusual spelling")
    return name
