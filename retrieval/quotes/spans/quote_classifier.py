"""Classification of quoted spans: speech, or titles, nicknames, scare quotes and words mentioned as words.

Rules on the words between the marks and the sentence around them, without a parse. In a language other than English
only the rules on form hold.
"""

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.domain import Kind, Span
from retrieval.quotes.spans.quote_context import QuoteContext, context_of_quote
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.text.lexicon import tagged

_MAX_NAME_WORDS = 7
_MAX_LABEL_WORDS = 3
_MAX_TERM_WORDS = 2
_MIN_TITLE_WORDS = 4
"""The fewest words with capitals that are a title even with a verb among them: "I’m Thinking of Ending Things"."""
_MAX_FRAGMENT_WORDS = 4
"""The most words of a name, a label, a new term, and a fragment without a reporting verb."""
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_MAX_FRAGMENT_LETTERS = 5
"""The most letters of a fragment in Chinese or Japanese, which have no blanks between words."""


def classify_quotes(text: str, spans: Sequence[QuoteSpan]) -> tuple[Kind, ...]:
    """Return the kind of each span: DIRECT, MIXED or NESTED speech, or MENTION for what is no speech."""
    found: list[Kind] = []
    members = Counter(span.utterance for span in spans)
    for span in spans:
        around = spans[span.parent].inner if span.parent is not None else Span(0, len(text))
        context = context_of_quote(text, span, around, joined=members[span.utterance] > 1)
        in_speech = span.parent is not None and found[span.parent] is not Kind.MENTION
        found.append(Kind.MENTION if is_mention(context) else Kind.NESTED if in_speech else _kind(context))
    return tuple(found)


def is_mention(context: QuoteContext) -> bool:
    """Return whether a span is no speech, by the first rule that knows."""
    if not context.has_words or context.before.endswith("=") or _is_title(context):
        return True
    if context.joined or _is_said_without_blanks(context):
        return False
    return any(rule(context) for rule in (_is_named, _is_name, _is_reference, _is_label, _is_scare_quote))


def _is_said_without_blanks(context: QuoteContext) -> bool:
    """Return whether it is speech in a script without blanks: long, or followed by the Japanese particle of saying."""
    letters = len(_UNSPACED.findall(context.quoted))
    return letters > _MAX_FRAGMENT_LETTERS or (letters > 0 and context.after.startswith(("と", "って")))


def _is_title(context: QuoteContext) -> bool:
    """Return whether it is the title of a work: Saturday's "Field of Vision" exhibition."""
    if not context.in_title_case or context.several_sentences:
        return False
    alone = context.starts_paragraph and context.ends_paragraph
    if len(context.words) >= _MIN_TITLE_WORDS and not context.nested:
        told = context.introduced and not context.before.rstrip().endswith(":")
        sentence = context.has_finite_verb and context.quoted.endswith((".", "!", "?", "…"))
        return not (told or context.followed or alone or sentence)
    return not (context.has_finite_verb or context.introduced or context.followed or alone)


def _is_named(context: QuoteContext) -> bool:
    """Return whether a name is introduced: the song "…", a film called "…"; but not: called the plan "…"."""
    if len(context.words) > _MAX_NAME_WORDS or context.has_finite_verb:
        return False
    if _is_own_word(context):
        return False
    near = context.words_before[-3:]
    name = context.in_title_case or len(context.words) == 1
    loosely = name and not context.introduced and not tagged("named_thing_noun").isdisjoint(near)
    known = _without_articles(near)[-2:]
    meant = len(known) == 2 and (known == ["known", "as"] or (known[0] in tagged("concept_noun") and known[1] == "of"))
    new = context.previous_word == "new" and len(context.words) <= _MAX_TERM_WORDS
    return (
        loosely
        or meant
        or new
        or "so-called" in near
        or context.previous_word in tagged("naming_participle")
        or context.previous_word in tagged("named_thing_noun")
    )


def _is_own_word(context: QuoteContext) -> bool:
    """Return whether it is a speaker's own word for something, and no name: what she called "…"."""
    said = _without_articles(context.words_before[-8:])
    return "what" in said and said[-1] in tagged("calling_form") and not context.in_title_case


def _without_articles(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in ("a", "an", "the")]


def _is_name(context: QuoteContext) -> bool:
    """Return whether it is one word with a capital in mid-sentence: a nickname, a product, a name."""
    alone = len(context.words) == 1 and context.words[0][0].isupper()
    letter = len(context.quoted) == 1
    return letter or (alone and not (context.introduced or context.followed or context.starts_paragraph))


def _is_reference(context: QuoteContext) -> bool:
    """Return whether it refers to a work: (see 'The cost of growth')."""
    return context.previous_word == "see" or (context.before.endswith("(") and not context.has_finite_verb)


def _is_label(context: QuoteContext) -> bool:
    """Return whether it is a few words inside a quotation, or between single marks in a heading."""
    heading = context.starts_paragraph != context.ends_paragraph and not context.after.startswith(":")
    heading = heading and not context.quoted.endswith((".", "!", "?", "…", ","))
    short = len(context.words) <= _MAX_LABEL_WORDS and not context.has_finite_verb
    label = short and (context.nested or (context.single and heading))
    return label and not (context.introduced or _is_own_word(context))


def _is_scare_quote(context: QuoteContext) -> bool:
    """Return whether it is a few words in a sentence without a verb of saying."""
    short = len(context.words) <= _MAX_FRAGMENT_WORDS and not context.has_finite_verb
    return (
        short and not context.is_sentence and not (context.reported or context.introduced or context.starts_paragraph)
    )


def _kind(context: QuoteContext) -> Kind:
    capital = context.quoted.lstrip("[(…. ")[:1].isupper()
    own_sentence = not context.before.strip() or context.introduced or context.followed
    sentence = capital and (context.has_finite_verb or context.quoted.endswith((".", "!", "?", "…", ",")))
    return Kind.DIRECT if context.joined or (sentence and own_sentence) else Kind.MIXED
