"""Search: an engine protocol that returns ids and scores, never text, and its implementations."""
