"""Ranking: the stretches of articles that may answer a query, best first, with the confidence in the first."""
