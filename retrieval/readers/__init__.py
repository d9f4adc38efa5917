"""Readers: files and web pages in, articles out.

Every format has a parser that turns bytes into an `ArticleDraft`; `drafts.make_article` checks the draft and makes the
`Article`. What can't be read becomes a `ReadError` value, so that the other files go on.
"""

from retrieval.readers.files import find_files, read_bytes, read_path, read_web_page
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.metadata import StatedMetadata

__all__ = ["ReaderLimits", "StatedMetadata", "find_files", "read_bytes", "read_path", "read_web_page"]
