"""Everything that the product does without Discord and without a terminal: read, quote, store, search, answer."""
