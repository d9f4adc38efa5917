"""Choose the headline among those that a page states."""

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.text.tokens import letters_only

_SITE_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[|–—•·*»]|-)\s+")
_LIVE = re.compile(r"\bLIVE\b|\blive (?:updates|blog)\b|^live:")
_SHORTEST = 15  # characters; nothing shorter is taken for a headline without its site
_WORDS_CUT_FOR_SHARING = 8


def headline(
    on_page: Sequence[str], in_data: Sequence[str], shared: Sequence[str], in_tab: Sequence[str], site: str
) -> str | None:
    """Return the headline that most statements agree on; ties go to the page's own heading, then to JSON-LD.

    Where the page also states it shortened for sharing, without one word in JSON-LD, or without "live", that form is
    returned: it is the later one. `site` is the publisher's name, which is cut off the end of a title.
    """
    elsewhere = {letters_only(form) for title in (*in_data, *shared, *in_tab) for form in _forms(title)}
    headings = sorted(on_page, key=lambda heading: letters_only(heading) not in elsewhere)
    stated = [titles[0] for titles in (headings, in_data, shared, in_tab) if titles]
    forms = [form for title in stated for form in _forms(title)]
    if not forms:
        return None
    votes = Counter(letters_only(form) for form in forms)
    best = max(forms, key=lambda form: votes[letters_only(form)])
    return _without_site(_later_form(best, stated, in_data, shared), site)


def _later_form(best: str, stated: Sequence[str], in_data: Sequence[str], shared: Sequence[str]) -> str:
    if _LIVE.search(best):
        return next((title for title in stated if not _LIVE.search(title)), best)
    for titles, most in ((shared, _WORDS_CUT_FOR_SHARING), (in_data, 1)):
        if titles and 0 < _words_left_out(titles[0], best) <= most:
            return titles[0]
    return best


def _forms(title: str) -> list[str]:
    """Return a title as written, and cut at each of its last separators, behind which a section or site is named."""
    cuts = [match.start() for match in _SITE_SEPARATOR.finditer(title)][-3:]
    return [title, *(title[:cut] for cut in reversed(cuts) if cut >= _SHORTEST)]


def _without_site(title: str, site: str) -> str:
    found = list(_SITE_SEPARATOR.finditer(title))
    if not found:
        return title
    last = letters_only(title[found[-1].end() :])
    return title[: found[-1].start()] if last and last in letters_only(site) else title


def _words_left_out(short: str, full: str) -> int:
    """Return how many words of `full` are missing from `short`, articles aside; 0 if `short` also adds words."""
    words, all_words = _words(short), _words(full)
    rest = iter(all_words)
    return len(all_words) - len(words) if len(words) >= 5 and all(word in rest for word in words) else 0


def _words(title: str) -> list[str]:
    return [word for word in map(letters_only, title.split()) if word not in {"", "a", "an", "the"}]
