"""Statements compared word by word: whether words say the same, the opposite or something else, and who reports it."""
