"""The shipped weights, and the hashes by which they and the packaged models are checked before they are loaded."""
