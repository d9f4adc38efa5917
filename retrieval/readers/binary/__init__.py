"""Readers of binary document formats: PDF and DOCX (converted in a process of their own) and EPUB."""
