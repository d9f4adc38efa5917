"""Dialogue: what a message wants, and the reply to it; questions, lists, the archive itself, small talk."""
