"""`ontherecord quotes --speaker`: what one speaker of the archive said, by day or by topic."""

from typing import TYPE_CHECKING

from cli.output import page, plain, write_line
from cli.quotes import row
from cli.wiring import open_archive, open_encoder, open_engine
from config.settings import Settings
from retrieval.articles import OPERATOR, Article, Certainty, Filters, Kind, Quotation

if TYPE_CHECKING:
    from retrieval.people import Entry
    from retrieval.store.archive import Archive
    from retrieval.store.values import Unit

OWNERS = frozenset({OPERATOR})
ABOUT = 10  # quotations on a topic, the nearest in meaning
SEARCHED = 200


def said(settings: Settings, speaker: str, about: str | None, as_json: bool) -> None:
    """Print every quotation of a speaker, the latest first, or those nearest to a topic."""
    from retrieval.speakers import Speakers
    from retrieval.store.archive import utc_now

    with open_archive(settings) as archive:
        speakers = Speakers(archive, utc_now)
        found = [(entry, speakers.said(entry)) for entry in speakers.named(speaker, OWNERS)]
        nearest = _nearest(archive, settings, found, about) if about else None
        for entry, rows in found:
            kept = rows if nearest is None else [row for row in nearest if row in set(rows)]
            units = archive.units(kept)
            _print(entry, units, archive.articles({unit.article for unit in units}), as_json)


def _nearest(archive: "Archive", settings: Settings, found: list[tuple["Entry", list[int]]], topic: str) -> list[int]:
    """The rows nearest in meaning to the topic, the best first."""
    encoder = open_encoder(settings)
    engine = open_engine(archive, encoder)
    vector = encoder.encode([topic])[0]
    mine = {row for _, rows in found for row in rows}
    scores: dict[int, float] = {}
    for name in {name for entry, _ in found for name in entry.names}:
        hits = engine.search_vector(vector, Filters(OWNERS, speaker=name), SEARCHED)
        scores |= {hit.unit: hit.score for hit in hits if hit.unit in mine}
    return sorted(scores, key=lambda unit: -scores[unit])[:ABOUT]


def _print(entry: "Entry", units: list["Unit"], known: dict[int, Article], as_json: bool) -> None:
    console = page()
    if units and not as_json:
        console.print(f"[bold]{plain(entry.name)}[/bold]  {plain(entry.roles[0] if entry.roles else '')}")
    for unit in units:
        if unit.quotation is None or unit.article not in known:
            continue
        article = known[unit.article]
        if as_json:
            write_line(row(article, unit.quotation))
        else:
            console.print(_line(article, unit.quotation))


def _line(article: Article, quotation: Quotation) -> str:
    words = plain(" ".join(quotation.span.of(article.text).split()))
    shown = f"[italic]reported:[/italic] {words}" if quotation.kind is Kind.REPORTED else f"[green]“{words}”[/green]"
    day = quotation.said_on.isoformat() if quotation.said_on else (article.published or "no date")[:10]
    sure = quotation.speaker is not None and quotation.speaker.certainty is Certainty.CERTAIN
    return f"  {day}  {'' if sure else 'probably: '}{shown}  [dim]{plain(article.title)}[/dim]"
