"""Put a message in German, French or Spanish into English, as far as the search for English words needs it.

The frame of a question ("was sagte … zu …") is matched as a whole; what it holds is translated word by word with the
lexicon of news terms. Names, numbers and unknown words stay as they are, since many are the same in both languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.dialogue.languages.names_in_messages import is_name, is_name_link, is_surname
from retrieval.dialogue.languages.news_terms import LONGEST_PHRASE, LanguageLexicon, language_lexicon
from retrieval.text.patterns import linear

_WORD = linear(r"\w+(?:[-.]\w+)*['’]?|[^\w\s]+")
_MARKS = "¿?¡!. \u00a0\u202f"
_LINKS = ("about", "by", "when", "on", "to")
_LONGEST = 500
_NO_CONTENT = 2


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of a message, and the words of it that the lexicon lacks and that look like no names."""

    text: str
    unread: tuple[str, ...]


def translate(message: str, language: str) -> Translation:
    """Return the English of a message in `de`, `fr` or `es`; only its first 500 characters are read."""
    lexicon = language_lexicon(language)
    asked = " ".join(message[:_LONGEST].replace("’", "'").split()).strip(_MARKS)
    for frame in lexicon.frames:
        if match := frame.pattern.fullmatch(asked):
            held = {name: text for name, text in match.groupdict().items() if text}
            if "split" in held:
                held |= _split(held.pop("split"), lexicon)
            english = {name: _words(text, lexicon, language) for name, text in held.items()}
            if "who" in english and _is_described(held["who"], lexicon):
                english["who"] = Translation(f"the {english['who'].text}", ())
            unread = [word for name, part in english.items() if name != "who" for word in part.unread]
            return Translation(_filled(frame.english, {n: p.text for n, p in english.items()}), tuple(unread))
    return _words(asked, lexicon, language)


def _filled(template: str, parts: dict[str, str]) -> str:
    """Fill in the parts; a placeholder without one goes, with the preposition before it."""
    names = ("who", "other", "third", "topic", "statement", "target", "label", "pronoun")
    for name in names:
        if name not in parts:
            for link in _LINKS:
                template = template.replace(f" {link} {{{name}}}", "")
            template = template.replace(f"{{{name}}}", "")
    return " ".join(template.format(**parts).split()).replace(" ?", "?")


def _split(text: str, lexicon: LanguageLexicon) -> dict[str, str]:
    """Divide "the father of Jane of the fire" into speaker and topic.

    After a description ("le père de …") the second preposition begins the topic, after a name the first one, unless
    nothing but one more word follows, as in "Charles de Gaulle".
    """
    words = text.split()
    described = words[0].lower() in lexicon.dropped or lexicon.term(words[0].lower()) is not None
    cuts = [i for i, word in enumerate(words) if i and word.lower().partition("'")[0].rstrip("'") in _plain(lexicon)]
    cuts = cuts[1:] if described else cuts
    if not cuts or (not described and cuts[0] == len(words) - _NO_CONTENT and len(words) <= 3):
        return {"who": text}
    topic = " ".join(words[cuts[0] :])
    first = next((start for start in sorted(lexicon.split_at, key=len, reverse=True) if _begins(topic, start)), "")
    return {"who": " ".join(words[: cuts[0]]), "topic": topic[len(first) :].strip()}


def _is_described(speaker: str, lexicon: LanguageLexicon) -> bool:
    """Whether a speaker is given by an article and a word that isn't a name: "die Polizei"."""
    article, _, noun = speaker.partition(" ")
    return article.lower() in lexicon.dropped and bool(noun) and lexicon.term(noun.split()[0].lower()) is not None


def _plain(lexicon: LanguageLexicon) -> frozenset[str]:
    return frozenset(word.rstrip("'") for word in lexicon.split_at)


def _begins(text: str, word: str) -> bool:
    return text.lower().startswith(word if word.endswith("'") else word + " ")


def _words(text: str, lexicon: LanguageLexicon, language: str) -> Translation:
    tokens: list[str] = _WORD.findall(text)
    english: list[str] = []
    unread: list[str] = []
    at = 0
    while at < len(tokens):
        if is_surname(tokens, at, lexicon) or is_name_link(tokens, at, lexicon):
            english.append(tokens[at])
            at += 1
            continue
        size, found = _phrase(tokens, at, lexicon)
        if found is not None and not is_name(tokens[at], found, language):
            english.append(found)
        elif is_name(tokens[at], None, language) or not tokens[at][0].isalpha():
            english.append(tokens[at])
        else:
            other = lexicon.cognate(tokens[at].lower()) or (language == "de" and lexicon.compound(tokens[at].lower()))
            english.append(other or tokens[at])
            if not other and len(tokens[at]) > _NO_CONTENT:
                unread.append(tokens[at])
        at += size
    return Translation(" ".join(word for word in english if word), tuple(unread))


def _phrase(tokens: Sequence[str], at: int, lexicon: LanguageLexicon) -> tuple[int, str | None]:
    """Return how many tokens the longest phrase at a place has, and its English, empty for words that are dropped."""
    for size in range(min(LONGEST_PHRASE, len(tokens) - at), 1, -1):
        phrase = " ".join(tokens[at : at + size]).lower().replace("' ", "'")
        if phrase in lexicon.terms:
            return size, lexicon.terms[phrase]
    word = tokens[at].lower()
    if word in lexicon.dropped:
        return 1, ""
    return 1, lexicon.functions.get(word) or lexicon.term(word)
