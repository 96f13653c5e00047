"""Returns: what partners sent, what storing it would do, and the history of it."""
