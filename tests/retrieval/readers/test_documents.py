"""PDF, DOCX and EPUB: words as they stand, and a clear word for what is hostile, broken or can't be converted here."""

import io
import zipfile
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.binary import documents
from retrieval.readers.files import read_bytes, read_path
from retrieval.readers.limits import ReaderLimits
from tests.retrieval.readers.made_documents import docx, docx_of, epub, pdf, zipped

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
PLAIN = 'A word with *stars*, [brackets](x), under_scores, # a hash & "marks" — “curly” ones too.'


def article(data: bytes, name: str, **options: ReaderLimits) -> Article:
    (found,) = read_bytes(data, name=name, **options)
    assert isinstance(found, Article), found
    return found


def refusal(data: bytes, name: str, **options: ReaderLimits) -> str:
    (found,) = read_bytes(data, name=name, **options)
    assert isinstance(found, ReadError), found
    assert found.source == name
    return str(found.reason)


def test_a_word_document_gives_its_words_as_they_stand() -> None:
    found = article(docx("Bridge reopens after years", [PLAIN, "1. It opened.", "- She left."]), "bridge.docx")
    assert found.title == "Bridge reopens after years"
    assert found.text == f"{PLAIN}\n\n1. It opened.\n\n- She left."


def test_lines_of_a_pdf_are_joined_to_paragraphs_over_lines_and_pages() -> None:
    pages = [
        [
            ["Bridge reopens after years"],
            ["The bridge was opened after eleven years of re-", "pairs, the council", "said."],
        ],
        [["1"], ["It cost more than the town", "had"]],
        [["2"], ["ever spent before."]],
    ]
    found = article(pdf(pages), "bridge.pdf")
    assert found.title == "Bridge reopens after years"
    assert found.text.split("\n\n") == [
        "The bridge was opened after eleven years of repairs, the council said.",
        "It cost more than the town had ever spent before.",
    ]


def test_running_heads_and_feet_stand_in_no_quotation_over_two_pages() -> None:
    quoted = ['"We have looked for a lamp in every town along', 'this coast, and we have found none," said Olt.']
    opening = "The lighthouse at Selby Point has been dark since autumn."
    pages = [
        [
            ["SELBY POST"],
            ["B3"],
            [opening],
            [quoted[0]],
            ["More on B4"],
        ],
        [["Friday, May 3"], ["B4"], [quoted[1]], ["Nobody knows when it will be lit again."], ["More on B5"]],
        [["SELBY POST"], ["B5"], ["The keeper has gone home."], ["The end"]],
        [["Friday, May 3"], ["B6"], ["Letters are on the next page."]],
    ]
    found = article(pdf(pages), "post.pdf")
    assert " ".join(quoted) in found.text.split("\n\n")
    assert not [line for line in found.text.split("\n\n") if line[:2] in ("B4", "B5", "Mo", "Fr")]


def test_what_stands_on_every_page_is_no_part_of_the_text() -> None:
    pages = [[["The Norrby Beacon"], [f"Story {number} is told in this paragraph."]] for number in range(4)]
    found = article(pdf(pages), "beacon.pdf")
    assert found.title == "The Norrby Beacon"
    assert found.text.split("\n\n") == [f"Story {number} is told in this paragraph." for number in range(4)]


def test_an_epub_is_read_in_the_order_of_its_chapters_with_who_wrote_it_and_when() -> None:
    facts = (
        "<dc:title>The year in Norrby</dc:title><dc:creator>Ada Lind</dc:creator><dc:creator>Olin Marsh</dc:creator>"
        "<dc:publisher>The Beacon</dc:publisher><dc:date>2026-03-03</dc:date><dc:language>en</dc:language>"
    )
    found = article(
        epub(["<h1>Spring</h1><p>It *rained* &amp; rained.</p>", "<p>It was dry.</p>"], facts=facts), "year.epub"
    )
    assert (found.title, found.authors, found.publisher) == (
        "The year in Norrby",
        ("Ada Lind", "Olin Marsh"),
        "The Beacon",
    )
    assert (found.published, found.language) == ("2026-03-03", "en")
    assert found.text == "Spring\n\nIt *rained* & rained.\n\nIt was dry."


