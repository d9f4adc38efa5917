"""Parse web addresses and decide which may be fetched.

The host is parsed once, here, and passed on as an ASCII name or an IP address. No later step parses it again, so no
step can take it for another host.
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
_NAME = re.compile(r"\A(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
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
class WebAddress:
    """An http or https address that may be fetched.

    `host` is lower-case ASCII, an IPv6 address without brackets; `target` is the path with the query. `named` is the
    address that was asked for, for messages, which must not repeat where a server redirected to.
    """

    scheme: str
    host: str
    port: int
    target: str
    named: str

    @property
    def site(self) -> str:
        """Return scheme, host and port, the default port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        """Return the whole address."""
        return self.site + self.target


def parse_address(written: str) -> WebAddress:
    """Return the parsed address. Raises FetchRefused for anything but a plain http or https address."""
    shown = display_address(written)
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
    return WebAddress(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port, target, shown)


def resolve_redirect(address: WebAddress, location: str) -> WebAddress:
    """Return the address that a `Location` header leads to, with spaces encoded. Raises FetchRefused."""
    location = location.strip().replace(" ", "%20")
    if _UNUSABLE.search(location) or len(location) > LENGTH:
        raise FetchRefused(address.named, "leads to something that isn't an address")
    try:
        following = parse_address(urljoin(str(address), location))
    except (FetchRefused, ValueError):
        raise FetchRefused(address.named, "leads to an address that mustn't be fetched") from None
    if (address.scheme, following.scheme) == ("https", "http"):
        raise FetchRefused(address.named, "leads from https to http, where its words could be changed on the way")
    return replace(following, named=address.named)


def is_public(ip: IPAddress) -> bool:
    """Return whether the IP address is public; an IPv6 address that stands for an IPv4 one counts as that."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None)
        if inner is not None:
            return is_public(inner)
        if ip not in _GLOBAL_UNICAST:
            return False
    return not any(ip.version == network.version and ip in network for network in _SPECIAL)


def ip_literal(host: str) -> IPAddress | None:
    """Return the IP address that a host is written as; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def display_address(written: str) -> str:
    """Return an address for a message: without credentials, on one line, at most 200 characters."""
    plain = re.sub(r"(?<=//)[^/@]*@", "", "".join(filter(str.isprintable, written)))
    return plain if len(plain) <= 200 else f"{plain[:199]}…"


def _host(host: str, shown: str) -> str:
    """Return the host as ASCII. Raises FetchRefused for unusual spellings of IP addresses, which sockets understand."""
    if ":" in host:
        ip = ip_literal(host)
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
    if _NUMBER.fullmatch(name.rpartition(".")[2]) and ip_literal(name) is None:
        raise FetchRefused(shown, "gives its host as a number in an unusual spelling")
    return name
