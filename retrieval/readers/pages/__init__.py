"""Article extraction from HTML pages: the main text without boilerplate, and the page's own metadata."""
