"""The search engine of one machine: FAISS over the vectors, FTS5 over the words."""
