"""Commands on the archive as a whole: fill it, describe it, check it, back it up and restore it."""
