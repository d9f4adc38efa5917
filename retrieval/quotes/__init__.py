"""Quotations of an article with their speakers and dates; `extractor` is the entrance."""
