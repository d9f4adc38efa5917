"""References: what a message means by what it leaves out or only describes; the question before it, and the archive."""
