"""Tells somebody's words from titles, nicknames, scare quotes and words mentioned as words.

Rules on the words between the marks and on the sentence around them; they take no parse. In another language than
English only the rules on form hold.
"""

from collections import Counter
from collections.abc import Sequence

from retrieval.domain import Kind, Span
from retrieval.quotes.spans.quote_context import QuoteContext, context_of_quote
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import tagged

_NAME = 7
_LABEL = 3
_TERM = 2
_FRAGMENT = 4
"""The most words that a name, a label, a fragment without a reporting verb have."""


def classify_quotes(text: str, stretches: Sequence[QuoteSpan]) -> tuple[Kind, ...]:
    """For each stretch DIRECT, MIXED or NESTED if it is speech, MENTION if it is not."""
    found: list[Kind] = []
    members = Counter(stretch.utterance for stretch in stretches)
    for stretch in stretches:
        around = stretches[stretch.parent].inner if stretch.parent is not None else Span(0, len(text))
        setting = context_of_quote(text, stretch, around, joined=members[stretch.utterance] > 1)
        in_speech = stretch.parent is not None and found[stretch.parent] is not Kind.MENTION
        found.append(Kind.MENTION if is_mention(setting) else Kind.NESTED if in_speech else _kind(setting))
    return tuple(found)


def is_mention(setting: QuoteContext) -> bool:
    """Nobody's words: the first of the rules that knows."""
    if not setting.has_words or setting.before.endswith("=") or _is_title(setting):
        return True
    if setting.joined:
        return False
    return any(rule(setting) for rule in (_is_named, _is_name, _is_aside, _is_label, _is_scare_quote))


def _is_title(setting: QuoteContext) -> bool:
    """Saturday's "Field of Vision" exhibition."""
    if not setting.titled or setting.sentences:
        return False
    alone = setting.starts_paragraph and setting.ends_paragraph
    return not (setting.clause or setting.introduced or setting.followed or alone)


def _is_named(setting: QuoteContext) -> bool:
    """The song "…", a film called "…", the so-called "…"; not: called the plan "…"."""
    if len(setting.words) > _NAME or setting.clause:
        return False
    if _is_own_word(setting):
        return False
    near = setting.words_before[-3:]
    name = setting.titled or len(setting.words) == 1
    loosely = name and not setting.introduced and not tagged("named_thing_noun").isdisjoint(near)
    known = _without_articles(near)[-2:]
    meant = len(known) == 2 and (known == ["known", "as"] or (known[0] in tagged("concept_noun") and known[1] == "of"))
    new = setting.previous == "new" and len(setting.words) <= _TERM
    return (
        loosely
        or meant
        or new
        or "so-called" in near
        or setting.previous in tagged("naming_participle")
        or setting.previous in tagged("named_thing_noun")
    )


def _is_own_word(setting: QuoteContext) -> bool:
    """What she called "…": her word for it, as long as it is no name."""
    said = _without_articles(setting.words_before[-8:])
    return "what" in said and said[-1] in tagged("calling_form") and not setting.titled


def _without_articles(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in ("a", "an", "the")]


def _is_name(setting: QuoteContext) -> bool:
    """One word with a capital in mid-sentence: a nickname, a product, a name."""
    alone = len(setting.words) == 1 and setting.words[0][0].isupper()
    letter = len(setting.quoted) == 1
    return letter or (alone and not (setting.introduced or setting.followed or setting.starts_paragraph))


def _is_aside(setting: QuoteContext) -> bool:
    """(see 'The cost of growth')"""
    return setting.previous == "see" or (setting.before.endswith("(") and not setting.clause)


def _is_label(setting: QuoteContext) -> bool:
    """A few words inside a quotation, or between single marks in a heading."""
    heading = setting.starts_paragraph != setting.ends_paragraph and not setting.after.startswith(":")
    heading = heading and not setting.quoted.endswith((".", "!", "?", "…", ","))
    short = len(setting.words) <= _LABEL and not setting.clause
    label = short and (setting.nested or (setting.single and heading))
    return label and not (setting.introduced or _is_own_word(setting))


def _is_scare_quote(setting: QuoteContext) -> bool:
    """A few words in a sentence in which nobody says anything."""
    short = len(setting.words) <= _FRAGMENT and not setting.clause
    return short and not (setting.reported or setting.introduced or setting.starts_paragraph)


def _kind(setting: QuoteContext) -> Kind:
    capital = setting.quoted.lstrip("[(…. ")[:1].isupper()
    own_sentence = not setting.before.strip() or setting.introduced or setting.followed
    sentence = capital and (setting.clause or setting.quoted.endswith((".", "!", "?", "…", ",")))
    return Kind.DIRECT if setting.joined or (sentence and own_sentence) else Kind.MIXED
