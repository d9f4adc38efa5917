"""`ontherecord sources`: folders, feeds, sitemaps and pages from which the archive is kept up to date."""
