"""Commands that look for words: ask, verify, quotes, and the evaluation of answers."""
