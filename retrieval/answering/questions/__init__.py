"""Questions understood: what is asked, of whom, about what and when; and what follow-ups mean."""
