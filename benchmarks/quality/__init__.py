"""Benchmarks of quality: how good answers, quotations, speakers and pages are."""
