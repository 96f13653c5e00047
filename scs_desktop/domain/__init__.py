"""What the words mean: frozen values and pure functions on the standard library alone."""
