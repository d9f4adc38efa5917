"""Small real PDF, DOCX, EPUB, WARC and WACZ files, made by hand."""

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def pdf(pages: Sequence[Sequence[Sequence[str]]], *, trailer: str = "") -> bytes:
    """Pages of paragraphs of lines, in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, paragraphs in enumerate(pages):
        shown = " T* ".join(" ".join(f"({line}) Tj T*" for line in paragraph) for paragraph in paragraphs)
        content = f"BT /F1 12 Tf 14 TL 72 740 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _numbered(objects, trailer)


def _numbered(objects: Sequence[str], trailer: str) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF".encode()


def docx(title: str, paragraphs: Sequence[str], *, prolog: str = "") -> bytes:
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>'
    body = heading + "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in paragraphs)
    return docx_of(f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>')


def docx_of(document: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="'
            'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{DOCUMENT}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
        }
    )


def epub(chapters: Sequence[str], *, prolog: str = "", facts: str = "<dc:title>The year in Norrby</dc:title>") -> bytes:
    """`chapters` are the markup of their bodies, `facts` Dublin Core elements."""
    names = [f"chapter {number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="c{n}" href="{name.replace(" ", "%20")}"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    book = (
        f'<?xml version="1.0"?>{prolog}<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc='
        f'"http://purl.org/dc/elements/1.1/">{facts}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book/content.opf"/></rootfiles></container>'
    )
    pages = {
        f"book/{name}": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{c}</body></html>'
        for name, c in zip(names, chapters, strict=True)
    }
    return zipped({"META-INF/container.xml": container, "book/content.opf": book, **pages})


def web_page(title: str, head: str = "") -> bytes:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        "<p>The bridge at Norrby was opened on Monday after eleven years of repairs, the council said.</p>"
        "<p>“We waited long,” Ada Lind said. “It is not over, and we will see what the next years bring.”</p>"
        "</article></body></html>"
    ).encode()


def warc(
    pages: Mapping[str, bytes],
    *,
    packed: bool = True,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    date: str = "2026-03-04T10:00:00Z",
) -> bytes:
    """A record about the file, then one answer a page."""
    records = [_record("warcinfo", "", date, b"software: a test\r\n")]
    for address, body in pages.items():
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        records.append(_record("response", address, date, head.encode() + body))
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _record(kind: str, address: str, date: str, block: bytes) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": date,
        "WARC-Block-Digest": "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode(),
        "Content-Type": "application/http; msgtype=response" if address else "application/warc-fields",
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"
