"""Guilds (Discord's servers): their settings, watches, additions to the archive, and unanswered questions."""
