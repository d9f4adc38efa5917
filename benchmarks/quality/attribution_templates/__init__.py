"""Articles made of templates that name the speaker in unusual ways, and whether the product names that speaker."""
