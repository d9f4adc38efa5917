"""Bytes -> Article."""

from retrieval.readers.files import find_files, read_bytes, read_path, read_web_page
from retrieval.readers.limits import Limits
from retrieval.readers.metadata import Metadata

__all__ = ["Limits", "Metadata", "find_files", "read_bytes", "read_path", "read_web_page"]
