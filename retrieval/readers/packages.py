"""Zip packages (DOCX, EPUB, WACZ), opened with an eye on what they would unpack to."""

import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from retrieval.errors import size_in_words

_MEMBERS = 10_000
_BROKEN = (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
"""What zipfile raises for damage, a password or a method of compression that it doesn't know."""


class UnreadablePackage(ValueError):
    """The message says what is wrong."""


class Package:
    """A zip file. No member gives more than `most` bytes; all its methods raise UnreadablePackage."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._most = most
        try:
            self._zip = ZipFile(stream)
            self._members = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN as error:
            raise UnreadablePackage(f"isn't a valid zip package ({error})") from None
        if len(self._members) > _MEMBERS:
            raise UnreadablePackage(f"holds over {_MEMBERS:,} files")

    def named(self, suffixes: tuple[str, ...]) -> Iterator[ZipInfo]:
        """Members whose names end so, in order."""
        return (info for name, info in self._members.items() if name.lower().endswith(suffixes))

    def unpacks_to(self) -> int:
        """Bytes of all members together, as the package itself says."""
        return sum(info.file_size for info in self._members.values())

    def open(self, info: ZipInfo) -> IO[bytes]:
        try:
            return self._zip.open(info)
        except _BROKEN as error:
            raise UnreadablePackage(f"{info.filename} can't be unpacked ({error})") from None

    def read(self, name: str) -> bytes:
        if name not in self._members:
            raise UnreadablePackage(f"lacks {name}")
        try:
            with self.open(self._members[name]) as member:
                data = member.read(self._most + 1)
        except _BROKEN as error:
            raise UnreadablePackage(f"{name} can't be unpacked ({error})") from None
        if len(data) > self._most:
            raise UnreadablePackage(f"{name} unpacks to more than {size_in_words(self._most)}")
        return data

    def xml(self, name: str) -> etree._Element:
        """Entities stay unresolved, and nothing outside is read."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadablePackage(f"{name} isn't valid XML ({error})") from None
