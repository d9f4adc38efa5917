"""Exports: citations as CSV for spreadsheets, and as BibTeX and CSL-JSON for programs that manage references.

The words are the article's own. Where a format has signs of its own, they are escaped, so that the reading program
shows the words as they stand.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from retrieval.domain import Certainty, Citation, Kind

COLUMNS = (
    "quotation",
    "kind",
    "speaker",
    "role",
    "certainty",
    "said_on",
    "title",
    "authors",
    "publisher",
    "published",
    "link",
    "article",
    "start",
    "end",
)
"""The columns of CSV; `start` and `end` are character offsets into the article's text."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of a cell that a spreadsheet may take for a formula."""
_INNER_FORMULA = re.compile(r'([;\t\r\n][" ]*)(?=[=+\-@＝＋－＠])')
"""What parts cells where a comma doesn't, as in spreadsheets of many languages, before a beginning of a formula."""
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_KEY = re.compile(r"[^A-Za-z0-9]+")


class ExportFormat(StrEnum):
    """The formats of an export, as options and buttons name them."""

    CSV = "csv"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def export_citations(citations: Sequence[Citation], form: ExportFormat) -> str:
    """Return the citations as a text in a format, one record each, in their order."""
    return _WRITERS[form](citations)


def _csv(citations: Sequence[Citation]) -> str:
    """Return CSV by RFC 4180; what might be taken for a formula has an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([[_cell(value) for value in _row(citation)] for citation in citations])
    return buffer.getvalue()


def _row(citation: Citation) -> tuple[str | int | None, ...]:
    article, speaker = citation.article, citation.speaker
    return (
        citation.text,
        citation.kind.value,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        speaker.certainty.value if speaker else None,
        citation.said_on.isoformat() if citation.said_on else None,
        article.title,
        "; ".join(article.authors),
        article.publisher,
        article.published,
        article.url,
        article.id,
        citation.span.start,
        citation.span.end,
    )


def _cell(value: str | int | None) -> str | int:
    if value is None or isinstance(value, int):
        return "" if value is None else value
    guarded = _INNER_FORMULA.sub(r"\1'", value)
    return f"'{guarded}" if value.startswith(_FORMULA) else guarded


def _bibtex(citations: Sequence[Citation]) -> str:
    return "\n".join(map(_bibtex_entry, citations))


def _bibtex_entry(citation: Citation) -> str:
    """Return an entry of type `misc`, which every style knows; the words stand in its note."""
    article, printed = citation.article, _day(citation.article.published)
    said = f", on {citation.said_on.isoformat()}" if citation.said_on else ""
    fields = {
        "author": " and ".join(f"{{{_latex(author)}}}" for author in article.authors),
        "title": f"{{{_latex(article.title)}}}",
        "howpublished": _latex(article.publisher or ""),
        "year": str(printed.year) if printed else "",
        "month": str(printed.month) if printed else "",
        "date": printed.isoformat() if printed else "",
        "url": _latex_url(article.url or ""),
        "note": _latex(f"{_words(citation)} ({_who(citation)}{said})"),
        "annote": f"characters {citation.span.start} to {citation.span.end}",
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(citation)},", *lines, "}", ""])


def _latex(text: str) -> str:
    """Return a text with LaTeX's signs escaped, on one line; other letters stay, as BibTeX reads UTF-8."""
    return " ".join(text.split()).translate(_LATEX)


def _latex_url(address: str) -> str:
    """Return an address without what would end its field; LaTeX takes the rest of an address literally."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def _key(citation: Citation) -> str:
    return f"{_KEY.sub('-', citation.article.id).strip('-') or 'article'}-{citation.span.start}-{citation.span.end}"


def _csl_json(citations: Sequence[Citation]) -> str:
    return json.dumps([_csl_item(citation) for citation in citations], ensure_ascii=False, indent=1) + "\n"


def _csl_item(citation: Citation) -> dict[str, Any]:
    """Return an item of CSL-JSON 1.0.2; what that has no field for stands in `custom`."""
    article, speaker = citation.article, citation.speaker
    printed = _day(article.published)
    item = {
        "id": _key(citation),
        "type": "article-newspaper",
        "title": article.title,
        "container-title": article.publisher,
        "author": [{"literal": author} for author in article.authors],
        "issued": printed and {"date-parts": [[printed.year, printed.month, printed.day]]},
        "URL": article.url,
        "note": f"{_words(citation)} ({_who(citation)})",
        "custom": {
            "quotation": citation.text,
            "kind": citation.kind.value,
            "speaker": speaker and speaker.name,
            "role": speaker and speaker.role,
            "certainty": speaker and speaker.certainty.value,
            "said_on": citation.said_on and citation.said_on.isoformat(),
            "article": article.id,
            "start": citation.span.start,
            "end": citation.span.end,
        },
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def _who(citation: Citation) -> str:
    """Return the speaker as a note names them."""
    speaker = citation.speaker
    if speaker is None or not speaker.name:
        return "speaker unclear"
    return f"probably {speaker.name}" if speaker.certainty is Certainty.PROBABLE else speaker.name


def _words(citation: Citation) -> str:
    """Return the words between marks, or without them where the article gives none."""
    return citation.text if citation.kind in (Kind.REPORTED, Kind.TEXT) else f"“{citation.text}”"


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


_WRITERS: Mapping[ExportFormat, Callable[[Sequence[Citation]], str]] = MappingProxyType(
    {ExportFormat.CSV: _csv, ExportFormat.BIBTEX: _bibtex, ExportFormat.CSL_JSON: _csl_json}
)
