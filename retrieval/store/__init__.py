"""The store: articles, quotations, vectors and change log in one SQLite file. Every index is a cache of it."""
