"""Speakers over all articles: which names mean one person, and what people decided about that."""
