"""Embedding: the only importer of sentence_transformers; texts to vectors, cross-encoders, and the files of both."""
