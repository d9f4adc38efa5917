"""Questions "did X say …?" whose right answer is yes or no by construction, made from an archive's own quotations."""
