"""Benchmarks of reliability: hostile input, damage, long runs."""
