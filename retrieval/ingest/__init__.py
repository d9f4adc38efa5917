"""Ingest: articles -> units and vectors in worker processes -> the store, one article a transaction."""
