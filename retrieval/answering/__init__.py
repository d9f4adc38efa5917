"""Answering: from a query to citations, verdicts on quotations and timelines, and the fate of posted answers."""
