"""Everything that can go wrong, as one tree. Each message says what happened and what to do.

ArchiveError
├── ReadError            a file, page or line can't be read: names it and says why
├── ArchiveBusy          another process holds the archive for writing
├── ArchiveDamaged       the store can't be used as it is: says which command repairs it
├── ModelError           a model is missing, or not the one whose hash is expected
│   └── ModelMismatch    the archive was made with another model
└── NotFound             no such article, speaker or source
"""


class ArchiveError(Exception):
    """Anything that a person should be told in one plain sentence."""


class ReadError(ArchiveError):
    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ArchiveBusy(ArchiveError):
    pass


class ArchiveDamaged(ArchiveError):
    pass


class ModelError(ArchiveError):
    pass


class ModelMismatch(ModelError):
    pass


class NotFound(ArchiveError):
    pass
