"""Cards of the replies of a dialogue: one for each kind of reply, in the reader's language."""
