"""PDF and DOCX, by converters that an extra installs and that run in a process of their own, within bounds."""

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import size_in_words
from retrieval.readers.drafts import Draft
from retrieval.readers.limits import Limits
from retrieval.readers.packages import Package
from retrieval.readers.pages.blocks import blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.tree import parse
from retrieval.readers.saved_text import read_saved_text

PDF, DOCX = "pdf", "docx"
_CONVERTERS = {PDF: "pdfminer", DOCX: "mammoth"}
_PROGRAM = Path(__file__).with_name("conversion.py")
_SECONDS = 60
_MEMORY = 2 * 1024**3
_ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")  # what Python may need to start; no token
_HYPHEN = re.compile(r"(?<=[a-zß-ÿ])-\n(?=[a-zß-ÿ])")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_ENDINGS = (".", "!", "?", ":", '"', "”", "’", ")")
_RUNNING = 3  # pages on which a line stands that belongs to the pages, not to the text


class UnreadableDocument(ValueError):
    """The message says what is wrong, or how the converter is installed."""


def read_document(data: bytes, form: str, limits: Limits) -> Draft:
    """`form` is PDF or DOCX. What such a file says of its author and date is often the typist's, and left aside.

    Raises UnreadableDocument, UnreadablePackage or UnreadablePage.
    """
    if form == DOCX and Package(io.BytesIO(data), limits.unpacked).unpacks_to() > limits.unpacked:
        raise UnreadableDocument(f"unpacks to more than {size_in_words(limits.unpacked)}")
    answer = _converted(data, form)
    paragraphs = list(_of_pages(answer["text"]) if form == PDF else _of_markup(answer["html"]))
    if not paragraphs:
        raise UnreadableDocument("holds no text, as a scan does before its letters are recognised")
    draft = read_saved_text("\n\n".join(paragraphs))
    return draft if draft.text.strip() else replace(draft, text="\n\n".join(paragraphs))


def _converted(data: bytes, form: str) -> dict[str, str]:
    if find_spec(_CONVERTERS[form]) is None:
        raise UnreadableDocument(
            f"reading {form.upper()} needs one more package; in the program's folder: pip install '.[documents]'"
        )
    command = [sys.executable, "-I", str(_PROGRAM), form, str(_SECONDS), str(_MEMORY)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        run = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=2 * _SECONDS, check=False, env=environment
        )
        answer = json.loads(run.stdout)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"takes longer than {2 * _SECONDS} s to convert") from None
    except ValueError:
        raise UnreadableDocument(f"takes longer than {_SECONDS} s to convert, or broke the converter") from None
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    return dict(answer)


def _of_markup(markup: str) -> Iterator[str]:
    if markup:
        yield from (block.text for block in blocks(parse(f"<body>{markup}</body>"), is_invisible))


def _of_pages(text: str) -> Iterator[str]:
    """Paragraphs of a PDF's text, also where a page's end parts them, without what stands on every page."""
    pages = [[_joined(block) for block in page.split("\n\n") if block.strip()] for page in text.split("\f")]
    running = {block for block, on in Counter(b for page in pages for b in set(page)).items() if on >= _RUNNING}
    before, *others = [block for page in pages for block in page] or [""]
    for block in others:
        if block in running or _PAGE_NUMBER.fullmatch(block):
            continue
        if before and block[:1].islower() and before[-1:] not in _ENDINGS:
            before = _joined(f"{before}\n{block}")
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _joined(block: str) -> str:
    """The lines of a block in one, words put together that a line's end parts."""
    return " ".join(_HYPHEN.sub("", block).split())
