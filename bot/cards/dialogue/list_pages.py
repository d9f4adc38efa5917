"""What the buttons of a list hold: which quotations are wanted, in which order, and from which one on."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.cards.components import Button, fitting_button
from bot.cards.limits import fit_typed
from bot.cards.references import PAGE
from bot.locales import N_, _, written
from retrieval.dialogue.intents import ListOrder, ListRequest
from retrieval.query import Period

LIST, CHART, EXPORT_LIST = "list", "chart", "export"
"""Actions of buttons: another page of a list, a chart of it, and the whole list as files."""

_NEXT, _PREVIOUS, _CHART, _EXPORT = N_("Next {what}"), N_("Previous"), N_("Chart"), N_("Export")
_PART = 100  # units of what a list is narrowed by
_MOST = 9_999  # quotations asked for at once that a button can hold
_LEAST = 3  # quotations of a list that has a chart
_ORDERS = {ListOrder.BEST: "b", ListOrder.NEWEST: "n"}
LIST_PAGE = (
    r"(?P<offset>\d{1,5})\.(?P<order>[bn])(?P<group>g?)(?P<count>\d{0,4})\.(?P<first>\d{0,7})\.(?P<last>\d{0,7})"
    r":(?P<speakers>[^|]*)\|(?P<publisher>[^|]*)\|(?P<topic>.*)"
)
"""Regular expression of `str(ListPage)`."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: what is listed, and how many citations stand on the pages before."""

    listing: ListRequest
    offset: int = 0

    def __str__(self) -> str:
        """Return what a button holds; empty where what is listed can't stand in a custom_id.

        The words that a list opposes are a sentence, which no button has room for.
        """
        wish = self.listing
        if wish.opposing is not None or not 0 <= (wish.count or 0) <= _MOST:
            return ""
        names = (*wish.speakers, wish.publisher or "")
        if any("|" in name or ";" in name for name in names):
            return ""
        period = wish.period or Period(None, None)
        days = ".".join(str(day.toordinal()) if day else "" for day in (period.first, period.last))
        order = _ORDERS[wish.order] + ("g" if wish.group else "") + str(wish.count or "")
        about = f"{';'.join(wish.speakers)}|{wish.publisher or ''}|{wish.topic or ''}"
        return f"{self.offset}.{order}.{days}:{about}"


def parse_list_page(match: re.Match[str]) -> ListPage:
    """Read a match of LIST_PAGE. Raises ValueError for days that there can't be."""
    first, last = (date.fromordinal(int(number)) if number else None for number in match.group("first", "last"))
    order = ListOrder.NEWEST if match["order"] == _ORDERS[ListOrder.NEWEST] else ListOrder.BEST
    listing = ListRequest(
        topic=match["topic"] or None,
        speakers=tuple(filter(None, match["speakers"].split(";"))),
        group=bool(match["group"]),
        publisher=match["publisher"] or None,
        period=Period(first, last) if first or last else None,
        order=order,
        count=int(match["count"]) if match["count"] else None,
    )
    return ListPage(listing, int(match["offset"]))


def narrowing(wish: ListRequest) -> list[str]:
    """Return what a list is narrowed by, each part as Markdown, and its order where that isn't the best first."""
    names = [fit_typed(part, _PART) for part in (", ".join(wish.speakers), wish.topic, wish.publisher) if part]
    period = wish.period or Period(None, None)
    since = [_("since {day}", day=written(period.first))] if period.first else []
    until = [_("until {day}", day=written(period.last))] if period.last else []
    order = [_("the latest first")] if wish.order is ListOrder.NEWEST else []
    return [*names, *since, *until, *order]


def page_buttons(page: ListPage, shown: int, total: int) -> tuple[Button, ...]:
    """Return the buttons to the pages beside one that shows so many citations of `total`."""
    found = []
    size = min(page.listing.count or PAGE, PAGE)
    if page.offset > 0:
        found.append(list_button(LIST, _PREVIOUS, replace(page, offset=max(0, page.offset - size))))
    if left := max(0, total - page.offset - shown):
        on = replace(page, offset=page.offset + shown)
        found.append(list_button(LIST, _NEXT, on, str(min(size, left))))
    return (*(button for button in found if button), *whole_buttons(page, total))


def whole_buttons(page: ListPage, total: int) -> tuple[Button, ...]:
    """Return the buttons about a whole list of so many citations: a chart, and files to take away."""
    first = replace(page, offset=0)
    drawn = list_button(CHART, _CHART, first) if total >= _LEAST else None
    taken = list_button(EXPORT_LIST, _EXPORT, first) if total else None
    return tuple(button for button in (drawn, taken) if button)


def list_button(action: str, label: str, page: ListPage, what: str = "") -> Button | None:
    """Return a button about a list; None where what is listed is too long for a button."""
    about = str(page)
    return fitting_button(action, label, about, what) if about else None
