"""Indirect speech: clauses reported without quotation marks, and who reports them."""
