"""Names of people and bodies: their parts, spellings, titles and roles, and when two mean one person."""
