"""The command line: everything that needs no eye, on the same workflows as the window."""

from scs_desktop.cli.main import COMMANDS, main

__all__ = ["COMMANDS", "main"]
