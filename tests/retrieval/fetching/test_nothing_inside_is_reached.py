import itertools
import socket
from ipaddress import ip_address

import pytest

from retrieval.errors import FetchError, FetchRefused
from retrieval.fetching import Fetcher, NetworkPolicy
from retrieval.fetching.addresses import is_public, parse_address, resolve_redirect
from tests.retrieval.fetching.raw_server import INSIDE, OUTSIDE, RawServer, network, page, redirect

LOOPBACK = (
    "127.0.0.1 127.1 127.0.1 0x7f000001 0x7f.0.0.1 0x7f.1 2130706433 017700000001 0177.0.0.1 00000177.0.0.1 127.0.0.1. "
    "127.0.0.2.. localhost localhost. LOCALHOST LocalHost.localdomain 0 0.0.0.0 127.255.255.254 [::1] [::] "
    "[0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] "
    "[2002:7f00:1::] [::1%25lo] [::1%lo] １２７.０.０.１ ①②⑦.⓪.⓪.① "
    "127。0。0。1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ %31%32%37.0.0.1 127.0.0.1%00.outside.example "
    "127.0.0.1%2eexample outside.example@127.0.0.1 someone:secret@127.0.0.1 "
    "outside.example%40127.0.0.1 outside.example\\@127.0.0.1"
).split()
METADATA = (
    "169.254.169.254 2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 169.254.43518 169.16689662 "
    "[::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] [2002:a9fe:a9fe::] [fd00:ec2::254] [fe80::1] "
    "169.254.170.2 168.63.129.16 100.100.100.200 192.0.0.192 metadata.example"
).split()
PRIVATE = (
    "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 192.0.2.1 198.18.0.1 224.0.0.1 "
    "240.0.0.1 255.255.255.255 [fc00::1] [fec0::1] [ff02::1] [2001::1] [2001:db8::1] [3fff::1] [100::1]"
).split()
HOSTS = [*LOOPBACK, *METADATA, *PRIVATE]
NAMES = {"metadata.example": ["169.254.169.254"]}


def fetcher() -> Fetcher:
    return Fetcher("tests/1", network=network(NAMES), pause=0)


@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_an_inner_address_is_fetched(host: str, inside: RawServer) -> None:
    with pytest.raises(FetchError) as told:
        fetcher().fetch(f"http://{host}:{inside.port}/secret")
    assert inside.reached == []
    assert INSIDE not in str(told.value.reason)


@pytest.mark.parametrize("host", HOSTS)
def test_no_redirect_leads_inside(host: str, inside: RawServer, outside: RawServer) -> None:
    outside.routes["/story"] = redirect(f"http://{host}:{inside.port}/secret")
    with pytest.raises(FetchError) as told:
        fetcher().fetch(outside.url("/story"))
    assert inside.reached == []
    assert outside.reached[-1] == "/story"
    assert str(told.value).startswith(outside.url("/story"))
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "location",
    ["//{inside}/", "///{inside}/", "http:{inside}/", "\\\\{inside}\\", "http://{inside}#@outside.example/",
     "file:///etc/passwd",
     "gopher://{inside}/_GET", "ftp://{inside}/", "data:text/html,x", "javascript:1", "HTTP://{inside}/",
     "http://[{inside}/", ""],
)  # fmt: skip
def test_no_odd_location_leads_inside(location: str, inside: RawServer, outside: RawServer) -> None:
    outside.routes["/story"] = redirect(location.format(inside=f"{INSIDE}:{inside.port}"))
    with pytest.raises(FetchError):
        fetcher().fetch(outside.url("/story"))
    assert inside.reached == []


def test_a_redirect_inside_after_others_is_refused_too(inside: RawServer, outside: RawServer) -> None:
    outside.routes["/1"] = redirect("/2")
    outside.routes["/2"] = redirect(outside.url("/3", "other.example"), "308 Permanent Redirect")
    outside.routes["/3"] = redirect(f"http://{INSIDE}:{inside.port}/")
    with pytest.raises(FetchRefused):
        fetcher().fetch(outside.url("/1"))
    assert inside.reached == []


