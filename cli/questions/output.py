"""Citations, speakers and quotations as the terminal and programs are shown them."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from cli.output import visible
from retrieval.domain import Article, Certainty, Citation, Kind, Quotation, Speaker


def print_citation(console: Console, citation: Citation) -> None:
    """Print the words of a citation, then its speaker, date, article and address.

    Quotation marks stand around quoted words alone, not around the article's own text.
    """
    quoted = citation.kind not in (Kind.TEXT, Kind.REPORTED)
    words = visible(citation.text)
    console.print(f"“{words}”" if quoted else words, style="bold green", markup=False)
    if citation.speaker:
        console.print(f"  — {visible(speaker_label(citation.speaker))}", markup=False)
    article = citation.article
    when = str(citation.said_on or (article.published or "")[:10])
    source = " · ".join(part for part in (when, article.title, article.publisher) if part)
    console.print(f"  {visible(source)}", style="dim", markup=False)
    if article.url:
        console.print(f"  {visible(article.url)}", style="dim", markup=False)
    for line in context_lines(citation):
        console.print(f"  {visible(line)}", style="dim", markup=False)
    console.print()


def context_lines(citation: Citation) -> Iterator[str]:
    """Yield a line on the copies of the article that hold the words too, and one for each earlier wording."""
    if citation.also_in:
        others = "other" if len(citation.also_in) == 1 else "others"
        where = dict.fromkeys(copy.publisher or copy.id for copy in citation.also_in)
        yield f"also in {len(citation.also_in)} {others}: {', '.join(where)}"
    for earlier in citation.earlier:
        same = " ".join(earlier.text.split()) == " ".join(citation.text.split())
        words = f"“{earlier.text}”" if earlier.kind not in (Kind.TEXT, Kind.REPORTED) else f"reported: {earlier.text}"
        yield f"was: {f'said by {earlier.speaker}' if same else words}, until {earlier.until.isoformat()}"


def speaker_label(speaker: Speaker) -> str:
    """Return the name and role of a speaker, marked where they are not certain."""
    if speaker.certainty is Certainty.UNCLEAR or not speaker.name:
        return "speaker unclear"
    who = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    who = f"{who}, via {speaker.channel}" if speaker.channel else who
    return who if speaker.certainty is Certainty.CERTAIN else f"probably {who}"


def quotation_object(article: Article, quotation: Quotation) -> dict[str, Any]:
    """Return the JSON object of one quotation; README.md describes the fields."""
    speaker, mention = quotation.speaker, quotation.mention
    return {
        "doc": article.id,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "text": quotation.span.of(article.text),
        "kind": quotation.kind.value,
        "speaker": speaker
        and {
            "name": speaker.name,
            "role": speaker.role,
            "kind": speaker.kind,
            "confidence": speaker.confidence,
            "certainty": speaker.certainty,
            "reason": speaker.reason and str(speaker.reason),
            "channel": speaker.channel,
        },
        "mention": mention and {"start": mention.start, "end": mention.end},
        "said_on": quotation.said_on and quotation.said_on.isoformat(),
    }
