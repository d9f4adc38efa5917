"""SQLite itself: open and migrate the file, private files, locks between processes, and errors as ArchiveErrors."""
