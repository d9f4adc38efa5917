"""The fitted weights, as files with published hashes."""
