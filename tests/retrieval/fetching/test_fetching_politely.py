import random
import threading
import time

import pytest

from retrieval.errors import FetchError, FetchFailed, FetchRefused
from retrieval.fetching import CacheValidators, Fetcher, FetchResult
from retrieval.fetching.addresses import parse_address
from retrieval.fetching.deadline import Deadline
from retrieval.fetching.robots import RobotsRules
from retrieval.fetching.throttle import HostThrottle
from tests.retrieval.fetching.raw_server import OUTSIDE, RawServer, network, page, redirect


class Clock:
    """Time that passes by waiting alone."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


def polite(clock: Clock | None = None) -> Fetcher:
    clock = clock or Clock()
    return Fetcher("OnTheRecord/1.0 (tests)", network=network(), clock=clock, sleep=clock.sleep)


def robots(outside: RawServer, rules: str) -> None:
    outside.routes["/robots.txt"] = page(rules.encode())
    outside.routes["/story"] = page(b"<p>Hello")


def test_a_page_comes_with_what_it_is_recognised_by(outside: RawServer) -> None:
    outside.routes["/story"] = page(b"<p>Hello", 'ETag: "a1"', "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT")
    fetched = polite().fetch(outside.url("/story"))
    assert fetched == FetchResult(
        asked=outside.url("/story"),
        url=outside.url("/story"),
        data=b"<p>Hello",
        content_type="text/html; charset=utf-8",
        validators=CacheValidators('"a1"', "Mon, 02 Mar 2026 10:00:00 GMT"),
    )
    assert b"User-Agent: OnTheRecord/1.0 (tests)" in outside.asked[-1]
    assert f"Host: outside.example:{outside.port}".encode() in outside.asked[-1]


def test_what_has_not_changed_is_not_sent_again(outside: RawServer) -> None:
    outside.routes["/story"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    known = CacheValidators('"a1"', "Mon, 02 Mar 2026 10:00:00 GMT")
    fetched = polite().fetch(outside.url("/story"), known=known)
    assert (fetched.unchanged, fetched.data, fetched.validators) == (True, b"", known)
    assert b'If-None-Match: "a1"' in outside.asked[-1]
    assert b"If-Modified-Since: Mon, 02 Mar 2026 10:00:00 GMT" in outside.asked[-1]


@pytest.mark.parametrize("etag", ["a\tb", "ä", "x" * 1000])
def test_a_mark_that_could_not_be_sent_back_is_not_kept(etag: str, outside: RawServer) -> None:
    outside.routes["/story"] = page(b"<p>Hello", f"ETag: {etag}")
    assert polite().fetch(outside.url("/story")).validators.etag is None


def test_only_what_moved_for_good_all_the_way_is_told_as_moved(outside: RawServer) -> None:
    outside.routes |= {
        "/1": redirect("/2", "301 Moved Permanently"),
        "/2": redirect("/3", "308 Permanent Redirect"),
        "/3": redirect("/4", "302 Found"),
        "/4": redirect("/story", "301 Moved Permanently"),
        "/story": page(b"<p>Hello"),
    }
    fetched = polite().fetch(outside.url("/1"))
    assert (fetched.url, fetched.moved_to) == (outside.url("/story"), outside.url("/3"))
    assert polite().fetch(outside.url("/3")).moved_to is None


def test_what_robots_txt_forbids_is_not_fetched(outside: RawServer) -> None:
    robots(outside, "User-agent: *\nDisallow: /\n\nUser-agent: ontherecord\nDisallow: /private\nAllow: /\n")
    outside.routes["/private/x"] = page(b"<p>Secret")
    fetcher = polite()
    assert fetcher.fetch(outside.url("/story")).data
    with pytest.raises(FetchRefused, match=r"robots\.txt asks not to"):
        fetcher.fetch(outside.url("/private/x"))
    assert outside.reached == ["/robots.txt", "/story"]


def test_robots_txt_counts_on_every_host_that_a_redirect_leads_to(outside: RawServer) -> None:
    robots(outside, "User-agent: *\nDisallow: /story\n")
    outside.routes["/start"] = redirect(outside.url("/story", "other.example"))
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        polite().fetch(outside.url("/start"))
    assert outside.reached == ["/robots.txt", "/start", "/robots.txt"]


@pytest.mark.parametrize(
    ("status", "fetched"), [("404 No", True), ("403 No", True), ("500 Oh", False), ("429 Slow", False)]
)
def test_without_knowing_the_rules_nothing_is_fetched(status: str, fetched: bool, outside: RawServer) -> None:
    robots(outside, "")
    outside.routes["/robots.txt"] = page(b"", status=status)
    if fetched:
        assert polite().fetch(outside.url("/story")).data
    else:
        with pytest.raises(FetchFailed, match=r"robots\.txt"):
            polite().fetch(outside.url("/story"))
        assert outside.reached == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules", ["\0\0\0", "User-agent", "Disallow: /" + "*a" * 5000 + "$", "Crawl-delay: never\n" * 1000]
)
def test_rules_that_make_no_sense_do_no_harm(rules: str, outside: RawServer) -> None:
    robots(outside, "User-agent: *\n" + rules)
    assert polite().fetch(outside.url("/story")).data


def test_a_host_is_given_a_pause_between_two_requests(outside: RawServer) -> None:
    robots(outside, "")
    clock = Clock()
    fetcher = polite(clock)
    fetcher.fetch(outside.url("/story"))
    fetcher.fetch(outside.url("/story"))
    assert clock.waits == [1.0, 1.0]
    fetcher.fetch(outside.url("/story", "other.example"))
    assert clock.waits == [1.0, 1.0, 1.0]  # for its robots.txt it need not wait
    clock.now += 5
    fetcher.fetch(outside.url("/story"))
    assert clock.waits == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("delay", "waited"), [("7", 7.0), ("0.1", 1.0), ("-3", 1.0)])
def test_a_host_that_wants_longer_pauses_gets_them(delay: str, waited: float, outside: RawServer) -> None:
    robots(outside, f"User-agent: *\nCrawl-delay: {delay}\n")
    clock = Clock()
    polite(clock).fetch(outside.url("/story"))
    assert clock.waits == [waited]


def test_a_host_that_wants_pauses_without_end_is_left_alone(outside: RawServer) -> None:
    robots(outside, "User-agent: *\nCrawl-delay: 86400\n")
    with pytest.raises(FetchRefused, match="86400 seconds"):
        polite().fetch(outside.url("/story"))


def test_a_host_is_asked_for_one_thing_at_a_time(outside: RawServer) -> None:
    open_now, most = 0, 0
    lock = threading.Lock()

    def slow(connection: object) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        time.sleep(0.05)
        with lock:
            open_now -= 1
        connection.sendall(page(b"<p>Hello"))  # type: ignore[attr-defined]

    outside.routes |= {"/robots.txt": slow, "/story": slow}
    fetcher = Fetcher("tests/1", network=network(), pause=0)
    threads = [threading.Thread(target=fetcher.fetch, args=(outside.url("/story"),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_an_address_is_asked_for_as_it_is_written(outside: RawServer) -> None:
    outside.routes["/caf%C3%A9/a%20b?q=%22x%22&z=1"] = page(b"<p>Hello")
    assert polite().fetch(outside.url("/café/a%20b?q=%22x%22&z=1#part")).data == b"<p>Hello"


def test_a_redirect_with_a_space_leads_where_it_is_meant_to(outside: RawServer) -> None:
    outside.routes |= {"/start": redirect("/the story"), "/the%20story": page(b"<p>Hello")}
    assert polite().fetch(outside.url("/start")).data == b"<p>Hello"


@pytest.mark.parametrize(
    "address",
    ["", "story", "/etc/passwd", "file:///etc/passwd", "http://", "http:///x", "http://a b/", "http://exa\nmple.org/", "http://[",
     "http://x:99999/", "http://x:-1/", "http://" + "a" * 300, "http://a..b/", "http://-/", "https://x/" + "y" * 3000,
     "http://x/\ud800", "http://\ud800/", "http://xn--/", "http://\u202eexample.org/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(FetchError) as told:
        polite().fetch(address)
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 400


def test_where_the_second_address_of_a_host_answers_that_is_enough(outside: RawServer) -> None:
    two = network({"two.example": ["127.0.0.3", OUTSIDE]})
    both = type(two)(two.resolve, lambda ip: str(ip).startswith("127.0.0."), two.port_allowed)
    outside.routes["/story"] = page(b"<p>Hello")
    assert Fetcher("tests/1", network=both, pause=0).fetch(outside.url("/story", "two.example")).data == b"<p>Hello"


def test_waiting_counts_against_one_deadline_for_a_whole_fetch(outside: RawServer) -> None:
    clock = Clock()
    outside.routes["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 60\n")
    for number in range(5):
        outside.routes[f"/{number}"] = redirect(outside.url(f"/{number + 1}"))
    with pytest.raises(FetchFailed, match="took too long"):
        polite(clock).fetch(outside.url("/0"))
    assert sum(clock.waits) <= 120


def test_rules_that_are_too_long_are_not_kept_and_nothing_is_fetched(outside: RawServer) -> None:
    noise = random.Random(7)
    rules = "".join(f"Disallow: /{noise.getrandbits(256):x}\n" for _ in range(6000))
    outside.routes["/robots.txt"] = page(f"User-agent: *\n{rules}".encode())
    with pytest.raises(FetchFailed, match="too long to be followed"):
        polite().fetch(outside.url("/story"))


def test_rules_and_turns_of_many_hosts_take_a_bounded_room() -> None:
    noise = random.Random(7)
    rules = RobotsRules("tests", lambda *_: noise.randbytes(90_000), time.monotonic)
    throttle = HostThrottle(0.0, time.monotonic, time.sleep)
    deadline = Deadline(60.0)
    for number in range(200):
        rules.check(parse_address(f"https://host{number}.example/"), deadline)
    for number in range(20_000):
        with throttle.turn(f"host{number}.example", 0.0, deadline):
            pass
    assert rules.size() < 9_000_000
    assert throttle.hosts() <= 10_000
