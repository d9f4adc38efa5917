"""Messages as they are typed into a chat: spelt out, without emoji."""

from retrieval.dialogue.recognition.phrase_rules import phrase_book
from retrieval.text.patterns import linear

_EMOJI = linear(
    "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff]+"
    r"|<a?:\w+:\d+>|:[a-z0-9_+-]{2,}:"
)
_SMILEY = linear(r"(?:^|\s)(?:[:;=8xX]['’]?-?[()DPpOo/\\|3<>*]+|<3|\^\^|[xX]D+|[oO]_[oO])")
_WORD = linear(r"\w+(?:['’]\w+)?")
_MARKS = "?!.,;: \t\n…¿¡"
_LETTER = linear(r"\w")


def without_emoji(message: str) -> str:
    """Return the message with single spaces and without emoji and smileys."""
    return " ".join(_SMILEY.sub(" ", _EMOJI.sub(" ", message)).split())


def has_letters(message: str) -> bool:
    """Return whether anything in the message can be read."""
    return _LETTER.search(message) is not None


def spelt_out(message: str) -> str:
    """Return the message with the spellings of chats put right: "wat did she say abt" is "what did she say about"."""
    spelling = phrase_book().spelling
    return str(_WORD.sub(lambda match: spelling.get(match[0].lower(), match[0]), message))


def bare(message: str) -> str:
    """Return the message in single spaces, without marks at its ends."""
    return " ".join(message.split()).strip(_MARKS)
