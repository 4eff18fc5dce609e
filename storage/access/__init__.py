"""Programs that may come in: their tokens, and what they were answered."""
