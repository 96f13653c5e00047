"""Setting the program up from its source, on the standard library alone."""
