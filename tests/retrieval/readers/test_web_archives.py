"""WARC and WACZ: each page an article; what is broken is named by its record, and the rest goes on."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import find_files, read_bytes, read_path
from retrieval.readers.limits import ReaderLimits
from tests.retrieval.readers.made_documents import warc, web_page, zipped

SITE = "https://beacon.example"
PAGES = {f"{SITE}/{number}": web_page(f"Story {number} of the bridge") for number in range(4)}


def told(data: bytes, name: str = "norrby.warc.gz", **options: ReaderLimits) -> list[str]:
    found = read_bytes(data, name=name, **options)
    return [one.title if isinstance(one, Article) else str(one) for one in found]


def only(data: bytes) -> Article:
    (found,) = read_bytes(data, name="norrby.warc")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("packed", [True, False])
def test_every_page_of_a_web_archive_is_an_article_known_by_its_address(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("norrby.warc.gz" if packed else "norrby.warc")
    path.write_bytes(warc(PAGES, packed=packed))
    assert list(find_files([tmp_path])) == [path]
    found = list(read_path(path))
    assert [one.url for one in found if isinstance(one, Article)] == list(PAGES)
    assert len({one.id for one in found if isinstance(one, Article)}) == 4
    assert all("“We waited long,” Ada Lind said." in one.text for one in found if isinstance(one, Article))


def test_a_wacz_package_gives_the_pages_of_all_its_archives() -> None:
    halves = [dict(list(PAGES.items())[:2]), dict(list(PAGES.items())[2:])]
    files = {f"archive/{number}.warc.gz": warc(half) for number, half in enumerate(halves)}
    found = list(read_bytes(zipped({**files, "pages/pages.jsonl": "{}"}), name="norrby.wacz"))
    assert [one.url for one in found if isinstance(one, Article)] == list(PAGES)
    assert found[0].source == "norrby.wacz, archive/0.warc.gz"


def test_other_files_and_error_pages_are_no_articles() -> None:
    assert told(warc({f"{SITE}/a.png": b"x"}, kind="image/png")) == ["norrby.warc.gz: holds no web pages"]
    assert told(warc({f"{SITE}/gone": web_page("Not found")}, status="404 Not Found"))[0].endswith("no web pages")


def test_a_page_may_name_another_address_of_its_own_site_but_not_of_another() -> None:
    def canonical(address: str) -> Article:
        return only(warc({f"{SITE}/x?from=1": web_page("Story", f'<link rel="canonical" href="{address}">')}))

    assert canonical(f"{SITE}/story").url == f"{SITE}/story"
    assert canonical("https://www.beacon.example/story").url == "https://www.beacon.example/story"
    assert canonical("https://other.example/story").url == f"{SITE}/x?from=1"


def test_a_date_after_the_day_of_the_capture_cannot_be() -> None:
    head = '<meta property="article:published_time" content="2026-03-03T10:00:00Z">'
    page = {f"{SITE}/story": web_page("Story of the bridge", head)}
    assert only(warc(page, date="2026-03-04T10:00:00Z")).published == "2026-03-03T10:00:00+00:00"
    assert only(warc(page, date="2020-03-04T10:00:00Z")).published is None


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_is_named_and_the_rest_goes_on(packed: bool) -> None:
    data = bytearray(warc(PAGES, packed=packed))
    middle = len(data) // 2
    data[middle : middle + 20] = b"\xff" * 20
    found = told(bytes(data))
    assert found[0] == "Story 0 of the bridge"
    assert found[-1] == "Story 3 of the bridge"
    assert [one for one in found if one.startswith("norrby.warc.gz, record 3: is")]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("lost", [20, 200, 300])
def test_an_archive_that_is_cut_off_says_so(packed: bool, lost: int) -> None:
    found = told(warc(PAGES, packed=packed)[:-lost])
    assert found[:3] == [f"Story {number} of the bridge" for number in range(3)]
    assert found[3:] == ["norrby.warc.gz, record 5: ends before its content does"]


@pytest.mark.parametrize(
    "data",
    [b"", b"WARC/1.0", b"\x1f\x8b\x08", b"\xff" * 100, b"WARC/1.0\r\n\r\n" * 50, gzip.compress(b"nothing of the kind")],
)
def test_what_is_no_web_archive_is_refused(data: bytes) -> None:
    assert all(isinstance(one, ReadError) for one in read_bytes(data, name="norrby.warc"))
    assert told(data)


def test_a_package_without_archives_or_that_is_none_is_refused() -> None:
    assert told(zipped({"a.txt": "x"}), "norrby.wacz") == ["norrby.wacz: holds no WARC files"]
    assert "isn't a valid zip" in told(b"PK", "norrby.wacz")[0]


def test_a_package_whose_checksum_is_wrong_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:  # stored as it is, as the format asks
        package.writestr("archive/data.warc", warc(PAGES, packed=False))
    data = stream.getvalue()
    assert "can't be unpacked" in told(data.replace(b"eleven years", b"twelve years", 1), "norrby.wacz")[-1]


def test_a_file_of_nothing_but_broken_records_is_given_up() -> None:
    found = told(b"WARC/1." * 100_000)
    assert len(found) == 101
    assert found[-1].endswith("isn't looked for behind 100 broken ones")


def test_bombs_are_not_unpacked() -> None:
    limits = ReaderLimits(page=100_000)
    page = warc({f"{SITE}/bomb": b"<html>" + b"a" * 30_000_000})
    assert told(page, limits=limits) == ["norrby.warc.gz, record 2: unpacks to more than 3.125 MB"]
    whole = warc({f"{SITE}/long": b"<html>" + b"a" * 200_000}, packed=False)
    assert told(whole, limits=limits) == ["norrby.warc.gz, record 2: is a page of more than 97.6562 KB"]
    headers = gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 1_000_000)
    line = gzip.compress(b"WARC/1.0\r\n" + b"a" * 10_000_000)
    assert told(headers) == told(line) == ["norrby.warc.gz, record 1: isn't a valid record"]


def test_a_package_of_bombs_unpacks_to_one_quota_for_all_its_members() -> None:
    record = warc({f"{SITE}/{number}": b"<html>" + b"a" * 300_000 for number in range(40)}, packed=False)
    package = zipped({f"archive/{number}.warc": record for number in range(20)})
    found = told(package, name="norrby.wacz")
    assert any("unpacks to more than" in line for line in found)
    assert len(found) < 400
