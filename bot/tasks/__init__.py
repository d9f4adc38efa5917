"""Background loops that run beside answering."""
