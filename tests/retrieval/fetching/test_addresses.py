import ipaddress
import string
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FetchRefused
from retrieval.fetching.addresses import WebAddress, ip_literal, is_public, parse_address, resolve_redirect

PARTS = (
    *"http:// https:// // / \\ @ : :80 # ? [ ] ::1 127.0.0.1 0x7f.1 %2e 。 outside.example localhost . 1 a é".split(),
    *"\t\n\0\ud800",
)
WRITTEN = st.lists(st.sampled_from(PARTS) | st.text(max_size=5), max_size=8).map("".join)
ALLOWED = set(string.ascii_lowercase + string.digits + ".-_:")


def checked(address: WebAddress) -> None:
    assert set(address.host) <= ALLOWED
    assert address.target.startswith("/")
    assert address.target.isascii()
    assert str(address).isprintable()
    assert " " not in str(address)
    again = parse_address(str(address))
    assert (again.scheme, again.host, again.port, again.target) == (
        address.scheme,
        address.host,
        address.port,
        address.target,
    )
    numeric = address.host.rpartition(".")[2].removeprefix("0x").isdigit()
    assert not numeric or ip_literal(address.host) is not None


@given(WRITTEN | WRITTEN.map("http://".__add__))
def test_whatever_is_written_means_one_thing_or_is_refused(written: str) -> None:
    try:
        address = parse_address(written)
    except FetchRefused as refused:
        told = str(refused)
        assert told.isprintable()
    else:
        checked(address)


@given(WRITTEN)
def test_wherever_a_server_leads_means_one_thing_or_is_refused(location: str) -> None:
    start = parse_address("https://outside.example/a/b?c")
    with suppress(FetchRefused):
        address = resolve_redirect(start, location)
        checked(address)
        assert (address.scheme, address.named) == ("https", start.named)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_an_ipv6_one_counts_as_itself_or_not_at_all(ip: ipaddress.IPv4Address) -> None:
    for carrier in ("::ffff:0:0", "64:ff9b::", "::", "2002::", "::ffff:0:0:0"):
        inner = int(ip) << 80 if carrier == "2002::" else int(ip)
        assert is_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(carrier)) + inner)) <= is_public(ip)


@given(st.ip_addresses())
def test_what_counts_as_public_is_nowhere_known_as_anything_else(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(ip) and (ip.version == 4 or ip in ipaddress.IPv6Network("2000::/3")):
        elsewhere = (ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved, ip.is_unspecified)
        assert not any(elsewhere)
        assert ip.is_global
