"""Errors between a question and its answer in Discord; `interactions/error_messages.py` says what a person is told.

BotError
├── Busy            the queue is full; knows when to come back
├── TooFast         a person or a guild asks more often than it may; knows when to come back
├── TookTooLong     the answer didn't come within the time limit
├── ShuttingDown    the bot is being stopped
├── Refused         what was asked can't be asked like this; the message says why
└── Stale           a button refers to words that are no longer there, or may not be seen from here
    └── Corrected   and it is known what has become of them
"""

from retrieval.answering.quotation_status import QuotationStatus


class BotError(Exception):
    """Base of errors that a person is told; nothing is broken, so there is no reference to a log."""


class Busy(BotError):
    """The queue is full. `seconds` says when to come back."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"busy for about {seconds} s")
        self.seconds = seconds


class TooFast(BotError):
    """Asked too often. `until` is in seconds since 1970, `whose` is `person` or `guild`.

    `repeated` says that it was told a moment ago.
    """

    def __init__(self, until: int, whose: str, *, repeated: bool) -> None:
        super().__init__(f"too many questions from one {whose}")
        self.until = until
        self.whose = whose
        self.repeated = repeated


class TookTooLong(BotError):
    """The answer didn't come within `limit` seconds."""

    def __init__(self, limit: float) -> None:
        super().__init__(f"no answer within {limit:g} s")


class ShuttingDown(BotError):
    """The bot is being stopped."""


class Refused(BotError):
    """What was asked can't be asked like this; the message, in the reader's language, says why."""


class Stale(BotError):
    """A button refers to words that are no longer there, or may not be seen from here."""


class Corrected(Stale):
    """A button refers to words of which it is known what became of them: `standing`."""

    def __init__(self, standing: QuotationStatus) -> None:
        super().__init__(standing.fate.value)
        self.standing = standing
