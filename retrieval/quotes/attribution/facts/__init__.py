"""Typed facts about a quotation and the clauses around it, from which the features are computed."""
