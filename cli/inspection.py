"""`ontherecord inspect`: an article with its quotations and speakers marked, and why each speaker was chosen."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from cli.output import AsJson, visible, write_line
from cli.questions.output import quotation_object
from cli.wiring import Data, holds_archive, open_archive, settings_of
from retrieval.domain import OPERATOR, Article, Certainty, Kind, Quotation
from retrieval.errors import NotFound, ReadError

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.quotes.attribution.hypotheses import ExplainedQuotation, SpeakerHypothesis
    from retrieval.quotes.attribution.model import EntityContributions, SpeakerModel

STYLES = {
    Kind.DIRECT: "green",
    Kind.MIXED: "cyan",
    Kind.NESTED: "magenta",
    Kind.REPORTED: "yellow italic",
    Kind.MENTION: "bright_black",
}
SURE = {Certainty.CERTAIN: "bold", Certainty.PROBABLE: "", Certainty.UNCLEAR: "red"}
SPEAKER = "underline"
LIKELY = 0.02
"""Least probability of a hypothesis that is shown."""
SMALLEST = 0.05
"""Least contribution of a feature group that is shown as text."""
SOURCES = {
    "nobody": "",
    "writer": "the writer speaks",
    "label": "named beside the words",
    "transcript_label": "named at the head of the words",
    "outer_quotation": "the speaker of the words around",
    "cited_source": "quoted by the one who speaks",
    "earlier_quotation": "goes on from the quotation before",
    "later_quotation": "goes on in the quotation behind",
    "repeated_words": "the same words again",
    "indirect_speech": "named as who reports it",
}
LOCATIONS = {
    "before": "before the words",
    "after": "after the words",
    "around": "around the words",
    "previous1": "in the sentence before",
    "previous2": "two sentences before",
    "following1": "in the sentence behind",
}


def inspect(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="FILE|ID", help="A file, or the id of an article of the archive.")],
    *,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show an article with its quotations and speakers marked in colour, and why each speaker was chosen."""
    articles = list(_articles(target, settings_of(context, data)))
    from retrieval.quotes.extractor import make_extractor

    extractor = make_extractor()
    for article in articles:
        found = extractor.explain(article.text, published=article.published, language=article.language)
        if as_json:
            for explained in found:
                write_line(explained_row(article, explained, extractor.model))
        else:
            _print(Console(highlight=False), article, found, extractor.model)


def _articles(target: str, settings: "Settings") -> Iterator[Article]:
    from retrieval.readers.files import read_path

    if Path(target).is_file():
        for article in read_path(Path(target)):
            if isinstance(article, ReadError):
                raise article
            yield article
        return
    if holds_archive(settings):
        with open_archive(settings) as archive:
            found = archive.find(target, {OPERATOR})
        if found:
            yield found[1]
            return
    raise NotFound(f"{target} is no file, and the archive in {settings.data} holds no article with that id")


def explained_row(article: Article, explained: "ExplainedQuotation", model: "SpeakerModel") -> dict[str, Any]:
    """Return what `quotes --json` prints, with the likely hypotheses and the contributions of the feature groups."""
    choices = [
        {
            "name": choice.entity and choice.entity.name,
            "probability": round(probability, 4),
            "mention": choice.mention and {"start": choice.mention.start, "end": choice.mention.end},
            "why": explanation(choice),
        }
        for choice, probability in _likely(explained)
    ]
    return quotation_object(article, explained.quotation) | {
        "choices": choices,
        "contributions": [
            {
                "name": each.entity and each.entity.name,
                "groups": {group: round(value, 3) for group, value in _by_size(each.groups)},
            }
            for each in _contributions(explained, model)
        ],
    }


def _contributions(explained: "ExplainedQuotation", model: "SpeakerModel") -> list["EntityContributions"]:
    return model.explain(explained.speakers) if explained.speakers else []


