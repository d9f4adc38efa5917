"""The program `ontherecord`: one file a command, grouped by what the commands work on."""
