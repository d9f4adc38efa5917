"""Days, written out. Discord's own timestamps would shift a day by the reader's time zone."""

from datetime import date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 date, or date and time, as it was where it was written; None for anything else."""
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None
