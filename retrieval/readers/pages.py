"""HTML pages -> drafts, by trafilatura and what the page states about itself."""

from trafilatura import bare_extraction

from retrieval.readers.drafts import Draft


class UnreadablePage(ValueError):
    """No article could be found in the page; the message says why."""


def read_page(markup: str) -> Draft:
    """Raises UnreadablePage."""
    found = bare_extraction(markup, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or not found.text:
        raise UnreadablePage("no article text was found in the page")
    return Draft(
        text=found.text.replace("\n", "\n\n"),
        title=found.title,
        authors=tuple((found.author or "").split("; ")),
        publisher=found.sitename,
        published=found.date,
        url=found.url,
        summary=found.description,
    )
