"""`ontherecord speakers merge` and `split`: decide whether two names are one person's."""

import typer

from cli.output import messages, plain
from cli.speakers.shared import First, Second, speakers_of
from cli.wiring import Data, open_archive, settings_of
from retrieval.domain import OPERATOR


def merge(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Make two names one speaker."""
    _decide(context, first, second, data, same=True)


def split(context: typer.Context, first: First, second: Second, *, data: Data = None) -> None:
    """Keep two names apart, even where the rules would merge them."""
    _decide(context, first, second, data, same=False)


def _decide(context: typer.Context, first: str, second: str, data: Data, *, same: bool) -> None:
    from retrieval.speakers.decisions import IdentityVerdict

    with open_archive(settings_of(context, data)) as archive:
        verdict = IdentityVerdict.SAME if same else IdentityVerdict.APART
        number = speakers_of(archive).decide(verdict, first, second, OPERATOR)
    done = "are one speaker now" if same else "stay apart now"
    messages().print(f"{plain(first)} and {plain(second)} {done}; `ontherecord speakers undo {number}` takes it back.")
