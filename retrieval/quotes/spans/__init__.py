"""Quotation marks to spans of quoted words, and which of these are speech. Takes no parse; linear in the text."""
