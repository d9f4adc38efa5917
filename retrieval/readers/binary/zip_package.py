"""Open zip packages (DOCX, EPUB, WACZ) within a limit on what their members unpack to."""

import io
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from retrieval.errors import size_in_words
from retrieval.readers.unpacking import BLOCK, QuotaStream, UnpackQuota
from retrieval.readers.unreadable import UnreadableContent

_MEMBERS = 10_000
_BROKEN = (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
"""What zipfile raises for damage, a password or a method of compression that it doesn't know."""


class ZipPackage:
    """A zip file whose members give at most `most` bytes each, and together what the quota leaves.

    All methods raise UnreadableContent.
    """

    def __init__(self, stream: IO[bytes], most: int, quota: UnpackQuota) -> None:
        self._most = most
        self._quota = quota
        try:
            self._zip = ZipFile(stream)
            self._members = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN as error:
            raise UnreadableContent(f"isn't a valid zip package ({error})") from None
        if len(self._members) > _MEMBERS:
            raise UnreadableContent(f"holds over {_MEMBERS:,} files")

    def named(self, suffixes: tuple[str, ...]) -> Iterator[ZipInfo]:
        """Return the members whose names end in one of the suffixes, in the package's order."""
        return (info for name, info in self._members.items() if name.lower().endswith(suffixes))

    def unpacks_to(self) -> int:
        """Return the bytes that all members unpack to together, by the package's own directory."""
        return sum(info.file_size for info in self._members.values())

    def open(self, info: ZipInfo) -> IO[bytes]:
        """Return a stream of a member's unpacked bytes, which count against the quota."""
        try:
            return io.BufferedReader(QuotaStream(self._zip.open(info), self._quota), BLOCK)
        except _BROKEN as error:
            raise UnreadableContent(f"{info.filename} can't be unpacked ({error})") from None

    def read(self, name: str) -> bytes:
        """Return a member's unpacked bytes."""
        if name not in self._members:
            raise UnreadableContent(f"lacks {name}")
        try:
            with self.open(self._members[name]) as member:
                data = member.read(self._most + 1)
        except UnreadableContent:
            raise
        except _BROKEN as error:
            raise UnreadableContent(f"{name} can't be unpacked ({error})") from None
        if len(data) > self._most:
            raise UnreadableContent(f"{name} unpacks to more than {size_in_words(self._most)}")
        return data

    def xml(self, name: str) -> etree._Element:
        """Return a member parsed as XML, with entities unresolved and nothing external loaded."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableContent(f"{name} isn't valid XML ({error})") from None
