"""Pairs of names of one person and of two, made from an archive's labels, and whether the product tells them apart."""
