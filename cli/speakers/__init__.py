"""`ontherecord speakers`: list the speakers of the archive, and decide which names are one person's."""
