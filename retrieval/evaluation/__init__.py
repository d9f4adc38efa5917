"""Evaluation: questions with known answers, and how well answers do on them."""
