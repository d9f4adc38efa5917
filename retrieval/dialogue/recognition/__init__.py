"""Recognition: from a message to what it wants, as intents. Pure; in doubt a message is a question."""
