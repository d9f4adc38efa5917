"""Languages: messages in German, French and Spanish, put into English for the search."""
