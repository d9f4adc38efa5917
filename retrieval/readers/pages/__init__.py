"""HTML pages -> drafts of articles."""
