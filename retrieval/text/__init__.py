"""English text: words, sentences, names, meaning, comparison of texts, and the lexicons. Knows strings, no articles."""
