"""The error that every format's parser raises for content that it can't read."""


class UnreadableContent(ValueError):
    """Content that can't be read as its format; the message completes a sentence that begins with the file's name."""
