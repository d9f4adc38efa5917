"""Which words of a message in another language are names, and so are not translated. Pure."""

from collections.abc import Sequence

from retrieval.dialogue.languages.news_terms import LanguageLexicon
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import first_names


def is_name(token: str, english: str | None, language: str) -> bool:
    """Whether a capital tells a name; German nouns have capitals too, and countries have English names."""
    if language == "de" or not token[0].isupper():
        return False
    return not english or (english[:1].islower() and len(token) > 1)


def is_surname(tokens: Sequence[str], at: int, lexicon: LanguageLexicon) -> bool:
    """Whether a word stands behind a first name, as "Koch" in "Roland Koch", and isn't a function word."""
    if at == 0 or not tokens[at][0].isalpha():
        return False
    before, word = tokens[at - 1], tokens[at].lower()
    if word in lexicon.dropped or word in lexicon.functions or before.lower() not in first_names():
        return False
    known = lexicon.term(before.lower()) is not None or before.lower() in lexicon.dropped | lexicon.functions.keys()
    capital = tokens[at][0].isupper() or before[0].islower()
    return not known and capital and lexicon.terms.get(word) not in tagged("stopword")


def is_name_link(tokens: Sequence[str], at: int, lexicon: LanguageLexicon) -> bool:
    """Whether a preposition stands inside of a name: "de" in "Charles de Gaulle", "von der" in a German one."""
    particles = tagged("name_particle")
    if not 0 < at < len(tokens) - 1 or tokens[at].lower() not in particles:
        return False
    before, name = tokens[at - 1], next((token for token in tokens[at + 1 :] if token.lower() not in particles), "")
    inside = (before[0].isupper() and before.lower() in first_names()) or (before.lower() in particles and at > 1)
    return inside and name[:1].isupper() and name.lower() not in lexicon.terms
