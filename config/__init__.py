"""What an operator configures: the settings, their documentation and the log."""
