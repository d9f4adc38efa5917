"""`ontherecord speakers merge` and `split`: decide whether two names are one person's."""

import typer

from cli.output import messages, plain
from cli.speakers.shared import First, Second, speakers_of
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR
from retrieval.speakers.decisions import IdentityVerdict


def merge(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Make two names one speaker."""
    _decide(context, IdentityVerdict.SAME, first, second, data)


def split(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Keep two names apart, even where the rules would merge them."""
    _decide(context, IdentityVerdict.APART, first, second, data)


def _decide(context: typer.Context, verdict: IdentityVerdict, first: str, second: str, data: Data) -> None:
    with open_archive(settings_of(context, data)) as archive:
        number = speakers_of(archive).decide(verdict, first, second, OPERATOR)
    done = "are one speaker now" if verdict is IdentityVerdict.SAME else "stay apart now"
    messages().print(f"{plain(first)} and {plain(second)} {done}; `ontherecord speakers undo {number}` takes it back.")
