"""Parse by-lines into authors' names."""

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^\s*(?:(?:words|story|report|text|written|reported|posted|reporting|opinion|analysis)\s+)?by(?:\s*+:\s|\s)\s*+",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r" ?(?:;|\||/|•|·| & |\band\b(?= )|,) ?", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"@|^\d|[<>{}=():]|^[a-z0-9]+(?:-[a-z0-9]+)+$|\b(?:published|updated|posted|view|follow|profile)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|journalist|writer|staff|columnist|bureau|chief|producer|analyst|contributor"
    r"|critic|presenter|team|desk|news|press|agenc(?:y|ies)|director|fellow|professor|researcher)s?\b",
    re.IGNORECASE,
)
_NAME_LENGTH = 80
_LINE_LENGTH = 150
_WORDS = 5
_NAMED_WORD = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.-]*|(?:de|da|di|du|van|von|der|den|la|le|el|al|bin|ibn|del|dos|ter|ten|y)\b)"
)


def parse_authors(written: Iterable[str | None]) -> tuple[str, ...]:
    """Return the names in by-lines: "By Ada Roe and Bo Lind, Political correspondent" -> Ada Roe, Bo Lind.

    Addresses, handles and roles beside a name are left out; an agency or a desk without a name counts as an author.
    """
    found: dict[str, None] = {}
    for line in written:
        if line and not _ADDRESS.search(line) and (name := " ".join(_BY.sub("", line).split())):
            found.update(dict.fromkeys(_split(name)))
    return tuple(found)


def looks_like_a_name(text: str) -> bool:
    """Return whether `text` is two to four words capitalised as a name, without the word of a role."""
    words = text.split()
    if not 2 <= len(words) <= 4 or len(text) > _NAME_LENGTH or _ROLE.search(text):
        return False
    return all(_NAMED_WORD.fullmatch(word) for word in words) and not words[-1].endswith(".")


def is_byline(line: str) -> bool:
    """Return whether the line is "By Ada Roe", or a name and a role: "Ada Roe, Political correspondent"."""
    if len(line) > _LINE_LENGTH:
        return False
    names = parse_authors([line])
    if _BY.match(line):
        return bool(names) and all(1 < len(name.split()) <= _WORDS or _ROLE.search(name) for name in names)
    head, comma, rest = line.partition(",")
    return bool(comma) and looks_like_a_name(head) and bool(_ROLE.search(rest)) and not rest.rstrip().endswith(".")


def _split(name: str) -> list[str]:
    pieces = [piece.strip(" ,;|•·") for piece in _SEPARATOR.split(name)]
    pieces = [piece for piece in pieces if piece and len(piece) <= _NAME_LENGTH and not _NOT_A_NAME.search(piece)]
    if "," in name and len(pieces) == 2 and all(len(piece.split()) == 1 and piece.istitle() for piece in pieces):
        return [f"{pieces[1]} {pieces[0]}"]  # "Roe, Ada", as libraries write it
    without_roles = [piece for piece in pieces if not _ROLE.search(piece)]
    return without_roles or pieces[:1]
