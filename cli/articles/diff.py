"""`ontherecord articles diff`: what differs between two versions of an article."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from cli.articles.history import story_of
from cli.articles.shared import Identity, Owner
from cli.output import AsJson, messages, page, plain, visible, write_line
from cli.wiring import Data
from retrieval.domain import OPERATOR, Article
from retrieval.errors import NotFound

if TYPE_CHECKING:
    from retrieval.text.diff import Difference

AROUND = 60
"""Characters of the text that are shown on each side of a change."""

FACTS = ("title", "authors", "publisher", "published", "url", "summary", "language")


def diff(
    context: typer.Context,
    id_: Identity,
    *,
    old: Annotated[int | None, typer.Option("--from", metavar="N", help="The earlier version.", min=1)] = None,
    new: Annotated[int | None, typer.Option("--to", metavar="M", help="The later version.", min=1)] = None,
    owner: Owner = OPERATOR,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show what differs between two versions of an article; by default the last two."""
    from retrieval.text.diff import differences

    story = story_of(context, id_, owner, data)
    numbers = [version.article.version for version in story.versions]
    later = new or numbers[-1]
    before = [number for number in numbers if number < later]
    if old is None and not before:
        raise NotFound(f"{id_} has no version before {later}")
    first, last = story.version(old or before[-1]), story.version(later)
    changes = differences(first.text, last.text)
    if as_json:
        for line in difference_lines(first, last, changes):
            write_line(line)
    else:
        print_differences(first, last, changes)


def difference_lines(first: Article, last: Article, changes: Sequence["Difference"]) -> Iterator[dict[str, Any]]:
    """Yield a JSON object for each fact that differs, then for each change of the text.

    Offsets are characters of the two versions' texts.
    """
    for field in FACTS:
        old, new = getattr(first, field), getattr(last, field)
        if old != new:
            yield {"field": field, "from": old, "to": new}
    for change in changes:
        yield {
            "field": "text",
            "from": change.old.of(first.text),
            "to": change.new.of(last.text),
            "from_start": change.old.start,
            "to_start": change.new.start,
        }


def print_differences(first: Article, last: Article, changes: Sequence["Difference"]) -> None:
    """Print the differences between two versions, with the text around each."""
    console = page()
    console.print(f"[bold]{plain(last.id)}[/bold]  version {first.version} → {last.version}")
    for line in difference_lines(first, last, ()):
        console.print(Text.assemble(f"{line['field']}: ", *changed(str(line["from"] or ""), str(line["to"] or ""))))
    for change in changes:
        before = one_line(first.text[max(0, change.old.start - AROUND) : change.old.start])
        after = one_line(first.text[change.old.end : change.old.end + AROUND])
        parts = changed(one_line(change.old.of(first.text)), one_line(change.new.of(last.text)))
        console.print(Text.assemble("… ", before, *parts, after, " …"))
    if not changes and not any(difference_lines(first, last, ())):
        messages().print("they are the same")


def changed(old: str, new: str) -> list[tuple[str, str]]:
    """Return the removed and the added text with their styles, and with marks that are read without colours."""
    removed = [(f"[-{visible(old)}-]", "red strike")] if old else []
    return [*removed, *([(f"{{+{visible(new)}+}}", "green")] if new else [])]


def one_line(text: str) -> str:
    """Return the text with its line breaks as spaces, safe to print."""
    return visible(text).replace("\n", " ")
