from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.domain import OPERATOR, SourceKind
from retrieval.errors import ArchiveError, NotFound
from retrieval.ingest.events import ArticleFailed
from retrieval.reasons import Reason
from retrieval.sandbox import InProcess
from retrieval.sources import feeds, refreshing
from retrieval.sources.detection import detect_source
from retrieval.sources.item_checks import ItemChange
from retrieval.sources.page_updates import RefreshEvent
from retrieval.sources.source_reader import SourceReader
from tests.retrieval.sources.conftest import World
from tests.retrieval.sources.publisher import Publisher, Story

HOUR = timedelta(hours=1)

READER = SourceReader(InProcess())


def changes(happened: list[RefreshEvent]) -> list[ItemChange]:
    return [each.change for each in happened]


def titles(world: World, owner: str = OPERATOR) -> list[str]:
    return [line.title for line in world.archive.listing() if line.owner == owner]


def serve(publisher: Publisher, path: str, body: str, kind: str = "text/xml", status: int = 200) -> None:
    before = publisher.answer

    def answer(asked: str) -> tuple[int, dict[str, str], bytes]:
        return (status, {"Content-Type": kind}, body.encode()) if asked == path else before(asked)

    publisher.answer = answer  # type: ignore[method-assign]


def story(world: World) -> Story:
    return world.publisher.publish(world.calendar.now)


