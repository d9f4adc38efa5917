import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from retrieval.errors import FetchFailed, FetchGone, FetchRefused
from retrieval.fetching import Fetcher, FetchLimits, NetworkPolicy
from tests.retrieval.fetching.raw_server import OUTSIDE, RawServer, network, page, redirect

LIMITS = FetchLimits(body=100_000, seconds=0.8)
SLACK = 4.0  # for a machine that has much else to do
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fetcher(limits: FetchLimits = LIMITS) -> Fetcher:
    return Fetcher("tests/1", network=network(), limits=limits, pause=0)


def endlessly(first: bytes, repeated: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(repeated)

    return answer


def dripping(first: bytes, repeated: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(repeated)
            time.sleep(0.05)

    return answer


def silent(connection: socket.socket) -> None:
    connection.recv(1)
    time.sleep(20)


BOMB = gzip.compress(bytes(50_000_000))
DEFLATE_BOMB = zlib.compress(bytes(50_000_000))
GZIP = OK + b"Content-Encoding: gzip\r\n"

HARMS: dict[str, bytes | Callable[[socket.socket], None]] = {
    "an endless body": endlessly(OK + b"\r\n", b"x" * 65536),
    "an endless body in chunks": endlessly(
        OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"
    ),
    "a length that is too large": OK + b"Content-Length: 99999999999999999999999999\r\n\r\nx",
    "a body longer than allowed": page(b"x" * 100_001),
    "a gzip bomb": GZIP + b"Content-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
    "a deflate bomb": OK
    + b"Content-Encoding: deflate\r\nContent-Length: %d\r\n\r\n" % len(DEFLATE_BOMB)
    + DEFLATE_BOMB,
    "an encoding that wasn't asked for": OK + b"Content-Encoding: br\r\nContent-Length: 5\r\n\r\nabcde",
    "gzip in gzip": OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
    "gzip that isn't": GZIP + b"Content-Length: 5\r\n\r\nabcde",
    "gzip cut short": GZIP + b"Content-Length: 20\r\n\r\n" + gzip.compress(b"hello" * 100)[:20],
    "endless gzip of nothing": endlessly(GZIP + b"\r\n", gzip.compress(b"") * 1000),
    "a length that is too long": OK + b"Content-Length: 100\r\n\r\nshort",
    "a negative length": OK + b"Content-Length: -1\r\n\r\nx",
    "a length that is no number": OK + b"Content-Length: many\r\n\r\nx",
    "two lengths": OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
    "a broken chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
    "a chunk that never ends": OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "a dripped body": dripping(OK + b"\r\n", b"x"),
    "dripped headers": dripping(OK, b"X"),
    "a dripped status line": dripping(b"", b"H"),
    "silence": silent,
    "silence after the headers": dripping(OK + b"Content-Length: 10\r\n\r\n", b""),
    "endless headers": endlessly(OK, b"X-More: " + b"x" * 1000 + b"\r\n"),
    "one endless header": endlessly(OK + b"X-More: ", b"x" * 65536),
    "endless interim answers": endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "nothing at all": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "HTTP of long ago": b"<html>hello</html>",
    "NULs in a header": OK + b"X-A: a\x00b\r\nContent-Length: 1\r\n\r\nx",
    "a header without a name": OK + b": x\r\nContent-Length: 1\r\n\r\nx",
    "a status that is none": b"HTTP/1.1 9999999 Fine\r\nContent-Length: 1\r\n\r\nx",
    "a change of protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "unchanged, though nothing was known": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "an endless error": endlessly(b"HTTP/1.1 500 Oh\r\n\r\n", b"x" * 65536),
}


@pytest.mark.parametrize("harm", HARMS)
def test_an_answer_that_breaks_the_rules_ends_in_a_sentence_and_in_time(harm: str, outside: RawServer) -> None:
    outside.routes["/story"] = HARMS[harm]
    began = time.monotonic()
    with pytest.raises(FetchFailed) as told:
        fetcher().fetch(outside.url("/story"))
    assert time.monotonic() - began < LIMITS.seconds + SLACK
    assert str(told.value.reason)[0].islower()
    assert OUTSIDE not in str(told.value)


def test_what_goes_on_after_its_announced_length_is_not_read(outside: RawServer) -> None:
    outside.routes["/story"] = endlessly(OK + b"Content-Length: 5\r\n\r\nhello", b"x" * 65536)
    assert fetcher().fetch(outside.url("/story")).data == b"hello"


def test_a_bomb_takes_no_memory(outside: RawServer) -> None:
    outside.routes["/story"] = HARMS["a gzip bomb"]
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="larger than"):
        fetcher().fetch(outside.url("/story"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("path", ["/round", "/to-and-fro", "/0"])
def test_endless_redirects_end(path: str, outside: RawServer) -> None:
    outside.routes |= {"/round": redirect("/round"), "/to-and-fro": redirect("/fro"), "/fro": redirect("/to-and-fro")}
    outside.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(50)}
    with pytest.raises(FetchFailed, match="leads on more than 5 times"):
        fetcher().fetch(outside.url(path))
    assert len(outside.reached) == 7  # with robots.txt


def test_slow_redirects_have_one_time_limit_together(outside: RawServer) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(redirect("/round"))

    outside.routes["/round"] = slow
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="took too long"):
        fetcher().fetch(outside.url("/round"))
    assert time.monotonic() - began < LIMITS.seconds + SLACK


def test_a_name_that_takes_for_ever_to_look_up_ends_in_time() -> None:
    slow = NetworkPolicy(resolve=lambda _: time.sleep(5) or [OUTSIDE])  # type: ignore[func-returns-value]
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="took too long"):
        Fetcher("tests/1", network=slow, limits=LIMITS).fetch("http://outside.example/")
    assert time.monotonic() - began < LIMITS.seconds + SLACK


def test_a_server_that_never_finishes_the_encryptions_handshake_ends_in_time(outside: RawServer) -> None:
    outside.routes[""] = silent
    with pytest.raises(FetchFailed):
        fetcher().fetch(outside.url("/story").replace("http:", "https:"))


def test_a_host_that_answers_at_none_of_its_addresses_is_told_in_a_sentence() -> None:
    with socket.create_server((OUTSIDE, 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchFailed, match="can't be reached"):
        fetcher().fetch(f"http://outside.example:{port}/story")


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        ("404 Not Found", FetchGone, "404 (Not Found)"),
        ("410 Gone", FetchGone, "410 (Gone)"),
        ("403 Forbidden", FetchRefused, "403 (Forbidden)"),
        ("500 Oh", FetchFailed, "500 (Internal Server Error)"),
        ("599 Odd", FetchFailed, "its server answers 599"),
        ("206 Partial Content", FetchFailed, "206 (Partial Content)"),
    ],
)
def test_every_refusal_of_a_server_is_told(status: str, error: type[Exception], told: str, outside: RawServer) -> None:
    outside.routes["/story"] = page(b"", status=status)
    with pytest.raises(error) as raised:
        fetcher().fetch(outside.url("/story"))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_a_server_that_asks_to_be_left_alone_says_for_how_long(
    written: str, seconds: float | None, outside: RawServer
) -> None:
    outside.routes["/story"] = page(b"", f"Retry-After: {written}", status="503 Busy")
    with pytest.raises(FetchFailed) as raised:
        fetcher().fetch(outside.url("/story"))
    assert raised.value.retry_after == seconds