def _by_size(groups: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(groups.items(), key=lambda pair: (-abs(pair[1]), pair[0]))


def _likely(explained: "ExplainedQuotation") -> list[tuple["SpeakerHypothesis", float]]:
    choices = explained.speakers.hypotheses if explained.speakers else ()
    return sorted((pair for pair in choices if pair[1] >= LIKELY), key=lambda pair: -pair[1])


def _print(console: Console, article: Article, found: Sequence["ExplainedQuotation"], model: "SpeakerModel") -> None:
    console.print(Text(visible(article.title), style="bold reverse"))
    console.print(_legend())
    console.print(marked(article.text, [explained.quotation for explained in found]))
    for number, explained in enumerate(found, 1):
        console.print()
        console.print(_heading(number, explained.quotation, article.text))
        for choice, probability in _likely(explained):
            console.print(_reason(choice, probability, article.text))
        for contributions in _contributions(explained, model):
            console.print(_contribution_line(contributions))


def _legend() -> Text:
    legend = Text()
    for kind, style in STYLES.items():
        legend.append("no speech" if kind is Kind.MENTION else kind.value, style).append("  ")
    return legend.append("speaker", SPEAKER).append("\n")


def marked(text: str, quotations: Sequence[Quotation]) -> Text:
    """Return the article's text in colour, the number of each quotation behind it."""
    shown = Text(visible(text))
    for quotation in quotations:
        sure = SURE[quotation.speaker.certainty] if quotation.speaker else ""
        shown.stylize(f"{STYLES[quotation.kind]} {sure}", quotation.span.start, quotation.span.end)
        if quotation.mention:
            shown.stylize(SPEAKER, quotation.mention.start, quotation.mention.end)
    ends = sorted((quotation.span.end, number) for number, quotation in enumerate(quotations, 1))
    pieces = shown.divide([end for end, _ in ends])
    whole = pieces[0]
    for (_, number), piece in zip(ends, pieces[1:], strict=True):
        whole = whole.append(f"[{number}]", "dim reverse").append_text(piece)
    return whole


def _heading(number: int, quotation: Quotation, text: str) -> Text:
    speaker = quotation.speaker
    line = Text(f"[{number}] ", "dim").append(quotation.kind.value, STYLES[quotation.kind]).append("  ")
    if speaker is None:
        line.append("nobody's words")
    else:
        line.append(speaker.name or "speaker unclear", SURE[speaker.certainty])
        sure = f"{speaker.certainty.value} {speaker.confidence:.2f}"
        details = [speaker.role, speaker.kind and speaker.kind.value, sure]
        line.append("  " + ", ".join(detail for detail in details if detail), "dim")
        line.append(f"  {speaker.reason}" if speaker.reason else "", "red")
    if quotation.said_on:
        basis = quotation.said_on_basis.of(text) if quotation.said_on_basis else ""
        line.append(f"  on {quotation.said_on.isoformat()} ({visible(basis)})", "dim")
    words = visible(" ".join(quotation.span.of(text).split()))
    return line.append(f"\n    {words}", STYLES[quotation.kind])


def _reason(choice: "SpeakerHypothesis", probability: float, text: str) -> Text:
    name = choice.entity.name if choice.entity else "nobody that the article names"
    line = Text(f"    {probability:5.0%}  ").append(visible(name))
    mention = visible(choice.mention.of(text)) if choice.mention else ""
    line.append(f"  named by “{mention}”" if mention else "", "dim")
    return line.append(f"  {visible(explanation(choice))}", "dim")


def _contribution_line(contributions: "EntityContributions") -> Text:
    """Return what each feature group adds to a speaker's score: "reporting_clause +6.1, name_bearer +1.5"."""
    name = contributions.entity.name if contributions.entity else "nobody"
    parts = [f"{group} {value:+.1f}" for group, value in _by_size(contributions.groups) if abs(value) >= SMALLEST]
    return Text("    for ").append(visible(name)).append(f": {', '.join(parts) or 'nothing'}", "dim")


def explanation(hypothesis: "SpeakerHypothesis") -> str:
    """Return in words what a hypothesis rests on: "subject of “said” before the words"."""
    evidence = hypothesis.evidence
    clause = evidence.clause
    if clause is None or evidence.source in SOURCES:
        return SOURCES[evidence.source]
    return f"{clause.relation} of “{clause.verb}” {LOCATIONS[clause.location]}"
