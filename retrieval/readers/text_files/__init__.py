"""Readers of text formats: plain text, pages saved as text, Markdown, JSON and JSON Lines."""
