"""Charts of a list of quotations: when they were said, or who said most of them."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.cards.citation import day_of
from bot.locales import _, number
from bot.pictures.drawing import ACCENT, FAINT, INK, PAPER, Picture, alt_text, drawable
from retrieval.domain import Certainty, Citation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAMES, _NAME, _TITLE = 8, 28, 60
_BARS = 40  # months or years side by side at most, before they are counted by the next longer stretch
_SIZE, _DPI = (7.2, 3.2), 150

Counts = Sequence[tuple[str, int]]


def chart(citations: Sequence[Citation], about: str) -> Picture | None:
    """Return who said most of the quotations, or, of one speaker, when; None where there is nothing to compare.

    Probable speakers count as certain ones do; the picture and its alternative text say so where there are some.
    `about` is plain text that says what was listed. Texts are in the language that is spoken.
    """
    probable = any(cited.speaker and cited.speaker.certainty is Certainty.PROBABLE for cited in citations)
    doubt = _("Some of the speakers are only probable.") if probable else ""
    names = Counter(cited.speaker.name for cited in citations if cited.speaker and cited.speaker.name)
    if len(names) > 1:
        return _drawn(names.most_common(_NAMES), about, _speakers, doubt)
    days = [day for cited in citations if (day := cited.said_on or day_of(cited.article.published))]
    counts = _by_stretch(days)
    return _drawn(counts, about, _days, doubt) if len(counts) > 1 else None


def _by_stretch(days: Sequence[date]) -> Counts:
    """Return how many of the days lie in each month from the first to the last, or in each year where that is long."""
    if not days:
        return []
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > _BARS:
        years = Counter(day.year for day in days)
        return [(str(year), years[year]) for year in range(first.year, last.year + 1)][-_BARS:]
    by_month = Counter((day.year, day.month) for day in days)
    every = [
        ((first.year * 12 + first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1) for step in range(months)
    ]
    return [(f"{year}-{month:02}", by_month[year, month]) for year, month in every]


def _drawn(counts: Counts, about: str, draw: "Callable[[Axes, Counts], None]", doubt: str) -> Picture:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=PAPER)
    axes.set_title(drawable(about, _TITLE), color=INK, fontsize=11, loc="left", parse_math=False)
    draw(axes, counts)
    axes.set_xlabel(doubt, color=FAINT, fontsize=9, loc="left", parse_math=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        axes.spines[side].set_color(FAINT)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    told = ", ".join(f"{label}: {number(count)}" for label, count in counts if count)
    said = _("Quotations, {about}: {counts}", about=" ".join(about.split()), counts=told)
    alt = alt_text(f"{doubt} {said}".strip())
    return Picture(written.getvalue(), alt, "chart.png")


def _speakers(axes: "Axes", counts: Counts) -> None:
    ordered = list(reversed(counts))
    places = range(len(ordered))
    bars = axes.barh(places, [count for _name, count in ordered], color=ACCENT)
    axes.bar_label(bars, labels=[number(count) for _name, count in ordered], padding=3, color=INK, fontsize=9)
    axes.set_yticks(
        places, [drawable(name, _NAME) for name, _count in ordered], fontsize=9, color=INK, parse_math=False
    )
    axes.set_xticks([])


def _days(axes: "Axes", counts: Counts) -> None:
    from matplotlib.ticker import MaxNLocator

    places = range(len(counts))
    axes.bar(places, [count for _label, count in counts], color=ACCENT)
    step = max(1, -(-len(counts) // 8))
    shown = list(places)[::step]
    axes.set_xticks(shown, [counts[place][0] for place in shown], fontsize=9, color=INK)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.tick_params(axis="y", colors=FAINT, labelsize=9)
