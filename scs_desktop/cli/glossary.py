"""The command of the glossary: what the program's words mean. It needs no store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, say

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands


def add_glossary(commands: Commands) -> None:
    """Add the command."""
    words = commands.add_parser("glossary", help="what a word of the program means; all of them without one")
    words.add_argument("word", nargs="?", default="", metavar="WORD")
    add_json(words)


def look_up(arguments: argparse.Namespace) -> int:
    """Print the words that have the word in their name, else those that have it in their meaning."""
    from scs_desktop.workflows.help import glossary

    found = glossary(word=arguments.word)
    if arguments.json:
        say(dumped([{"word": one.title, "meaning": one.plain} for one in found]))
    else:
        say("\n".join(f"{one.title}: {one.plain}" for one in found))
    return DONE
