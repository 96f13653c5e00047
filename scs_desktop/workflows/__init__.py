"""One keyword-only function for each thing the officer does."""
