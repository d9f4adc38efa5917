"""A program that converts a PDF or DOCX on stdin to JSON on stdout.

    converter.py pdf|docx SECONDS BYTES

SECONDS of processor time and BYTES of memory are its limits, where the system has them. It imports nothing of this
project, so that it starts fast and what a document costs or breaks ends with the process.
"""

import io
import json
import sys
from itertools import islice

PAGES = 2_000
TITLE = "p[style-name='Title'] => h1:fresh"


def pdf(data: bytes) -> dict[str, str]:
    """Return the text of a PDF, its pages separated by form feeds, or an error."""
    from pdfminer.high_level import extract_text
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        pages = sum(1 for _ in islice(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))), PAGES + 1))
    except PDFPasswordIncorrect:
        return {"error": "is locked with a password"}
    if pages > PAGES:
        return {"error": f"has over {PAGES:,} pages"}
    return {"text": extract_text(io.BytesIO(data))}


def docx(data: bytes) -> dict[str, str]:
    """Return the HTML of a DOCX."""
    import mammoth

    no_images = mammoth.images.img_element(lambda _: {})
    return {"html": mammoth.convert_to_html(io.BytesIO(data), convert_image=no_images, style_map=TITLE).value}


def set_limits(seconds: int, memory: int) -> None:
    """Limit this process's processor time and address space."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main() -> None:
    """Convert stdin and write the answer."""
    kind, seconds, memory = sys.argv[1:]
    set_limits(int(seconds), int(memory))
    data = sys.stdin.buffer.read()
    try:
        answer = {"pdf": pdf, "docx": docx}[kind](data)
    except MemoryError:
        answer = {"error": "takes too much memory to convert"}
    except RecursionError:
        answer = {"error": "is nested too deeply"}
    except Exception as error:  # a parser of a hostile file may raise anything
        answer = {"error": f"isn't a valid {kind.upper()} ({type(error).__name__}: {str(error)[:200]})"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
