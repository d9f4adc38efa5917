"""The parse of an article: long quotations masked, tokens with their grammar, and who acts in each clause."""
