"""Where articles come from by themselves: watched folders, feeds, sitemaps, single pages."""
