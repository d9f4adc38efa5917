"""SQLite itself: open and migrate the file, locks between processes, and its errors as ArchiveErrors."""
