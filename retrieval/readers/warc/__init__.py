"""Readers of web archives: WARC and WACZ."""
