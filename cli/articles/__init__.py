"""`ontherecord articles`: list, show, correct, compare, remove, restore, wipe and share the articles of the archive."""
