"""Read PDF and DOCX with converters that an extra installs, in a process of its own and within bounds."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import size_in_words
from retrieval.readers.binary.pdf_paragraphs import pdf_paragraphs
from retrieval.readers.binary.zip_package import ZipPackage
from retrieval.readers.drafts import ArticleDraft
from retrieval.readers.file_types import DOCX, PDF
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.pages.blocks import text_blocks
from retrieval.readers.pages.boilerplate import is_invisible
from retrieval.readers.pages.tree import parse_html
from retrieval.readers.text_files.saved_text import read_saved_text
from retrieval.readers.unpacking import UnpackQuota
from retrieval.readers.unreadable import UnreadableContent

_CONVERTERS = {PDF: "pdfminer", DOCX: "mammoth"}
_PROGRAM = Path(__file__).with_name("converter.py")
_SECONDS = 50  # of processor time; the sandbox ends the whole after 75 s
_WAIT = 65  # seconds
_MEMORY = 2 * 1024**3
_ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")  # what Python may need to start; no token


def read_document(data: bytes, form: str, limits: ReaderLimits) -> ArticleDraft:
    """Return the draft of a document; `form` is PDF or DOCX. Raises UnreadableContent.

    The author and date in such a file's properties are often the typist's, and are ignored.
    """
    if (
        form == DOCX
        and ZipPackage(io.BytesIO(data), limits.unpacked, UnpackQuota(limits.unpacked)).unpacks_to() > limits.unpacked
    ):
        raise UnreadableContent(f"unpacks to more than {size_in_words(limits.unpacked)}")
    answer = _converted(data, form)
    paragraphs = list(pdf_paragraphs(answer["text"]) if form == PDF else _markup_paragraphs(answer["html"]))
    if not paragraphs:
        raise UnreadableContent("holds no text, as a scan does before its letters are recognised")
    draft = read_saved_text("\n\n".join(paragraphs))
    return draft if draft.text.strip() else replace(draft, text="\n\n".join(paragraphs))


def _converted(data: bytes, form: str) -> dict[str, str]:
    if find_spec(_CONVERTERS[form]) is None:
        raise UnreadableContent(
            f"reading {form.upper()} needs one more package; in the program's folder: pip install '.[documents]'"
        )
    command = [sys.executable, "-I", str(_PROGRAM), form, str(_SECONDS), str(_MEMORY)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        run = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=_WAIT, check=False, env=environment
        )
        answer = json.loads(run.stdout)
    except subprocess.TimeoutExpired:
        raise UnreadableContent(f"takes longer than {_WAIT} s to convert") from None
    except ValueError:
        raise UnreadableContent(f"takes longer than {_SECONDS} s to convert, or broke the converter") from None
    if "error" in answer:
        raise UnreadableContent(answer["error"])
    return dict(answer)


def _markup_paragraphs(markup: str) -> Iterator[str]:
    if markup:
        yield from (block.text for block in text_blocks(parse_html(f"<body>{markup}</body>"), is_invisible))
