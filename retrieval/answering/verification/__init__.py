"""Verification: whether given words stand in the archive, how they were changed, and who said them."""
