"""Answers to questions: misspelt words put right, the speaker who is meant, and what is shown beside the first."""
