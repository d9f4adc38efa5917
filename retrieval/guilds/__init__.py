"""What the people of a server watch, set and asked in vain."""
