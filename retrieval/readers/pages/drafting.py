"""The bytes of one web page -> a draft."""

from retrieval.errors import ReadError, size_in_words
from retrieval.readers.decoding import Undecodable, declared_in_page, decode
from retrieval.readers.drafts import Draft
from retrieval.readers.limits import Limits
from retrieval.readers.pages.reading import read_page
from retrieval.readers.pages.tree import UnreadablePage


def draft_page(data: bytes, charset: str | None, limits: Limits, where: str) -> Draft:
    """`charset` is the server's word, and goes before the page's own. Raises ReadError, naming `where`."""
    if len(data) > limits.page:
        raise ReadError(where, f"is a page of more than {size_in_words(limits.page)}")
    try:
        return read_page(decode(data, charset or declared_in_page(data)))
    except (Undecodable, UnreadablePage) as error:
        raise ReadError(where, str(error)) from None
