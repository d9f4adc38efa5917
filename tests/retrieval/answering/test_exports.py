"""Exports give the words as they stand, in files that other programs read and spreadsheets can't run."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from retrieval.answering.citations import cite
from retrieval.answering.exports import COLUMNS, ExportFormat, export_citations
from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind


def cited(words, *, title="Wall & sea", name="Ada Brook", **fields):
    article = Article("a-1", title, f"“{words}” she said.", **fields)
    speaker = Speaker(name, "harbour master", SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
    span = Span(1, 1 + len(words))
    return cite(article, span, 1.0, Quotation(span, Kind.DIRECT, speaker, said_on=date(2026, 3, 11)), 7)


TOLD = {
    "publisher": "The Harbour Post",
    "published": "2026-03-12T08:00:00Z",
    "url": "https://harbourpost.example/wall_{1}?a=b&c=d",
    "authors": ("Eve Lake", "Tom Reed"),
}


def test_csv_has_every_field_and_the_words_as_they_stand():
    words = 'It is "solid",\nand costs 5, not 6.'
    (row,) = csv.DictReader(io.StringIO(export_citations([cited(words, **TOLD)], ExportFormat.CSV), newline=""))
    assert tuple(row) == COLUMNS
    assert row["quotation"] == words
    assert (row["speaker"], row["role"], row["said_on"]) == ("Ada Brook", "harbour master", "2026-03-11")
    assert (row["title"], row["publisher"], row["published"]) == (
        "Wall & sea",
        "The Harbour Post",
        "2026-03-12T08:00:00Z",
    )
    assert (row["link"], row["start"], row["end"]) == (TOLD["url"], "1", str(1 + len(words)))


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_can_be_run_as_a_formula(begins):
    citation = cited(f"{begins}cmd|' /C calc'!A0", title=f"{begins}HYPERLINK(1)", name=f"{begins}SUM(A1)")
    text = export_citations([citation], ExportFormat.CSV)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    for column in ("quotation", "title", "speaker"):
        assert row[column].startswith("'")
        assert row[column][1:].startswith(begins)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("x;=HYPERLINK(1)", "x;'=HYPERLINK(1)"),
        ("x\t+1\n@SUM(A1)", "x\t'+1\n'@SUM(A1)"),
        ('x; "=1', "x; \"'=1"),
        ("no; never = 5 - 1", "no; never = 5 - 1"),
    ],
)
def test_no_formula_begins_where_a_semicolon_or_a_line_end_parts_cells(words, written):
    text = export_citations([cited(words)], ExportFormat.CSV)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["quotation"] == written


def test_a_probable_speaker_is_exported_as_probable():
    sure = cited("It is solid,", **TOLD)
    probable = replace(sure, speaker=replace(sure.speaker, certainty=Certainty.PROBABLE))
    every = [sure, probable]
    rows = csv.DictReader(io.StringIO(export_citations(every, ExportFormat.CSV), newline=""))
    assert [row["certainty"] for row in rows] == ["certain", "probable"]
    one, other = export_citations(every, ExportFormat.BIBTEX).split("@misc")[1:]
    assert "(Ada Brook, on 2026-03-11)" in one
    assert "(probably Ada Brook, on 2026-03-11)" in other
    items = json.loads(export_citations(every, ExportFormat.CSL_JSON))
    assert [item["note"] for item in items] == ["“It is solid,” (Ada Brook)", "“It is solid,” (probably Ada Brook)"]
    assert [item["custom"]["certainty"] for item in items] == ["certain", "probable"]


def test_bibtex_escapes_what_latex_would_take_for_its_own():
    text = export_citations([cited("50% of {us} paid $5 & left_it \\end", **TOLD)], ExportFormat.BIBTEX)
    assert text.startswith("@misc{a-1-1-35,\n")
    assert r"50\% of \{us\} paid \$5 \& left\_it \textbackslash{}end" in text
    assert r"title = {{Wall \& sea}}," in text
    assert "author = {{Eve Lake} and {Tom Reed}}," in text
    assert "url = {https://harbourpost.example/wall_%7B1%7D?a=b&c=d}," in text
    assert "year = {2026}," in text
    assert "(Ada Brook, on 2026-03-11)" in text


def test_braces_of_bibtex_are_balanced_whatever_is_quoted():
    text = export_citations([cited("}} @comment{ {", title="{", name="}")], ExportFormat.BIBTEX)
    bare = text.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_csl_json_has_day_link_and_offsets():
    (item,) = json.loads(export_citations([cited("It is solid,", **TOLD)], ExportFormat.CSL_JSON))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2026, 3, 12]]}
    assert item["author"] == [{"literal": "Eve Lake"}, {"literal": "Tom Reed"}]
    assert item["container-title"] == "The Harbour Post"
    assert item["custom"]["quotation"] == "It is solid,"
    assert (item["custom"]["start"], item["custom"]["end"]) == (1, 13)


@pytest.mark.parametrize("form", [ExportFormat.BIBTEX, ExportFormat.CSL_JSON])
def test_indirect_speech_never_stands_between_marks(form):
    direct = cited("It is solid,")
    reported = replace(direct, kind=Kind.REPORTED)
    assert "“It is solid,”" in export_citations([direct], form)
    assert "“" not in export_citations([reported], form)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_what_an_article_lacks_is_left_out(form):
    text = export_citations([cited("It is solid,")], form)
    assert "It is solid," in text
    assert "None" not in text
    assert export_citations([], form) in (",".join(f'"{name}"' for name in COLUMNS) + "\r\n", "", "[]\n")
