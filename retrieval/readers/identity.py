"""Stable ids and canonical addresses of articles."""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from retrieval.domain import OPERATOR

_SLUG_LENGTH = 60
_HASH_LENGTH = 10
_FORMS = frozenset(("www", "m", "amp", "mobile"))
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|cmpid|ito|ref_src|smid|at_\w+", re.IGNORECASE
)


def stable_id(where: str, owner: str = OPERATOR) -> str:
    """Return a readable slug of the last part of an address or path, with a hash of the whole and of the owner."""
    key = where if owner == OPERATOR else f"{owner}\n{where}"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
    last = re.split(r"[/\\#]", where.split("?", 1)[0].rstrip("/"))[-1]
    name = re.sub(r"(\.[a-z]{2,5}){1,2}$", "", last)
    return f"{slug(name)}-{digest}"


def slug(words: str) -> str:
    """Return the words in lower-case ASCII joined by hyphens, at most 60 characters."""
    folded = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded)[:_SLUG_LENGTH].strip("-") or "article"


def canonical_url(address: str | None) -> str | None:
    """Return the address without fragment, default port, credentials and tracking parameters; None if not http(s)."""
    try:
        parts = urlsplit((address or "").strip())
        port = parts.port
    except ValueError:
        return None
    if (
        parts.scheme.lower() not in {"http", "https"}
        or not parts.hostname
        or re.search(r"[\s\x00-\x1f<>\"]", address or "")
    ):
        return None
    scheme, host = parts.scheme.lower(), parts.hostname.lower()
    host = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    pairs = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    ]
    return urlunsplit((scheme, host, parts.path or "/", urlencode(pairs), ""))


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses have the same host, apart from prefixes such as www., m. and amp."""
    try:
        return site_of(one) == site_of(other)
    except ValueError:
        return False


def site_of(address: str) -> str:
    """Return the host of an address without prefixes such as www., m. and amp. Raises ValueError for no address."""
    labels = (urlsplit(address).hostname or "").lower().split(".")
    while len(labels) > 2 and labels[0] in _FORMS:
        labels.pop(0)
    return ".".join(labels)
