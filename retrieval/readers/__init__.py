"""Readers: files and web pages in, articles out.

Every format has a parser that turns bytes into an `ArticleDraft`; `drafts.make_article` checks the draft and makes the
`Article`. What can't be read becomes a `ReadError` value, so that the other files go on.
"""
