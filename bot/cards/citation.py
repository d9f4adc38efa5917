"""One citation as Markdown: who said it, the words, when, and the source."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlsplit

from bot.cards.limits import BUTTON_URL, fit, fit_line, fit_typed, length
from bot.locales import N_, _, ngettext, written
from retrieval.domain import Article, Certainty, Citation, Kind

_SPOKEN = frozenset({Kind.DIRECT, Kind.MIXED, Kind.NESTED})
_LABELS = {
    Kind.DIRECT: N_("direct quotation"),
    Kind.MIXED: N_("quoted in part"),
    Kind.NESTED: N_("quoted within a quotation"),
    Kind.REPORTED: N_("reported, not word for word"),
    Kind.TEXT: N_("from the article"),
    Kind.MENTION: N_("from the article"),
}
_EARLIER, _WORDING = 2, 200
_NAME, _ROLE, _TITLE, _PUBLISHER = 100, 150, 200, 80
_ADDRESS_CHARACTERS = "%/:=&?~#+!$,;'@*._-"


def cited(citation: Citation, room: int, above: Article | None = None, speaker: str | None = None) -> str:
    """Return a citation as escaped Markdown: at most `room` units of words, and less than 1,900 about them.

    The source is left out where it stands `above` already, and a certain speaker without a role whose name does.
    """
    known = above is not None and (above.owner, above.id) == (citation.article.owner, citation.article.id)
    source = [] if known else source_lines(citation.article)
    about = (_label(citation), *source, _copies(citation), *_earlier_lines(citation))
    lines = ["" if _stands_above(citation, speaker) else speaker_line(citation), quoted_words(citation, room), *about]
    return "\n".join(line for line in lines if line)


def _stands_above(citation: Citation, speaker: str | None) -> bool:
    said_by = citation.speaker
    certain = said_by is not None and said_by.certainty is Certainty.CERTAIN and not (said_by.role or said_by.channel)
    return certain and said_by is not None and said_by.name is not None and said_by.name == speaker


def quoted_words(citation: Citation, room: int) -> str:
    """Return the cited words as a block quotation of at most `room` units."""
    return "\n".join(f"> {line}" for line in marked(fit(citation.text, room), citation.kind).split("\n"))


def marked(words: str, kind: Kind | None) -> str:
    """Return the words in quotation marks where they stand between marks in the article, else as they are."""
    return f"“{words}”" if kind in _SPOKEN else words


def _copies(citation: Citation) -> str:
    count = len(citation.also_in)
    return "-# " + ngettext("also in {n} other", "also in {n} others", count) if count else ""


def _earlier_lines(citation: Citation) -> Iterator[str]:
    """Yield what the article said there before, the latest first."""
    for earlier in citation.earlier[:_EARLIER]:
        words = marked(fit_line(earlier.text, _WORDING), earlier.kind)
        label = f" ({_(_LABELS[earlier.kind])})" if earlier.kind is not citation.kind else ""
        if earlier.text.split() == citation.text.split():
            words = _("said by {name}", name=fit_typed(earlier.speaker or "?", _NAME))
        yield "-# " + _("was: {words}, until {day}", words=words + label, day=written(earlier.until))


def speaker_line(citation: Citation) -> str:
    """Return who said the words, and how sure that is; empty for the article's own text without a speaker."""
    speaker = citation.speaker
    if speaker is None or speaker.certainty is Certainty.UNCLEAR or not (speaker.name or speaker.role):
        return "" if citation.kind in {Kind.TEXT, Kind.MENTION} else "*" + _("speaker unclear") + "*"
    name = fit_typed(speaker.name or "", _NAME)  # half a pair of marks in the one would close in the other
    role = fit_typed(speaker.role or "", _ROLE)
    channel = _("via {outlet}", outlet=fit_typed(speaker.channel, _NAME)) if speaker.channel else ""
    who = ", ".join(part for part in (f"**{name}**" if name else "", role, channel) if part)
    return _("probably {who}", who=who) if speaker.certainty is Certainty.PROBABLE else who


def in_doubt(citation: Citation) -> bool:
    """Return whether it isn't certain who said the words, and a reason for that can be told."""
    speaker = citation.speaker
    return speaker is not None and speaker.certainty is not Certainty.CERTAIN and speaker.reason is not None


def _label(citation: Citation) -> str:
    """Return how the words came into the article, and when they were said; a direct quotation is known by its marks."""
    how = [] if citation.kind is Kind.DIRECT else [_(_LABELS[citation.kind])]
    said = [_("said on {day}", day=written(citation.said_on))] if citation.said_on else []
    return "-# " + " · ".join(facts) if (facts := [*how, *said]) else ""


def source_lines(article: Article) -> list[str]:
    """Return the title, linked where there is a link, then publisher and day; what isn't known is left out."""
    title = fit_line(article.title, _TITLE) or _("Untitled article")
    address = link(article.url)
    day = day_of(article.published)
    where = [fit_line(article.publisher or "", _PUBLISHER), written(day) if day else ""]
    lines = [f"[{title}](<{address}>)" if address else f"*{title}*"]
    return [*lines, f"-# {facts}"] if (facts := " · ".join(part for part in where if part)) else lines


def link(address: str | None) -> str | None:
    """Return an http(s) address that can't break out of a Markdown link.

    None if it is none, or longer than Discord's buttons take.
    """
    try:
        parts = urlsplit((address or "").strip())
        host = parts.netloc.encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or "@" in host:
        return None
    escaped = quote(parts._replace(netloc=host).geturl(), safe=_ADDRESS_CHARACTERS, errors="replace")
    return escaped if length(escaped) <= BUTTON_URL else None


def day_of(moment: str | None) -> date | None:
    """Return the day of an ISO 8601 date or moment, as it was where it was written; None for anything else."""
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None


def key(citation: Citation) -> object:
    """Return a key that is equal for citations that would read the same."""
    speaker = citation.speaker.name if citation.speaker else None
    return (" ".join(citation.text.split()).casefold(), speaker, citation.article.title)
