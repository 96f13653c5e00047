"""The help that is shipped with the program: of its pages, of its rules, and of its words."""

from __future__ import annotations

from functools import lru_cache

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.help import HelpTopic, found_topics, topics_of, words_of
from scs_desktop.workflows.resource_file import RESOURCES

HELP = RESOURCES / "help"
PAGES, RULES, WORDS = "Pages", "How a light is found", "Words"


@lru_cache(maxsize=1)
def help_topics() -> tuple[HelpTopic, ...]:
    """Return every topic: the pages, the rules with their worked examples, the words."""
    return (
        *topics_of(_text("pages.md"), group=PAGES, prefix="page"),
        *topics_of(_text("rules.md"), group=RULES, prefix="rules"),
        *words_of(_text("glossary.md"), group=WORDS),
    )


def glossary(*, word: str = "") -> tuple[HelpTopic, ...]:
    """Return the words whose name has the word, else those whose meaning has it; all without one.

    Raises:
        UserError: the glossary has no such word.

    """
    words = tuple(one for one in help_topics() if one.group == WORDS)
    found = tuple(one for one in words if word.casefold().strip() in one.title.casefold()) or found_topics(words, word)
    if not found:
        message = f"The glossary has no “{word}”. Without a word the command glossary lists all it has."
        raise UserError(message)
    return found


def _text(name: str) -> str:
    return (HELP / name).read_text(encoding="utf-8")
