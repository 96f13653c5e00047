"""The command line: every command that needs no eye, as text and as JSON."""
