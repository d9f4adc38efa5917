"""How long ingest, searches, answers, suggestions and verifications take, by the size of the archive."""
