"""Handlers: what replies to one kind of intent each: lists, comparisons, the archive's facts, persons and articles."""