def test_a_file_is_read_from_a_folder_beside_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "bridge.docx").write_bytes(docx("Bridge reopens after years", ["It opened on Monday."]))
    (tmp_path / "ferry.pdf").write_bytes(b"%PDF-1.4 nothing")
    found = [one for path in sorted(tmp_path.iterdir()) for one in read_path(path)]
    assert [type(one) for one in found] == [Article, ReadError]


@pytest.mark.parametrize(("name", "module"), [("a.pdf", "pdfminer"), ("a.docx", "mammoth")])
def test_without_the_extra_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    missing = lambda asked: None if asked == module else object()  # noqa: E731
    monkeypatch.setattr(documents, "find_spec", missing)
    data = pdf([[["x"]]]) if name.endswith("pdf") else docx("x", [])
    assert refusal(data, name).endswith("pip install '.[documents]'")
    assert article(epub(["<p>It is dry.</p>"]), "year.epub")


def test_a_scan_is_said_to_hold_no_text() -> None:
    assert "scan" in refusal(pdf([[]]), "scan.pdf")


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    lock = (
        "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "00" * 32 + "> /U <" + "00" * 32 + "> >>"
    )
    assert refusal(pdf([[["x"]]], trailer=lock), "locked.pdf") == "is locked with a password"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"%PDF-1.4", "a.pdf", "isn't a valid PDF"),
        (b"", "a.pdf", "isn't a valid PDF"),
        (b"PK\x03\x04", "a.docx", "isn't a valid zip"),
        (zipped({"a.txt": "x"}), "a.docx", "isn't a valid DOCX"),
        (docx_of("<w:document"), "a.docx", "isn't a valid DOCX"),
        (zipped({"a.txt": "x"}), "a.epub", "lacks META-INF/container.xml"),
        (zipped({"META-INF/container.xml": "<container"}), "a.epub", "isn't valid XML"),
        (zipped({"META-INF/container.xml": "<container/>"}), "a.epub", "names no book"),
        (epub([]), "a.epub", "holds no text"),
    ],
)
def test_what_is_broken_is_said_in_words(data: bytes, name: str, reason: str) -> None:
    assert reason in refusal(data, name)


def test_entities_are_never_unfolded() -> None:
    assert isinstance(next(read_bytes(docx("Bridge", ["x"], prolog=BOMB), name="a.docx")), Article | ReadError)
    outside = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
    facts = "<dc:title>Norrby&i;</dc:title>"
    for prolog in (BOMB, outside):
        for found in read_bytes(epub(["<p>It is dry.</p>"], prolog=prolog, facts=facts), name="a.epub"):
            assert isinstance(found, ReadError) or found.title == "Norrby"


def test_a_zip_bomb_is_not_unpacked() -> None:
    limits = ReaderLimits(unpacked=1_000_000, page=1_000_000)
    assert "unpacks to more than" in refusal(docx("x", ["a " * 1_000_000]), "a.docx", limits=limits)
    assert "unpacks to more than" in refusal(epub([f"<p>{'a ' * 1_000_000}</p>"]), "a.epub", limits=limits)
    many = zipped({f"{number}": "" for number in range(10_001)})
    assert "10,000 files" in refusal(many, "a.epub")
    silent = epub([f"<!--{'a ' * 20_000}-->"] * 30)
    assert "unpacks to more than" in refusal(silent, "a.epub", limits=ReaderLimits(unpacked=1_000_000))


def test_a_size_that_lies_unpacks_no_further_than_the_limit() -> None:
    data = bytearray(epub([f"<p>{'a ' * 1_000_000}</p>"]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        real = max(info.file_size for info in package.infolist())
    lie = bytes(data).replace(real.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != data
    assert refusal(lie, "a.epub", limits=ReaderLimits(page=100_000))


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "pages" in refusal(pdf([[]] * 2_001), "long.pdf")


def test_a_converter_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_SECONDS", 0)
    assert "takes longer" in refusal(pdf([[["x"]]]), "slow.pdf")


def test_a_converter_sees_no_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "conversion.py"
    program.write_text('import json, os\nprint(json.dumps({"html": f"<p>Sees: {sorted(os.environ)}</p>"}))')
    monkeypatch.setattr(documents, "_PROGRAM", program)
    monkeypatch.setenv("DISCORD_TOKEN", "a secret")
    seen = article(docx("Bridge reopens", [PLAIN]), "bridge.docx").text
    assert "Sees: [" in seen
    assert "DISCORD_TOKEN" not in seen
