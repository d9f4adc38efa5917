"""Deletion: soft deletion, tombstones that keep removed articles away, restore, and the purge of words."""
