"""How an answer reaches a person: replies, persistent items, forms, cool-downs, and what is told when it fails."""
