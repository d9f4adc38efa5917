"""Who is meant by a phrase: a crowd ("experts", "people in gaza"), an office, or a name. Pure."""

from retrieval.dialogue.recognition.phrase_rules import phrase_book
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.names import first_names

MOST_WORDS = 9
"""Most words of a phrase that describes a speaker."""
NAME_WORDS = 4
"""Most words of a name."""
_WORD = linear(r"\w[\w.'’-]*")
_PREPOSITION = linear(r"\b(?:in|at|of|from|with|for|near|on|behind|who|that)\b")


def words_of(phrase: str) -> list[str]:
    """Return the words of a phrase in lower case."""
    return [word.lower() for word in _WORD.findall(phrase)]


def is_crowd(phrase: str) -> bool:
    """Return whether a phrase describes many who are no one body: "doctors", "people in gaza"; not "the lawyers"."""
    words, head = words_of(phrase), _head(phrase)
    if not head or len(words) > MOST_WORDS or words[0] in tagged("article", "definite_determiner", "question_word"):
        return False
    if any(word.endswith(("'s", "’s", "s'")) for word in head):
        return False
    noun = head[-1]
    plural = noun.endswith("s") and noun[:-1] in tagged("person_noun")
    return plural or noun in phrase_book().crowds


def is_office(phrase: str) -> bool:
    """Return whether a phrase describes one person by what they are: "vice mayor of the town", "energy minister"."""
    words, head = words_of(phrase), _head(phrase)
    if not head or len(words) > MOST_WORDS or _asks(words):
        return False
    return head[-1] in tagged("person_noun", "title") or words[-1] in tagged("person_noun")


def may_be_name(phrase: str) -> bool:
    """Return whether a phrase may be somebody's name: one to four words, none of which is a word of grammar."""
    words = words_of(phrase)
    if not 0 < len(words) <= NAME_WORDS or len("".join(words)) < NAME_WORDS - 1:
        return False
    grammar = (tagged("stopword") | tagged("question_word", "finite_auxiliary")) - tagged("name_particle")
    return not any(word in grammar for word in words)


def is_surely_name(phrase: str) -> bool:
    """Return whether a phrase looks like a name by itself: it is written with capitals or begins with a first name."""
    names = _WORD.findall(phrase)
    return may_be_name(phrase) and (all(name[0].isupper() for name in names) or names[0].lower() in first_names())


def without_possessive(phrase: str) -> str:
    """Return "hansen" of "hansen's"."""
    return phrase.removesuffix("'s").removesuffix("’s").removesuffix("'").strip()


def _head(phrase: str) -> list[str]:
    return words_of(_PREPOSITION.split(phrase, 1)[0])


def _asks(words: list[str]) -> bool:
    return words[0] in tagged("question_word", "finite_auxiliary") | {"who", "where", "when", "which", "whose", "any"}
