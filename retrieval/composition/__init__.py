"""Put the parts of the archive together: what bot and command line build alike, from plain values.

It stands on the floor above everything in `retrieval`, and knows no settings. What answers and what adds articles are
composed apart, as a question needs none of the readers.
"""
