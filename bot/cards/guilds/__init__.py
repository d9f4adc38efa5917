"""Cards about servers: their own articles, their settings, what is watched for."""
