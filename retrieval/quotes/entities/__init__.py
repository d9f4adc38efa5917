"""The people, organisations and documents that an article names or describes, and what its phrases refer to."""
