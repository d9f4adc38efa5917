"""`ontherecord quotes --speaker`: the quotations of one speaker of the archive, by day or by topic."""

from typing import TYPE_CHECKING

from cli.output import page, plain, visible, write_line, write_text
from cli.questions.output import context_lines, quotation_object
from cli.wiring import open_archive, open_encoder, open_engine, tell_if_empty
from retrieval.answering.exports import ExportFormat, export_citations
from retrieval.domain import OPERATOR, Certainty, Citation, Filters, Kind, Quotation

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.speakers.records import SpeakerEntry
    from retrieval.store.archive import Archive

OWNERS = frozenset({OPERATOR})
NEAREST = 10
"""Quotations that are shown on a topic."""

SEARCHED = 200
"""Quotations of each name that are compared with the topic."""


def print_speaker_quotes(settings: "Settings", speaker: str, about: str | None, form: ExportFormat | bool) -> None:
    """Print the quotations of a speaker, the latest first, or those nearest in meaning to a topic.

    `form` is the format of an export, True for JSON Lines, False for people.
    """
    from retrieval.speakers.index import SpeakerIndex
    from retrieval.store.archive import utc_now

    with open_archive(settings) as archive:
        tell_if_empty(archive)
        speakers = SpeakerIndex(archive, utc_now)
        found = [(entry, speakers.said(entry)) for entry in speakers.named(speaker, OWNERS)]
        nearest = _nearest(archive, settings, found, about) if about else None
        kept = [
            (entry, rows if nearest is None else [row for row in nearest if row in set(rows)]) for entry, rows in found
        ]
        if isinstance(form, ExportFormat):
            every = [citation for _, rows in kept for _, citation in _cited(archive, rows)]
            write_text(export_citations(every, form))
            return
        for entry, rows in kept:
            _print(entry, _cited(archive, rows), form)


def _cited(archive: "Archive", rows: list[int]) -> list[tuple[Quotation, Citation]]:
    """Return quotations with their citations, which tell of copies and of earlier wordings."""
    from retrieval.answering.citations import cite
    from retrieval.answering.history import VersionHistory
    from retrieval.answering.near_duplicates import NearDuplicates

    units = archive.units(rows)
    known = archive.articles({unit.article for unit in units})
    there = [(unit, unit.quotation) for unit in units if unit.article in known and unit.quotation]
    cited = [cite(known[unit.article], unit.span, 0.0, said, unit.id) for unit, said in there]
    told = VersionHistory(archive).with_earlier(NearDuplicates(archive).with_other_articles(cited, OWNERS))
    return [(said, citation) for (_, said), citation in zip(there, told, strict=True)]


def _nearest(
    archive: "Archive", settings: "Settings", found: list[tuple["SpeakerEntry", list[int]]], topic: str
) -> list[int]:
    """Return the rows of the quotations nearest in meaning to the topic, best first."""
    encoder = open_encoder(settings)
    engine = open_engine(archive, encoder)
    vector = encoder.encode([topic])[0]
    mine = {row for _, rows in found for row in rows}
    scores: dict[int, float] = {}
    for name in {name for entry, _ in found for name in entry.names}:
        hits = engine.search_vector(vector, Filters(OWNERS, speaker=name), SEARCHED)
        scores |= {hit.unit: hit.score for hit in hits if hit.unit in mine}
    return sorted(scores, key=lambda unit: -scores[unit])[:NEAREST]


def _print(entry: "SpeakerEntry", found: list[tuple[Quotation, Citation]], as_json: bool) -> None:
    from retrieval.answering.serialization import article_object, earlier_object

    console = page()
    if found and not as_json:
        console.print(f"[bold]{plain(entry.name)}[/bold]  {plain(entry.roles[0] if entry.roles else '')}")
    for quotation, citation in found:
        if as_json:
            copies = [article_object(copy) for copy in citation.also_in]
            earlier = [earlier_object(wording) for wording in citation.earlier]
            write_line(quotation_object(citation.article, quotation) | {"also_in": copies, "earlier": earlier})
            continue
        console.print(_line(citation))
        for line in context_lines(citation):
            console.print(f"              {visible(line)}", style="dim", markup=False)


def _line(citation: Citation) -> str:
    words = plain(" ".join(citation.text.split()))
    shown = f"[italic]reported:[/italic] {words}" if citation.kind is Kind.REPORTED else f"[green]“{words}”[/green]"
    day = citation.said_on.isoformat() if citation.said_on else (citation.article.published or "no date")[:10]
    sure = citation.speaker is not None and citation.speaker.certainty is Certainty.CERTAIN
    return f"  {day}  {'' if sure else 'probably: '}{shown}  [dim]{plain(citation.article.title)}[/dim]"