def test_a_robots_txt_that_redirects_inside_is_not_followed(inside: RawServer, outside: RawServer) -> None:
    outside.routes["/robots.txt"] = redirect(f"http://{INSIDE}:{inside.port}/robots.txt")
    with pytest.raises(FetchRefused):
        fetcher().fetch(outside.url("/story"))
    assert (inside.reached, outside.reached) == ([], ["/robots.txt"])


def test_a_name_is_looked_up_once_a_request_and_no_later_answer_counts(inside: RawServer, outside: RawServer) -> None:
    answers = itertools.chain([[OUTSIDE], [OUTSIDE]], itertools.repeat([INSIDE]))
    safe = network()
    changing = NetworkPolicy(lambda _: next(answers), safe.allowed, safe.port_allowed)
    outside.routes["/story"] = page(b"<p>Hello")
    assert Fetcher("tests/1", network=changing, pause=0).fetch(outside.url("/story")).data == b"<p>Hello"
    with pytest.raises(FetchRefused):
        Fetcher("tests/1", network=changing, pause=0).fetch(outside.url("/story"))
    assert inside.reached == []


@pytest.mark.parametrize(
    "answer", [[OUTSIDE, INSIDE], [INSIDE, OUTSIDE], ["::ffff:127.0.0.1"], ["fe80::1%eth0"], ["nonsense"]]
)
def test_a_name_with_one_inner_address_among_others_is_refused(
    answer: list[str], inside: RawServer, outside: RawServer
) -> None:
    with pytest.raises(FetchRefused):
        Fetcher("tests/1", network=network({"mixed.example": answer})).fetch(f"http://mixed.example:{outside.port}/")
    assert (inside.reached, outside.reached) == ([], [])


def test_nobody_learns_which_inner_names_exist() -> None:
    unknown = Fetcher("tests/1", network=network({"inner.example": ["10.1.2.3"]}))
    told = []
    for host in ("inner.example", "no-such-name.invalid"):
        with pytest.raises(FetchError) as error:
            unknown.fetch(f"http://{host}/")
        told.append(str(error.value.reason))
    assert told[0] == told[1]


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 0, 65535])
def test_only_the_webs_own_ports_are_fetched_from(port: int) -> None:
    public = NetworkPolicy(resolve=lambda _: ["93.184.215.14"])
    with pytest.raises(FetchRefused, match="port"):
        Fetcher("tests/1", network=public).fetch(f"http://outside.example:{port}/")


def test_encryption_is_not_given_up_on_the_way() -> None:
    with pytest.raises(FetchRefused, match="from https to http"):
        resolve_redirect(parse_address("https://outside.example/"), "http://outside.example/")
    assert resolve_redirect(parse_address("http://outside.example/"), "https://outside.example/x").scheme == "https"


def test_proxies_of_the_environment_are_not_asked(
    monkeypatch: pytest.MonkeyPatch, inside: RawServer, outside: RawServer
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{INSIDE}:{inside.port}")
    outside.routes["/story"] = page(b"<p>Hello")
    assert fetcher().fetch(outside.url("/story")).data == b"<p>Hello"
    assert inside.reached == []


def test_cookies_and_credentials_are_neither_kept_nor_sent(outside: RawServer) -> None:
    outside.routes["/story"] = page(b"<p>Hello", "Set-Cookie: id=1; Path=/")
    once = fetcher()
    once.fetch(outside.url("/story"))
    once.fetch(outside.url("/story"))
    sent = b"".join(outside.asked).lower()
    assert b"cookie" not in sent
    assert b"authorization" not in sent
    assert b"referer" not in sent


@pytest.mark.parametrize(
    "ip", "8.8.8.8 93.184.215.14 172.32.0.1 100.128.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()
)
def test_public_addresses_count_as_public(ip: str) -> None:
    assert is_public(ip_address(ip))


def test_the_systems_own_lookup_would_have_understood_the_odd_spellings() -> None:
    """So the tests above test something."""
    understood = {
        socket.getaddrinfo(host, 80)[0][4][0] for host in ("127.1", "0x7f000001", "2130706433", "017700000001")
    }
    assert understood == {INSIDE}
