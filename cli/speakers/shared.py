"""Arguments and values that several commands on speakers share."""

from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.domain import OPERATOR

if TYPE_CHECKING:
    from retrieval.speakers.index import SpeakerIndex
    from retrieval.store.archive import Archive

First = Annotated[str, typer.Argument(metavar="A", help="A name as `ontherecord speakers` shows it.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another name.")]
OWNERS = frozenset({OPERATOR})


def speakers_of(archive: "Archive") -> "SpeakerIndex":
    """Return the index of the archive's speakers."""
    from retrieval.speakers.index import SpeakerIndex
    from retrieval.store.archive import utc_now

    return SpeakerIndex(archive, utc_now)
