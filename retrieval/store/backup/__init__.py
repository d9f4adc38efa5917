"""Backups: consistent copies of the archive while others write to it, and the way back from them."""
