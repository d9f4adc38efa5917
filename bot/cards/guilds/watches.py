"""Cards of watches and of the news that they bring."""

from collections.abc import Callable, Sequence

from bot.cards.blocks import citation_list, distinct
from bot.cards.components import Block, Button, Card, Menu, MenuOption, Tone, notice, within_limits
from bot.cards.limits import fit_typed
from bot.locales import N_, _, command_name, ngettext
from retrieval.guilds.watch_matcher import WatchMatch
from retrieval.guilds.watches import Watch, WatchFrequency, WatchPause

STOP, STOP_ONE, RESUME = "watching:stop", "unwatch", "watching:resume"
_SHOWN = 5
_NAME = 100
_NEWS = {
    # whether a speaker is watched, and whether a topic is
    (True, False): N_("**{speaker}** is quoted in new articles."),
    (False, True): N_("New articles have words about **{topic}**."),
    (True, True): N_("**{speaker}** is quoted about **{topic}** in new articles."),
}
_PROMISES = {
    # whether it is told in a channel, a speaker is watched, and a topic
    (True, True, False): N_("I will say it here when new articles quote **{speaker}**."),
    (True, False, True): N_("I will say it here when new articles have words about **{topic}**."),
    (True, True, True): N_("I will say it here when new articles quote **{speaker}** about **{topic}**."),
    (False, True, False): N_("I will write to you when new articles quote **{speaker}**."),
    (False, False, True): N_("I will write to you when new articles have words about **{topic}**."),
    (False, True, True): N_("I will write to you when new articles quote **{speaker}** about **{topic}**."),
}
_DIGESTS = {WatchFrequency.DAILY: N_("The day's digest"), WatchFrequency.WEEKLY: N_("The week's digest")}
_OFTEN = {
    WatchFrequency.DAILY: N_("Once a day, all together."),
    WatchFrequency.WEEKLY: N_("Once a week, all together."),
}
_LISTED = {WatchFrequency.DAILY: N_("daily"), WatchFrequency.WEEKLY: N_("weekly")}
_PAUSES = {
    WatchPause.FORBIDDEN: N_("paused: I may not write there"),
    WatchPause.GONE: N_("paused: the channel isn't there any more"),
    WatchPause.FAILING: N_("paused: Discord has failed too often there"),
}


def news_card(news: WatchMatch) -> Card:
    """Return the first of the new quotations, and how many more there are."""
    citations = distinct(news.citations)
    often = _DIGESTS.get(news.watch.frequency)
    heading = [*(["-# " + _(often)] if often else []), _(_NEWS[_kind(news.watch)], **_names(news.watch))]
    if len(citations) > _SHOWN:
        more = len(citations) - _SHOWN
        heading.append("-# " + ngettext("and {n} more quotation", "and {n} more quotations", more))
    blocks = [Block("\n".join(heading)), *citation_list(citations[:_SHOWN])]
    stop = Button(STOP_ONE, N_("Stop watching"), str(news.watch.id))
    return Card(within_limits(blocks), Tone.NEUTRAL, (stop,))


def promise_card(watch: Watch, *, known: bool, others: Sequence[str], own: bool) -> Card:
    """Return what a new watch will tell, and where.

    `known` says whether the speaker is quoted already; `others` are names that may be meant too. `own` says whether a
    person who will be written to is in a guild that may have articles of its own.
    """
    lines = [_(_PROMISES[watch.channel is not None, *_kind(watch)], **_names(watch))]
    if often := _OFTEN.get(watch.frequency):
        lines.append(_(often))
    if watch.speaker and not known:
        lines.append("-# " + _("Nobody of that name has been quoted so far."))
    if others:
        lines.append("-# " + _("Not {names}", names=fit_typed(", ".join(others), 3 * _NAME)))
    if own:
        lines.append("-# " + _("What this server has added itself is told in its channels alone."))
    lines.append("-# " + _("/{command} shows what you watch, and ends it.", command=command_name("watching")))
    return Card((Block("\n".join(lines)),), Tone.CERTAIN)


def watching_card(watches: Sequence[Watch], channel_name: Callable[[int], str | None]) -> Card:
    """Return the watches that a person may end. `channel_name` gives None for a channel that isn't there any more."""
    if not watches:
        return notice(_("Nothing is watched for. /{command} begins it.", command=command_name("watch")))
    lines = [_line(watch) for watch in watches]
    options = tuple(MenuOption(str(watch.id), _label(watch, channel_name)) for watch in watches)
    menu = Menu(STOP, _("Stop watching"), options=options, most=len(options))
    paused = any(watch.paused for watch in watches)
    again = (Button(RESUME, N_("Begin again with what is paused")),) if paused else ()
    heading = Block(_("**What is watched for**"))
    return Card(within_limits([heading, Block("\n".join(lines), again, (menu,))]), Tone.NEUTRAL)


def _line(watch: Watch) -> str:
    where = f"<#{watch.channel}>" if watch.channel else _("by direct message")
    often = [_(_LISTED[watch.frequency])] if watch.frequency in _LISTED else []
    why = [_(_PAUSES[watch.paused])] if watch.paused else []
    return "\n-# ".join([_what(watch, fit_typed), " · ".join([where, *often, *why])])


def _label(watch: Watch, channel_name: Callable[[int], str | None]) -> str:
    name = channel_name(watch.channel) if watch.channel else None
    where = f"#{name}" if name else _("by direct message") if watch.channel is None else ""
    return " · ".join(part for part in (_what(watch, lambda text, _limit: text), where) if part)


def _what(watch: Watch, shown: Callable[[str, int], str]) -> str:
    return " · ".join(shown(text, _NAME) for text in (watch.speaker, watch.topic) if text)


def _kind(watch: Watch) -> tuple[bool, bool]:
    return watch.speaker is not None, watch.topic is not None


def _names(watch: Watch) -> dict[str, str]:
    names = {"speaker": watch.speaker, "topic": watch.topic}
    return {field: fit_typed(name, _NAME) for field, name in names.items() if name}
