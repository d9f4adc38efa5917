"""The doctor: checks of an installation that change nothing, each finding with what to do about it."""