def test_a_watched_folder_is_read_again_where_its_files_changed(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: A\n---\nThe pier is closed.\n")
    (folder / "b.jsonl").write_text(
        '{"id": "b1", "title": "B1", "text": "One."}\n{"id": "b2", "title": "B2", "text": "Two."}\n'
    )
    (folder / "c.jsonl").write_text("not JSON\n")
    source = world.sources.add(str(folder), SourceKind.FOLDER)
    assert changes(world.refresh(source)) == [ItemChange.NEW, ItemChange.NEW, ItemChange.NEW, ItemChange.FAILED]
    assert world.refresh(source) == []
    (folder / "a.md").write_text("---\ntitle: A\n---\nThe pier is open again.\n")
    (folder / "a.md.meta.json").write_text('{"publisher": "The Shore"}')
    (folder / "b.jsonl").unlink()
    assert sorted(changes(world.refresh(source))) == [ItemChange.CHANGED, ItemChange.GONE]
    assert sorted(titles(world)) == ["A", "B1", "B2"]
    (kept,) = world.sources.summaries()
    assert (kept.totals.read, kept.totals.gone, kept.totals.failing) == (1, 1, 1)
    folder.rename(tmp_path / "elsewhere")
    assert changes(world.refresh(source)) == [ItemChange.FAILED]
    assert world.sources.summaries()[0].source.problem == "is no folder that can be read"
    assert sorted(titles(world)) == ["A", "B1", "B2"]


def test_a_sitemap_and_an_index_of_them_are_read(world: World, publisher: Publisher) -> None:
    first, second = story(world), story(world)
    for number, each in enumerate((first, second)):
        serve(publisher, f"/{number}.xml", f"<urlset><url><loc>{publisher.site}{each.path()}</loc></url></urlset>")
    maps = "".join(f"<sitemap><loc>{publisher.site}/{number}.xml</loc></sitemap>" for number in range(2))
    serve(publisher, "/index.xml", f"<sitemapindex>{maps}</sitemapindex>")
    source = world.sources.add(f"{publisher.site}/index.xml", SourceKind.SITEMAP)
    assert changes(world.refresh(source)) == [ItemChange.NEW, ItemChange.NEW]
    assert sorted(titles(world)) == sorted([first.title, second.title])
    assert world.refresh(source) == []


def test_of_an_index_one_broken_sitemap_is_told_and_the_others_are_read(world: World, publisher: Publisher) -> None:
    page = story(world)
    serve(publisher, "/good.xml", f"<urlset><url><loc>{publisher.site}{page.path()}</loc></url></urlset>")
    serve(publisher, "/broken.xml", "no sitemap")

    def index(*names: str) -> None:
        maps = "".join(f"<sitemap><loc>{publisher.site}/{name}.xml</loc></sitemap>" for name in names)
        serve(publisher, "/index.xml", f"<sitemapindex>{maps}</sitemapindex>")

    index("broken", "good")
    source = world.sources.add(f"{publisher.site}/index.xml", SourceKind.SITEMAP)
    broken, read = world.refresh(source)
    assert (broken.change, broken.address) == (ItemChange.FAILED, f"{publisher.site}/broken.xml")
    assert (read.change, titles(world)) == (ItemChange.NEW, [page.title])
    assert world.sources.summaries()[0].source.problem == f"1 of its sitemaps failed; {broken.address}: isn't a sitemap"
    index("broken")
    assert changes(world.refresh(source)) == [ItemChange.FAILED]
    assert titles(world) == [page.title]
    index("good")
    assert world.refresh(source) == []
    assert world.sources.summaries()[0].source.problem is None


def test_a_single_page_is_looked_at_as_often_as_it_was_asked_for(world: World, publisher: Publisher) -> None:
    page = story(world)
    world.sources.add(publisher.site + page.path(), SourceKind.PAGE, every=HOUR)
    assert changes(world.refresh()) == [ItemChange.NEW]
    world.calendar.pass_(HOUR * 40)
    assert changes(world.refresh()) == [ItemChange.SAME]
    world.calendar.pass_(HOUR)
    publisher.correct(page)
    assert changes(world.refresh()) == [ItemChange.CHANGED]
    assert world.refresh() == []


def test_where_a_page_may_not_be_fetched_the_feeds_own_text_is_read_and_later_the_page(
    world: World, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_WHOLE", 300)
    page = story(world)
    page.status = 403
    content = "".join(f"<p>{paragraph}</p>" for paragraph in page.paragraphs)
    told = f"<title>{page.title}</title><link>{publisher.site}{page.path()}</link>"
    item = f"<item>{told}<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    serve(publisher, "/full.xml", f'<rss version="2.0" {namespace}><channel>{item}</channel></rss>')
    world.sources.add(f"{publisher.site}/full.xml", SourceKind.FEED)
    assert changes(world.refresh()) == [ItemChange.NEW]
    assert titles(world) == [page.title]
    page.status = 200
    world.calendar.pass_(HOUR * 2)
    assert changes(world.refresh()) == [ItemChange.CHANGED]  # its date, which the feed doesn't give
    page.status = 403
    world.calendar.pass_(HOUR * 4)
    assert changes(world.refresh()) == [ItemChange.FAILED]
    assert titles(world) == [page.title]


def test_no_feeds_own_text_takes_the_place_of_a_page_that_was_read(world: World, publisher: Publisher) -> None:
    page = story(world)
    address = publisher.site + page.path()
    world.refresh(world.sources.add(address, SourceKind.PAGE))
    page.status = 403
    content = "".join(f"<p>Nothing of this stands on the page, whatever line {n} says about it.</p>" for n in range(20))
    item = f"<item><link>{address}</link><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    serve(publisher, "/other.xml", f'<rss version="2.0" {space}><channel><title>x</title>{item}</channel></rss>')
    world.refresh(world.sources.add(f"{publisher.site}/other.xml", SourceKind.FEED))
    (listed,) = world.archive.listing()
    (kept,) = world.archive.articles([1]).values()
    assert kept.id == listed.id
    assert page.quote in kept.text


def test_no_feed_puts_words_a_name_or_a_day_under_another_sites_address(world: World, publisher: Publisher) -> None:
    refused, given = story(world), story(world)
    refused.status = 403
    undated = publisher.story_page(given, 1)[2].decode().replace("article:published_time", "x")
    serve(publisher, given.path(), undated, "text/html")
    said = "<author>x@y.example (Mallory)</author><pubDate>Mon, 02 Mar 2020 10:00:00 GMT</pubDate>"
    words = "".join(f"<p>“I never said line {n} of this,” said Ada Brook, who never did.</p>" for n in range(20))
    items = "".join(
        f"<item><title>Made up</title><link>{publisher.site}{each.path()}</link>{said}"
        f"<content:encoded><![CDATA[{words}]]></content:encoded></item>"
        for each in (refused, given)
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    serve(publisher, "/mallory.xml", f'<rss version="2.0" {space}><channel>{items}</channel></rss>')
    mallory = publisher.site.replace("outside.example", "other.example")
    happened = world.refresh(world.sources.add(f"{mallory}/mallory.xml", SourceKind.FEED))
    assert [(each.change, each.reason) for each in happened] == [
        (ItemChange.FAILED, "its server answers 403 (Forbidden)"),
        (ItemChange.NEW, None),
    ]
    (kept,) = world.archive.articles([1]).values()
    assert (kept.title, kept.published, kept.authors) == (given.title, None, ())
    assert "never" not in kept.text


def test_a_page_that_leads_to_the_front_page_is_gone(world: World, publisher: Publisher) -> None:
    page = story(world)
    source = world.sources.add(publisher.site + page.path(), SourceKind.PAGE)
    world.refresh(source)
    serve(publisher, "/", "<html><body><p>Welcome to The Shore.</p></body></html>", "text/html")
    publisher.story_page = lambda *_: (302, {"Location": "/"}, b"")  # type: ignore[method-assign]
    assert changes(world.refresh(source) + world.refresh(source)) == [ItemChange.FAILED, ItemChange.GONE]
    assert titles(world) == []


def test_two_addresses_of_one_article_do_not_take_turns(world: World, publisher: Publisher) -> None:
    page = story(world)
    body = publisher.story_page(page, 1)[2].decode()
    serve(publisher, "/print", body.replace("The council met", "Printed: the council met"), "text/html")
    links = "".join(f"<url><loc>{publisher.site}{path}</loc></url>" for path in (page.path(), "/print"))
    serve(publisher, "/map.xml", f"<urlset>{links}</urlset>")
    source = world.sources.add(f"{publisher.site}/map.xml", SourceKind.SITEMAP)
    assert changes(world.refresh(source)) == [ItemChange.SAME, ItemChange.NEW]
    world.calendar.pass_(HOUR * 24)
    assert changes(world.refresh(source)) == [ItemChange.SAME]


def test_more_than_one_refresh_takes_is_gone_on_with_soon(
    world: World, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "PAGES", 3)
    for _ in range(8):
        story(world)
    world.sources.add(f"{publisher.site}/feed.xml", SourceKind.FEED)
    came = []
    for _ in range(3):
        came.append(len(world.refresh()))
        world.calendar.pass_(timedelta(minutes=5))
    assert came == [3, 3, 2]
    assert world.refresh() == []
    assert len(titles(world)) == 8


def test_a_source_that_fails_is_asked_less_and_less_often_and_says_why(world: World, publisher: Publisher) -> None:
    publisher.broken = b""
    world.sources.add(f"{publisher.site}/feed.xml", SourceKind.FEED, every=HOUR)
    polls = 0
    for _ in range(48):
        polls += bool(world.refresh())
        world.calendar.pass_(HOUR)
    assert polls == 5  # after 0, 2, 6, 14 and 30 hours
    (kept,) = world.sources.summaries()
    assert kept.source.problem == "its server answers 500 (Internal Server Error)"
    assert (kept.source.failures, kept.source.read_at) == (5, None)
    publisher.broken = None
    world.refresh(kept.source)
    assert world.sources.summaries()[0].source.problem is None


def test_an_article_that_cant_be_stored_is_told_and_tried_again(world: World, publisher: Publisher) -> None:
    page = story(world)
    source = world.sources.add(publisher.site + page.path(), SourceKind.PAGE)
    working = world.ingester.ingest
    world.ingester.ingest = lambda articles: (ArticleFailed("x", Reason.stated("no memory")) for _ in articles)  # type: ignore[method-assign]
    assert [(each.change, each.reason) for each in world.refresh(source)] == [(ItemChange.FAILED, "no memory")]
    world.ingester.ingest = working  # type: ignore[method-assign]
    world.calendar.pass_(HOUR * 3)
    assert changes(world.refresh(source)) == [ItemChange.NEW]


def test_what_a_person_removed_does_not_come_back(world: World, publisher: Publisher) -> None:
    page = story(world)
    source = world.sources.add(publisher.site + page.path(), SourceKind.PAGE)
    world.refresh(source)
    (line,) = world.archive.listing()
    world.archive.remove(OPERATOR, line.id)
    publisher.correct(page)
    assert changes(world.refresh(source)) == [ItemChange.SAME]
    assert titles(world) == []


def test_what_a_servers_source_brings_is_that_servers(world: World, publisher: Publisher) -> None:
    page = story(world)
    mine = world.sources.add(publisher.site + page.path(), SourceKind.PAGE)
    theirs = world.sources.add(publisher.site + page.path(), SourceKind.PAGE, owner="guild:1")
    world.refresh(mine)
    world.refresh(theirs)
    assert (titles(world), titles(world, "guild:1")) == ([page.title], [page.title])
    assert [kept.source for kept in world.sources.summaries({"guild:1"})] == [world.sources.find(str(theirs.id))]
    assert not world.sources.remove(mine.id, {"guild:1"})
    assert world.sources.remove(mine.id, {OPERATOR})
    assert len(titles(world)) == 1


def test_only_the_operator_may_watch_folders(world: World, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="isn't a folder"):
        world.sources.add(str(tmp_path), SourceKind.FOLDER, owner="guild:1")


@pytest.mark.parametrize("address", ["http://user@outside.example/", "file:///etc", "feed", ""])
def test_what_is_no_address_is_not_added(address: str, world: World) -> None:
    with pytest.raises(ArchiveError):
        world.sources.add(address, SourceKind.FEED)


def test_a_source_is_added_once_and_found_by_number_or_address(world: World, publisher: Publisher) -> None:
    address = f"{publisher.site}/feed.xml"
    added = world.sources.add(address, SourceKind.FEED)
    with pytest.raises(ArchiveError, match="is a source already"):
        world.sources.add(address, SourceKind.PAGE)
    with pytest.raises(ArchiveError, match="every 5 minutes"):
        world.sources.add(address + "?2", SourceKind.PAGE, every=timedelta(minutes=1))
    assert world.sources.find(address) == world.sources.find(str(added.id)) == added
    with pytest.raises(NotFound):
        world.sources.find("7")


def test_the_kind_is_found_out_by_looking(world: World, publisher: Publisher, tmp_path: Path) -> None:
    page = story(world)
    serve(publisher, "/map.xml", "<urlset><url><loc>https://outside.example/x</loc></url></urlset>")
    serve(
        publisher,
        "/front",
        '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml"></html>',
        "text/html",
    )
    kinds = {
        path: detect_source(publisher.site + path, world.fetcher, READER).kind
        for path in ("/feed.xml", "/map.xml", page.path(), "/front")
    }
    assert list(kinds.values()) == [SourceKind.FEED, SourceKind.SITEMAP, SourceKind.PAGE, SourceKind.PAGE]
    assert detect_source(str(tmp_path), world.fetcher, READER).kind is SourceKind.FOLDER
    assert detect_source(f"{publisher.site}/front", world.fetcher, READER).feeds == (f"{publisher.site}/feed.xml",)


def test_a_page_that_names_an_address_that_can_not_be_is_a_source_all_the_same(
    world: World, publisher: Publisher
) -> None:
    serve(publisher, "/odd", '<link type="application/rss+xml" href="http://[odd/feed">', "text/html")
    found = detect_source(f"{publisher.site}/odd", world.fetcher, READER)
    assert (found.kind, found.feeds) == (SourceKind.PAGE, ())
